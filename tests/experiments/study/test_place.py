"""A study's folder: nothing of the user's is written over or removed, another study is refused."""

import json
from pathlib import Path

import pytest

from experiments.runner.cli import main
from experiments.runner.contract import FILES
from tests.helpers.folders import refused, tree
from tests.helpers.studies import SMALL, again, digest, written

OTHERS = {
    "another title": SMALL.replace("A test", "Another test"),
    "other values": SMALL.replace("0.2, 0.4, 0.6", "0.2, 0.4"),
    "more couples": SMALL.replace("replicates = 3", "replicates = 4"),
}


# --- what is the user's ---------------------------------------------------------------------------

MINE = ["partial/thesis.txt", "study.toml", "cells/aa/notes.txt", "study.json", ".hidden"]


@pytest.mark.parametrize("replace", [[], ["--replace"], ["--resume"]])
@pytest.mark.parametrize("name", MINE)
def test_a_folder_with_the_users_files_is_refused_and_left_as_it_was(study, name, replace, capsys):
    path = Path("mine", name)
    path.parent.mkdir(parents=True)
    path.write_text('{"science": "mine"}')
    before = tree("mine")
    assert again("mine", *replace) == 2
    found = name.split("/")[0]
    assert f"must be new or hold only a past study; found '{found}'" in refused(capsys)
    assert tree("mine") == before


def test_the_folder_of_the_file_itself_is_refused(study, capsys):
    before = tree(".")
    assert again(".") == 2
    assert "found 'study.toml'" in refused(capsys)
    assert tree(".") == before


def test_what_the_user_keeps_beside_a_study_stays(once):
    Path("once/partial").mkdir()
    for name in ("partial/thesis.txt", "notes.txt", "cells/notes.txt", "failures.txt"):
        Path("once", name).write_text("mine")
    kept = {n: t for n, t in tree("once").items() if t == b"mine"}
    assert again("once", "--resume") == 0
    assert again("once", "--replace") == 0
    written(".", OTHERS["other values"])
    assert again("once", "--replace") == 0
    assert {n: t for n, t in tree("once").items() if t == b"mine"} == kept and len(kept) == 4
    assert len(list(Path("once/cells").glob("*/*"))) == 4


@pytest.mark.parametrize("command", [["study", "study.toml", "--resume", "--out"], ["report"]])
@pytest.mark.parametrize("name", ["table.csv", "report.html", "individual.csv"])
def test_a_file_of_the_users_with_a_name_of_ours_is_not_written_over(name, command, once, capsys):
    for path in ("run.json", *FILES):
        Path("once", path).unlink(missing_ok=True)
    Path("once", name).write_text("mine")
    before = tree("once")
    assert main([*command, "once"]) == 2
    line = refused(capsys)
    assert name in line and "was not made by a run" in line
    assert tree("once") == before


def test_a_copy_that_was_edited_is_not_written_over(once, capsys):
    text = Path("once/study.toml").read_text() + "# my notes\n"
    Path("once/study.toml").write_text(text)
    for options in (["--resume"], ["--replace"]):
        assert again("once", *options) == 2
        assert "its study.toml was changed by hand" in refused(capsys)
    assert Path("once/study.toml").read_text() == text


# --- another study --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("resume", [[], ["--resume"]])
def test_another_study_is_refused_in_one_line_that_says_how_to_go_on(name, resume, once, capsys):
    before = tree("once")
    written(".", OTHERS[name])
    assert again("once", *resume) == 2
    line = refused(capsys)
    assert "holds another study (title = 'A test')" in line
    assert "--out" in line and "--replace" in line
    assert tree("once") == before


@pytest.mark.parametrize("name", OTHERS)
def test_replaced_it_is_as_if_it_stood_alone(name, once):
    written(".", OTHERS[name])
    assert again("alone") == 0
    assert again("once", "--replace") == 0
    assert digest("once") == digest("alone")


def test_an_extended_study_may_take_over_the_cells_it_shares(once, capsys):
    written(".", OTHERS["other values"])
    assert again("once", "--resume", "--replace") == 0
    assert "0 cells computed, 4 kept" in capsys.readouterr().out


def test_comments_make_no_other_study(once):
    written(".", "# a remark\n" + SMALL)
    assert again("once", "--resume") == 0


def test_the_same_study_again_says_how_to_go_on(once, capsys):
    assert again("once") == 2
    line = refused(capsys)
    assert "holds cells of this study already; add --resume" in line and "--replace" in line


# --- folders that can't be used -------------------------------------------------------------------


def test_links_to_nowhere_and_files_are_one_line(study, capsys):
    Path("gone").symlink_to("nowhere")
    Path("file").write_text("mine")
    for out in ("gone", "file", "file/below", "/dev/null"):
        assert again(out) == 2
        assert refused(capsys).startswith(f"--out = {out}: ")
    assert not Path("nowhere").exists() and Path("file").read_text() == "mine"


def test_a_store_that_was_killed_at_birth_is_known_as_ours(once):
    """The record is written before the copy of the study."""
    whole = digest("once")
    for name in ("study.toml", "run.json", *FILES):
        Path("once", name).unlink(missing_ok=True)
    assert again("once", "--resume") == 0
    assert digest("once") == whole


def test_a_record_of_another_program_makes_no_study(study, capsys):
    Path("mine").mkdir()
    Path("mine/study.json").write_text(json.dumps({"science": "b", "versions": {"other": "1"}}))
    assert again("mine", "--replace") == 2
    assert "found 'study.json'" in refused(capsys)


def test_only_one_cell_asks_the_same_of_its_folder(study, capsys):
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("mine")
    assert again("keys", "--dry-run") == 0
    assert main(["study", "study.toml", "--out", "once"]) == 0
    key = next(Path("once/cells").glob("*/*")).name
    capsys.readouterr()
    assert again("mine", "--only", key) == 2
    assert "found 'thesis.txt'" in refused(capsys)
