"""Whoever works, and whoever is killed, the bytes are the same."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from experiments.study.store import Store
from tests.helpers.folders import small_disk
from tests.helpers.paths import ROOT
from tests.helpers.stopping import HEEDING
from tests.helpers.studies import COMMAND, SMALL, again, digest, written

LONG = (
    SMALL.replace("days = 3", "days = 150")
    .replace("replicates = 3", "replicates = 24")
    .replace("values = [0.2, 0.4, 0.6]", "low = 0.1\nhigh = 0.9\nsteps = 24")
)


def start(out, *options, text=LONG, folder="."):
    written(folder, text)
    command = [*COMMAND, "study.toml", "--out", str(out), *options]
    path = {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=folder, env=os.environ | path, stdout=-1, stderr=-1, text=True, **HEEDING
    )


def finish(out, *options, **more):
    process = start(out, *options, **more)
    words = process.communicate(timeout=600)
    assert process.returncode == 0, words
    return digest(Path(more.get("folder", ".")) / out)


def children(pid):
    """Processes below a process, its own number left out."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,stat"], capture_output=True, text=True).stdout
    rows = [line.split() for line in listed.splitlines()[1:]]
    found, above = [], {str(pid)}
    for _ in range(6):
        above = {row[0] for row in rows if row[1] in above}
        found += above
    return [int(number) for number in found]


def alive(pids):
    def state(pid):
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return "Z"

    return [pid for pid in pids if state(pid) != "Z"]


def until(condition, seconds=120.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def some_cells(out, count=3):
    return lambda: len(list(Path(out).glob("cells/*/*"))) >= count


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("once")
    return finish("once", "--workers", "1", folder=folder)


@pytest.mark.slow
@pytest.mark.parametrize(
    "options", ["--workers 2", "--workers 4", "--dask local --workers 2"], ids=str
)
def test_any_number_of_workers_and_dask_give_the_same_bytes(
    options, uninterrupted, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert finish("out", *options.split()) == uninterrupted


@pytest.mark.slow
@pytest.mark.parametrize("options", ["--workers 2", "--dask local --workers 2"], ids=str)
def test_kill_9_of_the_parent(options, uninterrupted, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    process = start("out", *options.split())
    until(some_cells("out"))
    workers = children(process.pid)
    process.kill()
    process.communicate()
    assert workers
    until(lambda: not alive(workers), 60.0)
    assert 0 < len(list(Path("out").glob("cells/*/*"))) < 48
    assert finish("out", *options.split(), "--resume") == uninterrupted


@pytest.mark.slow
@pytest.mark.parametrize("options", ["--workers 2", "--dask local --workers 2"], ids=str)
def test_kill_9_of_a_worker(options, uninterrupted, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    process = start("out", *options.split())
    until(some_cells("out"))
    workers = [pid for pid in children(process.pid) if _is_worker(pid)]
    os.kill(workers[-1], signal.SIGKILL)
    words = process.communicate(timeout=600)
    assert process.returncode == 0, words
    until(lambda: not alive(workers), 60.0)
    assert digest("out") == uninterrupted


def _is_worker(pid):
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "polite kill"])
def test_an_interrupted_run_says_so_and_goes_on(signal_, uninterrupted, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    process = start("out", "--workers", "2")
    until(some_cells("out"))
    workers = children(process.pid)
    process.send_signal(signal_)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130 and "finished cells are kept" in err
    assert "Traceback" not in err
    until(lambda: not alive(workers), 60.0)
    assert finish("out", "--workers", "2", "--resume") == uninterrupted


@pytest.mark.slow
def test_a_cell_that_kills_its_worker_is_a_failure_and_the_rest_goes_on(tmp_path, monkeypatch):
    """The crash comes from a module of the test, put before ours on the path."""
    monkeypatch.chdir(tmp_path)
    written(".", SMALL)
    Path("sitecustomize.py").write_text(
        "import sys, os\n"
        "if any('spawn_main' in word for word in sys.orig_argv):\n"
        "    import experiments.study.work as work\n"
        "    whole = work.compute\n"
        "    def compute(cells):\n"
        "        if any(c.scenario.people.a.overrides.vagal_tone == 0.4 for c in cells):\n"
        "            os._exit(9)\n"
        "        return whole(cells)\n"
        "    work.compute = compute\n"
    )
    done = subprocess.run(
        [*COMMAND, "study.toml", "--out", "out", "--workers", "2"], capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}, timeout=600,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "4 cells computed" in done.stdout or "2 failed" in done.stdout
    failures = Store(Path("out")).failures()
    assert len(failures) == 2 and all("WorkerDied" in f["error"] for f in failures)


@pytest.mark.slow
def test_a_disk_that_is_really_full(uninterrupted, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with small_disk() as grow:
        process = start("disk/out", "--workers", "2")
        _, err = process.communicate(timeout=600)
        assert process.returncode == 74 and "No space left on device" in err, err
        assert len(err.splitlines()) == 1
        grow()
        assert finish("disk/out", "--workers", "2", "--resume") == uninterrupted


@pytest.mark.slow
def test_a_scheduler_and_workers_as_documented(uninterrupted, tmp_path, monkeypatch):
    """``dask scheduler`` and two ``dask worker``; one of them is killed on the way.

    How these end is not what is tested: the workers' keepers, then all that is left, are killed.
    """
    pytest.importorskip("distributed")
    monkeypatch.chdir(tmp_path)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}

    def dask(*words):
        command = [sys.executable, "-m", "dask", *words]
        return subprocess.Popen(command, env=environment, stdout=-3, stderr=-3)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    worker = ("worker", address, "--nthreads", "1", "--no-dashboard")
    started = [dask("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")]
    started += [dask(*worker), dask(*worker)]
    try:
        process = start("out", "--dask", address, "--workers", "2")
        until(some_cells("out"))
        below = [pid for pid in children(started[1].pid) if _is_worker(pid)]
        os.kill(below[-1], signal.SIGKILL)
        words = process.communicate(timeout=600)
        assert process.returncode == 0, words
        assert digest("out") == uninterrupted
    finally:
        below = [pid for one in started for pid in children(one.pid)]
        for one in reversed(started):
            one.kill()
            one.wait()
        for pid in alive(below):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def test_no_scheduler_is_a_line(study, monkeypatch, capsys):
    pytest.importorskip("distributed")
    monkeypatch.setattr("experiments.study.executors.CONNECT_SECONDS", "0.2s")
    assert again("out", "--dask", "tcp://127.0.0.1:9") == 2
    assert "--dask = tcp://127.0.0.1:9: no scheduler answers there" in capsys.readouterr().err
