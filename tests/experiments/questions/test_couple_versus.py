"""``couple --vs``: arms differ in one thing alone, and are compared pair by pair."""

import json
import shlex
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from experiments.questions.couple import differences, last_quarter, run
from experiments.runner import answers, completion
from experiments.runner.cli import main
from experiments.runner.configuration import configure
from experiments.runner.provenance import command
from models.architectures import ARCHITECTURES

VS = ("b=secure", "a.vagal_tone=0.8")
SMALL = {"dyads": 6, "days": 4, "quick": True}


def outcome(vs=VS, **given):
    """What the question answers about a scanner and a withdrawer."""
    return run(configure("couple", vs=vs, **(SMALL | {"b": "withdrawer"} | given)), lambda *_: None)


@pytest.fixture(scope="module")
def compared():
    return outcome()


def test_each_arm_is_the_couple_that_it_would_be_alone(compared):
    alone = {
        "scanner-withdrawer": outcome(vs=()),
        "b=secure": outcome(vs=(), b="secure"),
        "a.vagal_tone=0.8": run(
            configure("couple", ["a.vagal_tone=0.8"], b="withdrawer", **SMALL), lambda *_: None
        ),
    }
    assert list(compared.dataset.condition.values) == list(alone)
    for name, one in alone.items():
        for variable, values in one.dataset.data_vars.items():
            arm = compared.dataset[variable].sel(condition=name)
            np.testing.assert_array_equal(arm.values, values.values[0], err_msg=name)


def test_a_difference_is_taken_couple_by_couple(compared):
    life = compared.dataset[[v for v in compared.dataset if not v.startswith("difference_")]]
    late = last_quarter(life)
    for arm in VS:
        expected = late.closeness.sel(condition=arm) - late.closeness.isel(condition=0)
        found = compared.dataset.difference_closeness.sel(arm=arm)
        np.testing.assert_array_equal(found.values, expected.values)
        rows = compared.table.query(f"statistic == 'difference' and condition == '{arm}'")
        row = rows[rows.quantity == "closeness"].iloc[0]
        assert row.estimate == pytest.approx(float(expected.mean()), rel=1e-12)
        assert row.n == SMALL["dyads"] and row.low <= row.estimate <= row.high
        assert "pairs of couples" in row.interval


def test_common_random_numbers_make_the_interval_narrow(compared):
    rows = compared.table[compared.table.quantity == "closeness"]
    arm = rows[rows.condition == "a.vagal_tone=0.8"].set_index("statistic")
    alone, paired = arm.loc["mean"], arm.loc["difference"]
    assert paired.high - paired.low < 0.7 * (alone.high - alone.low)


def test_what_changes_nothing_differs_in_nothing():
    life = outcome(vs=()).dataset
    twice = xr.concat([life, life.assign_coords(condition=["same"])], "condition")
    changed = differences(twice)
    assert all((changed[name] == 0.0).all() for name in changed)


def test_table_figure_and_results_have_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = "run couple --quick --dyads 4 --days 3 --vs b=withdrawer --vs a.vagal_tone=.80"
    assert main([*words.split(), "--out", "one"]) == 0
    assert Path("one/couple_compared.png").exists() and Path("one/couple.png").exists()
    table = answers.read(Path("one/table.csv"))
    assert set(table[table.statistic == "difference"].condition) == {
        "b=withdrawer",
        "a.vagal_tone=0.8",
    }
    with xr.open_dataset("one/results.nc") as data:
        assert data.difference_alarm.dims == ("arm", "dyad", "partner")
        assert "difference from the first couple" in data.difference_alarm.long_name
    again = shlex.split(json.loads(Path("one/run.json").read_text())["command"])[3:]
    assert main([*again, "--out", "two"]) == 0
    assert Path("one/results.nc").read_bytes() == Path("two/results.nc").read_bytes()


def test_without_arms_nothing_is_said_of_them():
    plain = configure("couple")
    assert "vs" not in plain.parameters() and "--vs" not in command(plain)
    assert "couple_compared" not in outcome(vs=()).figures


FAULTS = {
    "b=secur": "--vs b = secur: no architecture 'secur': did you mean 'secure'?",
    "vagal_tone=1": "--vs vagal_tone=1: must read a=WHO, b=WHO or a.PARAMETER=VALUE (or b.)",
    "c=secure": "--vs c=secure: must read a=WHO, b=WHO or a.PARAMETER=VALUE (or b.)",
    "a=": "--vs a=: must read a=WHO, b=WHO or a.PARAMETER=VALUE (or b.)",
    "a.vagal_tne=1": "--vs a.vagal_tne = 1: no parameter 'vagal_tne': did you mean 'vagal_tone'?",
    "a.vagal_tone=7": "--vs a.vagal_tone = 7: must be in [",
    "a.vagal_tone=x": "--vs a.vagal_tone = x: must be a number",
    "a.vagal_tone=nan": "--vs a.vagal_tone = nan: must be a number in [",
    "b=secure": "--vs b=secure: changes nothing in this couple",
    "a=merger --vs a=merger": "--vs a=merger: must be given once",
    "a.warmth=.5 --vs a.warmth=0.50": "--vs a.warmth=0.5: must be given once",
}


@pytest.mark.parametrize("words", FAULTS)
def test_a_bad_key_is_one_line_and_leaves_nothing(words, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["run", "couple", "--quick", "--vs", *words.split()]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and err.startswith(FAULTS[words])
    assert not list(tmp_path.iterdir())


def test_a_question_that_chooses_its_couples_takes_none(capsys):
    assert main(["landscape", "--vs", "b=secure"]) == 2
    assert capsys.readouterr().err.startswith("--vs b=secure: 'landscape' chooses its couples")


def test_a_shell_completes_arms():
    assert [word for word, _ in completion.arms("b=")] == [f"b={name}" for name in ARCHITECTURES]
    words = [word for word, _ in completion.arms("a")]
    assert words[0] == "a=" and "a.vagal_tone=" in words
