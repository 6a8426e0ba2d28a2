"""Plots of the gallery: ``(data, ax=None) -> ax``. No computing, no randomness.

A ``Spread`` is a middle with its low and high end; an ``Estimate`` a mean with its interval.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from models.architectures import ARCHITECTURES
from sim.analysis.measures import Estimate, Spread
from sim.plots.bands import band
from sim.plots.figures import axes_or_current
from sim.plots.style import ARCHITECTURE, SERIES

MARKS = "os^Dv"


def architecture_curves(
    x: Any, curves: Mapping[str, list[Estimate]], ax: Axes | None = None
) -> Axes:
    """One line with error bars a preset, in its colour, line and mark, named at its end."""
    ax = axes_or_current(ax)
    for name, points in curves.items():
        means = [point.mean for point in points]
        reach = [[p.mean - p.low for p in points], [p.high - p.mean for p in points]]
        ax.errorbar(
            x, means, yerr=reach, capsize=2, markersize=4, elinewidth=0.8, **ARCHITECTURE[name]
        )
    ends = {name: points[-1].mean for name, points in curves.items()}
    for name, height in spaced(ends, 0.062).items():
        ax.annotate(
            ARCHITECTURES[name].label,
            (x[-1], ends[name]),
            (1.03, height),
            textcoords=("axes fraction", "data"),
            va="center",
            color="0.1",
            size=8,
            arrowprops={"arrowstyle": "-", "color": "0.7", "lw": 0.6, "shrinkA": 0, "shrinkB": 3},
        )
    return ax


def spaced(heights: Mapping[str, float], gap: float) -> dict[str, float]:
    """Heights for labels, in the same order from the top and at least ``gap`` apart."""
    names = sorted(heights, key=lambda name: -heights[name])
    found: dict[str, float] = {}
    for name in names:
        above = min(found.values(), default=np.inf)
        found[name] = min(heights[name], above - gap)
    return found


def lines(x: Any, curves: Mapping[str, Any], ax: Axes | None = None) -> Axes:
    """Bare lines of known functions, one colour and line style each."""
    ax = axes_or_current(ax)
    styles = ("-", "--", ":", "-.")
    for number, (name, values) in enumerate(curves.items()):
        ax.plot(x, values, color=SERIES[number], linestyle=styles[number], label=name)
    return ax


def course(
    time: Any,
    spreads: Mapping[str, Spread],
    looks: Mapping[str, Mapping[str, Any]],
    ax: Axes | None = None,
) -> Axes:
    """Lines with bands over time, each with the look that it has by name."""
    ax = axes_or_current(ax)
    for name, spread in spreads.items():
        band(time, spread, ax, **{"label": name, **looks[name]})
    return ax


def groups(
    table: Mapping[str, Mapping[str, Estimate]], ax: Axes | None = None, gap: float = 0.22
) -> Axes:
    """Estimates with intervals: one place on the axis a row of the table, one mark a column."""
    ax = axes_or_current(ax)
    columns = list(next(iter(table.values())))
    for number, column in enumerate(columns):
        shift = gap * (number - 0.5 * (len(columns) - 1))
        points = [row[column] for row in table.values()]
        means = np.array([p.mean for p in points])
        reach = np.array([[p.mean - p.low, p.high - p.mean] for p in points]).T
        ax.errorbar(
            np.arange(len(points)) + shift,
            means,
            yerr=reach,
            fmt=MARKS[number],
            capsize=2.5,
            color=SERIES[(0, 1, 5)[number % 3]],
            markersize=6,
            label=column,
            markerfacecolor="white" if number == 0 else None,
        )
    ax.set_xticks(range(len(table)), list(table))
    ax.set_xlim(-0.6, len(table) - 0.4)
    return ax


def falls(table: Mapping[str, tuple[Estimate, Estimate]], ax: Axes | None = None) -> Axes:
    """Before (hollow) and after (filled) with intervals, one row each, joined by an arrow."""
    ax = axes_or_current(ax)
    for row, (name, pair) in enumerate(list(table.items())[::-1]):
        before, after = pair
        ax.annotate(
            "",
            (after.mean, row),
            (before.mean, row),
            arrowprops={"arrowstyle": "->", "color": "0.6", "shrinkA": 6, "shrinkB": 6},
        )
        for point, face, label in ((before, "white", "before"), (after, SERIES[0], "after")):
            reach = [[point.mean - point.low], [point.high - point.mean]]
            ax.errorbar(
                point.mean,
                row,
                xerr=reach,
                fmt="o",
                color=SERIES[0],
                mfc=face,
                capsize=2.5,
                markersize=7,
                label=label if row == 0 else None,
            )
        ax.text(before.mean, row + 0.2, name, ha="right", va="bottom", size=9)
    ax.set_yticks([])
    ax.set_ylim(-0.5, len(table) - 0.3)
    ax.spines["left"].set_visible(False)
    return ax


def gate_opening(
    time: Any, alarm: Any, felt_safety: Any, gate: Any, ax: Axes | None = None
) -> Axes:
    """Alarm, felt safety and, as a filled area, the gate that needs both."""
    ax = axes_or_current(ax)
    ax.fill_between(time, gate, color=SERIES[2], alpha=0.45, linewidth=0, label="plasticity gate")
    ax.plot(time, alarm, color=SERIES[0], marker="o", markersize=3, label="alarm")
    ax.plot(
        time,
        felt_safety,
        color=SERIES[1],
        linestyle="--",
        marker="^",
        markersize=3,
        label="felt safety",
    )
    ax.axhline(0.5, color="0.7", linewidth=0.7, zorder=0)
    return ax


def agreement(sent: Any, heard: Any, ax: Axes | None = None, **style: Any) -> Axes:
    """What arrived against what was sent, with the line on which nothing is misread."""
    ax = axes_or_current(ax)
    ax.axline((0.0, 0.0), slope=1.0, color="0.6", linewidth=0.8, zorder=0)
    look = {"s": 9, "alpha": 0.5, "linewidths": 0.7} | style
    ax.scatter(sent, heard, **look)
    ax.set_aspect("equal")
    return ax
