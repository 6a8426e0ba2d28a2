"""Speed of both cores at the steps that each needs."""

import numpy as np
import pytest

from experiments.gates import speed
from sim.world.calendar import daily_life


def test_the_worst_shift_is_in_standard_deviations_between_couples():
    x = np.array([-1.0, 1.0, -1.0, 1.0])
    one = {"alarm": np.stack([x, 2.0 * x], 1), "closeness": x}
    other = {"alarm": np.stack([x + 0.1, 2.0 * x + 0.6], 1), "closeness": x - 0.25}
    assert speed.worst(one, other) == (pytest.approx(0.3), "alarm")


def test_steps_are_halved_until_halving_moves_nothing(monkeypatch):
    """A core that is a tenth of its step away from the truth needs steps of at most 2 min."""

    def levels(core, calendar, couples):
        step = calendar.situation.dt[0]
        return {"alarm": np.array([-1.0, 1.0]) + 0.2 * step}

    monkeypatch.setattr(speed, "levels", levels)
    calendar, (shift, of), good = speed.sufficient("first", 1, 2)
    assert calendar.situation.dt[0] == 1.25 and good
    assert (shift, of) == (pytest.approx(0.125), "alarm")
    monkeypatch.setattr(speed, "MOST_HALVINGS", 1)
    assert not speed.sufficient("first", 1, 2)[2]


def test_both_cores_are_timed_and_the_ratio_is_of_paired_rounds(monkeypatch):
    taken = iter([2.0, 1.0, 4.0, 1.0])
    monkeypatch.setattr(speed, "seconds", lambda *_: next(taken))
    monkeypatch.setattr(
        speed, "sufficient", lambda core, days, couples: (daily_life(days), (0.1, "x"), True)
    )
    found = speed.measured(days=2, couples=10, rounds=2)
    assert [one.rates for one in found] == [[10.0, 5.0], [20.0, 20.0]]
    assert [one.steps_a_day for one in found] == [21.0, 51.0]
    assert speed.lines(found)[-1] == "second over first: 3.00, must be at least 1"


@pytest.mark.slow
def test_it_runs_on_both_cores(capsys):
    speed.main(["--days", "2", "--couples", "6"])
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said] == ["first", "second", "second"]
