"""Trajectories of classic models: SciPy integrates, maps are iterated, nothing is clamped."""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import xarray as xr

from models.classics import Classic
from models.parameters import unknown
from sim.analysis.orbit_arguments import (
    BOUND,
    Method,
    Solver,
    checked_solver,
    chosen_parameters,
    looked_up,
    sample_times,
    started,
)
from sim.checks import in_range
from sim.landscape.arguments import LONGEST

__all__ = [
    "BOUND",
    "DivergesError",
    "Method",
    "Solver",
    "chosen_parameters",
    "orbit",
    "returns",
    "started",
]


class DivergesError(ValueError):
    """A model left all bounds. ``time`` says when; ``orbit`` holds the trajectory up to there."""

    def __init__(self, classic: Classic, time: float, bound: float, orbit: xr.Dataset) -> None:
        self.time, self.orbit = time, orbit
        super().__init__(
            f"'{classic.name}' diverges: a state passes {bound:g}, or a pole, at time {time:g} "
            f"({classic.time_unit}); start or parameters lie where nothing holds it"
        )


class Trajectory(NamedTuple):
    """Times, states of shape (variables, times), and when a state passed the bound, if one did."""

    times: np.ndarray
    states: np.ndarray
    diverged: float | None


# --- Orbits ---------------------------------------------------------------------------------------


def orbit(
    classic: Classic | str,
    until: Any,
    start: Any = None,
    parameters: Any = None,
    *,
    samples: int = 501,
    **solver: Any,
) -> xr.Dataset:
    """The trajectory of ``classic`` (or its name) from ``start`` to time ``until``, with units.

    ``start`` and ``parameters`` are NamedTuples of the model's kind, as many numbers in its order,
    or mappings of what differs from its own. ``until`` is the last time, or rising times from 0 or
    later, as for SciPy's ``odeint``; the start is always at time 0. A flow or a delay is
    integrated by SciPy's ``solve_ivp`` and read at those times, or at ``samples`` times from 0 to
    ``until``; a map is iterated and every step kept. A delay's past before time 0 is constant at
    ``start``. States and observables have dimension ``time``. ``solver``: fields of ``Solver``
    (``method``, ``rtol``, ``atol``, ``bound``), such as ``rtol=1e-8``. ``DivergesError`` with the
    time and the trajectory so far if a state passes its ``bound``, at once if the start lies beyond
    it; ``ValueError`` in one line for a bad argument.
    """
    classic = looked_up(classic)
    first, chosen = started(classic, start), chosen_parameters(classic, parameters)
    times = sample_times(classic, until, samples)
    integrator = checked_solver(solver)
    if not np.abs(np.array(first, float)).max() <= integrator.bound:
        at_start = Trajectory(np.zeros(1), np.array(first, float)[:, None], 0.0)
        there = _labelled(classic, at_start, chosen, "start")
        raise DivergesError(classic, 0.0, integrator.bound, there)
    if classic.kind == "map":
        trajectory = _iterated(classic, first, chosen, int(times[-1]), integrator.bound)
        if np.ndim(until):
            trajectory = _kept(trajectory, times)
    else:
        trajectory = _integrated(classic, first, chosen, times, integrator)
    method = "iteration" if classic.kind == "map" else integrator.method
    computed = _labelled(classic, trajectory, chosen, method)
    if trajectory.diverged is not None:
        raise DivergesError(classic, trajectory.diverged, integrator.bound, computed)
    return computed


def returns(
    classic: Classic | str,
    until: float,
    variable: str,
    level: float,
    start: Any = None,
    parameters: Any = None,
) -> np.ndarray:
    """Times up to ``until`` at which ``variable`` of a flow rises through ``level``.

    Found by SciPy's root finding on the dense output. Where the last differences are equal they
    are the period of a cycle; an empty array if the level is never crossed upwards.
    ``DivergesError`` (without an orbit) if a state passes ``BOUND``.
    """
    classic = looked_up(classic)
    if classic.kind != "flow":
        raise ValueError(f"'{classic.name}' is a {classic.kind}: returns are counted on a flow")
    first, chosen = started(classic, start), chosen_parameters(classic, parameters)
    if variable not in first._fields:
        raise ValueError(unknown(variable, first._fields, "variable"))
    place = first._fields.index(variable)
    until = in_range("until", until, 0.0, LONGEST, "the last time", open_=True)
    level = in_range("level", level, -BOUND, BOUND, "level that is crossed")
    if not np.abs(np.array(first, float)).max() <= BOUND:
        raise DivergesError(classic, 0.0, BOUND, xr.Dataset())

    def crossing(_: float, y: np.ndarray) -> float:
        return float(y[place]) - level

    crossing.direction = 1.0  # type: ignore[attr-defined]
    solver = Solver(rtol=1e-12, atol=1e-13)
    piece = _solve(classic, (0.0, until), first, _flow(classic, chosen), solver, (crossing,))
    if _ended(piece):
        raise DivergesError(classic, float(piece.t[-1]), BOUND, xr.Dataset())
    return np.asarray(piece.t_events[0])


# --- Maps -----------------------------------------------------------------------------------------


def _iterated(
    classic: Classic, first: Any, parameters: Any, steps: int, bound: float
) -> Trajectory:
    path, diverged = [first], None
    for step in range(1, steps + 1):
        path.append(classic.rate(path[-1], parameters))
        if not max(abs(float(value)) for value in path[-1]) <= bound:
            diverged = float(step)
            break
    states = np.array(path, float).T
    return Trajectory(np.arange(states.shape[1], dtype=float), states, diverged)


def _kept(trajectory: Trajectory, times: np.ndarray) -> Trajectory:
    """The steps of a map at ``times``, as far as it came."""
    kept = [int(time) for time in times if time < len(trajectory.times)]
    return trajectory._replace(times=trajectory.times[kept], states=trajectory.states[:, kept])


# --- Flows and delays -----------------------------------------------------------------------------


def _integrated(
    classic: Classic, first: Any, parameters: Any, times: np.ndarray, solver: Solver
) -> Trajectory:
    states = np.empty((len(first), 0))
    diverged, last = None, float(times[-1])
    for piece in _pieces(classic, first, parameters, last, solver):
        left = times[states.shape[1] :]
        seen = left[left <= piece.t[-1]]
        if len(seen):  # a delay may be shorter than the time between two samples
            states = np.concatenate([states, piece.sol(seen)], axis=1)
        if _ended(piece):
            diverged = float(piece.t[-1])
    return Trajectory(times[: states.shape[1]], states, diverged)


def _pieces(
    classic: Classic, first: Any, parameters: Any, until: float, solver: Solver
) -> Iterator[Any]:
    """SciPy's solutions end to end: one for a flow, one for each length of a delay."""
    delay = parameters.delay if classic.kind == "delay" else 0.0
    if delay == 0.0:
        yield _solve(classic, (0.0, until), first, _flow(classic, parameters), solver)
        return
    state, begin = np.array(first, float), 0.0
    past = _constant(state)
    while begin < until:
        span = (begin, min(begin + delay, until))
        piece = _solve(classic, span, state, _lagged(classic, parameters, past, delay), solver)
        yield piece
        if _ended(piece):
            return
        past, state, begin = piece.sol, piece.y[:, -1], span[1]


def _constant(state: np.ndarray) -> Callable[[float], Any]:
    return lambda _: state


def _flow(classic: Classic, parameters: Any) -> Callable[[float, np.ndarray], np.ndarray]:
    kind = type(classic.start)
    return lambda _, y: np.array(classic.rate(kind(*y), parameters), float)


def _lagged(
    classic: Classic, parameters: Any, past: Callable[[float], Any], delay: float
) -> Callable[[float, np.ndarray], np.ndarray]:
    """Method of steps: within one delay the past is known, and the rest is a plain flow."""
    kind, rate = type(classic.start), classic.lagged
    assert rate is not None
    return lambda t, y: np.array(rate(kind(*y), kind(*past(t - delay)), parameters), float)


def _solve(
    classic: Classic,
    span: tuple[float, float],
    first: Any,
    rate: Callable[[float, np.ndarray], np.ndarray],
    solver: Solver,
    events: tuple[Any, ...] = (),
) -> Any:
    """SciPy's ``solve_ivp``, stopped where a state passes the bound (its last event)."""
    from scipy.integrate import solve_ivp

    def escapes(_: float, y: np.ndarray) -> float:
        return solver.bound - float(np.abs(y).max())

    escapes.terminal = True  # type: ignore[attr-defined]
    computed = solve_ivp(
        rate,
        span,
        np.array(first, float),
        method=solver.method,
        rtol=solver.rtol,
        atol=solver.atol,
        dense_output=True,
        events=[*events, escapes],
    )
    return computed


def _ended(piece: Any) -> bool:
    """Whether a state passed the bound, or runs into a pole that no step is small enough for."""
    return bool(len(piece.t_events[-1])) or not piece.success


# --- Labels ---------------------------------------------------------------------------------------


def _labelled(classic: Classic, trajectory: Trajectory, parameters: Any, method: str) -> xr.Dataset:
    state = type(classic.start)(*trajectory.states)
    values = {
        name: ("time", getattr(state, name), {"long_name": rule.meaning, "units": rule.unit})
        for name, rule in classic.variables.items()
    }
    for name, observe in classic.observables.items():
        look = {"long_name": f"{name.replace('_', ' ')} (derived)", "units": "1"}
        values[name] = ("time", np.asarray(observe(state), float), look)
    time = ("time", trajectory.times, {"long_name": "time", "units": classic.time_unit})
    notes = {
        "classic": classic.name,
        "title": classic.title,
        "source": classic.source,
        "method": method,
        "parameters_json": json.dumps(parameters._asdict(), sort_keys=True),
    }
    return xr.Dataset(values, coords={"time": time}, attrs=notes)
