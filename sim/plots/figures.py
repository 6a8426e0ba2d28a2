"""Figures that go to files: made without pyplot, laid out once, the same bytes in every run.

pyplot keeps windows, which a file does not need, and every figure it ever made. In a notebook it is
what one expects: a plot that is given no axes draws into pyplot's present ones.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

KINDS = ("png", "svg")
SAME_BYTES: dict[str, dict[str, None]] = {"png": {"Software": None}, "svg": {"Date": None}}
"""What Matplotlib would note in a file and differs between versions or days."""


def new_figure(**options: Any) -> Figure:
    """An empty figure; ``options`` as of ``matplotlib.figure.Figure``."""
    figure = Figure(**options)
    FigureCanvasAgg(figure)
    return figure


def subplots(
    rows: int = 1, columns: int = 1, *, figsize: tuple[float, float], **options: Any
) -> tuple[Figure, Any]:
    """A figure [inches] and its panels, as ``pyplot.subplots`` gives them."""
    figure = new_figure(figsize=figsize)
    return figure, figure.subplots(rows, columns, **options)


def axes_or_current(ax: Axes | None) -> Axes:
    """``ax``, or pyplot's present axes if there is none."""
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt

    return plt.gca()


def write(
    figure: Figure,
    stem: Path,
    dpi: float,
    kinds: Sequence[str] = KINDS,
    bbox_inches: str | None = None,
) -> None:
    """Write ``figure`` as ``stem`` with each kind for its suffix; its layout is then final.

    ``dpi`` counts for pixels, ``bbox_inches="tight"`` cuts the margins.
    """
    _lay_out(figure, dpi)
    with mpl.rc_context({"svg.hashsalt": "pairbond"}):
        for kind in kinds:
            figure.savefig(
                stem.with_suffix(f".{kind}"),
                dpi=dpi if kind == "png" else None,
                bbox_inches=bbox_inches,
                metadata=SAME_BYTES[kind],
            )


def _lay_out(figure: Figure, dpi: float) -> None:
    """Place everything once: an engine of layout draws a figure twice for every file."""
    engine = figure.get_layout_engine()
    if engine is None:
        return
    before = figure.dpi
    figure.set_dpi(dpi)
    engine.execute(figure)
    figure.set_dpi(before)
    with mpl.rc_context({"figure.constrained_layout.use": False, "figure.autolayout": False}):
        figure.set_layout_engine(None)
