"""Whether a folder can be written at all: its kind, its place, its disk, each fault in one line."""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KINDS = (
    (stat.S_ISREG, "a file"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (lambda mode: True, "a device"),
)


LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What a file manager leaves in a folder that somebody has looked at."""


class FolderRefused(ValueError):
    """One line, whatever the folder's name: the folder, and why nothing is written there."""

    def __init__(self, line: str) -> None:
        super().__init__(" ".join(line.split()))


def real(folder: Path) -> Path:
    """Where a folder is, links followed."""
    return Path(os.path.realpath(folder))


def check_kind(folder: Path) -> None:
    """Refuse what is no folder and what none can be made of. Writes nothing."""
    with refusing(folder):
        target = real(folder)
        if os.path.lexists(target):
            _check_there(folder, target)
            return
        parent = _nearest(target)
        if not parent.is_dir():
            raise FolderRefused(f"--out = {folder}: must be a folder; '{parent}' is a file")
        if folder.is_symlink():
            raise FolderRefused(f"--out = {folder}: is a link to '{target}', which does not exist")


def check_file(option: str, path: Path, replace: bool) -> None:
    """Refuse a file that can't be written, or that exists and is not to be replaced."""
    name = f"{option} = {path}"
    with refusing(path, option):
        if path.exists() and not path.is_file():
            raise FolderRefused(f"{name}: must be a file, and is a folder, a pipe or a device")
        if os.path.lexists(path) and not replace:
            raise FolderRefused(f"{name}: exists already; give another name, or add --replace")
        if not _nearest(real(path)).is_dir():
            raise FolderRefused(f"{name}: must be in a folder; there is a file above it")
    try_writing(path.parent, option)


def try_writing(folder: Path, option: str = "--out") -> None:
    """Write something there and take it away again; refuse a folder where that fails.

    Permission bits say nothing on read-only, network, special or full file systems.
    """
    with refusing(folder, option):
        target = real(folder)
        place = target if target.is_dir() else _nearest(target)
        trial = place / f".pairbond.{os.getpid()}.trial"
        trial.mkdir()
        try:
            (trial / "trial").write_bytes(bytes(4096))
        finally:
            shutil.rmtree(trial, ignore_errors=True)


def needs_docs() -> None:
    """Refuse ``--write-docs`` where there is no documentation to write."""
    from sim.provenance import ROOT

    if not (ROOT / "docs" / "figures").is_dir():
        raise ValueError("--write-docs: needs a checkout; an installation has no docs folder")


@contextmanager
def refusing(path: Path, option: str = "--out") -> Iterator[None]:
    """Turn what the file system says of the path of an option into one line."""
    try:
        yield
    except OSError as fault:
        reason = fault.strerror or fault
        raise FolderRefused(f"{option} = {path}: must be writable ({reason})") from fault


def copied(source: Path, target: Path, option: str) -> None:
    """Put a finished file also where an option names another place."""
    from experiments.runner.parts import put

    with refusing(target, option):
        put(target, source.read_bytes())


def _check_there(folder: Path, target: Path) -> None:
    if target.is_symlink():  # realpath gives up on links that lead nowhere or round and round
        raise FolderRefused(f"--out = {folder}: must be a folder, not a link that leads nowhere")
    mode = target.stat().st_mode
    if not stat.S_ISDIR(mode):
        kind = next(word for test, word in KINDS if test(mode))
        raise FolderRefused(f"--out = {folder}: must be a folder, not {kind}")


def _nearest(target: Path) -> Path:
    """The nearest thing above ``target`` that exists."""
    return next(parent for parent in target.parents if os.path.lexists(parent))
