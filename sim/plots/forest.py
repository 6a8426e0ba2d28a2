"""A forest plot: estimates with their intervals side by side, one row a quantity."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.analysis.measures import Estimate
from sim.plots.figures import axes_or_current
from sim.plots.style import series

FIELDS = ("mean", "low", "high")
POINTS: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 3.5, "capsize": 2.0}
HEIGHT = 0.6
"""Part of a row that its points take, one below the other."""


def forest_plot(
    rows: Mapping[str, Sequence[Estimate]], labels: Sequence[str], ax: Axes | None = None
) -> Axes:
    """Points and intervals: a row for each name in ``rows``, in it one for each of ``labels``.

    The first row is on top. What is undefined is left out; its row stays.
    """
    ax = axes_or_current(ax)
    offsets = np.linspace(-HEIGHT, HEIGHT, len(labels) + 2)[1:-1] / 2.0
    for number, (label, offset) in enumerate(zip(labels, offsets, strict=True)):
        found = [own[number] for own in rows.values()]
        means, lows, highs = (np.array([getattr(one, k) for one in found]) for k in FIELDS)
        places = np.arange(len(found)) + offset
        look = {**series(number), **POINTS, "label": label}
        ax.errorbar(means, places, xerr=[means - lows, highs - means], **look)
    ax.axvline(0.0, color="0.6", linewidth=0.8, zorder=0)
    ax.set_yticks(range(len(rows)), list(rows))
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.legend(loc="best")
    return ax
