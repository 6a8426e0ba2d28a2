"""Cycles have their published periods; where there is none, it says why."""

import numpy as np
import pytest

from models.classics import CLASSICS
from sim import landscape as land
from tests.helpers.systems import flow, normal_form


def test_laura_and_petrarch_cycle_in_their_published_period():
    system = land.of_classic(CLASSICS["laura_petrarch"])
    cycle = land.limit_cycle(system, np.zeros(3), transient=40.0, longest=20.0)
    assert cycle.found and cycle.stable and not cycle.censored
    assert cycle.period == pytest.approx(3.78942635, abs=5e-9)


def test_van_der_pol():
    van_der_pol = flow(lambda x, y: (y, (1.0 - x * x) * y - x), (-3, 3), (-3, 3))
    cycle = land.limit_cycle(van_der_pol, [0.1, 0.1], 60.0, 20.0)
    assert cycle.period == pytest.approx(6.6632868593, abs=2e-9)  # series and numerics in books
    assert cycle.highest[0] == pytest.approx(2.00861986, abs=1e-4)


def test_the_cycle_of_the_normal_form_with_its_multiplier():
    cycle = land.limit_cycle(normal_form(0.25), [0.1, 0.1], 60.0, 20.0)
    assert cycle.period == pytest.approx(2.0 * np.pi, abs=1e-8)
    assert min(np.abs(cycle.multipliers)) == pytest.approx(np.exp(-np.pi), rel=1e-4)
    small = land.limit_cycle(normal_form(0.25).within(x=(-0.4, 0.4)), [0.1, 0.1], 60.0, 20.0)
    assert small.censored and small.word == "leaves the box"


@pytest.mark.parametrize(
    ("system", "word"),
    [
        (normal_form(-0.25), "settles at an equilibrium"),
        (flow(lambda x, y: (x, y), (-1, 1), (-1, 1)), "diverges"),
        (flow(lambda x, y: (0.01 + 0 * x, 0 * y), (-9, 9), (-9, 9)), "does not return"),
    ],
)
def test_where_there_is_no_cycle_it_says_why(system, word):
    cycle = land.limit_cycle(system, [0.1, 0.1], 80.0, 20.0)
    assert not cycle.found and word in cycle.word and np.isnan(cycle.period)
