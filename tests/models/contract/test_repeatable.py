"""Every architecture is finite, repeatable and symmetric."""

from functools import cache

import numpy as np
import pytest

from models import SharedParameters, architecture, exchange
from models.initial_state import initial_couple
from models.state import NO_EVENT, VARIABLES, DyadState, PartnerState, RandomNumbers, Situation
from sim.engines.ensemble import simulate
from sim.world.calendar import conversation, daily_life
from tests.helpers.architectures import NAMES, base, each_architecture, each_seed, short
from tests.helpers.compare import check_same
from tests.helpers.couples import addressed, run_couples
from tests.helpers.people import anybody, rows


@cache
def month(seed):
    """A month of every architecture with every one of three others, all states at every step."""
    a = [name for name in NAMES for _ in range(3)]
    b = ["secure", "withdrawer", "disorganized"] * len(NAMES)
    return simulate(a, b, days=30, dyads=2, seed=seed, record="daily", variables="all")


@each_architecture
@each_seed
def test_a_month_is_finite_and_in_range(name, seed):
    first = 3 * NAMES.index(name)
    data = month(seed).isel(condition=slice(first, first + 3))
    rules = {**VARIABLES[PartnerState], **VARIABLES[DyadState]}
    for variable in data.data_vars:
        values = data[variable].values
        assert np.isfinite(values).all(), variable
        limits = rules[variable].range if variable in rules else None
        low, high = limits or (None, None)
        assert low is None or values.min() >= low, variable
        assert high is None or values.max() <= high, variable


@each_architecture
@each_seed
def test_the_same_seed_repeats_bit_for_bit(name, seed):
    one = base(name, seed)
    check_same(one, short(name, seed))
    other = short(name, seed + 1000)
    assert (one.alarm.values != other.alarm.values).any()


def swapped_shared(shared):
    return shared._replace(channel_ab=shared.channel_ba, channel_ba=shared.channel_ab)


@each_architecture
@each_seed
def test_an_exchange_mirrors_exactly(name, seed):
    """With swapped partners, events and random numbers every number is the same, at any state."""
    random_ = np.random.default_rng(seed)
    a, b = rows(*[architecture(name)] * 50), anybody(50, seed)
    shared = SharedParameters(channel_ab=0.3)
    here = Situation(10.0, 1.0, 1.0, 0.75, 1.0, 1.0)
    fight = NO_EVENT._replace(grievance=1.0, conflict=0.7)
    strain = NO_EVENT._replace(stressor=1.5, delay=2.0, conflict=0.7)
    one, two = initial_couple(a, b), initial_couple(b, a)
    for _ in range(30):
        random_numbers_a, random_numbers_b = (
            RandomNumbers(*random_.normal(size=(4, 50))) for _ in "ab"
        )
        x = exchange(one, a, b, here, fight, strain, random_numbers_a, random_numbers_b, shared)
        y = exchange(
            two,
            b,
            a,
            here,
            strain,
            fight,
            random_numbers_b,
            random_numbers_a,
            swapped_shared(shared),
        )
        one, two = x.couple, y.couple
        mirrored = (y.couple.b, y.couple.a, y.couple.dyad, y.sent_b, y.sent_a, y.heard_b, y.heard_a)
        straight = (x.couple.a, x.couple.b, x.couple.dyad, x.sent_a, x.sent_b, x.heard_a, x.heard_b)
        for part, image in zip(straight, mirrored, strict=True):
            for field, value in part._asdict().items():
                np.testing.assert_array_equal(value, getattr(image, field), err_msg=field)
    assert (one.a.alarm != one.b.alarm).all()


@each_architecture
@each_seed
def test_swapping_partners_mirrors_a_run(name, seed):
    given = dict(dyads=3, seed=seed, record="trajectory", variables="all", conditions=["x"])
    talk = daily_life(1).with_event(0.3, "A", stressor=2.0)
    klat = daily_life(1).with_event(0.3, "B", stressor=2.0)
    one = simulate(
        name, "scanner", calendar=talk + conversation(3.0, owner="B"),
        shared=SharedParameters(channel_ab=0.5), **given,
    )  # fmt: skip
    two = simulate(
        "scanner", name, calendar=klat + conversation(3.0, owner="A"),
        shared=SharedParameters(channel_ba=0.5), streams=("B", "A"), **given,
    )  # fmt: skip
    mirror = two.isel(partner=[1, 0]).assign_coords(partner=["A", "B"])
    check_same(one, mirror)
    with pytest.raises(AssertionError):
        check_same(one, two)  # and it is no trivial mirror: the partners differ


def test_addressed_luck_is_that_of_simulate():
    """The runner of these tests and ``simulate`` give the same run; rounding may differ."""
    a, b = rows(*[architecture("scanner")] * 2), rows(*[architecture("withdrawer")] * 2)
    end = run_couples(a, b, daily_life(2), random_numbers=addressed(4, 2), see=lambda *_: None)
    data = simulate(
        architecture("scanner"), architecture("withdrawer"), days=2, dyads=2, seed=4,
        record="trajectory", variables=["alarm"],
    )  # fmt: skip
    found = data.alarm.isel(condition=0, partner=0, time=-1)
    np.testing.assert_allclose(found, end.a.alarm, rtol=1e-12)
