"""Rows of the answer: what an estimate, its interval and its spread are."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from experiments.runner import answers
from sim.analysis.measures import estimate

VALUES = np.array([0.2, 0.4, 0.9, np.nan])


def test_a_mean_has_its_bootstrap_interval_and_the_spread_of_couples():
    row = answers.mean("one", "x", VALUES, unit="min", meaning="a measure")
    found = estimate(VALUES)
    assert (row["estimate"], row["low"], row["high"]) == (found.mean, found.low, found.high)
    assert row["n"] == 3 and row["sd"] == pytest.approx(np.std([0.2, 0.4, 0.9], ddof=1))
    assert row["interval"] == "95 % percentile bootstrap over couples"
    assert row["over"] == "couples" and row["unit"] == "min" and row["statistic"] == "mean"


def test_one_couple_has_no_interval_and_no_spread():
    row = answers.mean("one", "x", [0.5])
    assert row["estimate"] == 0.5 and row["n"] == 1 and row["interval"] == ""
    assert np.isnan([row["low"], row["high"], row["sd"]]).all()


def test_nothing_known_is_nan():
    row = answers.mean("one", "x", [np.nan])
    assert np.isnan(row["estimate"]) and row["n"] == 0
    assert np.isnan(answers.share("one", "x", [])["estimate"])


def test_a_share_has_wilsons_interval_also_where_nobody_was():
    row = answers.share("one", "x", [0.0] * 10 + [np.nan], over="people")
    assert (row["estimate"], row["low"], row["n"], row["over"]) == (0.0, 0.0, 10, "people")
    assert row["high"] == pytest.approx(0.2775, abs=1e-4)  # Wilson, 0 of 10
    assert row["interval"] == "95 % Wilson score" and np.isnan(row["sd"])


def test_a_course_is_the_band_of_a_figure():
    values = np.random.default_rng(1).random((50, 3))
    data = xr.DataArray(values, {"time": [1.0, 2.0, 3.0]}, ("dyad", "time"), attrs={"units": "1"})
    rows = answers.course("one", "x", data, role="A")
    assert [row["time"] for row in rows] == [1.0, 2.0, 3.0]
    for number, row in enumerate(rows):
        ends = np.quantile(values[:, number], [0.1, 0.5, 0.9])
        assert [row["low"], row["estimate"], row["high"]] == pytest.approx(ends)
        assert row["shown"] == 0 and row["interval"] == "middle 80 % of couples"
        assert row["role"] == "A" and row["n"] == 50


def test_the_table_has_every_column_and_then_its_own():
    rows = [answers.row("one", "x", 1, unit="1"), answers.row("two", "x", 2, who="A")]
    table = answers.table(rows)
    assert list(table.columns) == [*answers.COLUMNS, "who"]
    assert (table.unit == "").all() and list(table.estimate) == [1.0, 2.0]
    answers.check(table, {"who": ("whose", "")})


def test_it_reads_back_as_it_was(tmp_path):
    from experiments.runner.table_file import write_table

    table = answers.table([answers.mean("one", "x", VALUES, role="A"), answers.row("none", "y", 3)])
    write_table(table, tmp_path / "table.csv")
    pd.testing.assert_frame_equal(answers.read(tmp_path / "table.csv"), table, rtol=1e-8)


@pytest.mark.parametrize("column", ["estimate", "low", "n", "sd"])
def test_texts_in_place_of_numbers_are_refused(column):
    table = answers.table([answers.row("one", "x", 1)])
    table[column] = "0.31 [0.28, 0.34]"
    with pytest.raises(TypeError, match=f"table column '{column}': must hold numbers"):
        answers.check(table, {})
