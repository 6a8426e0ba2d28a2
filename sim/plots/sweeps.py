"""Plots of sweeps and sensitivity: ``(data, ax=None) -> ax``. They draw what they are given."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from sim.plots.style import SERIES

MOST_TICKS, MOST_NUMBER_TICKS = 12, 6
MOST_NUMBERS = 100
DARK = 0.55


def heat_map(
    values: np.ndarray, rows: Sequence[Any], columns: Sequence[Any], ax: Axes | None = None,
    diverging: bool = False, label: str = "",
) -> Axes:  # fmt: skip
    """Values of shape (rows, columns) as colours, with numbers where there is room; row 0 below."""
    ax = ax or plt.gca()
    reach = float(np.nanmax(np.abs(values))) if np.isfinite(values).any() else 1.0
    limits: Any = {"vmin": -reach, "vmax": reach} if diverging else {}
    image = ax.imshow(
        values, origin="lower", aspect="auto", cmap="PuOr_r" if diverging else "cividis", **limits
    )
    _ticks(ax, rows, columns)
    if values.size <= MOST_NUMBERS:
        _numbers(ax, image, values)
    ax.figure.colorbar(image, ax=ax, label=label)
    return ax


def phase_map(
    shares: np.ndarray, names: Sequence[str], rows: Sequence[Any], columns: Sequence[Any],
    ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """The commonest of several outcomes at each point; numbers: its share of couples [%].

    ``shares`` has shape (outcomes, rows, columns).
    """
    ax = ax or plt.gca()
    most = shares.argmax(axis=0)
    colours = ListedColormap(list(SERIES[: len(names)]))
    image = ax.imshow(
        most, origin="lower", aspect="auto", cmap=colours, vmin=-0.5, vmax=len(names) - 0.5
    )
    _ticks(ax, rows, columns)
    if most.size <= MOST_NUMBERS:
        _numbers(ax, image, 100.0 * shares.max(axis=0), "{:.0f}")
    shown = sorted(set(most.ravel().tolist()))
    patches = [Patch(color=SERIES[number], label=names[number]) for number in shown]
    ax.legend(handles=patches, loc="lower left", bbox_to_anchor=(0.0, 1.06), ncol=len(shown))
    return ax


def tornado(
    names: Sequence[str], middle: Any, low: Any, high: Any, ax: Axes | None = None,
    colour: str = SERIES[0], label: str = "", shift: float = 0.0, **style: Any,
) -> Axes:  # fmt: skip
    """Bars with intervals, the first name on top; ``shift`` [rows] lets two sets share rows."""
    ax = ax or plt.gca()
    middle, low, high = (np.asarray(x, float) for x in (middle, low, high))
    places = np.arange(len(names))[::-1] + shift
    reach = np.array([middle - low, high - middle]).clip(0.0)
    ax.barh(places, middle, height=0.36, color=colour, alpha=0.75, label=label, **style)
    ax.errorbar(middle, places, xerr=reach, fmt="none", ecolor="0.15", capsize=2, linewidth=1.0)
    ax.set_yticks(np.arange(len(names))[::-1], list(names))
    ax.axvline(0.0, color="0.4", linewidth=0.8)
    return ax


def surface(x: Any, y: Any, values: np.ndarray, ax: Axes | None = None, label: str = "") -> Axes:
    """A response surface: values of shape (len(y), len(x)) as filled contours with their levels."""
    ax = ax or plt.gca()
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
    ax = ax or plt.gca()
    middle, error = np.asarray(middle, float), 1.96 * np.asarray(error, float)
    ax.errorbar(x, middle, yerr=error, capsize=2.5, marker="o", markersize=4, **style)
    return ax


def _ticks(ax: Axes, rows: Sequence[Any], columns: Sequence[Any]) -> None:
    for axis, names in ((ax.xaxis, columns), (ax.yaxis, rows)):
        most = MOST_TICKS if any(isinstance(n, str) for n in names) else MOST_NUMBER_TICKS
        step = -(-len(names) // most)
        axis.set_ticks(range(0, len(names), step), [_text(n) for n in names[::step]])
    if any(isinstance(name, str) for name in columns):
        for text in ax.get_xticklabels():
            text.set(rotation=40, horizontalalignment="right", rotation_mode="anchor")


def _text(name: Any) -> str:
    return f"{name:.3g}" if isinstance(name, float) else str(name).replace("_", " ")


def _numbers(ax: Axes, image: Any, values: np.ndarray, form: str = "{:.2f}") -> None:
    for (row, column), value in np.ndenumerate(values):
        if not np.isfinite(value):
            continue
        red, green, blue, _ = image.cmap(image.norm(image.get_array()[row, column]))
        dark = 0.3 * red + 0.6 * green + 0.1 * blue < DARK
        ax.text(
            column, row, form.format(value), ha="center", va="center", fontsize=6,
            color="white" if dark else "black",
        )  # fmt: skip
