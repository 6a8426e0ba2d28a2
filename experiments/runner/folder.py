"""The folder of a run: refused early if it can't be ours, filled at the end, whole or not at all.

::

    run.json       the record: what made the rest, and the names of the rest
    .pairbond/     a run in the making: its own record, finished parts, files on their way

Whatever else lies there is the user's and stays.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from experiments.runner import manifest
from experiments.runner.lock import Busy, locked
from experiments.runner.manifest import RECORD
from experiments.runner.parts import Parts, Unkept, put
from experiments.runner.placing import WORK, place_files, placed_by_a_killed_run
from experiments.runner.stopping import telling
from experiments.runner.usable import LITTER, FolderRefused, check_kind, real, refusing, try_writing

HOW = "give another folder with --out, or add --replace"
NOTHING = "nothing was written."
About = Mapping[str, Any]
IN_WORK = re.compile(r"run\.json|claims|placing\.json|parts|(fresh|old)\.\d+|\..+\.partial")
"""What may be in the folder of a run in the making."""


def already(folder: Path) -> str:
    """What is said when ``folder`` holds the very run that is asked for."""
    return f"{folder} holds this very run already: nothing computed; --replace computes it anew"


def check_folder(folder: Path, about: About, replace: bool = False) -> bool:
    """Whether ``folder`` holds the very run that ``about`` describes, every file of it.

    Raises ``FolderRefused`` with one line if it can't be written, holds what no run made, or holds
    another run, finished or not, that is not to be replaced. ``about`` says by name all that makes
    two runs the same. Writes nothing.
    """
    check_kind(folder)
    with refusing(folder):
        target = real(folder)
        same = target.exists() and _check_content(folder, target, about, replace)
    if same and not replace:
        return True
    try_writing(folder)
    return False


class Workplace:
    """A folder that is ours while a run is at work in it; ``parts`` keeps what is finished."""

    def __init__(self, folder: Path, target: Path) -> None:
        self.folder, self.target, self.work = folder, target, target / WORK
        self.parts = Parts(self.work / "parts")
        self.done = False

    def told(self) -> str:
        """What was kept, for somebody who has just stopped the run."""
        if self.done:
            return f"everything was written before, in {self.folder}."
        if kept := self.parts.kept:
            what = "1 finished part is" if kept == 1 else f"{kept} finished parts are"
            return f"{what} kept in {self.folder}, and the same command goes on from there."
        if (self.target / RECORD).exists():
            return "nothing was written, and the past run is as it was."
        return NOTHING


_ours: dict[Path, Workplace] = {}


@contextmanager
def reserved(folder: Path, about: About, replace: bool = False) -> Iterator[Workplace]:
    """Keep ``folder`` for one run, from its start to its end.

    Parts of the same run that was stopped are there; those of another one go if it is to be
    replaced. In the end nothing of this is left but finished parts of a run that did not end.
    """
    target = real(folder)
    if target in _ours:  # by this very run, further up
        yield _ours[target]
        return
    check_folder(folder, about, replace)
    workplace = Workplace(folder, target)
    with _made(folder, workplace.work), _alone(folder, workplace.work):
        _ours[target] = workplace
        try:
            with refusing(folder):
                _begin(workplace, about)
            yield workplace
        except Unkept as fault:
            raise FolderRefused(
                f"--out = {folder}: must be writable ({fault.strerror}); {workplace.told()}"
            ) from fault
        finally:
            del _ours[target]
            _tidy(workplace)


@contextmanager
def at_work(
    folder: Path,
    about: About,
    replace: bool = False,
    told: Callable[[Workplace], str] = Workplace.told,
) -> Iterator[Workplace]:
    """``reserved`` for a command: Ctrl-C ends it with a line that says what was kept."""
    place: Workplace | None = None
    with telling(lambda: told(place) if place else NOTHING):  # noqa: SIM117, place comes later
        with reserved(folder, about, replace) as place:
            yield place


@contextmanager
def replace_folder(folder: Path, about: About, replace: bool = False) -> Iterator[Path]:
    """Give an empty folder to write in; put its files into ``folder`` if all went well.

    A past run's files give way, whatever else is there stays. On any error, Ctrl-C included, the
    new files go and the past run is as it was.
    """
    with reserved(folder, about, replace) as workplace, refusing(folder):
        fresh = workplace.work / f"fresh.{os.getpid()}"
        fresh.mkdir()
        try:
            yield fresh
            past = manifest.read(workplace.target)
            old = past.files if past else set()
            if strange := place_files(fresh, workplace.target, old):
                raise FolderRefused(f"--out = {folder}: '{strange}' is there, and no run made it")
            workplace.done = True
            shutil.rmtree(workplace.work / "parts", ignore_errors=True)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


# --- what is refused ------------------------------------------------------------------------------


def _check_content(folder: Path, target: Path, about: About, replace: bool) -> bool:
    """Refuse what no run made, and another run; whether the same run is there, whole."""
    past = manifest.read(target)
    if foreign := _foreign(target, past):
        raise FolderRefused(
            f"--out = {folder}: must be new or hold only a past run; found '{foreign}'"
        )
    if past is not None:
        other = manifest.differs(past.record, about)
        if other and not replace:
            raise FolderRefused(f"--out = {folder}: holds another run ({other}); {HOW}")
        if not other and manifest.whole(target, past):
            return True
    begun = _begun(target / WORK)
    other = manifest.differs(begun, about) if begun else ""
    if other and Parts(target / WORK / "parts").kept and not replace:
        raise FolderRefused(f"--out = {folder}: holds an unfinished other run ({other}); {HOW}")
    return False


def _foreign(target: Path, past: manifest.Past | None) -> str:
    """The name of something that is in the way and that no run made; empty if nothing is."""
    work = target / WORK
    if work.is_symlink() or (os.path.lexists(work) and not work.is_dir()):
        return WORK
    if work.is_dir() and not all(IN_WORK.fullmatch(path.name) for path in work.iterdir()):
        return WORK
    if past is not None:  # what else is there stays, but for what stands where a file must go
        own = (target / name for name in sorted(past.files))
        return next((one.name for one in own if one.is_dir() and not one.is_symlink()), "")
    names = {path.name for path in target.iterdir()} - {WORK} - LITTER
    return min(names - placed_by_a_killed_run(target), default="")


# --- a run in the making --------------------------------------------------------------------------


@contextmanager
def _made(folder: Path, work: Path) -> Iterator[None]:
    """A folder with all above it; afterwards those of them that were made and are empty go."""
    missing = [path for path in (work, *work.parents) if not path.exists()]
    try:
        with refusing(folder):
            work.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        with suppress(OSError):
            for path in dict.fromkeys([work, *missing]):
                path.rmdir()


@contextmanager
def _alone(folder: Path, work: Path) -> Iterator[None]:
    try:
        with locked(work):
            yield
    except Busy as fault:
        raise FolderRefused(f"--out = {folder}: another run is at work there") from fault


def _begin(workplace: Workplace, about: About) -> None:
    """Clear what a killed run left half-made, and parts that are not this run's."""
    work = workplace.work
    for left in (*work.glob("fresh.*"), *work.glob("old.*"), *work.rglob(".*.partial")):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()
    if manifest.differs(_begun(work) or {}, about):
        shutil.rmtree(work / "parts", ignore_errors=True)
        put(work / RECORD, json.dumps(about, indent=1).encode())


def _begun(work: Path) -> dict[str, Any] | None:
    """What the run in the making is; None if there is none."""
    try:
        return dict(json.loads((work / RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _tidy(workplace: Workplace) -> None:
    """Leave nothing but finished parts, and the record that says whose they are."""
    if not workplace.parts.kept:
        with suppress(OSError):
            (workplace.work / RECORD).unlink(missing_ok=True)
            if (workplace.work / "parts").exists():
                (workplace.work / "parts").rmdir()
