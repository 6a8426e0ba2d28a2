"""The command line: it lists, runs, says in a line what is wrong, leaves nothing half-done."""

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.runner.cli import main
from experiments.runner.configuration import configure
from experiments.runner.registry import all_experiments
from tests.helpers import fake_experiment
from tests.helpers.paths import ROOT

HEAVY = {"mesa", "pandas", "xarray", "matplotlib", "rich.table", "tqdm", "sim.engines.ensemble"}
LIGHT = (["--help"], [], ["list"], ["claims", "--help"])
MODELS = (["run", "--help"], ["couple", "--help"])  # they name the architectures
DATA = ("results", "individual", "dyad", "table")
FILES = {"results.nc", "table.md", "run.json", "timing.json"}
FILES |= {f"{name}.csv" for name in DATA[1:]} | {f"{name}_codebook.csv" for name in DATA}


@pytest.fixture(autouse=True)
def fakes(monkeypatch, tmp_path):
    fake_experiment.stand_in(monkeypatch, tmp_path)


def python(code, *arguments, **options):
    """A new interpreter with this checkout and the fakes on its path."""
    path = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    command = [sys.executable, "-c", path + code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=-1, stderr=-1, text=True, **options)


# --- listing --------------------------------------------------------------------------------------


def test_alone_it_lists_every_experiment_with_its_question(capsys):
    assert main([]) == 0
    listing = " ".join(capsys.readouterr().out.split())
    for experiment in all_experiments().values():
        assert experiment.name in listing
        assert experiment.question in listing


@pytest.mark.parametrize("arguments", LIGHT + MODELS)
def test_listing_and_help_import_nothing_heavy(arguments):
    code = "from experiments.runner.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    out, err = python(code, *arguments).communicate(timeout=60)
    heavy = HEAVY if arguments in MODELS else HEAVY | {"numpy", "models"}
    assert not heavy & set(out.splitlines()[-1].split()), err


# --- running --------------------------------------------------------------------------------------


def test_run_writes_the_folder_and_prints_the_table(capsys, tmp_path):
    assert main(["run", "fake"]) == 0
    out = capsys.readouterr().out
    assert {path.name for path in Path("results/fake").iterdir()} == FILES | {
        "warmth.png",
        "warmth.svg",
    }
    assert "warmth" in out and "A note of the fake." in out
    assert out.splitlines()[-1].endswith(str(Path("results/fake")))
    assert [path.name for path in tmp_path.iterdir()] == ["results"]
    assert len(list(Path("results").iterdir())) == 1


def test_options_reach_the_experiment():
    arguments = "--seed 7 --dyads 5 --days 6 --out here --a merger --set b.vagal_tone=0.4"
    assert main(["run", "fake", *arguments.split()]) == 0
    (got,) = fake_experiment.calls
    assert (got.seed, got.dyads, got.days, got.out, got.quick) == (7, 5, 6, Path("here"), False)
    assert (got.a, got.b) == ("merger", "secure")
    assert got.overrides_of("a") == {} and got.overrides_of("b") == {"vagal_tone": 0.4}


def test_a_quick_run_draws_for_a_look_only():
    assert main(["run", "fake", "--quick"]) == 0
    assert {path.name for path in Path("results/fake").iterdir()} == FILES | {"warmth.png"}


def test_quick_is_small_and_can_be_overruled():
    main(["run", "fake", "--quick"])
    main(["run", "fake", "--quick", "--days", "3", "--out", "other"])
    sizes = [(got.dyads, got.days) for got in fake_experiment.calls]
    assert sizes == [(2, 2), (2, 3)]


def test_the_recorded_command_repeats_the_run_byte_for_byte():
    main(["run", "fake", "--seed", "3", "--quick", "--set", "a.vagal_tone=0.41", "--out", "one"])
    command = shlex.split(json.loads(Path("one/run.json").read_text())["command"])
    assert command[:3] == ["python", "-m", "experiments"]
    main([*command[3:], "--out", "two"])
    for name in {path.name for path in Path("one").iterdir()} - {"timing.json"}:
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes(), name


# --- bad input ------------------------------------------------------------------------------------

FAULTS = {
    "run fake --days -3": "--days = -3: must be at least 1 (simulated days)",
    "run fake --days 0": "--days = 0: must be at least 1 (simulated days)",
    "run fake --days 1e9": "--days = 1e9: must be a whole number (simulated days)",
    "run fake --days 99999": "--days = 99999: must be at most 36525 (simulated days)",
    "run fake --dyads 2.5": "--dyads = 2.5: must be a whole number (simulated couples)",
    "run fake --seed -1": "--seed = -1: must be at least 0 (random seed)",
    "run fake --seed x": "--seed = x: must be a whole number (random seed)",
    "run fakes": "no experiment 'fakes': did you mean 'fake'?",
    "run fake --a scaner": "--a = scaner: no architecture 'scaner': did you mean 'scanner'?",
    "run fake --set a.vagal_tne=1": (
        "--set a.vagal_tne = 1: no parameter 'vagal_tne': did you mean 'vagal_tone'?"
    ),
    "run fake --set a.vagal_tone=x": "--set a.vagal_tone = x: must be a number",
    "run fake --set a.warmth=nan": "--set a.warmth = nan: must be a number in ",
    "run fake --set warmth=1": "--set warmth=1: must read a.PARAMETER=VALUE or b.PARAMETER=VALUE",
    "run fake --set a.warmth=.1 --set a.warmth=.2": "--set a.warmth = .2: must be given once",
    "run scanner_withdrawer --a merger": (
        "--a = merger: 'scanner_withdrawer' chooses its couples itself; use the experiment 'couple'"
    ),
    "run fake --dasy 3": "No such option: --dasy",
    "run": "Missing argument 'NAME'",
    "rnu fake": "no command or question 'rnu': did you mean 'run'? (see pairbond --help)",
    "fakes": "no command or question 'fakes': did you mean 'fake'? (see pairbond --help)",
    "fake --days 0": "--days = 0: must be at least 1 (simulated days)",
    "fake --dasy 3": "No such option: --dasy",
}


@pytest.mark.parametrize("arguments", FAULTS)
def test_bad_input_is_one_line_and_leaves_nothing(arguments, capsys, tmp_path):
    assert main(shlex.split(arguments)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith(FAULTS[arguments])
    assert not fake_experiment.calls and not list(tmp_path.iterdir())


def test_out_of_range_names_field_range_and_meaning(capsys):
    assert main(["run", "fake", "--set", "b.vagal_tone=7"]) == 2
    line = capsys.readouterr().err
    assert line.startswith("--set b.vagal_tone = 7: must be in [")
    assert "vagal brake" in line


def test_all_faults_come_at_once(capsys):
    bad = "--days -3 --dyads 0 --a scaner --set b.vagal_tone=7 --set foo"
    assert main(["run", "fake", *bad.split()]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 5


def test_an_unknown_setting_from_python_is_named():
    with pytest.raises(ValueError, match=r"^--weeks = 3: no such setting$"):
        configure("fake", weeks=3)


# Folders that can't be used: how to make them, and what is said.
FOLDERS = [
    ("file", lambda p: p.write_text("mine"), "must be a folder, not a file"),
    ("file/below", lambda p: p.parent.write_text("mine"), "must be a folder; "),
    ("full", lambda p: (p.mkdir(), (p / "mine.txt").touch()), "found 'mine.txt'"),
]


@pytest.mark.parametrize(("name", "make", "reported"), FOLDERS)
def test_an_unusable_folder_is_refused_before_anything_runs(name, make, reported, capsys, tmp_path):
    make(tmp_path / name)
    before = sorted(tmp_path.rglob("*"))
    assert main(["run", "fake", "--out", name]) == 2
    line = capsys.readouterr().err
    assert line.startswith(f"--out = {name}: ") and reported in line and line.count("\n") == 1
    assert not fake_experiment.calls
    assert sorted(tmp_path.rglob("*")) == before


def test_an_unwritable_folder_is_refused_before_anything_runs(capsys, monkeypatch, tmp_path):
    def refuse(path, *arguments, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert main(["run", "fake", "--out", "locked/run"]) == 2
    assert capsys.readouterr().err == (
        f"--out = {Path('locked/run')}: must be writable (Permission denied)\n"
    )
    assert not fake_experiment.calls


def test_what_the_model_refuses_is_said_line_by_line(capsys, tmp_path):
    assert main(["run", "fake_refusing"]) == 2
    assert capsys.readouterr().err == fake_experiment.REFUSAL + "\n"
    assert not list(tmp_path.iterdir())


# --- being stopped --------------------------------------------------------------------------------


def test_ctrl_c_while_writing_leaves_nothing(capsys, tmp_path):
    assert main(["run", "fake_broken", "--out", "out"]) == 130
    assert capsys.readouterr().err == "Interrupted: nothing was written.\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_leaves_nothing(number, tmp_path):
    code = (
        "import runpy; from tests.helpers import fake_experiment; fake_experiment.register()\n"
        "runpy.run_module('experiments', run_name='__main__')"
    )
    process = python(code, "run", "fake_waiting", cwd=tmp_path)
    assert process.stdout.readline() == "started\n"
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "Interrupted: nothing was written.\n")
    assert not list(tmp_path.iterdir())


def test_a_python_without_our_packages_gets_one_line(tmp_path):
    (tmp_path / "typer.py").write_text('raise ModuleNotFoundError("no", name="typer")')
    where = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    run = subprocess.run(
        [sys.executable, "-m", "experiments"],
        env=os.environ | where,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1 and run.stderr.count("\n") == 1
    assert "typer is missing" in run.stderr and ".venv" in run.stderr
