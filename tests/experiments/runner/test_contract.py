"""One data contract: every question and a study leave the same files, and these agree."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from experiments.questions import landscape
from experiments.runner import answers, contract
from experiments.runner.cli import main
from experiments.runner.printed import Layout, legend, markdown, printed
from experiments.runner.registry import all_experiments
from sim import series
from tests.helpers.paths import ROOT

FAST = {"couple", "smallest", "claims"}
NOBODY = {"classics", "landscape", "love_story", "claims"}
"""Questions in which no person is measured."""
PAIRED = {"architecture_matrix", "couple", "history", "scanner_withdrawer", "smallest"}
"""Runs that measure both partners of a couple."""
ALONE = {"childhood", "earned_security", "intervention_matrix", "assessment"}
"""Runs that measure one partner, the other being the same for all."""
STUDIES = ("smallest",)

RUNS = [
    pytest.param(name, marks=[pytest.mark.slow] * (name not in FAST))
    for name in (*all_experiments(), *STUDIES, "claims")
]


@pytest.fixture(scope="module", params=RUNS)
def run(request, tmp_path_factory):
    """Name and folder of a quick run; four landscapes, as the others give the same columns."""
    name, out = request.param, tmp_path_factory.mktemp("runs") / request.param
    if name in STUDIES:
        file = ROOT / "experiments" / "studies" / f"{name}.toml"
        assert main(["study", str(file), "--workers", "1", "--out", str(out)]) == 0
    elif name == "claims":
        assert main(["claims", "--only", "C30", "--quick", "--out", str(out)]) == 0
    else:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(landscape, "PAIRS", landscape.PAIRS[:4])
            assert main(["run", name, "--quick", "--out", str(out)]) == 0
    return name, out


def record(out):
    return json.loads((out / "run.json").read_text(encoding="utf-8"))


def tables(out):
    """Every table with its codebook."""
    for path in sorted(out.glob("*.csv")):
        if not path.stem.endswith("_codebook"):
            yield pd.read_csv(path), pd.read_csv(contract.book_of(path)), path.name


def test_the_files_are_there_and_listed(run):
    name, out = run
    there = {path.name for path in out.iterdir() if path.is_file()}
    needed = set(contract.FILES) | {"run.json"}
    if name in NOBODY:
        needed -= {"individual.csv", "individual_codebook.csv"}
    assert needed <= there
    assert needed - {"run.json"} <= set(record(out)["files"]) <= there
    assert {"tidy.csv", "cells.csv", "data.nc", "exports"}.isdisjoint(there)


def test_the_record_says_what_is_recorded_or_why_not(run):
    name, out = run
    said = record(out)["recorded"]
    assert list(said) == ["individual.csv", "dyad.csv"]
    for file, words in said.items():
        assert words.startswith("not written: " if not (out / file).exists() else "one row a ")
    assert (said["individual.csv"][:3] == "not") == (name in NOBODY)


def test_columns_are_those_of_the_codebook(run):
    for table, book, name in tables(run[1]):
        assert list(book.columns) == ["name", "meaning", "unit", "range", "missing"], name
        assert list(book["name"]) == list(table.columns), name
        assert book.meaning.str.len().min() > 3, name
        assert list(book.missing) == list(table.isna().sum()), name
        for column, span in zip(book["name"], book.range, strict=True):
            if table[column].dtype.kind in "iuf" and table[column].notna().any():
                low, high = map(float, span.split(" to "))
                assert low == pytest.approx(table[column].min(), rel=1e-8), (name, column)
                assert high == pytest.approx(table[column].max(), rel=1e-8), (name, column)


def test_keys_come_first_and_are_unique(run):
    _, out = run
    wanted = {
        "individual.csv": ["condition", "couple", "person", "role", "time"],
        "dyad.csv": ["condition", "couple", "time"],
        "table.csv": list(answers.COLUMNS),
    }
    for table, _, name in tables(out):
        keys = wanted[name]
        assert list(table.columns[: len(keys)]) == keys
        if name == "individual.csv":
            assert not table.duplicated(["person", "time"]).any()
            assert not table.duplicated(["couple", "role", "time"]).any()
            assert (table.person == table.couple + "-" + table.role).all()
        if name == "dyad.csv":
            assert not table.duplicated(["couple", "time"]).any()
            assert table.groupby("couple").condition.nunique().eq(1).all()


def test_numbers_are_numbers(run):
    name, out = run
    table = answers.read(out / "table.csv")
    for column in answers.NUMERIC:
        assert table[column].dtype.kind in "iuf", column
    assert table.estimate.notna().any() and set(table.shown) <= {0, 1}
    assert not table.duplicated([c for c in table if c not in answers.NUMERIC[1:6]]).any()
    framed = table.low.notna()
    assert (table.interval[framed] != "").all() and (table.interval[~framed] == "").all()
    slack = 1e-6 * (1.0 + table.estimate[framed].abs())
    assert (table.low[framed] <= table.estimate[framed] + slack).all()
    assert (table.estimate[framed] <= table.high[framed] + slack).all()
    assert (table.n[table.sd.notna()] >= 2).all() and (table.sd.dropna() >= 0).all()
    if name not in NOBODY:
        means = table[(table.statistic == "mean") & (table.shown == 1)]
        assert means.sd.notna().mean() > 0.9  # but for the few that one couple has


def test_measures_of_people_are_numbers(run):
    for table, _, name in tables(run[1]):
        if name == "individual.csv":
            measures = table.columns[table.columns.get_loc("time") + 1 :]
            numeric = [c for c in measures if table[c].dtype.kind in "iuf"]
            assert len(numeric) >= 2 and np.isfinite(table[numeric].to_numpy()).any(axis=0).all()


def test_the_printed_table_is_made_from_the_numbers(run):
    _, out = run
    about, table = record(out), answers.read(out / "table.csv")
    layout = Layout.read(about["layout"])
    again = markdown(about["question"], printed(table, layout), [*legend(table), *about["notes"]])
    assert again == (out / "table.md").read_text(encoding="utf-8")
    assert "±" not in again
    for word in ("In brackets: ", "sd: standard deviation between "):
        column = "low" if "brackets" in word else "sd"
        assert (word in again) == bool(table[table.shown == 1][column].notna().any())


def test_the_dataset_has_every_variable_with_a_unit(run):
    _, out = run
    with xr.open_dataset(out / "results.nc", engine="h5netcdf") as data:
        book = pd.read_csv(out / "results_codebook.csv").set_index("name")
        assert set(map(str, data.variables)) == set(book.index)
        assert set(record(out)["variables"]) == set(map(str, data.data_vars))
        assert all("units" in data[name].attrs for name in data.data_vars)


def test_what_we_write_we_read(run):
    name, out = run
    assert name in PAIRED | ALONE | NOBODY
    if name in NOBODY:
        return
    columns = pd.read_csv(out / "individual.csv", nrows=1).columns
    value = columns[-1]
    if name in ALONE:
        with pytest.raises(ValueError, match=r"one partner only|must have two"):
            series.read_series(out / "individual.csv", value=value, missing="keep")
        return
    value = "alarm" if "alarm" in columns else value
    one, two = (
        series.read_series(Path(out, file), value=value, missing="keep")
        for file in ("individual.csv", "dyad.csv")
    )
    assert one.sizes["partner"] == 2 and np.isfinite(one.values).all()
    np.testing.assert_array_equal(one.values, two.values)
