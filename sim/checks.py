"""What a user may pass: numbers within their range. Each fault is one line with field and rule."""

import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from models.parameters import is_number as is_number  # its place for all of sim
from models.wording import short
from models.wording import shown as shown  # and this

MOST_SEED = 2**64
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
    number = float(value)
    above = number > low if open_ else number >= low
    below = high is None or (number < high if open_ else number <= high)
    if not (above and below):
        end = low if not above else high
        near = "" if open_ or end is None else f"; nearest: {end:g}"
        raise ValueError(f"{name} = {number:g}: must be {_rule(low, high, open_)} ({what}){near}")
    return number


def whole(name: str, value: Any, what: str, low: int = 1, high: int | None = None) -> int:
    """``value`` as an int if it is a whole number from ``low`` on (at most ``high``)."""
    rule = f"a whole number of at least {low}"
    if high is not None:
        rule = f"a whole number in [{low}, {high}]"
    number = plain(value)
    if isinstance(number, bool) or not is_whole(number):
        raise ValueError(f"{name} = {shown(value)}: must be {rule} ({what})")
    if number < low or (high is not None and number > high):
        end = low if number < low else high
        raise ValueError(f"{name} = {shown(number)}: must be {rule} ({what}); nearest: {end}")
    return int(number)


def is_whole(value: Any) -> bool:
    """Whether ``value`` is a whole number; of any size, where it is an int."""
    if isinstance(value, int):
        return not isinstance(value, bool)
    return is_number(value) and float(value).is_integer()


def seed_number(value: Any, name: str = "seed") -> int:
    """``value`` as a random seed: an integer in [0, 2^64), or a float that holds one exactly."""
    number = plain(value)
    inexact = isinstance(number, float) and not abs(number) <= MOST_EXACT
    if inexact or not is_whole(number):
        text = "; write the number without quotes" if isinstance(value, str) else ""
        raise ValueError(f"{name} = {shown(value)}: must be an integer in [0, 2^64){text}")
    if not 0 <= int(number) < MOST_SEED:
        raise ValueError(f"{name} = {shown(value)}: must be in [0, 2^64)")
    return int(number)


def plain(value: Any) -> Any:
    """Python's own number for one of NumPy's (an array without dimensions counts); else itself."""
    single = isinstance(value, np.generic | np.ndarray) and value.ndim == 0
    return value.item() if single and not isinstance(value, np.ma.MaskedArray) else value


def instance(name: str, value: Any, kind: type) -> None:
    """Refuse a ``value`` that is no ``kind``."""
    if not isinstance(value, kind):
        raise ValueError(f"{name} = {shown(value)}: must be a {kind.__name__}")


def flag(name: str, value: Any) -> bool:
    """``value`` as a bool if it is one; a number or a text may mean the opposite."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} = {shown(value)}: must be True or False")
    return bool(value)


def listed(name: str, value: Any, what: str) -> list[Any]:
    """``value`` as a list if it is one, or the like; text, bytes and mappings are none."""
    several = isinstance(value, Iterable) and not isinstance(value, str | bytes | dict)
    if not several or (isinstance(value, np.ndarray) and value.ndim != 1):
        raise ValueError(f"{name} = {shown(value)}: must be a list of {what}")
    if isinstance(value, np.ma.MaskedArray) and np.ma.getmaskarray(value).any():
        raise ValueError(f"{name}: has masked values; must be a list of {what}")
    return list(value)


def numbers(name: str, value: Any) -> np.ndarray:
    """``value`` as an array of floats if it holds numbers alone, none of them masked."""
    try:
        array = np.asarray(value)
        known = array.dtype.kind in "fiu" and not np.ma.is_masked(value)
    except (TypeError, ValueError):
        known = False
    if not known:
        raise ValueError(f"{name} = {shown(value)}: must be numbers, none masked")
    return array.astype(float)


def file_path(path: Any) -> Path:
    """``path`` if it is the text of one, or a ``Path``."""
    if not isinstance(path, str | Path):
        raise ValueError(f"path = {shown(path)}: must be the path of a file")
    return Path(path)


def file_bytes(path: Any, most: int | None = None) -> bytes:
    """What is in the file at ``path``; ``ValueError`` in one line if it cannot be read.

    Refused before it is opened: what is no file (a device or a pipe may never end), and a file of
    more than ``most`` bytes.
    """
    place = file_path(path)
    try:
        about = place.stat()
        if stat.S_ISREG(about.st_mode) and (most is None or about.st_size <= most):
            return place.read_bytes()
    except (OSError, ValueError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else fault
        raise ValueError(f"{short(str(place), 200)}: cannot be read ({why})") from None
    if most is not None and stat.S_ISREG(about.st_mode):
        raise ValueError(f"{short(str(place), 200)}: must be at most {most / 1e6:g} MB")
    kind = "a folder" if stat.S_ISDIR(about.st_mode) else "a device or a pipe"
    raise ValueError(f"{short(str(place), 200)}: cannot be read (it is {kind}, must be a file)")


def _rule(low: float, high: float | None, open_: bool) -> str:
    if high is None:
        return f"above {low:g}" if open_ else f"at least {low:g}"
    return f"in ({low:g}, {high:g})" if open_ else f"in [{low:g}, {high:g}]"
