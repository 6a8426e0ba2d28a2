"""Pictures of series: ``(data, ax=None) -> ax``; no figure of synchrony without its null."""

from typing import Any

from matplotlib.axes import Axes

from sim.plots.figures import axes_or_current
from sim.plots.style import BAND, SERIES
from sim.series.synchrony import Null


def against_null(shifts: Any, null: Null, ax: Axes | None = None, unit: str = "steps") -> Axes:
    """Real couples' curve over the band of couples of strangers."""
    ax = axes_or_current(ax)
    ax.fill_between(
        shifts,
        null.low,
        null.high,
        color="0.5",
        alpha=2 * BAND,
        linewidth=0,
        label="shuffled partners, middle 95 %",
    )
    ax.plot(shifts, null.surrogates.mean(axis=0), "--", color="0.4", label="their mean")
    ax.plot(shifts, null.observed, "o-", color=SERIES[0], markersize=3, label="couples themselves")
    ax.set_xlabel(f"first partner leads by [{unit}]")
    ax.legend()
    return ax
