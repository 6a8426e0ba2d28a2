"""The gates as a command: bands, rows, files, and what is refused."""

import json
from importlib import import_module

import numpy as np
import pandas as pd
import pytest

from experiments.gates.bands import BANDS
from experiments.gates.cohort import Cohort, Size
from experiments.gates.command import Asked
from experiments.gates.figure import EDGE, scaled
from experiments.gates.lives import pairs
from experiments.gates.measuring import GATES, Row, measured
from experiments.gates.tables import plain, sentence
from experiments.runner.cli import main
from models.second.parameters import SharedParameters
from sim.world.calendar import daily_life

TINY = Size(cohort=14, pair=6, history=6)


def row(*values, key="partners"):
    return Row(next(band for band in BANDS if band.key == key), list(values))


def test_bands_are_named_once_and_are_intervals():
    names = [band.id for band in BANDS]
    assert len(set(names)) == len(names)
    assert all(band.low < band.high and band.source and band.title for band in BANDS)


def test_a_row_is_judged_by_its_mean_and_nan_never_passes():
    assert row(0.2, 0.5, 0.5).passes and not row(0.1, 0.3, 0.3).passes
    assert not row(0.5, np.nan, 0.5).passes
    low, high = row(0.4, 0.5, 0.6).interval
    assert (low, high) == pytest.approx((0.5 - 0.2484, 0.5 + 0.2484), abs=1e-3)
    assert plain(row(0.5, np.nan))["mean"] is None
    assert sentence([row(0.5), row(0.9)]) == "1 of 2 rows in band; missed: G3.partners."


def test_the_figure_scales_to_the_band():
    one = row(0.5)
    assert scaled(one, 0.3) == pytest.approx(-1.0) and scaled(one, 0.7) == pytest.approx(1.0)
    assert scaled(one, 9.0) == EDGE and np.isnan(scaled(one, np.nan))


def test_every_gate_measures_its_rows_and_no_others():
    for gate in GATES:
        assert import_module(f"experiments.gates.measured.{gate.lower()}").measure.__doc__


@pytest.mark.slow
def test_each_gate_gives_a_number_for_each_of_its_bands():
    rows = measured(GATES, [5], TINY)
    assert [one.band for one in rows] == list(BANDS)
    assert not [one.band.id for one in rows if not np.isfinite(one.mean) and one.band.gate != "G9"]


@pytest.mark.slow
def test_without_its_mechanism_a_row_falls():
    """The gates can fail: without an old cause the ambiguous message is read alike by all."""
    size = Size(60, 60, 6)
    whole, without = (
        {r.band.key: r for r in measured(["G2"], [5], size, shared=shared)}
        for shared in (SharedParameters(), SharedParameters(old_cause_on=0.0))
    )
    assert whole["ambiguous_anxious"].passes and not without["ambiguous_anxious"].passes


def test_couples_go_on_in_arms_and_parts():
    couples = pairs(["anxious"] * 4, ["secure"] * 4, seed=2)
    couples.live(daily_life(1), ["alarm"])
    same, other = (couples.copy(luck).live(daily_life(1), ["alarm"]) for luck in (0, 3))
    again = couples.copy().live(daily_life(1), ["alarm"])
    np.testing.assert_array_equal(same["alarm"], again["alarm"])
    assert (same["alarm"] != other["alarm"]).any()
    some = couples.some([2, 0]).live(daily_life(1), ["alarm"])
    np.testing.assert_array_equal(some["alarm"], again["alarm"][..., [2, 0]])
    assert (couples.put(closeness=0.9).state("closeness") == 0.9).all()


def test_who_parts_leaves_the_cohort():
    cohort = Cohort(3, TINY)
    assert set(cohort.together) == set(np.flatnonzero(cohort.parted > 360))
    assert cohort.traits().shape == (15, 2, len(cohort.together))
    assert (np.diff(cohort.days["hazard"], axis=0) >= 0.0).all()


def test_the_files_say_what_was_measured(tmp_path):
    out, file = tmp_path / "gates", tmp_path / "gates.json"
    words = ["gates", "--only", "G11", "--quick", "--out", str(out), "--json", str(file)]
    assert main(words) == 0
    rows = json.loads(file.read_text())
    assert [one["id"] for one in rows] == ["G11.personal", "G11.shared", "G11.states"]
    assert all(one["passes"] for one in rows)
    table = pd.read_csv(out / "table.csv")
    assert table["estimate"].tolist() == [one["mean"] for one in rows]
    assert {"results.nc", "run.json", "gates.png", "table.md"} <= {p.name for p in out.iterdir()}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--only", "G99"], "no gate 'G99'"),
        (["--seeds", "1,1"], "must differ"),
        (["--seeds", "1.5"], "whole numbers"),
        (["--quick", "--write-docs"], "--write-docs: needs all gates"),
    ],
)
def test_what_cannot_be_meant_is_one_line(words, says, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["gates", *words]) == 2
    said = capsys.readouterr().err
    assert says in said and said.count("\n") == 1 and not list(tmp_path.iterdir())


def test_gates_are_chosen_in_their_order():
    asked = Asked("g5, G1", False, None, None, None, False, False)
    assert asked.gates == ["G1", "G5"] and asked.numbers == [11, 12, 13, 21, 22, 23]
