"""A store that is damaged, foreign or half there: the file is named, nothing is changed."""

import json
import os
import shutil
from pathlib import Path

import pytest

from experiments.runner.cli import main
from experiments.study.table import read
from tests.helpers.attacks import inventory, refusal
from tests.helpers.studies import written

pytestmark = pytest.mark.slow
STUDY = ["study", "study.toml", "--workers", "1", "--out", "out"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A study that ran to its end."""
    folder = tmp_path_factory.mktemp("whole")
    written(folder)
    before = Path.cwd()
    os.chdir(folder)
    assert main(STUDY) == 0 and main(["report", "out"]) == 0
    os.chdir(before)
    return folder


@pytest.fixture
def store(whole, tmp_path, monkeypatch):
    """A copy of it to spoil, and to stand in."""
    shutil.copytree(whole, tmp_path / "room")
    monkeypatch.chdir(tmp_path / "room")
    return tmp_path / "room" / "out"


CONTENTS = {
    "nothing": b"",
    "half of it": None,
    "zeros": bytes(500),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "no JSON": b"{]",
    "a list": b"[]",
    "a number": b"3",
    "null": b"null",
    "nested without end": b"[" * 100_000,
    "another table": b'{"a": 1}',
    "nan": b'{"name": NaN, "cells": NaN, "versions": 3, "science": []}',
}


def spoil(path, content):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] if content is None else content)


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_a_damaged_record_is_named(content, store, refuses_here):
    spoil(store / "study.json", content)
    refuses_here(["report", "out"], "study.json")
    refusal(lambda: read(Path("out")), "study.json")


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_a_damaged_copy_of_the_study_is_named(content, store, refuses_here):
    spoil(store / "study.toml", content)
    refuses_here(["report", "out"], "study.toml", most=20)


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_a_damaged_failure_stops_no_count(content, store, capsys):
    folder = store / "failures" / "0123456789abcdef"
    folder.mkdir(parents=True)
    (folder / "failure.json").write_bytes(b"{}" if content is None else content)
    assert main([*STUDY, "--status"]) == 0
    told = capsys.readouterr()
    assert "6 cells: 6 complete" in told.out and told.err == ""


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_a_damaged_cell_is_missing_and_made_anew(content, store, capsys):
    cell = next(store.glob("cells/*/*/cell.json"))
    whole = cell.read_bytes()
    spoil(cell, content)
    assert main([*STUDY, "--status"]) == 0 and main(["report", "out"]) == 0
    told = capsys.readouterr().out
    assert "1 damaged" in told and "1 of 6 cells are missing" in told
    assert main([*STUDY, "--resume"]) == 0 and cell.read_bytes() == whole


def _no_cells(store):
    shutil.rmtree(store / "cells")


def _a_file_for_cells(store):
    shutil.rmtree(store / "cells")
    (store / "cells").write_text("mine")


def _a_folder_for_the_record(store):
    (store / "study.json").unlink()
    (store / "study.json").mkdir()


def _no_record(store):
    (store / "study.json").unlink()


def _a_loop_for_the_record(store):
    (store / "study.json").unlink()
    (store / "study.json").symlink_to("study.json")


def _a_pipe_for_the_record(store):
    (store / "study.json").unlink()
    os.mkfifo(store / "study.json")


def _a_pipe_for_the_study(store):
    (store / "study.toml").unlink()
    os.mkfifo(store / "study.toml")


def _another_science(store):
    record = json.loads((store / "study.json").read_text())
    del record["science"]
    (store / "study.json").write_text(json.dumps(record))


SPOILT = [
    _no_cells,
    _a_file_for_cells,
    _a_folder_for_the_record,
    _no_record,
    _a_loop_for_the_record,
    _a_pipe_for_the_record,
    _a_pipe_for_the_study,
    _another_science,
]


@pytest.mark.parametrize("how", SPOILT, ids=lambda how: how.__name__.strip("_"))
def test_a_store_that_is_none_is_one_line(how, store, refuses_here):
    how(store)
    refuses_here(["report", "out"])


@pytest.fixture
def refuses_here(store, capsys):
    """Code 2, a line on stderr, the files as they were."""

    def call(words, word="", most=1):
        before = inventory(store)
        from tests.helpers.attacks import in_time

        with in_time():
            code = main(words)
        told = capsys.readouterr()
        assert code == 2 and told.out == "" and word in told.err, told
        assert 1 <= told.err.count("\n") <= most and "Traceback" not in told.err, told.err
        assert inventory(store) == before

    return call
