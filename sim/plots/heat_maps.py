"""Heat maps: ``(data, ax=None) -> ax``. Cells have numbers, so that they read without colour."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from sim.plots.figures import axes_or_current
from sim.plots.style import SERIES

MOST_TICKS, MOST_NUMBER_TICKS = 12, 6
MOST_NUMBERS = 100
DARK = 0.55
"""Brightness below which black letters could not be read."""


def heat(values: np.ndarray, ax: Any, colours: str) -> None:
    """A matrix as coloured cells with their numbers, row 0 on top; ``PuOr_r`` parts at zero."""
    reach = np.nanmax(np.abs(values))
    limits = {"vmin": -reach, "vmax": reach} if colours == "PuOr_r" else {}
    image = ax.imshow(values, cmap=colours, **limits)
    _numbers(ax, image, values, size=7, none="–")


def heat_map(
    values: np.ndarray,
    rows: Sequence[Any],
    columns: Sequence[Any],
    ax: Axes | None = None,
    diverging: bool = False,
    label: str = "",
) -> Axes:
    """Values of shape (rows, columns) as colours, with numbers where there is room; row 0 below."""
    ax = axes_or_current(ax)
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
    shares: np.ndarray,
    names: Sequence[str],
    rows: Sequence[Any],
    columns: Sequence[Any],
    ax: Axes | None = None,
) -> Axes:
    """The commonest of several outcomes at each point; numbers: its share of couples [%].

    ``shares`` has shape (outcomes, rows, columns).
    """
    ax = axes_or_current(ax)
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


def _numbers(
    ax: Axes, image: Any, values: np.ndarray, form: str = "{:.2f}", size: int = 6, none: str = ""
) -> None:
    """A number in each cell, light on dark colours; ``none`` where there is no number."""
    colours = image.cmap(image.norm(image.get_array()))
    for (row, column), value in np.ndenumerate(values):
        text = form.format(value) if np.isfinite(value) else none
        red, green, blue, _ = colours[row, column]
        colour = "white" if 0.3 * red + 0.6 * green + 0.1 * blue < DARK else "black"
        if text:
            ax.text(column, row, text, ha="center", va="center", fontsize=size, color=colour)
