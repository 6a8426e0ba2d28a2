"""Limit cycles: located on a Poincaré section, then closed to precision by shooting."""

from typing import Any, NamedTuple

import numpy as np

from sim.landscape.arguments import duration_of, state_of
from sim.landscape.system import System, advance, jacobian

ACCURACY = 1e-11
OPEN = "returns, but does not close (chaos, or a longer transient is needed)"


class Cycle(NamedTuple):
    """A limit cycle, or why there is none (``found`` false, ``word`` says why, numbers are nan).

    ``state`` is a point on it, ``period`` in the flow's unit of time, ``multipliers`` Floquet's:
    one of them is 1, the cycle is stable if all others are inside the unit circle. ``lowest`` and
    ``highest`` are the extremes of each variable. ``censored`` if it leaves the box.
    """

    found: bool
    word: str
    period: float
    state: np.ndarray
    multipliers: np.ndarray
    stable: bool
    lowest: np.ndarray
    highest: np.ndarray
    censored: bool


def limit_cycle(system: System, start: Any, transient: float, longest: float) -> Cycle:
    """The limit cycle that a flow reaches from ``start`` after ``transient``.

    ``longest`` is the longest period looked for. Where the flow settles at an equilibrium,
    diverges or does not return, the result says so and has no period.
    """
    start = state_of(system, "start", start)
    transient = duration_of(system, "transient", transient)
    longest = duration_of(system, "longest", longest)
    if longest == 0.0:
        raise ValueError("longest = 0: must be above 0, the longest period looked for")
    if system.kind != "flow":
        raise ValueError("limit_cycle: must be a flow; a map's cycles are equilibria of its powers")
    start = advance(system, start[:, None], transient, ACCURACY)[:, 0]
    if not np.isfinite(start).all():
        return _none("diverges", len(system.names))
    speed = np.abs(system.change(start) / system.width).max()
    if speed * longest < 1e-6:
        return _none("settles at an equilibrium", len(system.names))
    guess = _return(system, start, longest)
    if guess is None:
        return _none("does not return to where it was", len(system.names))
    return _closed(system, *guess)


def _none(word: str, size: int) -> Cycle:
    nothing = np.full(size, np.nan)
    return Cycle(False, word, np.nan, nothing, nothing, False, nothing, nothing, False)


def _return(system: System, start: np.ndarray, longest: float) -> tuple[np.ndarray, float] | None:
    """The first near return through the plane at right angles to the flow in ``start``."""
    from scipy.integrate import solve_ivp

    normal = system.change(start) / system.width**2

    def section(_: float, state: np.ndarray) -> float:
        return float(normal @ (state - start))

    section.direction = 1.0  # type: ignore[attr-defined]
    path = solve_ivp(
        lambda _, state: system.rate(state),
        (0.0, longest),
        start,
        method="DOP853",
        rtol=1e-10,
        atol=1e-12 * system.width.min(),
        events=section,
    )
    if not len(path.t_events[0]):
        return None
    size = np.ptp(path.y, axis=1)
    for time, state in zip(path.t_events[0], path.y_events[0], strict=True):
        near = np.abs(state - start) <= 0.02 * size + 1e-12
        if time > 1e-6 * longest and near.all():
            return state, float(time)
    return None


def _flow(system: System, states: np.ndarray, period: float) -> np.ndarray:
    return advance(system, states, period, ACCURACY)


def _closed(system: System, state: np.ndarray, period: float) -> Cycle:
    """Shooting: the state and period with which the orbit closes."""
    from scipy.optimize import root

    width, normal = system.width, system.change(state) / system.width**2

    def gap(unknown: np.ndarray) -> np.ndarray:
        here, time = unknown[:-1] * width, unknown[-1] * period
        end = _flow(system, here[:, None], time)[:, 0]
        return np.append((end - here) / width, float(normal @ (here - state)) * period)

    with np.errstate(all="ignore"):
        found = root(gap, np.append(state / width, 1.0), method="hybr", options={"xtol": 1e-12})
    if not (np.abs(found.fun).max() < 1e-7 and found.x[-1] > 1e-3):
        return _none(OPEN, len(state))
    state, period = found.x[:-1] * width, float(found.x[-1] * period)
    return _described(system, state, period)


def _described(system: System, state: np.ndarray, period: float) -> Cycle:
    turns = jacobian(lambda points: _flow(system, points, period), state, 1e-3 * system.width)
    multipliers = np.linalg.eigvals(turns)
    others = np.delete(multipliers, np.argmin(np.abs(multipliers - 1.0)))
    path = _path(system, state, period)
    lowest, highest = path.min(axis=1), path.max(axis=1)
    if (highest - lowest < 1e-6 * system.width).all():
        return _none("settles at an equilibrium", len(state))
    out = not bool(system.inside(path).all())
    stable = bool((np.abs(others) < 1.0).all())
    word = "leaves the box" if out else ""
    return Cycle(True, word, period, state, multipliers, stable, lowest, highest, out)


def _path(system: System, state: np.ndarray, period: float) -> np.ndarray:
    from scipy.integrate import solve_ivp

    return solve_ivp(
        lambda _, now: system.rate(now),
        (0.0, period),
        state,
        method="DOP853",
        rtol=1e-9,
        atol=1e-11 * system.width.min(),
        t_eval=np.linspace(0.0, period, 401),
    ).y
