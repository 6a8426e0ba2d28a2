"""The picture of two partners: ``(snapshot, ax=None) -> ax``. No computing, no randomness.

Each partner holds a gauge of evidence with the mark it must reach, and bars of arousal and of the
plasticity gate. Between them run two lanes: a dot where warmth was sent, a triangle where it was
heard, and a fog as thick as the signal was ambiguous.
"""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle

from models.state import Signal
from sim.plots.figures import axes_or_current
from sim.plots.snapshots import PartnerSnapshot, Snapshot
from sim.plots.style import HEARD, PARTNER, SENT

LEFT, RIGHT = 3.3, 8.7  # ends of the lanes
LANES = {"A": 5.35, "B": 2.1}
CENTRES = {"A": 1.3, "B": 10.7}
HEIGHT, MOST = 2.5, 1.4  # of the gauge, and the evidence [cues] at its top
BARS = {"arousal": ("arousal", "0.55"), "gate": ("gate", "#009E73")}


def draw_couple(snapshot: Snapshot, ax: Axes | None = None, travel: float = 1.0) -> Axes:
    """Both partners and the signals between them.

    ``travel`` in [0, 1] is how far the signals have come; at 1 they have been heard.
    """
    ax = axes_or_current(ax)
    ax.set(xlim=(-0.1, 12.1), ylim=(0.0, 7.0), aspect="equal")
    ax.axis("off")
    for slot, partner in zip("AB", (snapshot.a, snapshot.b), strict=True):
        draw_partner(partner, slot, ax)
    lane("A", snapshot.a.sent, snapshot.b.heard if snapshot.contact else None, ax, travel)
    lane("B", snapshot.b.sent, snapshot.a.heard if snapshot.contact else None, ax, travel)
    return ax


def draw_partner(partner: PartnerSnapshot, slot: str, ax: Axes) -> None:
    """Head and trunk of a partner, with the gauge of evidence and the two bars."""
    look, x = PARTNER[slot], CENTRES[slot]
    edge: dict[str, Any] = {"ec": look["color"], "ls": look["linestyle"], "lw": 2.2, "fc": "white"}
    ax.add_patch(Circle((x, 6.1), 0.62, **edge))
    ax.text(x, 6.08, slot, ha="center", va="center", weight="bold", color=look["color"], size=13)
    ax.add_patch(FancyBboxPatch((x - 0.95, 2.05), 1.9, 3.15, "round,pad=0.08", **edge))
    gauge(partner, x, 2.5, look["color"], ax)
    for row, (field, (label, color)) in enumerate(BARS.items()):
        bar(getattr(partner, field), x, 1.4 - 0.72 * row, label, color, ax)


def gauge(partner: PartnerSnapshot, x: float, foot: float, color: str, ax: Axes) -> None:
    """Evidence as a column, the criterion as a mark; hatched once the evidence is over it."""
    level = HEIGHT * min(max(partner.evidence, 0.0), MOST) / MOST
    over = partner.evidence >= partner.criterion
    ax.add_patch(Rectangle((x - 0.3, foot), 0.6, HEIGHT, fc="0.95", ec="none"))
    ax.add_patch(
        Rectangle(
            (x - 0.3, foot),
            0.6,
            level,
            fc=color,
            alpha=0.9 if over else 0.35,
            ec="white",
            hatch="///" if over else "",
        )
    )
    mark = foot + HEIGHT * min(max(partner.criterion, 0.0), MOST) / MOST
    ax.plot([x - 0.45, x + 0.45], [mark, mark], color="black", linewidth=1.8)
    ax.text(x + 0.5, mark, "θ", ha="left", va="center", size=9)
    ax.text(
        x,
        foot - 0.05,
        f"alarm {partner.alarm:.2f}",
        ha="center",
        va="top",
        size=8.5,
        weight="bold" if over else "normal",
    )


def bar(share: float, x: float, y: float, label: str, color: str, ax: Axes) -> None:
    """A share of one as a bar with its name."""
    ax.add_patch(Rectangle((x - 0.95, y - 0.32), 1.9, 0.26, fc="0.95", ec="0.6", lw=0.6))
    ax.add_patch(Rectangle((x - 0.95, y - 0.32), 1.9 * share, 0.26, fc=color, ec="none"))
    ax.text(x, y - 0.02, f"{label} {share:.2f}", ha="center", va="bottom", size=8.5)


def lane(slot: str, sent: Signal | None, heard: Signal | None, ax: Axes, travel: float) -> None:
    """One signal on its way from ``slot`` to the other, warmth upwards."""
    y, color = LANES[slot], PARTNER[slot]["color"]
    start, end = (LEFT, RIGHT) if slot == "A" else (RIGHT, LEFT)
    ax.plot([LEFT, RIGHT], [y, y], color="0.8", linewidth=0.8, zorder=0)
    ax.text(
        0.5 * (LEFT + RIGHT),
        y + 1.18,
        f"warmth from {slot} to {'B' if slot == 'A' else 'A'}",
        ha="center",
        va="bottom",
        size=8.5,
        color="0.25",
    )
    if sent is None or heard is None:
        ax.text(6.0, y - 0.1, "apart: nothing passes", ha="center", va="top", size=8.5)
        return
    fog = 1.0 - heard.clarity
    ax.add_patch(Rectangle((5.0, y - 1.1), 2.0, 2.2, fc="0.45", alpha=0.75 * fog, ec="none"))
    heights = y + sent.warmth, y + heard.warmth
    now = start + travel * (end - start), heights[0] + travel * (heights[1] - heights[0])
    ax.plot(
        [start, now[0]], [heights[0], now[1]], color=color, lw=1.4, ls=PARTNER[slot]["linestyle"]
    )
    ax.plot(start, heights[0], color=color, markersize=8, ls="none", marker=SENT["marker"])
    ax.plot(
        *now,
        color=color,
        markersize=9,
        ls="none",
        marker=HEARD["marker"],
        markerfacecolor="white",
        markeredgewidth=1.8,
    )
    words(sent, start, heights[0], "sent", slot == "A", ax)
    if travel >= 1.0:
        words(heard, end, heights[1], "heard", slot != "A", ax)
    ax.text(6.0, y - 1.13, caption(sent), ha="center", va="top", size=8, color="0.25")


def words(signal: Signal, x: float, y: float, what: str, left: bool, ax: Axes) -> None:
    """The number beside a mark."""
    warmth = round(signal.warmth, 2) + 0.0  # no minus before a zero
    ax.text(
        x + (0.25 if left else -0.25),
        y + 0.12,
        f"{what} {warmth:+.2f}",
        size=8,
        ha="left" if left else "right",
        va="bottom",
    )


def caption(sent: Signal) -> str:
    """What else was sent, in numbers."""
    return (
        f"demand {sent.demand:.2f}, reply {sent.latency:.1f}× as late as usual, "
        f"words {sent.reassurance:.2f}"
    )
