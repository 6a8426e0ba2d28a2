"""In a talk one's own inertia dominates."""

import numpy as np
import pytest

from sim.engines.ensemble import simulate
from sim.world.calendar import conversation
from tests.helpers.behaviour import each_seed


def detrended(series):
    """Linear trend taken out of each row."""
    time = np.arange(series.shape[-1])
    return np.array([row - np.polyval(np.polyfit(time, row, 1), time) for row in series])


def inertia_and_coordination(own, partner):
    """Two-predictor regression a couple: affect on one's own and the partner's at lag 1."""
    found = []
    for x, y in zip(detrended(own), detrended(partner), strict=True):
        found.append(np.linalg.lstsq(np.column_stack([x[:-1], y[:-1]]), x[1:], rcond=None)[0])
    return np.array(found)


@each_seed
@pytest.mark.parametrize("pair", [("secure", "secure"), ("scanner", "withdrawer")])
@pytest.mark.parametrize("who", [0, 1], ids="AB")
def test_own_inertia_dominates_in_a_talk(seed, pair, who):
    data = simulate(
        *pair, calendar=conversation(15.0, 2.0), dyads=60, seed=seed, record="trajectory",
        variables=["affect"],
    )  # fmt: skip
    affect = data.affect.values[0]
    inertia, coordination = inertia_and_coordination(affect[:, who], affect[:, 1 - who]).T
    assert 0.85 <= inertia.mean() <= 0.95, inertia.mean()
    assert -0.005 <= coordination.mean() <= 0.06, coordination.mean()
