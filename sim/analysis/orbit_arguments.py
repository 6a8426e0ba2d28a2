"""What an orbit may be asked: model, start, parameters, times; anything else is one line."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args

import numpy as np

from models.classics import Classic
from models.wording import one_of, unknown
from sim.checks import is_number, numbers, shown, whole
from sim.landscape.arguments import LONGEST
from sim.landscape.classic_arguments import chosen_parameters, looked_up, started, unused

__all__ = [
    "BOUND",
    "MOST",
    "Method",
    "Solver",
    "checked_solver",
    "chosen_parameters",
    "looked_up",
    "sample_times",
    "started",
    "unused",
]

BOUND = 1e6
"""A state beyond this size counts as diverged: no classic means anything there."""
MOST = 10_000_000
"""Samples, or steps of a map, at most."""

Method = Literal["DOP853", "RK45", "RK23", "Radau", "BDF", "LSODA"]


class Solver(NamedTuple):
    """What SciPy's ``solve_ivp`` is told, and the size beyond which a state has diverged."""

    method: Method = "DOP853"
    rtol: float = 1e-10
    atol: float = 1e-12
    bound: float = BOUND


def sample_times(classic: Classic, until: Any, samples: int) -> np.ndarray:
    """Times at which the orbit is read; the last is how far it goes."""
    try:
        times = numbers("until", until)
    except ValueError:
        times = np.array([[np.nan]])
    if times.ndim == 0 and not isinstance(until, bool | str):
        last = float(times)
        if not (0.0 < last <= LONGEST) or np.ma.is_masked(until):
            raise ValueError(
                f"until = {shown(until)}: must be a finite time above 0 and at most {LONGEST:g}"
            )
        _whole_steps(classic, times)
        return np.array([0.0, last]) if classic.kind == "map" else _even(last, samples)
    known = times.ndim == 1 and len(times) > 0 and bool((times <= LONGEST).all())
    if not known or times[0] < 0.0 or times[-1] <= 0.0 or (np.diff(times) <= 0.0).any():
        raise ValueError("until: must be a time above 0, or times that rise from 0 or later")
    _whole_steps(classic, times)
    return times


def _even(last: float, samples: Any) -> np.ndarray:
    samples = whole("samples", samples, "the start, the end and between", low=2)
    if samples > MOST:
        raise ValueError(f"samples = {samples}: must be at most {MOST}")
    return np.linspace(0.0, last, samples)


def _whole_steps(classic: Classic, times: np.ndarray) -> None:
    if classic.kind != "map":
        return
    odd = np.ravel(times)[np.ravel(times) != np.floor(np.ravel(times))]
    if len(odd):
        raise ValueError(f"until = {odd[0]:g}: '{classic.name}' is a map; it takes whole steps")
    if times.max() > MOST:
        raise ValueError(f"until = {times.max():g}: must be at most {MOST} steps")


def checked_solver(options: Mapping[str, Any]) -> Solver:
    """SciPy's options, checked before SciPy sees them."""
    for name in options:
        if name not in Solver._fields:
            raise TypeError(unknown(name, Solver._fields, "option of an orbit"))
    solver = Solver(**options)
    one_of("method", solver.method, get_args(Method))
    for name in ("rtol", "atol", "bound"):
        value = getattr(solver, name)
        if not (is_number(value) and value > 0.0):
            raise ValueError(f"{name} = {shown(value)}: must be a number above 0")
    return Solver(solver.method, float(solver.rtol), float(solver.atol), float(solver.bound))
