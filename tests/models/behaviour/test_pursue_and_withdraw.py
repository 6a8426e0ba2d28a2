"""Scanner and withdrawer chase each other; a cut channel ends it."""

from functools import cache

import pytest

from sim.analysis.measures import DEMAND_CUT, LATENCY_CUT, coded, estimate, lagged_influence
from sim.engines.ensemble import simulate
from tests.helpers.behaviour import each_seed, in_contact
from tests.helpers.couples import SHARED

PURSUIT = [
    ("scanner", "withdrawer"), ("scanner", "secure"), ("secure", "withdrawer"), ("secure", "secure")
]  # fmt: skip
COUPLES = 200
long_enough = pytest.mark.parametrize("days", [20, pytest.param(60, marks=pytest.mark.slow)])


@cache
def pursuit(days, seed, ab=1.0, ba=1.0):
    """[(W given D, D given W) for each pair], each one value a couple."""
    pairs = PURSUIT if ab == ba == 1.0 else PURSUIT[:1]
    data = simulate(
        [a for a, _ in pairs], [b for _, b in pairs], days=days, dyads=COUPLES, seed=seed,
        record="trajectory", variables=["sent_demand", "sent_latency"],
        shared=SHARED._replace(channel_ab=ab, channel_ba=ba), conditions=range(len(pairs)),
    )  # fmt: skip
    data = in_contact(data)
    found = []
    for pair in range(len(pairs)):
        demand = data.sent_demand.isel(condition=pair).sel(partner="A").values
        latency = data.sent_latency.isel(condition=pair).sel(partner="B").values
        demands, leaves = coded(demand, DEMAND_CUT), coded(latency, LATENCY_CUT)
        found.append((
            lagged_influence(demands, leaves, latency), lagged_influence(leaves, demands, demand)
        ))  # fmt: skip
    return found


@long_enough
@each_seed
@pytest.mark.parametrize("way", [0, 1], ids=["W given D", "D given W"])
def test_scanner_and_withdrawer_chase_each_other(days, seed, way):
    chase, *others = (pair[way] for pair in pursuit(days, seed))
    here = estimate(chase)
    assert here.low > 0.0 and here.couples == COUPLES, here
    for other in others:  # common random numbers: pairs of differences
        assert estimate(chase - other).low > 0.0


@long_enough
@each_seed
def test_a_cut_channel_ends_the_chase(days, seed):
    whole = [way.mean() for way in pursuit(days, seed)[0]]
    [(unheard_demand, _)] = pursuit(days, seed, ab=0.0)
    [(_, unheard_leaving)] = pursuit(days, seed, ba=0.0)
    cut = estimate(unheard_demand)
    # Closeness, a fact that both know, still carries a trace of what the other does.
    assert cut.low <= 0.0 <= cut.high or abs(cut.mean) < 0.15 * whole[0], (cut, whole)
    assert unheard_leaving.mean() <= 0.5 * whole[1], (unheard_leaving.mean(), whole)
