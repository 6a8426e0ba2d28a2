"""What a past run in a folder says of itself: who made it, which files are its own."""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from experiments.runner.parts import put

RECORD = "run.json"
OURS = "pairbond"
HASHES = ("source_hash", "code_hash", "science")
LONGEST = 40
OTHER_SOURCE = "made by another version of the source"


class Past(NamedTuple):
    """A past run: its record, and the names that it made, its record's among them."""

    record: dict[str, Any]
    files: set[str]


def read(folder: Path, record: str = RECORD) -> Past | None:
    """The past run in ``folder``; None if there is none, or a record that is not of ours."""
    try:
        found = json.loads((folder / record).read_text(encoding="utf-8"))
        files = found["files"]
        if OURS in found["versions"] and isinstance(files, list) and all(map(plain, files)):
            return Past(found, {record, *files})
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    return None


def write(folder: Path, record: Mapping[str, Any], name: str = RECORD) -> None:
    """The record of a run whose files are all in ``folder``, with their names; whole."""
    files = sorted(path.name for path in folder.iterdir())
    text = json.dumps({**record, "files": files}, indent=2, ensure_ascii=False)
    put(folder / name, f"{text}\n".encode())


def plain(name: object) -> bool:
    """Whether a name in a record leads to a file in its folder and not out of it."""
    if not isinstance(name, str) or not name or "\\" in name or "\0" in name:
        return False
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and str(path) == name != "."


def whole(folder: Path, past: Past) -> bool:
    """Whether every file of a past run is still there."""
    return all((folder / name).is_file() for name in past.files)


def differs(past: Mapping[str, Any], about: Mapping[str, Any]) -> str:
    """In what a past run is another one than ``about``, in some words; empty if in nothing."""
    for name, now in about.items():
        then = past.get(name)
        if then == now:
            continue
        if name in HASHES:
            return OTHER_SOURCE
        if isinstance(then, Mapping) and isinstance(now, Mapping):
            names = dict.fromkeys((*now, *then))
            return differs(then, {key: now.get(key) for key in names})
        return f"{name} = {_short(then)}, now {_short(now)}"
    return ""


def _short(value: Any) -> str:
    if value is None or value in ("", {}, []):
        return "not given"
    text = str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "..."
