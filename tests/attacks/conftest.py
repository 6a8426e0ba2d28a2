"""A folder full of traps, and the command line called in it."""

import os
import stat

import pytest

from experiments.runner.cli import main
from tests.helpers.attacks import LONGEST_WAIT, TooLongError, in_time, inventory
from tests.helpers.study_files import GOOD


def pytest_ignore_collect(config):
    """All of them are slow: the fast tests need not make four thousand to leave them out."""
    return True if config.option.markexpr == "not slow" else None


@pytest.fixture
def traps(tmp_path, monkeypatch):
    """The folder to stand in: a file, a folder with somebody's work, loops of links, a fifo.

    All of it is our own, down to the device: who may write to the system's must not try.
    """
    tmp_path = tmp_path / "room"
    tmp_path.mkdir()
    (tmp_path / "file").write_text("mine\n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.txt").write_text("mine\n", encoding="utf-8")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "there").symlink_to("back")
    (tmp_path / "back").symlink_to("there")
    (tmp_path / "study.toml").write_text(GOOD, encoding="utf-8")
    os.mkfifo(tmp_path / "fifo")
    try:
        os.mknod(tmp_path / "device", stat.S_IFCHR | 0o666, os.makedev(1, 3))
    except OSError:  # only the system's administrator may
        os.mkfifo(tmp_path / "device")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PAIRBOND_TRACEBACK", raising=False)
    return tmp_path


@pytest.fixture
def refuses(traps, capsys):
    """Call the command line with bad words: code 2, lines on stderr alone, nothing written."""

    def call(words, word="", most=1):
        before = inventory(traps.parent)
        try:
            with in_time():
                code = main(list(words))
        except TooLongError:
            pytest.fail(f"{words}: nothing was refused in {LONGEST_WAIT} s", pytrace=False)
        except Exception as fault:
            pytest.fail(f"{words}: a traceback, {type(fault).__name__}: {fault}", pytrace=False)
        told = capsys.readouterr()
        lines = told.err.splitlines()
        wrong = {
            f"code {code}": code != 2,
            f"said on stdout {told.out[:80]!r}": told.out != "",
            f"{len(lines)} lines": not 1 <= len(lines) <= most,
            "a traceback": "Traceback" in told.err or "[Errno" in told.err,
            f"does not name {word!r}": word not in told.err,
            "files changed": inventory(traps.parent) != before,
            "a line too long": max(map(len, lines), default=0) > 600,
        }
        if found := [what for what, is_so in wrong.items() if is_so]:
            pytest.fail(f"{words}: {', '.join(found)}: {told.err[:300]}", pytrace=False)
        return told.err

    return call
