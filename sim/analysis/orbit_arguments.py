"""What an orbit may be asked: model, start, parameters, times; anything else is one line."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args

import numpy as np

from models.classics import Classic, find
from models.parameters import unknown

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


def looked_up(classic: Any) -> Classic:
    """The model itself, or the one of that name."""
    if isinstance(classic, str):
        return find(classic)
    if not isinstance(classic, Classic):
        raise ValueError(f"classic = {classic!r}: must be a classic model or its name")
    return classic


def started(classic: Classic | str, start: Any = None) -> Any:
    """The model's initial state with what ``start`` changes; ``ValueError`` if it is not finite."""
    classic = looked_up(classic)
    return _changed(classic.name, "start", "state", classic.start, start)


def chosen_parameters(classic: Classic | str, parameters: Any = None) -> Any:
    """The model's parameters with what ``parameters`` changes, each checked against its range.

    Refused is a change of a parameter that the model declares for its relatives and does not use.
    """
    classic = looked_up(classic)
    chosen = _changed(classic.name, "parameters", "parameter", classic.parameters, parameters)
    for name, rule in classic.rules.items():
        low, high = rule.range
        if not low <= getattr(chosen, name) <= high:
            raise ValueError(
                f"{classic.name}.{name} = {getattr(chosen, name):g}: must be in "
                f"[{low:g}, {high:g}] ({rule.meaning}, {rule.unit})"
            )
    for name in unused(classic):
        if getattr(chosen, name) != getattr(classic.parameters, name):
            raise ValueError(
                f"{classic.name}.{name} = {getattr(chosen, name):g}: '{classic.name}' does not use "
                f"{name}{_relative(classic, name)}"
            )
    return chosen


class _Spy:
    """Parameters that note which of them an equation reads."""

    def __init__(self, parameters: Any, seen: set[str]) -> None:
        self._parameters, self._seen = parameters, seen

    def __getattr__(self, name: str) -> Any:
        self._seen.add(name)
        return getattr(self._parameters, name)


def unused(classic: Classic) -> tuple[str, ...]:
    """Names of the parameters that no equation of the model reads."""
    seen: set[str] = {"delay"} if classic.kind == "delay" else set()
    spy = _Spy(classic.parameters, seen)
    classic.rate(classic.start, spy)
    if classic.lagged is not None:
        classic.lagged(classic.start, classic.start, spy)
    return tuple(name for name in classic.parameters._fields if name not in seen)


def _relative(classic: Classic, name: str) -> str:
    """Which model of the same parameters does use ``name``."""
    from models.classics import CLASSICS

    for other in CLASSICS.values():
        same = type(other.parameters) is type(classic.parameters)
        if same and other is not classic and name not in unused(other):
            return f"; take '{other.name}'"
    return ""


def _changed(owner: str, argument: str, what: str, base: Any, given: Any) -> Any:
    if given is None:
        return base
    names = base._fields
    changes = _named(argument, names, given)
    for name, value in changes.items():
        if name not in names:
            raise ValueError(unknown(name, names, f"{what} of '{owner}'"))
        if isinstance(value, np.ndarray) and value.ndim == 0:
            value = value.item()
        number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
        if not (number and not isinstance(value, np.complexfloating) and math.isfinite(value)):
            raise ValueError(f"{owner}.{name} = {value!r}: must be a finite number ({what})")
    return base._replace(**{name: _plain(value) for name, value in changes.items()})


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.ndarray | np.generic) else value


def _named(argument: str, names: Sequence[str], given: Any) -> dict[str, Any]:
    """What is given by name: a NamedTuple, a mapping, or as many numbers in order."""
    if hasattr(given, "_asdict"):
        return dict(given._asdict())
    if isinstance(given, Mapping):
        return {str(name): value for name, value in given.items()}
    listed = isinstance(given, Sequence | np.ndarray) and not isinstance(given, str | bytes)
    if not listed or np.shape(given) != (len(names),):
        shown = " ".join(repr(given).split())
        shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
        raise ValueError(
            f"{argument} = {shown}: must be {len(names)} numbers ({', '.join(names)}) or a mapping"
        )
    return dict(zip(names, given, strict=True))


def sample_times(classic: Classic, until: Any, samples: int) -> np.ndarray:
    """Times at which the orbit is read; the last is how far it goes."""
    try:
        times = np.asarray(until, float)
    except (TypeError, ValueError):
        times = np.array([[np.nan]])
    if times.ndim == 0 and not isinstance(until, bool | str):
        last = float(times)
        if not (math.isfinite(last) and last > 0.0):
            raise ValueError(f"until = {until}: must be a finite time above 0")
        _whole_steps(classic, times)
        return np.array([0.0, last]) if classic.kind == "map" else _even(last, samples)
    known = times.ndim == 1 and len(times) > 0 and bool(np.isfinite(times).all())
    if not known or times[0] < 0.0 or times[-1] <= 0.0 or (np.diff(times) <= 0.0).any():
        raise ValueError("until: must be a time above 0, or times that rise from 0 or later")
    _whole_steps(classic, times)
    return times


def _even(last: float, samples: Any) -> np.ndarray:
    whole = isinstance(samples, int | np.integer) and not isinstance(samples, bool)
    if not whole or samples < 2:
        raise ValueError(f"samples = {samples}: must be at least 2, the start and the end")
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
    if solver.method not in get_args(Method):
        raise ValueError(
            f"method = {solver.method!r}: must be one of {', '.join(get_args(Method))}"
        )
    for name in ("rtol", "atol", "bound"):
        value = getattr(solver, name)
        number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
        if not (number and math.isfinite(value) and value > 0.0):
            raise ValueError(f"{name} = {value!r}: must be a number above 0")
    return Solver(solver.method, float(solver.rtol), float(solver.atol), float(solver.bound))
