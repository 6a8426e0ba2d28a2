"""Bifurcations: a branch of equilibria followed past folds by pseudo-arclength (Keller 1977).

Folds, branch points (pitchfork, transcritical), Hopf points, and for maps period doublings and
Neimark-Sacker points are found as changes of sign along the branch and located by Brent's method.
"""

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np

from sim.checks import in_range
from sim.landscape.arguments import MOST_STEPS, count_of, family_of, limits_of, state_of
from sim.landscape.equilibria import RESIDUAL, describe
from sim.landscape.system import Family, jacobian


class Special(NamedTuple):
    """A point where the landscape changes: ``fold``, ``branch point``, ``Hopf point``, ..."""

    kind: str
    parameter: float
    state: np.ndarray


class Branch(NamedTuple):
    """Equilibria along a branch: parameter (points,), states (points, variables), stability.

    ``ended`` says why each of its two ends is one. ``censored`` is true if either is the edge of
    the search, so that the branch may go on, with more of its kind beyond.
    """

    parameter: np.ndarray
    states: np.ndarray
    stable: np.ndarray
    special: tuple[Special, ...]
    ended: tuple[str, str]
    censored: bool


EDGES = ("edge of the parameter's range", "edge of the box")


class _Curve:
    """The equations of the branch in scaled unknowns: states and parameter, each in widths."""

    def __init__(self, family: Family, limits: tuple[float, float]) -> None:
        low, high = sorted(map(float, limits))
        if not low < high:
            raise ValueError(f"limits = {limits}: must be two different values of the parameter")
        self.family, self.limits = family, (low, high)
        self.system = family(low)
        self.scale = np.append(self.system.width, high - low)

    def change(self, point: np.ndarray) -> np.ndarray:
        """Change of the state at a scaled point, in widths."""
        value = point * self.scale
        return self.family(float(value[-1])).change(value[:-1]) / self.system.width

    def slope(self, point: np.ndarray) -> np.ndarray:
        """Its derivatives: (variables, variables + 1)."""
        value = point * self.scale
        here = self.family(float(value[-1]))
        states = jacobian(here.change, value[:-1], self.system.width) * self.system.width
        step = np.zeros_like(point)
        step[-1] = np.cbrt(np.finfo(float).eps)
        column = (self.change(point + step) - self.change(point - step)) / (2.0 * step[-1])
        return np.column_stack([states / self.system.width[:, None], column])

    def tangent(self, point: np.ndarray, along: np.ndarray) -> np.ndarray:
        """Unit tangent of the branch, in the direction of ``along``."""
        # One equation fewer than unknowns: what all of them leave free is the last singular vector,
        # at a fold as well, where no parameter's value has a slope.
        direction = np.linalg.svd(self.slope(point))[2][-1]
        return direction if direction @ along >= 0.0 else -direction

    def corrected(self, guess: np.ndarray, along: np.ndarray) -> np.ndarray | None:
        """The point of the branch in the plane through ``guess`` at right angles to ``along``."""
        from scipy.optimize import root

        def equations(point: np.ndarray) -> np.ndarray:
            return np.append(self.change(point), along @ (point - guess))

        def slopes(point: np.ndarray) -> np.ndarray:
            return np.vstack([self.slope(point), along])

        with np.errstate(all="ignore"):
            solution = root(equations, guess, jac=slopes, method="hybr", options={"xtol": 1e-13})
            good = np.abs(solution.fun).max() <= 10.0 * RESIDUAL
        return solution.x if good else None

    def multipliers(self, point: np.ndarray) -> np.ndarray:
        """Eigenvalues of the Jacobian of flow or map."""
        value = point * self.scale
        here = self.family(float(value[-1]))
        return np.linalg.eigvals(jacobian(here.rate, value[:-1], self.system.width))

    def left(self, point: np.ndarray) -> str:
        """Which edge of the search a point is beyond; empty if it is inside."""
        value = point * self.scale
        low, high = self.limits
        if not low <= value[-1] <= high:
            return EDGES[0]
        return "" if self.system.inside(value[:-1]) else EDGES[1]


def branch(
    family: Family,
    start: np.ndarray,
    parameter: float,
    limits: tuple[float, float],
    step: float = 0.01,
    most: int = 2000,
) -> Branch:
    """The branch of equilibria through ``start`` at ``parameter``, both directions, in ``limits``.

    ``step`` is the longest step [widths of the box and of the range]; ``most`` the most steps a
    direction. ``ValueError`` if ``start`` is no equilibrium.
    """
    limits = limits_of(limits)
    parameter = in_range("parameter", parameter, *limits, "where the branch begins")
    step = in_range("step", step, 0.0, 1.0, "widths of the box and of the range", open_=True)
    most = count_of("most", most, "steps a direction", MOST_STEPS)
    start = state_of(family_of(family, parameter), "start", start)
    curve = _Curve(family, limits)
    point = np.append(start, parameter) / curve.scale
    if not np.abs(curve.change(point)).max() < 1e-4:
        raise ValueError(f"start at parameter = {parameter:g}: must be near an equilibrium")
    along = curve.tangent(point, np.append(np.zeros(len(start)), 1.0))
    halves = [_half(curve, point, sign * along, step, most) for sign in (-1.0, 1.0)]
    (back, ended_back), (forth, ended_forth) = halves
    points = np.array(back[:0:-1] + forth)
    special = tuple(_special(curve, back)) + tuple(_special(curve, forth))
    values = points * curve.scale
    ended = (ended_back, ended_forth)
    return Branch(
        values[:, -1],
        values[:, :-1],
        np.array([describe(family(float(v[-1])), v[:-1]).stable for v in values]),
        tuple(sorted(special, key=lambda one: one.parameter)),
        ended,
        any(end in EDGES for end in ended),
    )


def _half(
    curve: _Curve, start: np.ndarray, along: np.ndarray, longest: float, most: int
) -> tuple[list[np.ndarray], str]:
    """Points in one direction along the branch, and why there are no more."""
    first = curve.corrected(start, along)
    point = start if first is None else first
    points, step = [point], longest
    for _ in range(most):
        # In the plane at right angles to the tangent there is one point of the branch nearby, even
        # at a fold, where one value of the parameter has two.
        fresh = curve.corrected(point + step * along, along)
        turned = None if fresh is None else curve.tangent(fresh, along)
        # A turn by more than 18 degrees may be another branch that passes close by.
        if fresh is None or turned is None or turned @ along < 0.95:
            step *= 0.5
            if step < 1e-6 * longest:
                return points, "the steps became too small"
            continue
        if edge := curve.left(fresh):
            return points, edge
        points.append(fresh)
        # Not at once: the first few points are always near the start.
        if len(points) > 10 and np.linalg.norm(fresh - points[0]) < 0.5 * step:
            return points, "closed"
        point, along, step = fresh, turned, min(1.5 * step, longest)
    return points, "the most steps"


Test = Callable[[np.ndarray, np.ndarray], float]


def _tests(curve: _Curve) -> dict[str, Test]:
    """Functions of a point and the tangent there that change sign at a special point."""

    def fold(point: np.ndarray, along: np.ndarray) -> float:
        return float(along[-1])

    def crossing(point: np.ndarray, along: np.ndarray) -> float:
        return float(np.linalg.det(np.vstack([curve.slope(point), along])))

    def turning(point: np.ndarray, along: np.ndarray) -> float:
        return _turning(curve.multipliers(point), curve.system.kind)

    def doubling(point: np.ndarray, along: np.ndarray) -> float:
        return float(np.real(np.prod(curve.multipliers(point) + 1.0)))

    tests = {"fold": fold, "branch point": crossing}
    if len(curve.scale) > 2:
        tests["Hopf point" if curve.system.kind == "flow" else "Neimark-Sacker point"] = turning
    return tests | ({"period doubling": doubling} if curve.system.kind == "map" else {})


def _turning(values: np.ndarray, kind: str) -> float:
    """0 where two eigenvalues have sum 0 (flow) or product 1 (map); real."""
    pairs = [one + two if kind == "flow" else one * two - 1.0 for one, two in _pairs(values)]
    return float(np.real(np.prod(pairs)))


def _pairs(values: np.ndarray) -> Iterator[tuple[complex, complex]]:
    return combinations(values, 2)


def _special(curve: _Curve, points: list[np.ndarray]) -> Iterator[Special]:
    """Bifurcations (special points) between the points of one half."""
    if len(points) < 2:
        return
    tests, along = _tests(curve), points[1] - points[0]
    here = {name: test(points[0], along) for name, test in tests.items()}
    for left, right in pairwise(points):
        along = curve.tangent(left, along)
        after = {name: test(right, curve.tangent(right, along)) for name, test in tests.items()}
        for name, test in tests.items():
            if here[name] * after[name] < 0.0:
                yield from _located(curve, name, test, left, right, along)
        here = after


def _located(
    curve: _Curve, name: str, test: Test, left: np.ndarray, right: np.ndarray, along: np.ndarray
) -> Iterator[Special]:
    """The special point between two points, if it is what it seems."""
    from scipy.optimize import brentq

    length = float(along @ (right - left))
    # Points found are kept: Brent's method asks for its ends again, and each costs a root finding.
    where = {0.0: left, length: right}

    def at(arc: float) -> float:
        if arc not in where:
            solution = curve.corrected(left + arc / length * (right - left), along)
            where[arc] = left + arc / length * (right - left) if solution is None else solution
        return test(where[arc], curve.tangent(where[arc], along))

    # A sign depends on which way a tangent is turned. With both turned along one direction the
    # change may be gone, and then there was nothing between them.
    if at(0.0) * at(length) >= 0.0:
        return
    arc = brentq(at, 0.0, length, xtol=1e-13 * max(length, 1.0), rtol=1e-14)
    at(arc)
    value = where[arc] * curve.scale
    if _genuine(curve, name, where[arc]):
        yield Special(name, float(value[-1]), value[:-1])


def _genuine(curve: _Curve, name: str, point: np.ndarray) -> bool:
    """Whether the pair that meets the condition is complex; a real one is a neutral saddle."""
    if name not in ("Hopf point", "Neimark-Sacker point"):
        return True
    flow = curve.system.kind == "flow"
    one, two = min(
        _pairs(curve.multipliers(point)),
        key=lambda pair: abs(pair[0] + pair[1]) if flow else abs(pair[0] * pair[1] - 1.0),
    )
    return abs(np.imag(one)) > 1e-6 and abs(np.imag(two)) > 1e-6
