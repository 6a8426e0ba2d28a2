"""Pictures of a landscape: ``(data, ax=None) -> ax``; they draw what they are given."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from sim.landscape.continuation import Branch
from sim.landscape.equilibria import Equilibrium, Nullclines
from sim.plots.figures import axes_or_current
from sim.plots.style import SERIES

PALE = ("#FFFFFF", "#E6E6E6", "#CFE6F5", "#FBE3C0", "#CFEDE2", "#F3DCE8")
MARKS = {"stable": "o", "unstable": "s", "saddle": "X", "marginal": "D"}


def phase_plane(
    lines: Nullclines,
    points: Sequence[Equilibrium] = (),
    basins: Any = None,
    axes: tuple[int, int] = (0, 1),
    ax: Axes | None = None,
) -> Axes:
    """Null-clines, arrows of change, equilibria (filled: stable) and, in pale colours, basins."""
    ax = axes_or_current(ax)
    if basins is not None:
        _basins(lines, basins, ax)
    _arrows(lines, ax)
    _lines(lines.first, lines.names[0], SERIES[0], "-", ax)
    _lines(lines.second, lines.names[1], SERIES[5], "--", ax)
    equilibria(points, axes, ax)
    ax.set(xlim=lines.x[[0, -1]], ylim=lines.y[[0, -1]])
    ax.set_xlabel(lines.names[0])
    ax.set_ylabel(lines.names[1])
    return ax


def _basins(lines: Nullclines, basins: Any, ax: Axes) -> None:
    """Pale colours: white diverges, grey settles nowhere, then one for each attractor."""
    shades = PALE[: max(int(np.max(basins)) + 3, 3)]
    look: dict[str, Any] = {"cmap": ListedColormap(shades), "shading": "nearest"}
    ax.pcolormesh(
        lines.x, lines.y, basins, vmin=-2.5, vmax=len(shades) - 2.5, rasterized=True, **look
    )


def _lines(curves: Any, name: str, color: str, style: str, ax: Axes) -> None:
    for count, curve in enumerate(curves):
        label = f"{name} stands still" if count == 0 else None
        ax.plot(*curve.T, color=color, linestyle=style, label=label)


def _arrows(lines: Nullclines, ax: Axes, count: int = 15) -> None:
    pick = [np.linspace(0, len(v) - 1, count).astype(int) for v in (lines.x, lines.y)]
    scale = np.array([np.ptp(lines.x), np.ptp(lines.y)])[:, None, None]
    flow = lines.change[:, pick[1]][:, :, pick[0]] / scale
    flow = flow / np.maximum(np.linalg.norm(flow, axis=0), 1e-300)
    ax.quiver(
        lines.x[pick[0]], lines.y[pick[1]], *flow, color="0.6", scale=32, width=0.0025, zorder=1
    )


def equilibria(
    points: Sequence[Equilibrium], axes: tuple[int, int] = (0, 1), ax: Axes | None = None
) -> Axes:
    """A mark for each equilibrium: filled if it attracts, open if not, a cross for a saddle."""
    ax = axes_or_current(ax)
    seen = set()
    for point in points:
        mark = MARKS[point.kind.split()[0]]
        label = None if point.kind in seen else point.kind
        seen.add(point.kind)
        face = "black" if point.stable else "white"
        ax.plot(
            point.state[axes[0]],
            point.state[axes[1]],
            mark,
            color="black",
            markerfacecolor=face,
            markersize=8,
            linestyle="none",
            label=label,
            zorder=5,
        )
    return ax


def bifurcation(one: Branch, variable: int = 0, ax: Axes | None = None) -> Axes:
    """A branch of equilibria: solid where stable, dashed where not, with its special points."""
    ax = axes_or_current(ax)
    values = one.states[:, variable]
    for stable, line in ((True, "-"), (False, "--")):
        part = np.where(one.stable == stable, values, np.nan)
        ax.plot(
            one.parameter, part, line, color=SERIES[0], label="stable" if stable else "unstable"
        )
    for number, kind in enumerate(dict.fromkeys(point.kind for point in one.special)):
        some = [point for point in one.special if point.kind == kind]
        ax.plot(
            [point.parameter for point in some],
            [point.state[variable] for point in some],
            "os^Dv"[number],
            color=SERIES[5],
            label=kind,
            zorder=5,
        )
    return ax
