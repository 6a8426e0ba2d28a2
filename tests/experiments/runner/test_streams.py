"""What cannot be printed is not taken for bad input, and leaves what was written as it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.paths import ROOT

RUN = "couple --quick --dyads 2 --days 1"
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")


def shell(line, folder, **environment):
    """The exit code of a line of a shell in which ``pairbond`` is ours, and what it said."""
    words = f"{sys.executable} -m experiments"
    ours = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    done = subprocess.run(
        ["bash", "-c", line.replace("pairbond", words)],
        cwd=folder,
        env=ours,
        capture_output=True,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


def kept(folder):
    return sorted(path.name for path in (folder / "results" / "couple").glob("*.csv"))


@pytest.mark.parametrize("letters", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_any_terminal_shows_the_answer(letters, tmp_path):
    code, out, err = shell(f"pairbond {RUN}", tmp_path, PYTHONIOENCODING=letters)
    assert code == 0 and err == b"" and b"Written in" in out and kept(tmp_path)
    out.decode(letters)


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_closed_streams_stop_nothing(closed, tmp_path):
    code, _, err = shell(f"pairbond {RUN} {closed}", tmp_path)
    assert code == 0 and err == b"" and kept(tmp_path)


@FULL
@pytest.mark.parametrize("command", ["list", RUN])
def test_a_full_device_is_told_apart_from_a_refusal(command, tmp_path):
    code, _, err = shell(f"pairbond {command} > /dev/full", tmp_path)
    assert code == 74 and err.count(b"\n") == 1 and b"cannot be printed" in err


@pytest.mark.parametrize("command", ["list", "couple --help", RUN])
def test_who_stops_reading_is_not_troubled(command, tmp_path):
    code, _, err = shell(f"pairbond {command} | true; exit ${{PIPESTATUS[0]}}", tmp_path)
    assert err == b"" and code in (0, 1, 141)


@FULL
@pytest.mark.parametrize("end", ["2>&-", "2>/dev/full"])
def test_a_refusal_that_nobody_hears_is_one_all_the_same(end, tmp_path):
    assert shell(f"pairbond couple --days x {end}", tmp_path)[0] == 2


def test_letters_that_a_terminal_lacks_are_replaced_in_a_refusal(tmp_path):
    code, _, err = shell("pairbond couple --a 'é–x'", tmp_path, PYTHONIOENCODING="ascii")
    assert code == 2 and b"no architecture" in err and err.count(b"\n") == 1
