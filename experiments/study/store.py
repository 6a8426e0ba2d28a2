"""Where cells are kept: one folder each, whole or absent, with a digest that finds damage.

::

    study.toml   study.json              what was asked, and by which model source
    cells/1a/1a2b.../cell.json           one folder a cell, below the first two digits of its key
    failures/1a2b.../failure.json        what went wrong, and the command that repeats it
    .pairbond/                           folders in the making; gone after a run

Whatever else lies there is the user's and stays.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from experiments.runner.lock import Busy, locked
from experiments.runner.placing import WORK
from experiments.study.faults import StoreUnwritable, StudyRefused
from sim.checks import file_bytes

RECORD, CELL, FAILURE, COPY = "study.json", "cell.json", "failure.json", "study.toml"
HEAD, MIDDLE, TAIL = b'{"digest":"', b'",\n"cell":', b"}\n"
DIGITS = 64
SAID = {"name": str, "command": str, "science": str, "source_hash": str, "versions": dict}
"""What a record must say, for a report to be made."""
IN_WORK = re.compile(r".+\.\d+\.[0-9a-f]{8}")
KEY = re.compile(r"[0-9a-f]{32}")


class Kept(NamedTuple):
    """A cell read back: its content, its columns, and values of shape (couples, columns)."""

    content: dict[str, Any]
    columns: list[tuple[str, str]]
    values: np.ndarray


class Store:
    """The folder of a study. Reading never writes; every write is whole or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.abspath(root))

    def folder(self, key: str) -> Path:
        """Folder of a cell."""
        return self.root / "cells" / key[:2] / key

    # --- reading ---

    def read(self, key: str) -> Kept | None:
        """A cell; None if it is absent or damaged."""
        try:
            body = _body((self.folder(key) / CELL).read_bytes())
            cell = json.loads(body) if body is not None else None
            if cell is None or cell["key"] != key:
                return None
            values = np.array(cell["values"], dtype=float).T
            return Kept(cell["content"], [(n, p) for n, p in cell["columns"]], values)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def state(self, key: str) -> str:
        """``complete``, ``missing`` or ``damaged``."""
        try:
            raw = (self.folder(key) / CELL).read_bytes()
        except OSError:
            return "damaged" if self.folder(key).exists() else "missing"
        return "complete" if _body(raw) is not None else "damaged"

    def has_cells(self) -> bool:
        """Whether any cell was ever put here."""
        return next((self.root / "cells").glob("*/*"), None) is not None

    def count(self) -> int:
        """How many cells were put here."""
        return len(list((self.root / "cells").glob("*/*")))

    def record(self) -> dict[str, Any]:
        """What the store says of its study; ``StudyRefused`` if it is no store, or damaged."""
        path = self.root / RECORD
        if not os.path.lexists(path):
            raise StudyRefused(f"{self.root.name}: holds no study ({RECORD} is missing)")
        found = _table(path)
        wrong = [name for name, kind in SAID.items() if not isinstance(found.get(name), kind)]
        if wrong:
            raise StudyRefused(f"{path}: is damaged; it does not say '{wrong[0]}' of its study")
        return found

    def text(self) -> str:
        """The text of the study that ran here."""
        path = self.root / COPY
        try:
            return file_bytes(path).decode("utf-8")
        except UnicodeDecodeError as fault:
            raise StudyRefused(f"{path}: is damaged; it is no text") from fault
        except ValueError as fault:
            raise StudyRefused(str(fault)) from fault

    def failures(self) -> list[dict[str, Any]]:
        """Every failure that is kept and can be read, by key."""
        kept = []
        for path in sorted((self.root / "failures").glob(f"*/{FAILURE}")):
            with suppress(StudyRefused):  # the cell is missing all the same, and made again
                kept.append(_table(path))
        return [failure for failure in kept if {"key", "error", "command"} <= set(failure)]

    # --- writing ---

    def write(
        self, key: str, content: Mapping[str, Any], columns: list[Any], values: np.ndarray
    ) -> None:
        """Keep a cell; what was damaged or failed before gives way."""
        table = [
            [value if np.isfinite(value) else None for value in column]
            for column in values.T.tolist()
        ]
        cell = {"key": key, "content": content, "columns": columns, "values": table}
        # The digest stands before what it is of, so that it is found without reading JSON that may
        # be damaged.
        body = json.dumps(cell, separators=(",", ":")).encode()
        digest = hashlib.sha256(body).hexdigest().encode()
        with self.writing():
            self._place(self.folder(key), CELL, HEAD + digest + MIDDLE + body + TAIL)
            self._drop(self.root / "failures" / key)

    def write_failure(self, key: str, about: Mapping[str, Any]) -> None:
        """Keep what went wrong in a cell."""
        with self.writing():
            folder = self.root / "failures" / key
            self._place(folder, FAILURE, (json.dumps(about, indent=1) + "\n").encode())

    def write_study(self, text: str, record: Mapping[str, Any]) -> None:
        """Keep the study's own text and what was made of it."""
        with self.writing():
            self.root.mkdir(parents=True, exist_ok=True)
            about = (json.dumps(record, indent=1, ensure_ascii=False) + "\n").encode()
            files = [(RECORD, about), (COPY, text.encode())]
            # Killed in between, a new folder must be known as ours, and an old one's record must
            # not speak of a text that is not there yet.
            for name, content in reversed(files) if (self.root / RECORD).exists() else files:
                self.put_file(name, content)

    def put_file(self, name: str, content: bytes) -> None:
        """Write one file of the store whole."""
        partial = self._partial(name)
        partial.mkdir(parents=True)
        (partial / name).write_bytes(content)
        (partial / name).replace(self.root / name)
        partial.rmdir()
        with suppress(OSError):
            partial.parent.rmdir()

    def sweep(self) -> None:
        """Remove what interrupted runs left unfinished, and folders that are empty."""
        for left in (self.root / WORK).glob("*"):
            if IN_WORK.fullmatch(left.name):
                shutil.rmtree(left, ignore_errors=True)
        for folder in (self.root / WORK, self.root / "failures", *(self.root / "cells").glob("*")):
            with suppress(OSError):  # not there, or not empty
                folder.rmdir()

    def clear(self) -> None:
        """Remove every cell, every failure and the record, and nothing that is not of a study."""
        with self.writing():
            for path in (*self.root.glob("cells/*/*"), *self.root.glob("failures/*")):
                if KEY.fullmatch(path.name):
                    self._drop(path)
            for name in (COPY, RECORD):
                (self.root / name).unlink(missing_ok=True)
            self.sweep()
            with suppress(OSError):
                (self.root / "cells").rmdir()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Turn what the file system says into one line."""
        try:
            yield
        except OSError as fault:
            reason = fault.strerror or str(fault)
            raise StoreUnwritable(f"--out = {self.root}: can't be written ({reason})") from fault

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Refuse a second run on the same folder; the lock dies with its process."""
        try:
            with locked(self.root):
                yield
        except Busy as fault:
            raise StudyRefused(f"--out = {self.root}: another run is at work there") from fault

    def _partial(self, name: str) -> Path:
        return self.root / WORK / f"{name}.{os.getpid()}.{os.urandom(4).hex()}"

    def _place(self, target: Path, name: str, content: bytes) -> None:
        """Make a folder with one file elsewhere, then move it where it belongs."""
        fresh = self._partial(target.name)
        fresh.mkdir(parents=True)
        (fresh / name).write_bytes(content)
        target.parent.mkdir(parents=True, exist_ok=True)
        self._drop(target)
        fresh.rename(target)

    def _drop(self, folder: Path) -> None:
        """Remove a folder in one step, if it is there."""
        if folder.exists():
            old = self._partial(folder.name)
            old.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(old)
            shutil.rmtree(old, ignore_errors=True)


def _table(path: Path) -> dict[str, Any]:
    """The JSON object in a file; ``StudyRefused`` that names it if there is none."""
    try:
        found = json.loads(file_bytes(path))
    except RecursionError:
        found = None
    except ValueError as fault:
        why = fault if path.name in str(fault) else "is damaged; it is no JSON"
        raise StudyRefused(f"{why}" if why is fault else f"{path}: {why}") from fault
    if not isinstance(found, dict):
        raise StudyRefused(f"{path}: is damaged; it is no JSON object")
    return found


def _body(raw: bytes) -> bytes | None:
    """The cell's text if the file is whole and its digest right."""
    start = len(HEAD) + DIGITS
    body = raw[start + len(MIDDLE) : -len(TAIL)]
    whole = raw.startswith(HEAD) and raw[start:].startswith(MIDDLE) and raw.endswith(TAIL)
    right = hashlib.sha256(body).hexdigest().encode() == raw[len(HEAD) : start]
    return body if whole and right else None
