"""The runner: same bytes whoever works, nothing lost, nothing stale, failures kept."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from experiments.runner.cli import main
from experiments.study import cell as cells
from experiments.study import design, measures
from experiments.study.command import keys
from experiments.study.faults import StoreUnwritable, StudyStopped
from experiments.study.runner import StudyConfiguration, run
from experiments.study.store import Store
from experiments.study.study import load, parse
from experiments.study.work import OTHER_SOURCE, Piece, work
from models.parameters import PARAMETERS, PartnerParameters

ROOT = Path(__file__).resolve().parent.parent
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


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return written(tmp_path)


@pytest.fixture
def once(study):
    """The hash of an uninterrupted run."""
    assert main(["study", "study.toml", "--workers", "1", "--out", "once"]) == 0
    return digest("once")


def again(out, *options):
    return main(["study", "study.toml", "--workers", "1", "--out", str(out), *options])


# --- the same bytes -------------------------------------------------------------------------------


def test_a_second_run_gives_the_same_bytes(once):
    assert again("twice") == 0 and digest("twice") == once


def test_reversed_order_gives_the_same_bytes(once):
    study = load(Path("study.toml"))
    store = Store(Path("reverse"))
    configuration = StudyConfiguration(Path("study.toml"), Path("reverse"), backwards=True)
    run(study, configuration, store, lambda done, total: None)
    store.sweep()
    shutil.copy("once/study.toml", "reverse")
    shutil.copy("once/study.json", "reverse")
    assert digest("reverse") == once


def test_the_cut_into_pieces_changes_nothing(once, monkeypatch):
    monkeypatch.setattr("experiments.study.runner.EXCHANGES_A_PIECE", 1)
    assert again("singly") == 0 and digest("singly") == once
    monkeypatch.setattr("experiments.study.cell.NUMBERS_AT_ONCE", 1)
    assert again("by_couples") == 0
    found = [Store(Path(name)) for name in ("once", "by_couples")]
    for key, _ in keys(load(Path("study.toml"))):
        one, two = (s.root.joinpath("cells", key[:2], key, "cell.json").read_text() for s in found)
        assert one == two


def test_cells_hold_what_simulate_gives(once):
    import sim
    from models import architecture
    from sim.world.population import Population

    study = load(Path("study.toml"))
    key, row = list(keys(study))[2]
    kept = Store(Path("once")).read(key)
    assert row == (0.4, "withdrawer")
    life = sim.simulate(
        Population(architecture("scanner", vagal_tone=0.4)), "withdrawer", days=3, dyads=3, seed=1,
        variables=["closeness", "alarm"],
    )  # fmt: skip
    late = life.isel(condition=0, time=slice(-2, None)).mean("time")
    np.testing.assert_array_equal(kept.values[:, 0], late.closeness.values)
    np.testing.assert_array_equal(kept.values[:, 1], late.alarm.sel(partner="A").values)


def test_a_resumed_run_computes_only_what_is_missing(once, capsys):
    shutil.copytree("once", "half")
    for folder in sorted(Path("half/cells").glob("*/*"))[:2]:
        shutil.rmtree(folder)
    assert again("half") == 2 and "add --resume" in capsys.readouterr().err
    assert again("half", "--resume") == 0
    assert "2 cells computed, 4 kept, 0 failed" in capsys.readouterr().out
    assert digest("half") == once


DAMAGE = {
    "cut off": lambda raw: raw[: len(raw) // 2],
    "empty": lambda raw: b"",
    "one digit changed": lambda raw: raw.replace(b"0.4", b"0.5", 1),
    "zeros": lambda raw: bytes(len(raw)),
    "another file": lambda raw: b"hello",
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_cell_is_found_and_computed_again(name, once, capsys):
    shutil.copytree("once", "hurt")
    path = next(Path("hurt/cells").glob("*/*/cell.json"))
    path.write_bytes(DAMAGE[name](path.read_bytes()))
    assert again("hurt", "--status") == 0
    assert "5 complete, 0 missing, 1 damaged" in capsys.readouterr().out
    assert again("hurt", "--resume") == 0 and digest("hurt") == once


def test_leftovers_of_a_killed_run_go(once):
    shutil.copytree("once", "dirty")
    Path("dirty/partial/abc.123").mkdir(parents=True)
    Path("dirty/partial/abc.123/cell.json").write_text("half")
    assert again("dirty", "--resume") == 0 and digest("dirty") == once


# --- stale or not ---------------------------------------------------------------------------------


def test_what_decides_a_number_changes_the_key(study, monkeypatch):
    base = [key for key, _ in keys(load(study))]
    for other in (SMALL.replace("= 3\nmeas", "= 4\nmeas"), SMALL + "\n[shared]\nsafety_rise = 300"):
        assert not set(base) & {key for key, _ in keys(parse(other, "study.toml"))}
    written(".", "seed = 2\n" + SMALL)
    assert not set(base) & {key for key, _ in keys(load(study))}
    assert base == [key for key, _ in keys(parse(SMALL.replace("A test", "Words"), "study.toml"))]
    monkeypatch.setattr("experiments.study.command.science_hash", lambda: "x", raising=False)
    monkeypatch.setattr(cells, "science_hash", lambda: "other")
    assert not set(base) & {key for key, _ in keys(parse(SMALL, "study.toml"))}


EDITS = {
    "an equation": (
        "models/circuits/amygdala.py",
        "return logistic(",
        "return 0.99 * logistic(",
        True,
    ),
    "a default": ("models/parameters.py", "= 0.62", "= 0.63", True),
    "a preset": ("models/architectures.py", "cingulate_gain=1.6", "cingulate_gain=1.5", True),
    "a measure": ("experiments/study/measures.py", "- 1.0) / (", "- 1.1) / (", True),
    "a comment": ("models/circuits/amygdala.py", "\ndef ", "\n# A comment.\ndef ", False),
    "a plot": ("sim/plots/bands.py", "import", "import math\nimport", False),
    "a figure": ("experiments/study/figures.py", "ACROSS = 3", "ACROSS = 2", False),
    "a report": ("experiments/study/report.py", "MOST_ROWS = 120", "MOST_ROWS = 12", False),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
def test_stale_cells_are_not_served_and_fresh_ones_are(name, study, tmp_path):
    """In a copy of the source: run, edit, ask for the status."""
    where, old, new, stale = EDITS[name]
    copy = tmp_path / "copy"
    for package in ("models", "sim", "experiments"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__py*"))
    shutil.copy(ROOT / "pyproject.toml", copy)

    def study_command(*options):
        command = [*COMMAND, str(study), "--out", str(tmp_path / "out"), *options]
        return subprocess.run(command, cwd=copy, capture_output=True, text=True, check=True).stdout

    study_command("--workers", "1")
    assert "6 complete" in study_command("--status")
    text = (copy / where).read_text(encoding="utf-8")
    assert old in text
    (copy / where).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert ("0 complete, 6 missing" if stale else "6 complete") in study_command("--status")


def test_a_worker_with_another_source_refuses(study):
    piece = Piece({}, {}, (), (), "out", "another", "")
    with pytest.raises(StudyStopped) as refused:
        work(piece)
    assert refused.value.code == OTHER_SOURCE


# --- failures -------------------------------------------------------------------------------------


@pytest.fixture
def failing(monkeypatch):
    """A measure that fails in cells of calm people."""
    whole = cells.compute

    def compute(found):
        if any(c.scenario.people.a.overrides.vagal_tone > 0.5 for c in found):
            raise FloatingPointError("overflow in a test")
        return whole(found)

    monkeypatch.setattr("experiments.study.work.compute", compute)


def test_failures_are_kept_and_the_rest_goes_on(study, failing, capsys, monkeypatch):
    assert again("out") == 2
    captured = capsys.readouterr()
    assert "4 cells computed, 0 kept, 2 failed" in captured.out
    store = Store(Path("out"))
    for failure in store.failures():
        assert failure["settings"]["people.a.overrides.vagal_tone"] == 0.6
        assert failure["seed"] == 1 and "overflow in a test" in failure["error"]
        assert "Traceback" in failure["traceback"][0]
        words = failure["command"].split()
        assert words[:4] == ["python", "-m", "experiments", "study"]
        assert failure["command"] in captured.err
        assert main(words[3:]) == 1 and "overflow" in capsys.readouterr().err


def test_a_failure_mended_leaves_no_trace(study, once, capsys):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.study.work.compute", lambda found: 1 / 0)
        assert again("out") == 6
        assert len(Store(Path("out")).failures()) == 6
        again("out", "--status")
        assert "6 of them failed last time" in capsys.readouterr().out
    assert again("out", "--resume") == 0 and digest("out") == once


def test_only_computes_one_cell(study, capsys):
    key, _ = list(keys(load(study)))[3]
    assert again("out", "--only", key[:12]) == 0
    assert "people.b.preset = secure" in capsys.readouterr().out
    assert [path.name for path in Path("out/cells").glob("*/*")] == [key]


def test_a_dry_run_writes_nothing(study, capsys, tmp_path):
    assert again("out", "--dry-run") == 0
    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines()] == ["cells", "couples", "time", "disk"]
    assert re.search(r"time +about \d.* with 1 worker.*, plus about \d.* to start", out)
    assert [path.name for path in tmp_path.iterdir()] == ["study.toml"]


def test_several_workers_take_longer_to_start():
    """Each imports and compiles once more, after the process that starts them."""
    from experiments.study.command import _start_up

    one, two = _start_up(1), _start_up(2)
    assert 0.0 < one < 1.9 * one < two


# --- file systems ---------------------------------------------------------------------------------


def test_a_full_disk_ends_the_run_in_a_line_and_nothing_is_lost(study, once, monkeypatch, capsys):
    with pytest.MonkeyPatch.context() as patch:
        count, write = [], Path.write_bytes

        def until_full(path, data):
            count.append(path)
            if len(count) > 5:
                path.touch()
                raise OSError(28, "No space left on device")
            return write(path, data)

        patch.setattr(Path, "write_bytes", until_full)
        assert again("full") == 74
        assert "No space left on device" in (err := capsys.readouterr().err)
        assert len(err.splitlines()) == 1 and not Store(Path("full")).failures()
    assert again("full", "--resume") == 0 and digest("full") == once


@pytest.mark.parametrize("out", ["study.toml/x", "/proc/x", "study.toml"])
def test_a_folder_that_cannot_be_written_is_refused(study, out, capsys):
    assert again(out) == 2
    assert f"--out = {Path(out).absolute()}: must be a writable folder" in capsys.readouterr().err


def test_two_runs_do_not_share_a_folder(study, once, capsys):
    with Store(Path("once")).locked():
        assert again("once", "--resume") == 2
    assert "another run is at work there" in capsys.readouterr().err


def test_an_unwritable_store_passes_between_processes():
    import pickle

    fault = pickle.loads(pickle.dumps(StoreUnwritable("a line")))
    assert str(fault) == "a line" and fault.code == 74


# --- people, calendars, stop rules ----------------------------------------------------------------


def test_distributions_stay_in_range_and_do_not_depend_on_company():
    from experiments.study.scenario import people

    low, high = PARAMETERS[PartnerParameters]["warmth"].range
    distributions = [
        '{kind = "uniform", low = 0.2, high = 0.4}',
        '{kind = "triangular", low = 0.1, mode = 0.15, high = 0.9}',
        '{kind = "spread", median = 0.5, spread = 1.0}',
        '{kind = "choice", values = [0.2, 0.8]}',
    ]
    for distribution in distributions:
        text = SMALL.split("[[vary]]")[0] + f"[people.b.distributions]\nwarmth = {distribution}\n"
        scenario = design.build(parse(text, "study.toml").base, {})
        many = people(scenario, 1, 7, np.arange(5000)).warmth
        few = people(scenario, 1, 7, np.array([17, 3])).warmth
        np.testing.assert_array_equal(few, many[[17, 3]])
        assert low <= many.min() and many.max() <= high and many.std() > 0.01
    assert set(many) == {0.2, 0.8} and abs((many == 0.2).mean() - 0.5) < 0.05


def test_the_triangular_law_has_its_moments():
    from experiments.study.scenario import Triangular, _triangular

    distribution = Triangular(kind="triangular", low=0.1, mode=0.3, high=0.8)
    values = _triangular(distribution, (np.arange(200_000) + 0.5) / 200_000)
    assert values.mean() == pytest.approx((0.1 + 0.3 + 0.8) / 3, abs=1e-4)


def test_sessions_and_events_come_on_their_days():
    from experiments.study.scenario import calendar

    text = SMALL.split("[[vary]]")[0].replace("days = 3", "days = 20") + (
        '[interventions.help]\nprotocol = "live_correction"\nsessions = 3\nstart = 4\nevery = 5\n'
        '[events.day]\nowner = "B"\nday = 2\nevery = 6\ntimes = 2\nstressor = 1.5\n'
    )
    life = calendar(design.build(parse(text, "study.toml").base, {}))
    starts = (life.end - life.situation.dt) / 1440.0
    began = starts[(life.kind == "session") & (np.roll(life.kind, 1) != "session")]
    np.testing.assert_allclose(began, np.array([4, 9, 14]) + np.arange(3) * 50 / 1440, atol=1e-9)
    assert (life.events.stressor[:, 1] == 1.5).sum() == 2 and not life.events.stressor[:, 0].any()


def test_a_stop_rule_adds_batches_until_the_error_is_small():
    text = SMALL.replace("replicates = 3", "replicates = 10") + (
        '[stop]\nmeasures = ["alarm"]\nmcse = 0.02\nmost = 60\n'
    )
    study = parse(text, "study.toml")
    paths = [factor.path for factor in study.factors]
    made = [
        cells.Cell(design.build(study.base, dict(zip(paths, row, strict=True))), study.plan)
        for row in design.rows(study)
    ]
    together = cells.compute(made)
    for one, values in zip(made, together, strict=True):
        np.testing.assert_array_equal(cells.compute([one])[0], values)
        errors = [cells.mcse(values[:, k]) for k in (1, 2)]
        assert len(values) % 10 == 0
        assert max(errors) <= 0.02 or len(values) == 60
        if len(values) > 10:
            assert max(cells.mcse(values[:-10, k]) for k in (1, 2)) > 0.02
    assert len({len(values) for values in together}) > 1


def test_every_measure_is_finite_or_undefined_and_says_what_it_is():
    names = tuple(measures.MEASURES)
    text = SMALL.replace('["closeness", "alarm", "repair"]', json.dumps(names))
    study = parse(text, "study.toml")
    scenario = design.build(study.base, {"people.b.preset": "withdrawer"})
    values = cells.compute([cells.Cell(scenario, study.plan)])[0]
    found = measures.columns(names)
    assert values.shape == (3, len(found))
    for place, (name, _) in enumerate(found):
        assert name == "repair" or np.isfinite(values[:, place]).all(), name
        assert measures.MEASURES[name].meaning and measures.MEASURES[name].unit


# --- real processes -------------------------------------------------------------------------------

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
        command, cwd=folder, env=os.environ | path, stdout=-1, stderr=-1, text=True
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
    until(lambda: not alive(workers), 10.0)
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
    assert not alive(workers) and digest("out") == uninterrupted


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
    until(lambda: not alive(workers), 10.0)
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
    Path("disk").mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "disk"], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("may not mount a small disk here")
    try:
        process = start("disk/out", "--workers", "2")
        _, err = process.communicate(timeout=600)
        assert process.returncode == 74 and "No space left on device" in err, err
        assert len(err.splitlines()) == 1
        assert subprocess.run(["mount", "-o", "remount,size=20m", "disk"]).returncode == 0
        assert finish("disk/out", "--workers", "2", "--resume") == uninterrupted
    finally:
        subprocess.run(["umount", "disk"], check=True)


@pytest.mark.slow
def test_a_scheduler_and_workers_as_documented(uninterrupted, tmp_path, monkeypatch):
    """``dask scheduler`` and two ``dask worker``; one of them is killed on the way."""
    pytest.importorskip("distributed")
    monkeypatch.chdir(tmp_path)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}

    def dask(*words):
        command = [sys.executable, "-m", "dask", *words]
        return subprocess.Popen(command, env=environment, stdout=-3, stderr=-3)

    address = "tcp://127.0.0.1:18786"
    worker = ("worker", address, "--nthreads", "1", "--no-dashboard")
    started = [dask("scheduler", "--host", "127.0.0.1", "--port", "18786", "--no-dashboard")]
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
        for one in started:
            one.terminate()
        for one in started:
            one.wait(timeout=60)
        until(lambda: not alive(below), 10.0)


def test_no_scheduler_is_a_line(study, monkeypatch, capsys):
    pytest.importorskip("distributed")
    monkeypatch.setattr("experiments.study.executors.CONNECT_SECONDS", "0.2s")
    assert again("out", "--dask", "tcp://127.0.0.1:9") == 2
    assert "--dask = tcp://127.0.0.1:9: no scheduler answers there" in capsys.readouterr().err
