"""One suite over the table of architectures, so that a new one gets it unasked."""

from functools import cache

import pytest

from models import ARCHITECTURES
from sim.engines.ensemble import simulate
from sim.world.calendar import conversation, daily_life
from tests.helpers.seeds import SEEDS

NAMES = tuple(ARCHITECTURES)
SHORT = daily_life(1) + conversation(1.0)
each_architecture = pytest.mark.parametrize("name", NAMES)
each_seed = pytest.mark.parametrize("seed", SEEDS)


def short(name, seed, **options):
    """A day and a talk of one architecture with a withdrawer, every time step, all states."""
    given = dict(calendar=SHORT, dyads=3, record="trajectory", variables="all", seed=seed)
    return simulate(name, "withdrawer", **{**given, **options})


@cache
def base(name, seed):
    """``short``, once for all tests that compare another run with it."""
    return short(name, seed)
