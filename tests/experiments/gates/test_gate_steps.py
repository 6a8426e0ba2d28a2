"""Gates asked again in time steps of half the length."""

import numpy as np
import pytest

from experiments.gates import lives
from experiments.gates.bands import BANDS
from experiments.gates.calendars import meeting
from experiments.gates.measured import g1
from sim.world.calendar import daily_life


def couples():
    return lives.pairs(["anxious"] * 3, ["secure"] * 3, seed=4)


def test_halved_steps_keep_the_shape_and_take_twice_the_steps():
    whole, half = couples(), couples()
    once = whole.live(meeting(10.0, 2.5), ["alarm"], "trajectory")["alarm"]
    with lives.steps_halved():
        twice = half.live(meeting(10.0, 2.5), ["alarm"], "trajectory")["alarm"]
    assert once.shape == twice.shape == (4, 2, 3)
    assert half.now.attrs["elapsed"] == 2 * whole.now.attrs["elapsed"] == 8
    np.testing.assert_allclose(half.state("age"), whole.state("age"))
    assert (once != twice).any()


def test_what_is_recorded_by_the_day_keeps_its_days():
    with lives.steps_halved():
        found = couples().live(daily_life(2), ["alarm"])["alarm"]
    assert found.shape == (2, 2, 3)


def test_steps_are_whole_again_afterwards_even_after_a_fault():
    with pytest.raises(RuntimeError), lives.steps_halved():
        raise RuntimeError
    again = couples()
    again.live(meeting(10.0, 2.5), ["alarm"])
    assert again.now.attrs["elapsed"] == 4


def test_a_verdict_that_hangs_on_the_steps_is_counted(monkeypatch):
    """Two rows leave their bands when steps are halved; one moves within its band."""
    inside = {b.key: 0.5 * (b.low + min(b.high, b.low + 1.0)) for b in BANDS if b.gate == "G8"}
    moved = inside | {"alarm": 1.9, "returned": 0.1, "silence": 9.0}

    def measure(_):
        return moved if lives._HALVED.get() else inside

    monkeypatch.setattr(g1.g8, "measure", measure)
    assert g1.flipped(None) == 2
