"""The question of history: arms share their past, and what is too short is refused."""

import numpy as np
import pytest

from experiments.gates.lives import pairs
from experiments.questions import history
from experiments.runner.cli import main
from sim.world.calendar import MINUTES_PER_DAY


@pytest.mark.parametrize("arm", history.ARMS)
def test_every_arm_is_as_long_as_asked(arm):
    days = history.calendar(arm, 400).end[-1] / MINUTES_PER_DAY
    hours_of_help = 0.5 if "helped" in arm else 0.0
    assert history.MONTH + days == pytest.approx(400 + hours_of_help, abs=0.01)


def test_arms_are_the_same_until_they_part():
    couples = pairs(["anxious"] * 3, ["avoidant"] * 3, seed=4)
    good, hit, helped = (
        history.lived(couples, arm, 380) for arm in ("good start", "bad month", "helped at once")
    )
    np.testing.assert_array_equal(good[:4], hit[:4])
    assert (good[6] != hit[6]).all()
    np.testing.assert_array_equal(hit[:8], helped[:8])
    assert (hit[10] != helped[10]).all()


def test_a_run_too_short_for_late_help_is_one_line(tmp_path, capsys):
    words = ["run", "history", "--days", "200", "--dyads", "2", "--out", str(tmp_path / "out")]
    assert main(words) == 2
    said = capsys.readouterr().err
    assert "days = 200: must be at least 368" in said and said.count("\n") == 1
