"""Putting finished files where they belong, so that a folder holds the old run or the new one.

A list of the names on their way stands in the folder meanwhile: whoever finds it after a kill knows
that these files are a run's and not the user's.
"""

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from experiments.runner.manifest import RECORD, plain
from experiments.runner.parts import put

WORK, NAMES, OLD = ".pairbond", "placing.json", "old"


def place_files(fresh: Path, target: Path, old: Iterable[str], record: str = RECORD) -> str:
    """Move every file from ``fresh`` into ``target``, in the place of those named in ``old``.

    Returns the first name that stands there already and is not among ``old``; nothing is moved
    then. If moving fails, the old files are back.
    """
    ours = {*old, *placed_by_a_killed_run(target)}
    files = (path for path in sorted(fresh.rglob("*")) if path.is_file())
    new = [path.relative_to(fresh).as_posix() for path in files]
    if strange := [name for name in new if _strange(target, name, ours)]:
        return strange[0]
    work = target / WORK
    aside = work / f"{OLD}.{os.getpid()}"
    aside.mkdir(parents=True)
    put(work / NAMES, json.dumps(sorted({*new, *ours})).encode())
    placed: list[str] = []
    try:
        # The record leaves first and comes last: with it, a folder is whole.
        for name in sorted(ours, key=lambda name: name != record):
            if (target / name).is_file() or (target / name).is_symlink():
                _move(target, aside, name)
        for name in sorted(new, key=lambda name: name == record):
            _move(fresh, target, name)
            placed.append(name)
    except BaseException:
        for name in placed:
            (target / name).unlink(missing_ok=True)
        for path in [path for path in aside.rglob("*") if path.is_symlink() or path.is_file()]:
            _move(aside, target, path.relative_to(aside).as_posix())
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        (work / NAMES).unlink(missing_ok=True)
    return ""


def placed_by_a_killed_run(target: Path) -> set[str]:
    """Names that a run was placing when it was killed; none after one that ended in order."""
    try:
        names = json.loads((target / WORK / NAMES).read_text(encoding="utf-8"))
        return {name for name in names if plain(name)}
    except (OSError, ValueError, TypeError):
        return set()


def _strange(target: Path, name: str, ours: set[str]) -> bool:
    """Whether something stands in the way that is not a file of ours."""
    path = target / name
    above = [target / parent for parent in Path(name).parents if parent.name]
    if any(parent.is_symlink() or (parent.exists() and not parent.is_dir()) for parent in above):
        return True
    if path.is_dir() and not path.is_symlink():
        return True
    return os.path.lexists(path) and name not in ours


def _move(source: Path, target: Path, name: str) -> None:
    """Move one file with the folders above it; a folder that is empty then goes."""
    (target / name).parent.mkdir(parents=True, exist_ok=True)
    (source / name).replace(target / name)
    for parent in Path(name).parents:
        if parent.name:
            with suppress(OSError):
                (source / parent).rmdir()
