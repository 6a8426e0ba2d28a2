"""Ctrl-C, a polite kill, a closed terminal: one true line, whatever else is pressed."""

import os
import signal
import sys
import time

import pytest

from tests.helpers.stopping import started

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
FAKES = "from tests.helpers import fake_experiment; fake_experiment.register()"
NOTHING = "Interrupted: nothing was written.\n"
HANGING = (
    FAKES
    + """
import time, experiments.runner.signals as signals, experiments.runner.folder as folder
signals.GRACE = 0.5
folder._tidy = lambda place: time.sleep(60)
"""
)


def waiting(tmp_path, change=FAKES, **options):
    """A run that has begun and would take a minute, alone in its session as in a terminal."""
    words = ["run", "fake_waiting", "--out", "out"]
    process = started(words, change, cwd=tmp_path, start_new_session=True, **options)
    assert process.stdout.readline() == "started\n"
    return process


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_each_signal_ends_in_one_line(name, tmp_path):
    process = waiting(tmp_path)
    process.send_signal(getattr(signal, name))
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, NOTHING)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("pause", [0.0, 0.02, 0.2])
def test_a_key_pressed_again_and_again_says_no_more(pause, tmp_path):
    process = waiting(tmp_path)
    for _ in range(4):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            time.sleep(pause)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, NOTHING)
    assert not list(tmp_path.iterdir())


def test_a_late_second_one_ends_it_at_once_without_a_word(tmp_path):
    process = waiting(tmp_path, HANGING)
    process.send_signal(signal.SIGINT)
    time.sleep(1.0)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=40)
    assert (process.returncode, out, err) == (130, "", "")


def test_what_is_ignored_stays_so(tmp_path):
    """As under ``nohup``."""
    process = waiting(tmp_path, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, NOTHING)


def test_before_the_command_begins_it_is_one_line_as_well(tmp_path):
    """While the program still imports what it is made of."""
    slow = (
        "import sys, time, importlib.abc\n"
        "class Slow(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'typer': print('started', flush=True); time.sleep(30)\n"
        "sys.meta_path.insert(0, Slow())"
    )
    process = started(["list"], slow)
    assert process.stdout.readline() == "started\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, NOTHING)


def test_stopped_while_it_prints_it_says_that_all_is_written(tmp_path):
    printing = (
        FAKES
        + """
import time, experiments.runner.terminal as terminal
def show(*_):
    print("started", flush=True); time.sleep(60)
terminal.show = show
"""
    )
    words = ["run", "fake", "--out", "out"]
    process = started(words, printing, cwd=tmp_path)
    assert process.stdout.readline() == "started\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == "Interrupted: everything was written before, in out.\n"
    assert (tmp_path / "out" / "run.json").exists()


def test_a_terminal_that_is_closed_leaves_nothing_half_done(tmp_path):
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = waiting(tmp_path, stderr=theirs)
    os.close(theirs)
    os.close(ours)
    process.send_signal(signal.SIGHUP)  # as the kernel does
    process.communicate(timeout=60)
    assert process.returncode in (130, 74)  # 74: nobody to tell
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("options", ["--workers 2", "--dask local --workers 2"])
@pytest.mark.parametrize("seconds", [1.0, 2.0, 3.0, 4.5, 7.0])
def test_workers_that_are_being_started_say_nothing(options, seconds, tmp_path):
    from tests.experiments.study.test_processes import LONG
    from tests.helpers.studies import written

    if "dask" in options:
        pytest.importorskip("distributed")
    written(tmp_path, LONG.replace("days = 150", "days = 1500"))  # not done when it is stopped
    words = ["study", "study.toml", "--out", "out", *options.split()]
    process = started(words, cwd=tmp_path, start_new_session=True)
    time.sleep(seconds)
    for _ in range(3):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            time.sleep(0.05)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130 and err.startswith("Interrupted: ")
    assert err.count("\n") == 1, err
