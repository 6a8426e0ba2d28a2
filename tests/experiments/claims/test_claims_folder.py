"""Commands that measure ask the same of their folders and files as a run, before they compute."""

import json
import os
from pathlib import Path

import pytest

from experiments.runner.cli import main
from tests.helpers.folders import refused, tree

CLAIMS = ["claims", "--quick", "--only", "C15", "--out", "out"]


@pytest.fixture(autouse=True)
def small(monkeypatch, tmp_path):
    """Few couples, an empty folder to stand in, and a count of what is judged."""
    from experiments.claims import battery
    from experiments.parsimony import command

    judged, whole = [], battery.judge
    monkeypatch.setattr(battery, "QUICK", battery.Size(dyads=4, draws=2, dyads_a_draw=2))
    monkeypatch.setattr(battery, "judge", lambda *a: judged.append(a) or whole(*a))
    monkeypatch.setattr(command, "measured", lambda *a: judged.append(a) or {"warmth": ["C15"]})
    monkeypatch.chdir(tmp_path)
    return judged


COMMANDS = {
    "claims": CLAIMS,
    "parsimony": ["parsimony", "--out", "out"],
    "gallery": ["gallery", "--quick", "--out", "out"],
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("replace", [[], ["--replace"]])
def test_a_folder_of_the_users_is_refused_before_anything_is_computed(name, replace, small, capsys):
    for path in ("out/claims.csv", "out/kept/thesis.txt", "out/parsimony.csv"):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text("mine")
    before = tree()
    assert main([*COMMANDS[name], *replace]) == 2
    assert "must be new or hold only a past run; found '" in refused(capsys)
    assert tree() == before and not small


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_in_its_place_is_refused(name, small, capsys):
    Path("out").write_text("mine")
    assert main(COMMANDS[name]) == 2
    assert refused(capsys) == "--out = out: must be a folder, not a file\n"
    assert Path("out").read_text() == "mine" and not small


@pytest.mark.parametrize("name", ["claims", "parsimony"])
def test_the_same_again_says_so_and_another_is_refused(name, small, capsys):
    words = COMMANDS[name]
    assert main(words) == 0
    before, count = tree("out"), len(small)
    capsys.readouterr()
    assert main(words) == 0
    assert "holds this very run already" in capsys.readouterr().out
    assert main([*words, "--seed", "2"]) == 2
    assert "holds another run (seed = 1, now 2); give another folder" in refused(capsys)
    assert tree("out") == before and len(small) == count
    assert main([*words, "--seed", "2", "--replace"]) == 0 and len(small) > count


def test_another_command_does_not_take_the_folder(capsys):
    assert main(COMMANDS["claims"]) == 0
    capsys.readouterr()
    assert main(COMMANDS["parsimony"]) == 2
    assert "holds another run (experiment = claims, now parsimony)" in refused(capsys)


def test_what_the_user_keeps_beside_the_claims_stays():
    assert main(CLAIMS) == 0
    Path("out/notes.txt").write_text("mine")
    assert main([*CLAIMS, "--seed", "2", "--replace"]) == 0
    assert Path("out/notes.txt").read_text() == "mine"
    files = json.loads(Path("out/run.json").read_text())["files"]
    assert "C15.png" in files and "notes.txt" not in files


# --- a file by name -------------------------------------------------------------------------------

PLACES = {
    "a file of the user's": (lambda: Path("x.json").write_text("mine"), "exists already; "),
    "a link": (lambda: Path("x.json").symlink_to("nowhere"), "exists already; "),
    "a folder": (lambda: Path("x.json").mkdir(), "must be a file, and is a folder"),
    "a pipe": (lambda: os.mkfifo("x.json"), "must be a file, and is a folder, a pipe"),
}


@pytest.mark.parametrize("command", [CLAIMS, ["bench", "--quick"]], ids=["claims", "bench"])
@pytest.mark.parametrize("kind", PLACES)
def test_a_file_that_is_there_is_not_written_over(kind, command, small, capsys):
    make, words = PLACES[kind]
    make()
    before = sorted(os.listdir("."))
    assert main([*command, "--json", "x.json"]) == 2
    assert refused(capsys).startswith(f"--json = x.json: {words}")
    assert sorted(os.listdir(".")) == before and not small


def test_a_file_below_a_file_is_refused(small, capsys):
    Path("x").write_text("mine")
    assert main([*CLAIMS, "--json", "x/y.json"]) == 2
    assert refused(capsys).startswith("--json = x/y.json: must be ") and not small


def test_the_table_can_be_had_later_from_a_run_that_is_there(small):
    assert main(CLAIMS) == 0
    count = len(small)
    assert main([*CLAIMS, "--json", "x.json"]) == 0 and len(small) == count
    assert Path("x.json").read_bytes() == Path("out/claims.json").read_bytes()
