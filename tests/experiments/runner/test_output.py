"""What a run leaves: readable, labelled, the same bytes again, and complete or not there."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from experiments.runner.answers import row, table
from experiments.runner.configuration import configure
from experiments.runner.folder import FolderRefused
from experiments.runner.output import Outcome, save
from experiments.runner.provenance import Provenance, collect, command, source_hash
from experiments.runner.registry import all_experiments
from tests.helpers import fake_experiment


@pytest.fixture(autouse=True)
def fakes(monkeypatch):
    for name in fake_experiment.NAMES:
        monkeypatch.setitem(all_experiments(), name, fake_experiment.entry(name))


def write(folder, seconds=1.0, name="fake", replace=False, **given):
    """Run a fake and save it; the configuration and the outcome."""
    configuration = configure(name, out=folder, **given)
    outcome = fake_experiment.outcome(configuration)
    save(outcome, configuration, collect(configuration, seconds), folder, replace)
    return configuration, outcome


# --- contents -------------------------------------------------------------------------------------


def test_two_writes_are_the_same_bytes(tmp_path):
    write(tmp_path / "one", seconds=1.0)
    write(tmp_path / "two", seconds=2.0)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert "timing.json" in names
    for name in set(names) - {"timing.json"}:
        one, two = (tmp_path / folder / name for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes(), name


def test_the_dataset_reads_back_labelled(tmp_path):
    configuration, outcome = write(tmp_path / "out", seed=2**64 - 1)
    with xr.open_dataset(tmp_path / "out/results.nc") as found:
        xr.testing.assert_identical(found.drop_attrs(deep=False), outcome.dataset)
        assert found.attrs["seed"] == str(2**64 - 1)
        assert json.loads(found.attrs["parameters_json"]) == configuration.parameters()
        assert all(isinstance(value, str) for value in found.attrs.values())


def test_the_record_says_what_made_the_result(tmp_path):
    configuration, _ = write(tmp_path / "out", dyads=2)
    record = json.loads((tmp_path / "out/run.json").read_text())
    assert record["parameters"]["dyads"] == 2
    assert record["command"] == command(configuration)
    assert record["source_hash"] == source_hash()
    assert {"python", "numpy", "mesa", "pairbond"} <= set(record["versions"])
    assert record["variables"]["warmth"] == {"long_name": "warmth", "units": "1"}
    files = {path.name for path in (tmp_path / "out").iterdir()}
    assert set(record["files"]) == files - {"run.json"}


def test_nothing_in_the_record_depends_on_the_folder(tmp_path):
    write(tmp_path / "out")
    assert str(tmp_path) not in (tmp_path / "out/run.json").read_text()


def test_people_have_a_row_a_day_with_their_values(tmp_path):
    _, outcome = write(tmp_path / "out")
    table = pd.read_csv(tmp_path / "out/individual.csv")
    keys = ["condition", "couple", "person", "role", "time"]
    assert list(table.columns) == [*keys, "dyad", "role01", "warmth"]
    warmth = table.set_index(["dyad", "time", "role"]).warmth
    expected = outcome.dataset.warmth.to_series()
    assert np.array_equal(warmth.sort_index().to_numpy(np.float32), expected.sort_index())


@pytest.mark.parametrize("missing", ["units", "long_name"])
def test_a_variable_without_labels_is_refused(missing):
    data = fake_experiment.dataset(configure("fake"))
    del data.warmth.attrs[missing]
    with pytest.raises(TypeError, match=f"'warmth' has no {missing}"):
        Outcome(data, table([]))


def test_a_figure_has_a_plain_name():
    with pytest.raises(TypeError, match="figure name"):
        Outcome(xr.Dataset(), table([]), {"../x": None})


def test_a_table_of_another_form_is_refused():
    with pytest.raises(TypeError, match="table has no condition and no quantity"):
        Outcome(xr.Dataset(), pd.DataFrame({"couples": [2]}))
    with pytest.raises(TypeError, match="a column 'who' that the layout's extras don't explain"):
        Outcome(xr.Dataset(), table([row("one", "couples", 2, who="A")]))


def test_figures_are_pictures(tmp_path):
    write(tmp_path / "out")
    assert (tmp_path / "out/warmth.png").read_bytes().startswith(b"\x89PNG")
    svg = (tmp_path / "out/warmth.svg").read_text()
    assert "<svg" in svg and "dc:date" not in svg


# --- the folder -----------------------------------------------------------------------------------


def test_a_past_run_is_replaced_whole(tmp_path):
    write(tmp_path / "out", seed=1)
    first = (tmp_path / "out/results.nc").read_bytes()
    write(tmp_path / "out", seed=2, replace=True)
    assert (tmp_path / "out/results.nc").read_bytes() != first
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_the_user_put_there_is_kept(tmp_path):
    write(tmp_path / "out")
    (tmp_path / "out/notes.txt").write_text("mine")
    with pytest.raises(FolderRefused, match=r"holds another run \(seed = 1, now 2\); give another"):
        write(tmp_path / "out", seed=2)
    write(tmp_path / "out", seed=2, replace=True)
    assert (tmp_path / "out/notes.txt").read_text() == "mine"


def test_a_record_of_something_else_does_not_make_a_folder_ours(tmp_path):
    (tmp_path / "run.json").write_text("[1, 2]")
    with pytest.raises(FolderRefused, match=r"found 'run\.json'"):
        write(tmp_path)


def test_a_failed_write_leaves_the_past_run(tmp_path):
    write(tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "out", name="fake_broken", replace=True)
    after = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert after == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failed_swap_brings_the_past_run_back(tmp_path, monkeypatch):
    write(tmp_path / "out")
    move = Path.replace

    def fail(path, target):
        if path.parent.name.startswith("fresh") and path.name == "table.csv":
            raise OSError(28, "No space left on device")
        return move(path, target)

    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(FolderRefused, match=r"must be writable \(No space left on device\)$"):
        write(tmp_path / "out", seed=2, replace=True)
    after = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert after == before
    assert json.loads((tmp_path / "out/run.json").read_text())["parameters"]["seed"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_and_new_parents_will_do(tmp_path):
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty")
    write(tmp_path / "new/and/deep")
    assert (tmp_path / "empty/run.json").exists() and (tmp_path / "new/and/deep/run.json").exists()


# --- provenance -----------------------------------------------------------------------------------


def test_the_command_is_complete_and_quoted():
    configuration = configure("fake", ["a.warmth=0.1"], seed=3, quick=True)
    assert command(configuration) == (
        "python -m experiments run fake --seed 3 --dyads 2 --days 2 --quick "
        "--a scanner --b secure --set a.warmth=0.1"
    )


def test_wall_time_stands_apart(tmp_path):
    configuration = configure("fake")
    provenance = Provenance("hash", {"pairbond": "0"}, "command", 12.25)
    outcome = fake_experiment.outcome(configuration)
    save(outcome, configuration, provenance, tmp_path / "out")
    assert json.loads((tmp_path / "out/timing.json").read_text())["wall_seconds"] == 12.25
    assert "12.25" not in (tmp_path / "out/run.json").read_text()
