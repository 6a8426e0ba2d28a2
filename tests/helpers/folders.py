"""What lies in a folder, what a refusal said, and a disk that is soon full."""

import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest


def tree(root="."):
    """Every path below a folder, with what stands in it."""
    paths = sorted(Path(root).rglob("*"))
    return {str(p): p.read_bytes() if p.is_file() else None for p in paths}


def refused(capsys):
    """The one line of a refusal."""
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1, err
    return err


@contextmanager
def small_disk():
    """A disk of 64 KiB in the folder ``disk``, and a function that makes it grow."""
    Path("disk").mkdir()
    made = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "disk"]
    if subprocess.run(made, capture_output=True).returncode:
        pytest.skip("may not mount a small disk here")
    try:
        yield lambda: subprocess.run(["mount", "-o", "remount,size=20m", "disk"], check=True)
    finally:
        subprocess.run(["umount", "disk"], check=True)
