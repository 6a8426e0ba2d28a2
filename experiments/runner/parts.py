"""Finished parts of a long answer: each is kept as it comes, so that a stopped run can go on.

A part is plain data: numbers, arrays, texts, lists, tables by text. It comes back as it is read
from its file, lists in place of arrays, so that it makes no difference which run computed it.
"""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

DIGITS = 64


class Unkept(OSError):
    """A part can't be written: the disk is full, read-only or gone."""


class Parts:
    """Parts by name in the folder ``root``; without a folder they are computed and not kept."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root

    def __call__(self, name: str, compute: Callable[[], Any]) -> Any:
        """The part ``name``: as it was kept, or computed now and kept.

        Raises ``Unkept`` if it can't be written.
        """
        if self.root is None:
            return json.loads(_text(name, compute()))["part"]
        path = self.root / f"{hashlib.sha256(name.encode()).hexdigest()[:24]}.json"
        found = _read(path, name)
        if found is not None:
            return found["part"]
        text = _text(name, compute())
        try:
            put(path, _with_digest(text))
        except OSError as fault:
            raise Unkept(fault.errno, fault.strerror or str(fault)) from fault
        return json.loads(text)["part"]

    @property
    def kept(self) -> int:
        """How many parts are kept."""
        return len(list(self.root.glob("*.json"))) if self.root else 0


NOT_KEPT = Parts()
"""For whoever asks for an answer in one go."""


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; what a full disk cut short goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _text(name: str, part: Any) -> bytes:
    about = {"name": name, "part": part}
    return json.dumps(about, default=_plain, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    """NumPy's numbers and arrays as Python's; each reads back to the last bit."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    raise TypeError(f"a part must be plain data, not {type(value).__name__}")


def _with_digest(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode() + b"\n" + text


def _read(path: Path, name: str) -> dict[str, Any] | None:
    """What a file holds, by ``name`` and ``part``; None if it is absent, damaged or another's."""
    try:
        raw = path.read_bytes()
        text = raw[DIGITS + 1 :]
        if raw != _with_digest(text):
            return None
        found: dict[str, Any] = json.loads(text)
        return found if found["name"] == name else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
