"""The program: one name, what it lists, a question as a command, what a shell completes."""

import os
import re
import subprocess
import sys
import tomllib
from importlib import import_module

import pytest

from experiments.runner import completion, program
from experiments.runner.cli import TIMES, app, main
from experiments.runner.configuration import configure
from experiments.runner.provenance import command
from experiments.runner.registry import all_experiments
from models.architectures import ARCHITECTURES
from models.parameters import PARAMETERS, PartnerParameters
from sim.provenance import ROOT, source_hash, version
from tests.helpers import fake_experiment

COMMANDS = [info.name or info.callback.__name__ for info in app.registered_commands]


@pytest.fixture
def fake(monkeypatch, tmp_path):
    """A fake question, and an empty folder to stand in."""
    monkeypatch.setattr(fake_experiment, "calls", [])
    monkeypatch.setitem(all_experiments(), "fake", fake_experiment.entry("fake"))
    monkeypatch.chdir(tmp_path)
    return fake_experiment.calls


def start(*words, name="pairbond", **environment):
    """The installed program in a new interpreter, as its script would start it."""
    module, function = script().split(":")
    code = (
        f"import sys; sys.argv[0] = {name!r}; from {module} import {function} as f; sys.exit(f())"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "80"} | environment,
        capture_output=True,
        text=True,
    )


def script():
    """What is installed as ``pairbond``: module and function."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["scripts"]["pairbond"]


def reported(words, capsys):
    """What the command line prints."""
    assert main(words) == 0
    return capsys.readouterr().out


# --- names ----------------------------------------------------------------------------------------


def test_the_installed_program_lists_the_questions():
    module, function = script().split(":")
    assert callable(getattr(import_module(module), function))
    ran = start("list")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert all(name in ran.stdout for name in all_experiments())


def test_usage_shows_the_name_that_was_typed():
    assert "see pairbond run --help" in start("run").stderr
    module = str(ROOT / "experiments" / "__main__.py")
    assert "see python -m experiments run --help" in start("run", name=module).stderr
    assert "see python3 go.py --help" in start("rnu", PAIRBOND_PROGRAM="python3 go.py").stderr
    assert "Usage: pairbond couple [OPTIONS]" in start("couple", "--help").stdout


def test_as_a_module_it_is_the_same_program():
    ran = subprocess.run(
        [sys.executable, "-m", "experiments"], cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 0
    assert "Questions: python -m experiments NAME" in ran.stdout
    assert "--install-completion" not in ran.stdout


def test_records_hold_what_works_in_every_checkout(monkeypatch):
    monkeypatch.setenv(program.STARTER, "something else")
    assert command(configure("couple")).startswith("python -m experiments run couple ")


def test_the_version_comes_with_the_source_hash(capsys):
    assert reported(["--version"], capsys) == f"pairbond {version()}\nsource hash {source_hash()}\n"


# --- lists ----------------------------------------------------------------------------------------


def test_alone_it_names_every_command_and_question_with_what_they_take(capsys):
    text = reported([], capsys)
    listing = " ".join(text.split())
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", text, re.M), name
    for name, experiment in all_experiments().items():
        assert re.search(rf"^  {name} ", text, re.M), name
        assert experiment.question in listing
        assert f"about {experiment.minutes:g} min" in listing
    assert all(time in listing for time in TIMES.values())
    assert set(TIMES) <= set(COMMANDS)
    assert "pairbond --install-completion" in text
    assert max(map(len, text.splitlines())) <= 80


def test_the_list_has_the_questions_and_nothing_else(capsys):
    listing = " ".join(reported(["list"], capsys).split())
    for experiment in all_experiments().values():
        assert f"{experiment.name} {experiment.question} [" in listing
    assert "claims" not in listing


def test_a_line_of_help_is_not_cut(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    text = reported(["--help"], capsys)
    assert "..." not in text.replace("[ARGS]...", "")
    lines = text.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == COMMANDS, "a line of help is too long"
    assert "--install-completion" in text


# --- a question as a command ----------------------------------------------------------------------


def test_the_name_of_a_question_runs_it(fake, capsys):
    assert main(["fake", "--quick", "--a", "merger", "--seed", "3"]) == 0
    assert main(["run", "fake", "--quick", "--a", "merger", "--seed", "3", "--replace"]) == 0
    assert fake[0] == fake[1] and fake[0].a == "merger"


@pytest.mark.parametrize(("typo", "meant"), [("copule", "couple"), ("stduy", "study")])
def test_a_mistyped_name_gets_the_nearest_in_one_line(typo, meant, capsys):
    assert main([typo, "--quick"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert err.startswith(f"no command or question '{typo}': did you mean '{meant}'?")


def test_no_question_has_the_name_of_a_command():
    assert not set(COMMANDS) & set(all_experiments())


def test_the_help_of_a_question_says_what_it_asks_and_only_what_it_takes(capsys):
    couple, classics = (reported([name, "--help"], capsys) for name in ("couple", "classics"))
    assert all_experiments()["couple"].question in couple and "50 couples, 60 days" in couple
    assert all(option in couple for option in ("--a", "--set", "--dyads", "--seed"))
    assert not [option for option in ("--a ", "--set", "--dyads", "--seed") if option in classics]
    assert main(["classics", "--a", "secure"]) == 2
    assert "'classics' chooses its couples itself" in capsys.readouterr().err


def test_the_help_names_the_architectures_of_the_table(capsys, monkeypatch):
    text = " ".join(reported(["run", "--help"], capsys).split())
    assert ", ".join(ARCHITECTURES) in text and "{" not in text.replace("{NAME}", "")
    ninth = {**ARCHITECTURES, "ninth": ARCHITECTURES["secure"]}
    monkeypatch.setattr("models.architectures.ARCHITECTURES", ninth)
    assert "ninth" in reported(["couple", "--help"], capsys)
    assert ("ninth", "Secure") in completion.architectures("ni")


# --- completion -----------------------------------------------------------------------------------


def completed(line):
    """What bash would offer for the last word of ``line``."""
    words = line.split(" ")
    place = str(len(words) - 1)
    asked = {"_PAIRBOND_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": place}
    ran = start(**asked)
    assert ran.stderr == ""
    return ran.stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("pairbond cou", ["couple"]),
        ("pairbond cla", ["claims", "classics"]),
        ("pairbond run scan", ["scanner_withdrawer"]),
        ("pairbond run couple --a se", ["secure"]),
        ("pairbond couple --b with", ["withdrawer"]),
        ("pairbond couple --dy", ["--dyads"]),
        ("pairbond couple --set a.vagal_t", ["a.vagal_tone=0.05", "a.vagal_tone=0.95"]),
    ],
)
def test_a_shell_completes(line, offered):
    low, high = PARAMETERS[PartnerParameters]["vagal_tone"].range
    ends = {
        "a.vagal_tone=0.05": f"a.vagal_tone={low:g}",
        "a.vagal_tone=0.95": f"a.vagal_tone={high:g}",
    }
    assert completed(line) == [ends.get(word, word) for word in offered]


def test_every_parameter_of_both_partners_is_offered():
    offered = [word for word, _ in completion.settings("")]
    assert offered == [f"{who}.{name}=" for who in "ab" for name in PARAMETERS[PartnerParameters]]
    assert completion.settings("a.nonsense") == []


def test_how_to_install_completion_works():
    ran = start("--show-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert (
        ran.returncode == 0 and "complete -o default -F _pairbond_completion pairbond" in ran.stdout
    )


# --- what a run imports ---------------------------------------------------------------------------

UNUSED = {"dask", "distributed", "matplotlib.pyplot", "scipy", "mesa", "numba", "tqdm"}


def test_a_run_imports_nothing_that_it_does_not_use(tmp_path):
    code = (
        "import sys, atexit\n"
        "loaded = lambda: print(*(n for n, m in sys.modules.items() if m is not None))\n"
        "atexit.register(loaded)\n"
        "from experiments.__main__ import program; sys.exit(program())"
    )
    words = ["run", "couple", "--quick", "--out", str(tmp_path / "out")]
    ran = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    loaded = set(ran.stdout.splitlines()[-1].split())
    assert "xarray" in loaded and not UNUSED & loaded


def test_dask_is_there_again_when_wanted():
    code = (
        "from experiments.runner.lean import hide_dask, show_dask\n"
        "from importlib.util import find_spec\n"
        "before = find_spec('dask'); hide_dask(); hidden = find_spec('dask'); show_dask()\n"
        "assert hidden is None and (find_spec('dask') is None) == (before is None)\n"
        "import xarray, sys; hide_dask(); assert 'dask' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
