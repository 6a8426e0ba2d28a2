"""Anybody with anybody stays finite, in range and off the bounds."""

from functools import cache

import numpy as np
import pytest

from models import PARAMETERS, PartnerParameters
from sim.world.calendar import conversation, daily_life
from tests.helpers.behaviour import each_seed
from tests.helpers.couples import addressed, run_couples
from tests.helpers.people import anybody
from tests.helpers.watch import Watch

MOST = 0.01


@cache
def strangers(couples, days, seed):
    """Couples drawn over the full declared ranges, watched at every step."""
    watch = Watch()
    run_couples(
        anybody(couples, seed), anybody(couples, seed + 100), daily_life(days),
        random_numbers=addressed(seed, couples), see=watch,
    )  # fmt: skip
    return watch


how_many = pytest.mark.parametrize(
    ("couples", "days", "seed"),
    [
        (100, 20, 1),
        pytest.param(100, 60, 1, marks=pytest.mark.slow),
        pytest.param(100, 60, 2, marks=pytest.mark.slow),
        pytest.param(1000, 365, 1, marks=pytest.mark.slow),
    ],
)


@how_many
def test_anybody_with_anybody_stays_finite_and_in_range(couples, days, seed):
    assert not strangers(couples, days, seed).faults


@how_many
def test_no_state_of_any_couple_rests_on_a_bound(couples, days, seed):
    """The strict reading: in no couple more than 1 % of the time within 1e-6 of a bound."""
    share = strangers(couples, days, seed).share()
    assert not {name: round(time, 4) for name, time in share.items() if time > MOST}


@how_many
def test_no_state_rests_on_a_bound(couples, days, seed):
    """The lenient reading: over all couples together."""
    share = strangers(couples, days, seed).pooled()
    assert not {name: round(time, 4) for name, time in share.items() if time > MOST}


def corners(count, seed):
    """People in whom every parameter is at an end of its range; the first two all low, all high."""
    low, high = np.array([rule.range for rule in PARAMETERS[PartnerParameters].values()]).T
    pick = np.random.default_rng(seed).integers(0, 2, (count, len(low)))
    pick[0], pick[1] = 0, 1
    return PartnerParameters(*np.where(pick, high, low).T)


@each_seed
def test_extreme_people_stay_finite_and_in_range(seed):
    a, b = corners(200, seed), corners(200, seed + 50)
    order = np.random.default_rng(seed).permutation(200)
    b = PartnerParameters(*(np.concatenate([f[:2], f[order][2:]]) for f in b))
    watch = Watch()
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        run_couples(
            a, b, daily_life(7) + conversation(15.0), random_numbers=addressed(seed, 200), see=watch
        )
    assert not watch.faults
