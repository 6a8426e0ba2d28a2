"""Hysteresis: the same parameter reached from below and from above."""

from typing import Any, NamedTuple

import numpy as np

from sim.checks import numbers
from sim.landscape.arguments import family_of, state_of
from sim.landscape.basins import NEAR
from sim.landscape.system import Family, System, advance


class Loop(NamedTuple):
    """What is reached when a parameter goes up, and down again: states (values, variables).

    ``jumps_up`` and ``jumps_down`` are values after which the state leaps by more than a tenth of
    the box. ``censored`` if a trajectory there or back ends on another branch than it came from.
    """

    values: np.ndarray
    up: np.ndarray
    down: np.ndarray
    jumps_up: tuple[float, ...]
    jumps_down: tuple[float, ...]
    area: float
    censored: bool
    word: str


def hysteresis(family: Family, values: Any, start: Any, duration: float) -> Loop:
    """Follow what is reached from ``start`` while the parameter goes up, then down again.

    ``area`` is the mean distance between both trajectories times the range of the parameter [widths
    of the box x units of the parameter]; a state that diverges counts as a jump and ends it.
    """
    values = np.sort(np.atleast_1d(numbers("values", values)))
    if values.ndim != 1 or len(values) < 2 or not np.isfinite(values).all():
        raise ValueError("values: must be at least two finite values of the parameter")
    start = state_of(family_of(family, float(values[0])), "start", start)
    up = _followed(family, values, start, duration)
    down = _followed(family, values[::-1], up[-1], duration)[::-1]
    system = family(float(values[0]))
    gap = system.distance(up.T, down.T)
    ends = [bool(gap[end] > 10 * NEAR) for end in (0, -1)]
    word = "the trajectories do not meet at the edge of the range" if any(ends) else ""
    if not (np.isfinite(up).all() and np.isfinite(down).all()):
        word = "diverges on the way"
    jumps_up, jumps_down = (_jumps(system, values, trajectory) for trajectory in (up, down))
    area = float(np.trapezoid(gap, values))
    return Loop(values, up, down, jumps_up, jumps_down, area, bool(word), word)


def _followed(family: Family, values: Any, state: np.ndarray, duration: float) -> np.ndarray:
    trajectory = []
    for value in values:
        system = family(float(value))
        finite = np.isfinite(state).all()
        # A push that decides nothing but lets a state leave an equilibrium that has become unstable
        pushed = state + 1e-6 * system.width
        state = advance(system, pushed[:, None], duration)[:, 0] if finite else state
        trajectory.append(state)
    return np.array(trajectory)


def _jumps(system: System, values: np.ndarray, trajectory: np.ndarray) -> tuple[float, ...]:
    with np.errstate(invalid="ignore"):
        leaps = system.distance(trajectory[1:].T, trajectory[:-1].T)
    leaps = np.where(np.isfinite(trajectory[1:]).all(axis=1), leaps, np.inf)
    middle = 0.5 * (values[1:] + values[:-1])
    return tuple(float(value) for value in middle[leaps > 0.1])
