"""Equilibria, stable (attractors) and unstable, computed as roots; and the null-clines."""

from typing import Any, NamedTuple

import numpy as np

from sim.checks import seed_number
from sim.landscape.arguments import (
    MOST_POINTS,
    MOST_STARTS,
    axes_of,
    check_system,
    count_of,
    state_of,
)
from sim.landscape.system import System, jacobian

SAME = 1e-5  # widths of the box: nearer than this, two roots are one
RESIDUAL = 1e-9  # widths of the box, a unit of time or a step
NEUTRAL = 1e-6  # growth nearer to 0 than this decides nothing
REAL = 1e-9


class Equilibrium(NamedTuple):
    """A root: where it is, how it grows, what it is called.

    ``eigenvalues`` are those of the flow's Jacobian, or of the map's (multipliers). ``kind`` is
    ``stable node``, ``unstable focus``, ``saddle``, ``marginal`` and so on.
    """

    state: np.ndarray
    eigenvalues: np.ndarray
    kind: str
    stable: bool
    residual: float
    at_edge: bool


class Search(NamedTuple):
    """What a search found, and what it could not know.

    ``censored`` is true where a root lies on the edge of the box or beyond it: then there may be
    more of them out there. ``word`` says so in words.
    """

    points: tuple[Equilibrium, ...]
    starts: int
    converged: int
    outside: int
    censored: bool
    word: str

    @property
    def stable(self) -> tuple[Equilibrium, ...]:
        """The attracting ones."""
        return tuple(point for point in self.points if point.stable)


def equilibria(system: System, starts: int = 256, seed: int = 1) -> Search:
    """All equilibria in the box that root finding from ``starts`` Sobol points reaches.

    Sorted by the first variable. No search of this kind proves that there are no more.
    """
    starts = count_of("starts", starts, "points to start from", MOST_STARTS)
    roots: list[np.ndarray] = []
    converged = outside = 0
    for start in sobol(system, starts, seed):
        root = solve(system, start)
        if root is None:
            continue
        converged += 1
        if not system.inside(root, -1e-9):
            outside += 1
        elif all(system.distance(root, known) > SAME for known in roots):
            roots.append(root)
    points = tuple(describe(system, root) for root in sorted(roots, key=tuple))
    edge = any(point.at_edge for point in points)
    word = _word(len(points), outside, edge)
    return Search(points, starts, converged, outside, bool(outside or edge), word)


def sobol(system: System, count: int, seed: int) -> np.ndarray:
    """``count`` points that fill the box evenly, shape (count, variables)."""
    from scipy.stats import qmc

    check_system(system)
    count = count_of("count", count, "points in the box", MOST_STARTS)
    seed = seed_number(seed)
    sampler = qmc.Sobol(len(system.names), rng=np.random.default_rng(seed))
    unit = sampler.random_base2(max(int(np.ceil(np.log2(max(count, 1)))), 0))[:count]
    return qmc.scale(unit, system.box[:, 0], system.box[:, 1])


def solve(system: System, start: np.ndarray) -> np.ndarray | None:
    """The root that SciPy's hybrid method reaches from ``start``; None if it reaches none."""
    from scipy.optimize import root

    width = system.width

    # In widths of the box, so that one tolerance suits variables of any unit.
    def scaled(unit: np.ndarray) -> np.ndarray:
        return system.change(unit * width) / width

    def slope(unit: np.ndarray) -> np.ndarray:
        return jacobian(system.change, unit * width, width) * width / width[:, None]

    with np.errstate(all="ignore"):
        found = root(scaled, start / width, jac=slope, method="hybr", options={"xtol": 1e-13})
        size = np.abs(found.fun).max()
    return found.x * width if size <= RESIDUAL else None


def describe(system: System, state: np.ndarray) -> Equilibrium:
    """Eigenvalues and name of a root."""
    eigenvalues = np.linalg.eigvals(jacobian(system.rate, state, system.width))
    kind = name_of(eigenvalues, system.kind)
    residual = float(np.abs(system.change(state) / system.width).max())
    at_edge = not bool(system.inside(state, 1e-6))
    return Equilibrium(state, eigenvalues, kind, kind.startswith("stable"), residual, at_edge)


def growth(eigenvalues: np.ndarray, kind: str) -> np.ndarray:
    """Growth of small deviations: real parts of a flow, logarithms of the moduli of a map."""
    if kind == "flow":
        return np.real(eigenvalues)
    return np.log(np.maximum(np.abs(eigenvalues), np.finfo(float).tiny))


def name_of(eigenvalues: np.ndarray, kind: str) -> str:
    """The name of an equilibrium with these eigenvalues; ``marginal`` where they do not tell."""
    grows = growth(eigenvalues, kind)
    if np.abs(grows).min() < NEUTRAL:
        return "marginal"
    if grows.min() < 0.0 < grows.max():
        return "saddle"
    turns = np.abs(np.imag(eigenvalues)).max() > REAL
    return ("stable " if grows.max() < 0.0 else "unstable ") + ("focus" if turns else "node")


def _word(count: int, outside: int, edge: bool) -> str:
    words = f"{count} found"
    if outside:
        words += f"; {outside} starts led to roots outside the box"
    if edge:
        words += "; one lies on the edge of the box"
    return words


class Nullclines(NamedTuple):
    """Lines in a plane on which one variable stands still, each of shape (points, 2)."""

    names: tuple[str, str]
    first: tuple[np.ndarray, ...]
    second: tuple[np.ndarray, ...]
    x: np.ndarray
    y: np.ndarray
    change: np.ndarray
    """Change of both variables on the grid, shape (2, y, x)."""


def nullclines(
    system: System, axes: tuple[int, int] = (0, 1), at: np.ndarray | None = None, points: int = 201
) -> Nullclines:
    """Where each of two variables stands still, the others held at ``at`` (the box's middle)."""
    from contourpy import contour_generator

    axes = axes_of(system, axes)
    points = count_of("points", points, "points along an axis", MOST_POINTS, 2)
    x, y = (system.along(axis, points) for axis in axes)
    with np.errstate(all="ignore"):
        change = system.change(plane(system, axes, x, y, at))[list(axes)]
    lines: list[Any] = [contour_generator(x, y, part).lines(0.0) for part in change]
    names = (system.names[axes[0]], system.names[axes[1]])
    return Nullclines(names, tuple(lines[0]), tuple(lines[1]), x, y, change)


def plane(
    system: System, axes: tuple[int, int], x: np.ndarray, y: np.ndarray, at: np.ndarray | None
) -> np.ndarray:
    """States on a grid of two variables, the others held: shape (variables, y, x)."""
    middle = system.box.mean(axis=1) if at is None else state_of(system, "at", at)
    states = np.repeat(middle, len(y) * len(x)).reshape(len(middle), len(y), len(x))
    states[axes[0]], states[axes[1]] = np.meshgrid(x, y)
    return states
