"""Figures as files: the same figure gives the same bytes, whenever it is drawn."""

from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

REPEATABLE: dict[str, Any] = {"svg.hashsalt": "pairbond"}
"""Without it the names of an SVG's parts are drawn at random."""


def write_figure(figure: Figure, stem: Path, dpi: int = 150, **settings: Any) -> None:
    """Write a figure as ``stem.png`` and ``stem.svg``, without date or version, and close it.

    ``settings`` are Matplotlib's, with ``_`` for ``.``: ``savefig_bbox="tight"``.
    """
    chosen: Any = REPEATABLE | {name.replace("_", "."): value for name, value in settings.items()}
    with mpl.rc_context(chosen):
        figure.savefig(stem.with_suffix(".png"), dpi=dpi, metadata={"Software": None})
        figure.savefig(stem.with_suffix(".svg"), metadata={"Date": None})
    plt.close(figure)
