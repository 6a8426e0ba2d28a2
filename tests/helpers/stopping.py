"""The program in a process of its own, stopped at a point, and what it leaves."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.helpers.paths import ROOT

VARIES = {"timing.json"}
"""Files that are declared to differ between two runs of the same."""


def _heed():
    for name in ("SIGHUP", "SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)


HEEDING = {"preexec_fn": _heed} if os.name == "posix" else {}
"""For a process to heed signals that the tests themselves were told to ignore, as by ``nohup``."""
START = "import sys; from experiments.__main__ import program; sys.exit(program())"


def started(words, change="", **options):
    """The program with these words; ``change`` is Python that makes something smaller before."""
    command = [sys.executable, "-c", f"{change}\n{START}", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "MPLBACKEND": "Agg"}
    more = {"stdout": -1, "stderr": -1, "text": True, "env": environment} | HEEDING
    return subprocess.Popen(command, **(more | options))


def finished(words, change="", **options):
    """What the program says when it is left alone; it must succeed."""
    process = started(words, change, **options)
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    return out


def kept(out):
    """Finished parts that an unfinished run has kept."""
    folder = Path(out) / ".pairbond"
    return len([*folder.glob("parts/*.json"), *folder.glob("claims/*.json")])


def stopped(words, number, out, more=1, change="", **options):
    """Stop the program as soon as it has kept so many ``more`` parts: its exit code and stderr."""
    before = kept(out)
    process = started(words, change, **options)
    while kept(out) < before + more:
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    return process.returncode, err


def tree(out):
    """Names and bytes of all files in a folder, but for those that are declared to vary."""
    paths = [path for path in sorted(Path(out).rglob("*")) if path.is_file()]
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}
    return {name: content for name, content in found.items() if name not in VARIES}
