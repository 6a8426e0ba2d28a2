"""The folder of a study: a past one's or new; another study there is refused or gives way."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

from experiments.runner import manifest
from experiments.runner.folder import HOW
from experiments.runner.placing import WORK
from experiments.runner.usable import LITTER, FolderRefused, check_kind, refusing, try_writing
from experiments.study.faults import StudyRefused
from experiments.study.store import COPY, RECORD, Store


def check(out: Path, text: str, store: Store, resume: bool, replace: bool) -> None:
    """Raise one line unless the study ``text`` may go into ``store``. Writes nothing.

    Cells of the same study are gone on with (``resume``) or go (``replace``); another study's are
    refused. Both together: another study takes over the cells that it shares.
    """
    check_kind(out)
    with refusing(out):
        if store.root.is_dir():
            _check_content(out, text, store, resume, replace)
    try_writing(out)


def digest(text: str) -> str:
    """What tells the kept copy of a study from one that somebody edited."""
    return hashlib.sha256(text.encode()).hexdigest()


def clear(store: Store) -> None:
    """Take away what earlier runs of a study made, name by name; what else is there stays."""
    past = manifest.read(store.root)
    for name in sorted(past.files if past else ()):
        if (store.root / name).is_file():
            (store.root / name).unlink()
    store.clear()


def _check_content(out: Path, text: str, store: Store, resume: bool, replace: bool) -> None:
    record = _record(store)
    if record is None:
        names = {path.name for path in store.root.iterdir()} - {WORK} - LITTER
        if names:
            raise FolderRefused(
                f"--out = {out}: must be new or hold only a past study; found '{min(names)}'"
            )
        return
    copy = store.root / COPY
    kept = copy.read_text(encoding="utf-8") if copy.is_file() else ""
    if kept and kept != text and record.get("digest", digest(kept)) != digest(kept):
        raise FolderRefused(
            f"--out = {out}: its {COPY} was changed by hand after the study ran and would be "
            "written over; move it away, or give another folder with --out"
        )
    if replace:
        return
    if kept and not _same(kept, text):
        raise FolderRefused(f"--out = {out}: holds another study ({_title(kept)}); {HOW}")
    if store.has_cells() and not resume:
        raise FolderRefused(
            f"--out = {out}: holds cells of this study already; add --resume to go on with them, "
            f"or {HOW}"
        )


def _record(store: Store) -> dict[str, Any] | None:
    """What a study of ours left in the folder; None if none did."""
    if not (store.root / RECORD).is_file():
        return None
    try:
        record = store.record()
    except StudyRefused:
        return None
    return record if "science" in record and manifest.OURS in record.get("versions", ()) else None


def _same(kept: str, text: str) -> bool:
    """Whether two files say the same, whatever their comments and layout."""
    try:
        return tomllib.loads(kept) == tomllib.loads(text)
    except (ValueError, RecursionError):
        return False


def _title(text: str) -> str:
    try:
        return f"title = '{tomllib.loads(text).get('title', '')}'"
    except (ValueError, RecursionError):
        return f"its {COPY} can't be read"
