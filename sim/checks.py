"""What a user may pass: numbers within their range. Each fault is one line with field and rule."""

import reprlib
from typing import Any

import numpy as np

from models.parameters import NUMBERS

MOST_SEED = 2**64
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 80
MOST_EXACT = 2**53
"""Beyond it a float no longer tells whole numbers apart."""


def in_range(
    name: str, value: Any, low: float, high: float | None, what: str, open_: bool = False
) -> float:
    """``value`` as a float if it is a finite number in the range; ``ValueError`` otherwise.

    ``high`` None: no upper end. ``open_``: the ends are outside. ``what`` says what is meant.
    NumPy's numbers are numbers, a bool is none.
    """
    if not is_number(value):
        raise ValueError(f"{name} = {shown(value)}: must be {_rule(low, high, open_)} ({what})")
    above = value > low if open_ else value >= low
    below = high is None or (value < high if open_ else value <= high)
    if not (above and below):
        end = low if not above else high
        near = "" if open_ or end is None else f"; nearest: {end:g}"
        raise ValueError(
            f"{name} = {float(value):g}: must be {_rule(low, high, open_)} ({what}){near}"
        )
    return float(value)


def whole(name: str, value: Any, what: str, low: int = 1, high: int | None = None) -> int:
    """``value`` as an int if it is a whole number from ``low`` on (at most ``high``)."""
    rule = f"a whole number of at least {low}"
    if high is not None:
        rule = f"a whole number in [{low}, {high}]"
    if not is_number(value) or value != int(value):
        raise ValueError(f"{name} = {shown(value)}: must be {rule} ({what})")
    if value < low or (high is not None and value > high):
        end = low if value < low else high
        raise ValueError(f"{name} = {shown(value)}: must be {rule} ({what}); nearest: {end}")
    return int(value)


def seed_number(value: Any, name: str = "seed") -> int:
    """``value`` as a random seed: an integer in [0, 2^64), or a float that holds one exactly."""
    number: Any = value if is_number(value) else None
    inexact = isinstance(number, (float, np.floating)) and abs(float(number)) > MOST_EXACT
    if number is None or inexact or number != int(number):
        text = "; write the number without quotes" if isinstance(value, str) else ""
        raise ValueError(f"{name} = {shown(value)}: must be an integer in [0, 2^64){text}")
    if not 0 <= int(number) < MOST_SEED:
        raise ValueError(f"{name} = {shown(value)}: must be in [0, 2^64)")
    return int(number)


def instance(name: str, value: Any, kind: type) -> None:
    """Refuse a ``value`` that is no ``kind``."""
    if not isinstance(value, kind):
        raise ValueError(f"{name} = {shown(value)}: must be a {kind.__name__}")


def shown(value: Any) -> str:
    """``value`` as a message shows it: texts in quotes, one line, no longer than fits one."""
    number = isinstance(value, NUMBERS) or (isinstance(value, np.ndarray) and value.ndim == 0)
    text = str(value) if number else _SHORT.repr(value)
    return " ".join(text.split())


def is_number(value: Any) -> bool:
    """Whether ``value`` is one finite number, and no bool; NumPy's and arrays of none dimension."""
    if isinstance(value, np.ndarray) and not isinstance(value, np.ma.MaskedArray):
        return value.ndim == 0 and value.dtype.kind in "iuf" and bool(np.isfinite(value))
    if isinstance(value, bool) or not isinstance(value, NUMBERS):
        return False
    return bool(np.isfinite(value)) if not isinstance(value, int) else True


def _rule(low: float, high: float | None, open_: bool) -> str:
    if high is None:
        return f"above {low:g}" if open_ else f"at least {low:g}"
    return f"in ({low:g}, {high:g})" if open_ else f"in [{low:g}, {high:g}]"
