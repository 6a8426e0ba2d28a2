"""The folder of a run: refused early if it can't be ours, replaced whole at the end."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RECORD = "run.json"


class FolderRefused(ValueError):
    """One line: the folder, and why nothing is written there."""


def check_folder(folder: Path) -> None:
    """Raise ``FolderRefused`` unless ``folder`` can be written and holds nothing but a past run."""
    target = _real(folder)
    if target.exists():
        _check_ours(folder, target)
    parent = _nearest(target)
    if not parent.is_dir():
        raise FolderRefused(f"--out = {folder}: must be a folder; '{parent}' is a file")
    # Only a try tells: permission bits say nothing on read-only, network or special file systems.
    with _refusing(folder):
        trial = _sibling(parent / target.name, "trial")
        trial.mkdir()
        trial.rmdir()


@contextmanager
def replace_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside ``folder`` to write in; put it in its place if all went well.

    On any error, Ctrl-C included, the new folder goes and the old one stays.
    """
    check_folder(folder)
    target = _real(folder)
    fresh = _sibling(target, "partial")
    try:
        with _refusing(folder):
            fresh.mkdir(parents=True)
            yield fresh
            _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _check_ours(folder: Path, target: Path) -> None:
    """Refuse to replace what a run of ours did not write."""
    if not target.is_dir():
        raise FolderRefused(f"--out = {folder}: must be a folder, not a file")
    foreign = sorted({path.name for path in target.iterdir()} - _written(target / RECORD))
    if foreign:
        raise FolderRefused(
            f"--out = {folder}: must be new or hold only a past run; found '{foreign[0]}'"
        )


def _written(record: Path) -> set[str]:
    """The files that the run of ``record`` wrote; none if there is no such record."""
    try:
        files = json.loads(record.read_text(encoding="utf-8"))["files"]
        return {RECORD, *files}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _swap(fresh: Path, target: Path) -> None:
    """Put ``fresh`` in the place of ``target``; if that fails, the old one is back."""
    old = _sibling(target, "old")
    if target.exists():
        target.rename(old)
    try:
        fresh.rename(target)
    except BaseException:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _refusing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        reason = fault.strerror or fault
        raise FolderRefused(f"--out = {folder}: must be writable ({reason})") from fault


def _real(folder: Path) -> Path:
    return Path(os.path.realpath(folder))


def _nearest(target: Path) -> Path:
    """The nearest thing above ``target`` that exists."""
    return next(parent for parent in target.parents if parent.exists())


def _sibling(target: Path, kind: str) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.{kind}")
