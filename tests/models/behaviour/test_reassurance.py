"""In the reassurance dependent, relief per dose falls."""

from functools import cache

import numpy as np
import pytest

from models import Signal, architecture
from models.circuits import striatum
from models.initial_state import initial_state
from sim.world.calendar import daily_life
from tests.helpers.behaviour import each_seed
from tests.helpers.couples import SHARED, SILENT, live
from tests.helpers.people import rows

DOSE = Signal(
    warmth=0.3, contact=0.0, reassurance=0.9, demand=0.0, latency=1.0, clarity=0.9, mirroring=0.3
)
PLAIN = DOSE._replace(warmth=0.15, reassurance=0.0, mirroring=0.15)


TAKERS = ("reassurance_dependent", "secure")


@cache
def dosed(seed, on):
    """60 daily doses: relief felt, and share of craving that each takes: (days, takers)."""
    shared = SHARED._replace(reward_tolerance_on=on)
    calendar = daily_life(60)
    evening = set(np.flatnonzero(calendar.kind == "exchange")[9::10].tolist())
    people = rows(*(architecture(name) for name in TAKERS for _ in range(20)))
    relief, taken = [], []

    def see(step, observed):
        if step in evening:
            felt = striatum.relief(observed.before, striatum.reward(observed.heard))
            relief.append(felt.reshape(2, -1).mean(1))
            before = striatum.craving(observed.before, shared)
            share = 1.0 - striatum.craving(observed.after, shared) / before
            taken.append(share.reshape(2, -1).mean(1))

    live(
        people, calendar, lambda step, situation: DOSE if step in evening else PLAIN,
        shared=shared, seed=seed, see=see,
    )  # fmt: skip
    return np.array(relief), np.array(taken)


def doses(name, seed, on=1.0):
    """Both measures of 60 daily doses in one of ``TAKERS``."""
    return [found[:, TAKERS.index(name)] for found in dosed(seed, on)]


@each_seed
@pytest.mark.parametrize("measure", [0, 1], ids=["relief", "share of craving taken"])
def test_relief_per_dose_falls_in_the_reassurance_dependent(seed, measure):
    found = doses("reassurance_dependent", seed)[measure]
    fall = 1.0 - found[-7:].mean() / found[0]
    assert fall > 0.2, fall
    weekly = found[:56].reshape(8, 7).mean(1)
    # It falls for weeks and then stays: what tolerance has taken does not come back.
    assert (np.diff(weekly)[:5] < 0.0).all() and (np.diff(weekly) < 0.002).all(), weekly
    secure = doses("secure", seed)[measure]
    assert fall > 2.0 * (1.0 - secure[-7:].mean() / secure[0])


@each_seed
@pytest.mark.parametrize("measure", [0, 1], ids=["relief", "share of craving taken"])
def test_without_tolerance_relief_does_not_fall(seed, measure):
    on = doses("reassurance_dependent", seed)[measure]
    off = doses("reassurance_dependent", seed, on=0.0)[measure]
    assert 1.0 - off[-7:].mean() / off[0] < 0.1 * (1.0 - on[-7:].mean() / on[0])


@each_seed
def test_tolerance_is_lost_in_abstinence(seed):
    people = rows(*[architecture("reassurance_dependent")] * 5)
    start = initial_state(people)._replace(tolerance=np.full(5, 0.6))
    end = live(people, daily_life(60), lambda *_: SILENT, seed=seed, start=start)
    assert (end.tolerance < 0.3).all()
