"""Hashes that were found before, one small file each, in a folder that only its owner can enter."""

import hashlib
import os
import re
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

VARIABLE = "PAIRBOND_CACHE_DIR"
HASH = re.compile(r"[0-9a-f]{64}")
OTHERS = stat.S_IWGRP | stat.S_IWOTH
"""Bits of those who may write besides the owner."""
MOST = 400
"""Files kept: an edit of a source may leave one for the model and one for each claim."""


def remembered(name: str, sources: Iterable[Path], root: Path, find: Callable[[], str]) -> str:
    """The hash ``name`` of these sources: as it was found before, or found now and kept.

    Content names the file, not times: a checkout may put back an older text with a newer time.
    """
    paths = list(sources)
    text = digest(paths, root)
    place = _folder()
    path = place / f"{name}-{text[:40]}" if place else None
    if path and (known := _read(path)):
        return known
    found = find()
    # An edit in between would file the old answer under the new text, or the other way round.
    if path and digest(paths, root) == text:
        _write(path, found)
    return found


def digest(paths: Iterable[Path], root: Path) -> str:
    """SHA-256 over names and bytes of files, some milliseconds for all of ours."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.relative_to(root).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def of_the_user() -> Path:
    """Where programs of this user keep what can be made anew."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "~")).expanduser()
    if sys.platform == "darwin":
        return Path("~/Library/Caches").expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()


def own_folder(folder: Path) -> Path | None:
    """``folder``, made if it is not there; None if anybody else could put something into it.

    What is kept there is trusted: hashes pass for results, machine code is run. So it must be no
    link, be ours, and be writable to nobody else, and nobody else may be able to put another in
    its place. A system without owners of files is taken at its word.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        about = folder.lstat()
        if not stat.S_ISDIR(about.st_mode):
            return None
        if not hasattr(os, "getuid"):
            return folder
        ours = about.st_uid == os.getuid() and not about.st_mode & OTHERS
        return folder if ours and all(map(_keeps_its_names, folder.resolve().parents)) else None
    except (OSError, RuntimeError, ValueError):  # RuntimeError: a user without a home
        return None


def _keeps_its_names(parent: Path) -> bool:
    """Whether only its owner can rename what others have in ``parent``."""
    mode = parent.stat().st_mode
    return not mode & OTHERS or bool(mode & stat.S_ISVTX)


def _folder() -> Path | None:
    """The folder of the hashes; None if it is not ours alone, or can't be made."""
    given = os.environ.get(VARIABLE)
    try:
        root = own_folder(Path(given) if given else of_the_user() / "pairbond")
    except RuntimeError:  # a user without a home
        return None
    folder = own_folder(root / "hashes") if root else None
    # Nobody else has anything to look for here: what others may enter is of some other making.
    return None if folder is None or folder.stat().st_mode & 0o077 else folder


def _read(path: Path) -> str | None:
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return None
    return text if HASH.fullmatch(text) else None


def _write(path: Path, found: str) -> None:
    """Keep a hash, whole or not at all; a full or read-only disk is no fault of the caller."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(found)
        os.replace(name, path)
        old = sorted(path.parent.iterdir(), key=lambda p: p.stat().st_mtime)[:-MOST]
        for each in old:
            each.unlink(missing_ok=True)
    except OSError:
        return
