"""Bad input on purpose: the same mistakes for every argument, and what a refusal must look like."""

import re
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from tests.helpers.paths import ROOT

OURS = tuple(str(ROOT / room) for room in ("models", "sim", "experiments"))
LONGEST_WAIT = 30
"""Seconds within which bad input is refused, whatever would have to be imported first."""
LONGEST_LINE = 600
FOREIGN = re.compile(
    "scipy|numpy[.]|h5py|hdf|SALib|pandas|ufunc|operand|dtype|broadcast|concatenate|Traceback|Errno"
    "|not supported|unsupported|has no attribute|could not convert|cannot convert|invalid literal"
    "|required positional|unexpected keyword|setting an array|truth value|must be real number"
    "|not iterable|not callable|not subscriptable|unhashable|out of bounds",
    re.IGNORECASE,
)
"""Words of libraries and of the interpreter, which mean nothing to who made the mistake."""


class TooLongError(BaseException):
    """Nothing was refused in time; no handler of ours may take it for a refusal."""


@contextmanager
def in_time(seconds: int = LONGEST_WAIT) -> Iterator[None]:
    """End what takes longer, as a run on senseless input would."""

    def ring(*_: Any) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def refusal(call: Callable[[], Any], word: str = "") -> str:
    """The line by which ``call`` is refused, naming ``word``; anything else fails the test."""
    try:
        with in_time():
            found = call()
    except (ValueError, TypeError, MemoryError, OSError) as fault:
        return _readable(fault, word)
    except TooLongError:
        pytest.fail(f"nothing was refused in {LONGEST_WAIT} s", pytrace=False)
    except Exception as fault:
        pytest.fail(f"{type(fault).__name__}: {fault}", pytrace=False)
    pytest.fail(f"taken, and gave {' '.join(repr(found).split())[:80]}", pytrace=False)


def _readable(fault: Exception, word: str) -> str:
    line, last = str(fault), traceback.extract_tb(fault.__traceback__)[-1].filename
    faults = {
        "says nothing": not line.strip(),
        "has several lines": "\n" in line,
        f"has {len(line)} letters": len(line) > LONGEST_LINE,
        "speaks of insides": FOREIGN.search(line),
        f"comes from {last}": not last.startswith(OURS),
        f"does not name {word!r}": word not in line,
    }
    if wrong := [what for what, is_so in faults.items() if is_so]:
        pytest.fail(f"{type(fault).__name__} {', '.join(wrong)}: {line[:300]}", pytrace=False)
    return line


class Door(NamedTuple):
    """A public function: a call that is good, and each argument with the kind that it is of.

    ``spare`` lists mistakes that are none here, such as ``list`` where several are welcome. A
    refusal names the argument, or the word in ``called``.
    """

    call: Callable[..., Any]
    arguments: dict[str, str]
    spare: tuple[str, ...] = ()
    called: dict[str, str] = {}  # noqa: RUF012


MISTAKES: dict[str, Any] = {
    "nan": float("nan"),
    "nan of NumPy": np.float32("nan"),
    "infinity": float("inf"),
    "text": "x",
    "number as text": "1",
    "bytes": b"1",
    "list": [1, 2],
    "mapping": {"a": 1},
    "complex": 1j,
    "masked": np.ma.masked,
    "masked array": np.ma.array([1.0, 2.0], mask=[True, False]),
    "bool": True,
    "decimal that is none": Decimal("NaN"),
    "object": object(),
    "date": np.datetime64("2024-01-01"),
}
"""What is no number, for any argument that is one."""
KINDS: dict[str, dict[str, Any]] = {
    "number": MISTAKES,
    "positive": MISTAKES | {"none above": 0.0, "negative": -1.0},
    "share": MISTAKES | {"negative": -0.1, "above 1": 1.5, "huge": 1e300},
    "count": MISTAKES
    | {"none": 0, "negative": -1, "part": 2.5, "huge": 10**12, "beyond 64 bits": 2**80},
    "index": MISTAKES | {"negative": -1, "part": 2.5, "beyond": 10**12},
    "seed": {k: v for k, v in MISTAKES.items()}
    | {"negative": -1, "part": 2.5, "beyond 64 bits": 2**64},
    "name": {k: MISTAKES[k] for k in ("nan", "list", "mapping", "object", "bool", "bytes")}
    | {"unknown": "nobody", "empty": "", "long": "x" * 10_000, "lines": "a\nb", "number": 3},
    "flag": {k: MISTAKES[k] for k in ("nan", "text", "list", "mapping", "masked", "object")},
    "thing": {
        k: MISTAKES[k] for k in ("nan", "text", "bytes", "list", "mapping", "masked", "object")
    }
    | {"number": 3},
}


def attacks(doors: dict[str, Door]) -> list[Any]:
    """One case for each mistake in each argument of each door."""
    return [
        pytest.param(door, name, wrong, id=f"{title}-{name}-{mistake}".replace(" ", "_"))
        for title, door in doors.items()
        for name, kind in door.arguments.items()
        for mistake, wrong in KINDS[kind].items()
        if mistake not in door.spare and f"{name}: {mistake}" not in door.spare
    ]


def attack(door: Door, name: str, wrong: Any) -> str:
    """The line by which a door refuses a mistake."""
    return refusal(lambda: door.call(**{name: wrong}), door.called.get(name, name))


def inventory(folder: Path) -> dict[str, Any]:
    """All that lies in a folder: names, kinds, bytes."""
    found: dict[str, Any] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = ("link", str(path.readlink()))
        elif path.is_file():
            found[name] = ("file", path.read_bytes())
        else:
            found[name] = ("folder or device", path.lstat().st_mode)
    return found
