"""The disorganised freeze with both drives high."""

from functools import cache

import pytest

from models import architecture
from sim.analysis.measures import estimate
from sim.engines.ensemble import simulate
from sim.world.population import Population
from tests.helpers.behaviour import each_seed, in_contact


@cache
def frozen(seed):
    """Means of A over contact: {pair: {variable: one value a couple}}."""
    calm = Population(architecture("disorganized", closeness_fear=0.03))
    pairs = {
        "with secure": ("disorganized", "secure"), "together": ("disorganized", "disorganized"),
        "secure": ("secure", "secure"), "fearless": (calm, "secure"),
    }  # fmt: skip
    data = in_contact(simulate(
        [a for a, _ in pairs.values()], [b for _, b in pairs.values()], days=30, dyads=40,
        seed=seed, record="trajectory", variables=["approach", "avoidance", "freeze"],
    ))  # fmt: skip
    means = data.mean("time").sel(partner="A")
    return {
        pair: {name: means[name].values[row] for name in means.data_vars}
        for row, pair in enumerate(pairs)
    }


@each_seed
@pytest.mark.parametrize("pair", ["with secure", "together"])
def test_the_disorganised_freeze_with_both_drives_high(seed, pair):
    found = frozen(seed)[pair]
    for variable, floor in (("approach", 0.6), ("avoidance", 0.6), ("freeze", 0.5)):
        assert estimate(found[variable]).low > floor, (variable, estimate(found[variable]))


@each_seed
def test_the_secure_do_not_freeze(seed):
    found = frozen(seed)["secure"]
    assert found["freeze"].mean() < 0.05 and found["avoidance"].mean() < 0.3


@each_seed
def test_without_fear_of_closeness_there_is_no_freeze(seed):
    found = frozen(seed)
    assert found["fearless"]["freeze"].mean() < 0.5 * found["with secure"]["freeze"].mean()
