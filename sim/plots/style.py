"""One visual language for the whole project: colour-blind-safe, legible in grey.

A partner has a colour and a line style, an architecture has a colour, a line and a mark by its
place in the table of architectures, what was sent and what was heard have a mark. The colours are
Okabe and Ito's (2008).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from models.architectures import ARCHITECTURES

PARTNER: dict[str, dict[str, Any]] = {
    "A": {"color": "#0072B2", "linestyle": "-", "label": "partner A"},
    "B": {"color": "#D55E00", "linestyle": "--", "label": "partner B"},
}
SENT: dict[str, Any] = {"marker": "o", "label": "sent"}
HEARD: dict[str, Any] = {"marker": "^", "markerfacecolor": "none", "label": "heard"}
SERIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999", "#000000")
LINES: tuple[Any, ...] = (
    "-",
    "--",
    "-.",
    ":",
    (0, (5, 1)),
    (0, (1, 1)),
    (0, (3, 1, 1, 1)),
    (0, (8, 2)),
)
MARKS = "osD^vPX*"
COLOURS = tuple("#009E73 #E69F00 #56B4E9 #000000 #D55E00 #CC79A7 #0072B2 #999999".split())
BAND = 0.18
PAPER: Any = {
    "figure.dpi": 100,
    "font.size": 9.0,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
    "axes.labelsize": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "legend.fontsize": 8.0,
    "lines.linewidth": 1.6,
    "figure.constrained_layout.use": True,
    "savefig.bbox": "tight",
    "svg.fonttype": "none",
}


def series(number: int) -> dict[str, Any]:
    """Colour and line style of the ``number``-th thing compared in one figure."""
    return {"color": SERIES[number % len(SERIES)], "linestyle": LINES[number % len(LINES)]}


def look(place: int) -> dict[str, Any]:
    """Colour, line and mark of the architecture at ``place`` in their table, from 0.

    The first eight differ in all three. With the ninth the colours begin again, and lines and marks
    are moved by one, so that no two of 64 architectures look alike.
    """
    moved = place + place // len(COLOURS)
    return {
        "color": COLOURS[place % len(COLOURS)],
        "linestyle": LINES[moved % len(LINES)],
        "marker": MARKS[moved % len(MARKS)],
    }


ARCHITECTURE = {name: look(place) for place, name in enumerate(ARCHITECTURES)}
"""One colour, line and mark for each architecture, the same in every figure and on every page."""


@contextmanager
def paper() -> Iterator[None]:
    """Matplotlib's settings for a figure that a journal would print."""
    import matplotlib as mpl

    with mpl.rc_context(PAPER):
        yield
