"""One picture of all gates: where each row lies in its band, and how sure that is."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from experiments.gates.bands import BEYOND
from experiments.gates.measuring import Row
from sim.plots.figures import subplots
from sim.plots.style import paper

INSIDE, MISSED, BAND = "#0072B2", "#D55E00", "0.9"
EDGE = 1.75
"""How far from the middle of its band a row is drawn at most, in halves of the band."""


def figure(rows: Sequence[Row]) -> Figure:
    """Mean and interval of each row on the scale of its band, which reaches from -1 to 1."""
    with paper():
        drawn, ax = subplots(1, 1, figsize=(8.2, 0.19 * len(rows) + 1.4))
        ax.axvspan(-1.0, 1.0, color=BAND, linewidth=0, zorder=0)
        for place, row in enumerate(rows):
            colour, marker = (INSIDE, "o") if row.passes else (MISSED, "X")
            ends = [scaled(row, end) for end in row.interval]
            if np.isfinite(ends).all():
                ax.plot(ends, [place, place], color=colour, linewidth=1.2)
            if np.isfinite(row.mean):
                ax.plot(scaled(row, row.mean), place, marker, color=colour, markersize=5)
            ax.text(EDGE + 0.08, place, f"{row.mean:.3g}", va="center", fontsize=6.5, color=colour)
        ax.set_yticks(range(len(rows)), [f"{r.band.gate}  {r.band.title}" for r in rows])
        ax.tick_params(axis="y", labelsize=6.5, length=0)
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.set_xlim(-EDGE - 0.05, EDGE + 0.55)
        ax.set_xticks([-1, 0, 1], ["lower end\nof the band", "middle", "upper end\nof the band"])
        ax.plot([], [], "o", color=INSIDE, label="in its band")
        ax.plot([], [], "X", color=MISSED, label="missed")
        ax.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)
        for side in ("top", "right", "left"):
            ax.spines[side].set_visible(False)
    return drawn


def scaled(row: Row, value: float) -> float:
    """A value on the scale of its band; a band without upper end is twice as long as its lower."""
    low, high = row.band.low, row.band.high
    high = max(4.0 * low, low + 1.0) if high >= BEYOND else high
    place = (value - low) / (high - low) * 2.0 - 1.0
    return float(np.clip(place, -EDGE, EDGE)) if np.isfinite(place) else float("nan")
