"""The kinds of generated files: made at once, measured for minutes, drawn, bound to a machine.

Each kind says why a file is old (``fault``, empty if it is not; always quick) and makes it anew.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from experiments.runner.parts import put
from sim.provenance import ROOT, code_hash, source_hash

FIGURES = ROOT / "docs" / "figures"
DRAWN = FIGURES / "drawn.json"


class Failed(Exception):
    """One line: a command that was to make a file did not."""


class Generated(Protocol):
    """A generated file, or several that are made together."""

    @property
    def path(self) -> str:
        """From the project's root; the first of several."""

    @property
    def takes(self) -> str:
        """How long making it takes, where that is worth saying."""

    def fault(self) -> str:
        """Why it is old, in some words; empty if it is not."""

    def make(self) -> None:
        """Make it anew."""


class Made:
    """A file whose whole text is made in seconds, and so compared.

    ``text`` makes it, from what stands there now if part of the file is written by hand.
    """

    takes = ""

    def __init__(self, path: str, text: Callable[[str], str]) -> None:
        self.path, self.text = path, text

    def fault(self) -> str:
        present = _present(self.path)
        if present is None:
            return "missing"
        return "" if self.text(present) == present else "differs from its sources"

    def make(self) -> None:
        _write(self.path, self.text(_present(self.path) or ""))


class Measured:
    """A page that a command measures for minutes; its ``mark`` says with which code.

    What stands in it and needs no measuring is made by ``text`` as in ``Made``. The command goes on
    where it was interrupted.
    """

    def __init__(
        self,
        path: str,
        mark: Callable[[], str],
        command: tuple[str, ...],
        takes: str,
        text: Callable[[str], str] = lambda present: present,
    ) -> None:
        self.path, self.mark, self.command = path, mark, command
        self.takes, self.quick = takes, Made(path, text)

    def fault(self) -> str:
        present = _present(self.path)
        if present is not None and self.mark() not in present:
            return "measured with other code"
        return self.quick.fault()

    def make(self) -> None:
        if self.mark() not in (_present(self.path) or ""):
            run(*self.command)
        if self.quick.fault():
            self.quick.make()


class Drawn:
    """Figures that a command draws into a folder, and the modules whose code is in them.

    ``files`` are taken from there into ``docs/figures``. Which code drew them last stands in
    ``docs/figures/drawn.json``.
    """

    def __init__(
        self, files: tuple[str, ...], command: tuple[str, ...], code: tuple[str, ...], takes: str
    ) -> None:
        self.files, self.command, self.code, self.takes = files, command, code, takes
        self.path = (FIGURES / files[0]).relative_to(ROOT).as_posix()

    def fault(self) -> str:
        if any(not (FIGURES / name).is_file() for name in self.files):
            return "missing"
        return "" if _drawn().get(self.path) == self._mark() else "drawn with other code"

    def make(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out"
            run(*self.command, "--out", str(out))
            for name in self.files:
                shutil.copyfile(out / Path(name).name, FIGURES / name)
        record = dict(sorted({**_drawn(), self.path: self._mark()}.items()))
        _write(DRAWN.relative_to(ROOT).as_posix(), json.dumps(record, indent=1) + "\n")

    def _mark(self) -> str:
        return f"{source_hash()[:32]} {code_hash(*self.code)[:32]}"


class Timed:
    """A page of times on one machine: never old by itself, made when asked for."""

    def __init__(self, path: str, command: tuple[str, ...], takes: str) -> None:
        self.path, self.command, self.takes = path, command, takes

    def fault(self) -> str:
        return "asked for"

    def make(self) -> None:
        run(*self.command)


def run(*words: str) -> None:
    """Run a command of this program in the project's root; what it says is seen as it comes."""
    paths = os.pathsep.join([str(ROOT), *(path or os.getcwd() for path in sys.path)])
    ended = subprocess.run(
        [sys.executable, "-m", "experiments", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
    )
    if ended.returncode:
        raise Failed(f"python -m experiments {' '.join(words)} ended with {ended.returncode}")


def _present(path: str) -> str | None:
    """What stands in a file; None if there is none."""
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _drawn() -> dict[str, str]:
    """Which code drew which figures."""
    try:
        found: dict[str, str] = json.loads(DRAWN.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _write(path: str, text: str) -> None:
    """Write a file whole or not at all."""
    put(ROOT / path, text.encode())
