"""Earned security: a measurement that closed forms can check, and that can say no."""

import numpy as np
import pytest

from experiments.questions.earned_security import PEOPLE, SECURE, lived, probed, strike
from sim.analysis.cohorts import Laboratory
from sim.analysis.ruptures import STEP, Reading, Yardstick, earned, halving, yardstick
from sim.world.calendar import daily_life

LIMITS = Yardstick(half_life=2.0, repair=0.9, resources=0.6)
GOOD = Reading(*(np.array([x]) for x in (0.8, 1.5, 1.0, 0.7)))


@pytest.mark.parametrize("time", [0.7, 2.2, 5.0])
def test_the_half_life_of_an_exponential_decay(time):
    minutes = np.arange(80) * STEP
    decay = 0.2 + 0.6 * np.exp(-minutes / time)[None]
    assert halving(decay)[0] == pytest.approx(time * np.log(2.0), abs=0.05)


@pytest.mark.parametrize(
    ("field", "value"),
    [("peak_alarm", 0.3), ("half_life", 2.1), ("repair", 0.8), ("resources", 0.5)],
)
def test_each_part_of_the_measure_can_refuse(field, value):
    assert earned(GOOD, GOOD, LIMITS) == 1.0
    assert earned(GOOD._replace(**{field: np.array([value])}), GOOD, LIMITS) == 0.0


def test_nine_in_ten_secure_people_meet_each_limit():
    random = np.random.default_rng(1)
    people = Reading(*random.uniform(0.1, 0.8, (4, 1000)))
    limits = yardstick(people)
    assert np.mean(people.half_life <= limits.half_life) == pytest.approx(0.9, abs=0.002)
    assert np.mean(people.resources >= limits.resources) == pytest.approx(0.9, abs=0.002)


def test_a_course_keeps_the_days_it_was_given():
    for days in (30, 182, 400):
        nights = (lived("live_correction", days).situation.dt).sum() / 1440.0
        assert days <= nights <= days + 1  # sessions come on top
    assert all(len(strike(name)) > 0 for name in ("life goes on", "three months apart"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_secure_partner_brings_more_people_there_than_their_own_kind(seed):
    room = Laboratory(40, seed)
    limits = yardstick(probed(room, SECURE, SECURE, daily_life(1)))
    shares = {}
    for beside in (SECURE, None):
        found = []
        for who in PEOPLE:
            partner = beside or who
            before = probed(room, who, partner, daily_life(1))
            found.append(earned(probed(room, who, partner, daily_life(182)), before, limits).mean())
        shares[beside] = np.mean(found)
    assert shares[SECURE] > shares[None] + 0.05
    assert earned(before, before, limits).mean() < 0.2
