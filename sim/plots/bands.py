"""Plots: ``(data, ax=None) -> ax``. They draw what they are given: no computing, no randomness."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.analysis.measures import Estimate, Spread
from sim.plots.figures import axes_or_current
from sim.plots.style import BAND, HEARD, PARTNER, SENT, series


def band(time: Any, spread: Spread, ax: Axes | None = None, **style: Any) -> Axes:
    """A line with its uncertainty around it: middle, low and high of shape (time,)."""
    middle, low, high = spread
    ax = axes_or_current(ax)
    (line,) = ax.plot(time, middle, **style)
    ax.fill_between(time, low, high, color=line.get_color(), alpha=BAND, linewidth=0)
    return ax


def bands(time: Any, spreads: dict[str, Spread], ax: Axes | None = None) -> Axes:
    """One line with its band for each named ``(middle, low, high)``."""
    ax = axes_or_current(ax)
    for number, (name, spread) in enumerate(spreads.items()):
        band(time, spread, ax, label=name, **series(number))
    return ax


def partners(
    time: Any, spreads: dict[str, Spread], names: Sequence[str], ax: Axes | None = None
) -> Axes:
    """Both partners' lines with bands: ``spreads`` maps A and B to ``(middle, low, high)``."""
    ax = axes_or_current(ax)
    for (slot, spread), name in zip(spreads.items(), names, strict=True):
        band(time, spread, ax, **(PARTNER[slot] | {"label": name}))
    return ax


def confidence_intervals(
    estimates: dict[str, Estimate], ax: Axes | None = None, shift: float = 0.0, **style: Any
) -> Axes:
    """Estimates as points with 95 % confidence intervals, one a row, and a line at no effect.

    ``shift`` moves them off their row [rows], so that two sets can share the rows.
    """
    ax = axes_or_current(ax)
    rows = np.arange(len(estimates))[::-1]
    means = np.array([e.mean for e in estimates.values()])
    reach = np.array([[e.mean - e.low, e.high - e.mean] for e in estimates.values()]).T
    look: dict[str, Any] = {"fmt": "o", "color": "0.1", "capsize": 2.5, "markersize": 4.5} | style
    ax.axvline(0.0, color="0.6", linewidth=0.8, zorder=0)
    ax.errorbar(means, rows + shift, xerr=reach, **look)
    ax.set_yticks(rows, list(estimates))
    ax.set_ylim(-0.6, len(estimates) - 0.4)
    return ax


def sent_and_heard(time: Any, sent: Any, heard: Any, slot: str, ax: Axes | None = None) -> Axes:
    """What one partner sent, as filled dots, and what arrived, as open triangles."""
    ax = axes_or_current(ax)
    color = PARTNER[slot]["color"]
    ax.vlines(time, sent, heard, color=color, alpha=0.35, linewidth=0.8)
    ax.plot(time, sent, color=color, linestyle="none", markersize=4, **SENT)
    ax.plot(time, heard, color=color, linestyle="none", markersize=4.5, **HEARD)
    return ax


def panel_letters(axes: Any) -> None:
    """a, b, c ... before the titles of the panels."""
    for letter, ax in zip("abcdefghijkl", np.ravel(axes), strict=False):
        ax.set_title(f"({letter})  {ax.get_title(loc='left')}", loc="left")
