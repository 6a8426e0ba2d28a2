"""Which classic model is meant, and with what start and parameters; anything else is one line."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from models.classics import Classic, find
from models.parameters import unknown
from sim.checks import is_number, shown


def looked_up(classic: Any) -> Classic:
    """The model itself, or the one of that name."""
    if isinstance(classic, str):
        return find(classic)
    if not isinstance(classic, Classic):
        raise ValueError(f"classic = {shown(classic)}: must be a classic model or its name")
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
    chosen = changed_parameters(classic, parameters)
    for name, rule in classic.rules.items():
        low, high = rule.range
        if not low <= getattr(chosen, name) <= high:
            raise ValueError(
                f"{classic.name}.{name} = {getattr(chosen, name):g}: must be in "
                f"[{low:g}, {high:g}] ({rule.meaning}, {rule.unit})"
            )
    return chosen


def changed_parameters(classic: Classic, parameters: Any) -> Any:
    """The same, of any size: finite, and used by the model where they differ from its own."""
    chosen = _changed(classic.name, "parameters", "parameter", classic.parameters, parameters)
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
        if isinstance(value, np.ndarray) and value.ndim == 0 and not np.ma.is_masked(value):
            value = value.item()
        if not is_number(value):
            raise ValueError(f"{owner}.{name} = {shown(value)}: must be a finite number ({what})")
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
        raise ValueError(
            f"{argument} = {shown(given)}: must be {len(names)} numbers ({', '.join(names)}) "
            "or a mapping"
        )
    return dict(zip(names, given, strict=True))
