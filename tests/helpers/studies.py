"""A small study, and the hash of what it leaves."""

import hashlib
import sys
from pathlib import Path

from experiments.runner.cli import main

SMALL = """
title = "A test"
question = "Does it run?"
expects = "Nothing."
replicates = 3
measures = ["closeness", "alarm", "repair"]
window = 2
[people.a]
preset = "scanner"
[contexts.life]
kind = "daily_life"
days = 3
[[vary]]
path = "people.a.overrides.vagal_tone"
values = [0.2, 0.4, 0.6]
[[vary]]
path = "people.b.preset"
values = ["withdrawer", "secure"]
"""
COMMAND = [sys.executable, "-m", "experiments", "study"]


def digest(root):
    """One hash over the names and bytes of all files of a store."""
    total = hashlib.sha256()
    for path in sorted(Path(root).rglob("*")):
        total.update(str(path.relative_to(root)).encode())
        total.update(path.read_bytes() if path.is_file() else b"/")
    return total.hexdigest()


def written(folder, text=SMALL):
    path = Path(folder) / "study.toml"
    path.write_text(text, encoding="utf-8")
    return path


def again(out, *options):
    return main(["study", "study.toml", "--workers", "1", "--out", str(out), *options])
