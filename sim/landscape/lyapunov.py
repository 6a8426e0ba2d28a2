"""The largest Lyapunov exponent: how fast neighbours part, measured with renormalisation."""

from typing import Any, NamedTuple

import numpy as np

from sim.checks import in_range, seed_number
from sim.landscape.arguments import LONGEST, MOST_STEPS, duration_of, state_of
from sim.landscape.system import System
from sim.statistics import standard_error

BATCHES = 10


class Exponent(NamedTuple):
    """Largest exponent per unit of time (flow) or step (map), with its standard error.

    ``word`` says ``diverges`` where the orbit leaves for good (then the value is nan); ``censored``
    is true if it was outside the box for some of the time.
    """

    value: float
    standard_error: float
    duration: float
    censored: bool
    word: str


def largest_exponent(
    system: System,
    start: Any,
    duration: float,
    transient: float = 0.0,
    every: float = 1.0,
    seed: int = 1,
) -> Exponent:
    """Mean growth of a tangent vector along the orbit, set back to length 1 each ``every``.

    Benettin and co-workers 1980. The tangent flow is a central difference along the vector, so the
    equations are used as they are. The error is that of ten batches, which takes them as
    independent.
    """
    state = state_of(system, "start", start)
    duration = duration_of(system, "duration", duration)
    transient = duration_of(system, "transient", transient)
    most = MOST_STEPS if system.kind == "map" else LONGEST
    every = in_range("every", every, 0.0, most, "time between two lengths", open_=True)
    if not 0.0 < (transient + duration) / every <= MOST_STEPS:
        raise ValueError(
            f"duration = {duration:g}: must be above 0 and at most {MOST_STEPS:,} times every"
        )
    random = np.random.default_rng(seed_number(seed))
    vector = random.standard_normal(len(system.names))
    vector /= np.linalg.norm(vector)
    step = _mapped if system.kind == "map" else _flowed
    every = max(round(every), 1) if system.kind == "map" else every
    growth, out = [], False
    for count in range(int(np.ceil((transient + duration) / every))):
        state, vector = step(system, state, vector, every)
        size = float(np.linalg.norm(vector))
        if bool(system.lost(state)) or not np.isfinite(size):
            return Exponent(np.nan, np.nan, count * every, True, "diverges")
        if size == 0.0:
            return Exponent(-np.inf, 0.0, count * every, out, "neighbours meet")
        vector = vector / size
        if count * every >= transient:
            growth.append(np.log(size) / every)
            out |= not bool(system.inside(state))
    means = [batch.mean() for batch in np.array_split(growth, BATCHES) if len(batch)]
    error = standard_error(np.array(means))
    word = "was outside the box for a time" if out else ""
    return Exponent(float(np.mean(growth)), error, every * len(growth), out, word)


def _tangent(system: System, state: np.ndarray, vector: np.ndarray) -> np.ndarray:
    """State's rate and the vector's, side by side: (variables, 2); the vector in widths."""
    step = np.cbrt(np.finfo(float).eps)
    size = max(float(np.linalg.norm(vector)), 1e-300)
    move = step * system.width * vector / size
    rates = system.rate(np.stack([state, state + move, state - move], axis=1))
    slope = (rates[:, 1] - rates[:, 2]) / (2.0 * step) * size / system.width
    return np.stack([rates[:, 0], slope], axis=1)


def _mapped(system: System, state: Any, vector: Any, steps: float) -> tuple[Any, Any]:
    with np.errstate(all="ignore"):
        for _ in range(int(steps)):
            state, vector = _tangent(system, state, vector).T
    return state, vector


def _flowed(system: System, state: Any, vector: Any, duration: float) -> tuple[Any, Any]:
    from scipy.integrate import solve_ivp

    size = len(state)

    def rate(_: float, both: np.ndarray) -> np.ndarray:
        now = both[:size]
        if system.lost(now):
            return np.zeros_like(both)
        return _tangent(system, now, both[size:]).T.ravel()

    with np.errstate(all="ignore"):
        end = solve_ivp(
            rate,
            (0.0, duration),
            np.concatenate([state, vector]),
            method="RK45",
            rtol=1e-6,
            atol=1e-8,
            t_eval=[duration],
        )
    if not end.success:
        return np.full(size, np.inf), vector
    return end.y[:size, -1], end.y[size:, -1]
