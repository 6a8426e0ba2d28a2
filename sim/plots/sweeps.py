"""Plots of sweeps and sensitivity: ``(data, ax=None) -> ax``. They draw what they are given."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.plots.figures import axes_or_current
from sim.plots.style import SERIES
from sim.statistics import NORMAL_95


def tornado(
    names: Sequence[str], bars: Any, ax: Axes | None = None, shift: float = 0.0, **style: Any
) -> Axes:
    """Bars with intervals, the first name on top; ``shift`` [rows] lets two sets share rows.

    ``bars`` has the rows middle, low and high, and a column a name.
    """
    ax = axes_or_current(ax)
    middle, low, high = np.asarray(bars, float)
    places = np.arange(len(names))[::-1] + shift
    reach = np.array([middle - low, high - middle]).clip(0.0)
    look: dict[str, Any] = {"color": SERIES[0], "alpha": 0.75} | style
    ax.barh(places, middle, height=0.36, **look)
    ax.errorbar(middle, places, xerr=reach, fmt="none", ecolor="0.15", capsize=2, linewidth=1.0)
    ax.set_yticks(np.arange(len(names))[::-1], list(names))
    ax.axvline(0.0, color="0.4", linewidth=0.8)
    return ax


def surface(x: Any, y: Any, values: np.ndarray, ax: Axes | None = None, label: str = "") -> Axes:
    """A response surface: values of shape (len(y), len(x)) as filled contours with their levels."""
    ax = axes_or_current(ax)
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        ax.text(0.5, 0.5, "too few points", transform=ax.transAxes, ha="center")
        return ax
    filled = ax.contourf(x, y, values, levels=10, cmap="cividis")
    if np.ptp(finite) > 0.0:
        lines = ax.contour(x, y, values, levels=filled.levels, colors="white", linewidths=0.5)
        ax.clabel(lines, fontsize=6)
    ax.figure.colorbar(filled, ax=ax, label=label)
    return ax


def lines(x: Any, middle: Any, error: Any, ax: Axes | None = None, **style: Any) -> Axes:
    """Means over one thing that varies, with 95 % Monte-Carlo intervals, shape (points,)."""
    ax = axes_or_current(ax)
    middle, error = np.asarray(middle, float), NORMAL_95 * np.asarray(error, float)
    ax.errorbar(x, middle, yerr=error, capsize=2.5, marker="o", markersize=4, **style)
    return ax
