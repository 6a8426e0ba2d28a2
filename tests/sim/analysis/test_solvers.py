"""Independent solvers agree; a poor one is seen to be poor."""

import numpy as np
import pytest

from models.classics import CLASSICS, find
from tests.helpers.classics import last, vector

FLOWS = [name for name, model in CLASSICS.items() if model.kind == "flow"]


def span(name):
    """Long enough to see the model move, short enough where errors grow (chaos, a saddle)."""
    return {"sprott_triangle": 10.0, "rey_effort": 3.0}.get(name, 10.0)


@pytest.mark.parametrize("other", ["LSODA", "Radau"])
@pytest.mark.parametrize("name", FLOWS)
def test_two_independent_solvers_agree(name, other):
    first = last(name, span(name))
    second = last(name, span(name), method=other, rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(second, first, rtol=1e-5, atol=1e-6)


def test_two_solvers_agree_on_a_delay():
    first = last("liebovitch_delay", 6.0)
    second = last("liebovitch_delay", 6.0, method="Radau", rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(second, first, atol=1e-6)


def euler(model, step, steps):
    y, rate = np.array(model.start, float), vector(model)
    for _ in range(steps):
        y = y + step * rate(y)
    return y


def test_explicit_euler_gains_energy_where_none_is():
    """Its error is known: each step multiplies the energy by 1 + step^2."""
    y = euler(find("strogatz"), 0.1, 200)
    assert y @ y == pytest.approx((1 + 0.1**2) ** 200) and y @ y > 7
    assert (last("strogatz", 20.0) ** 2).sum() == pytest.approx(1.0, abs=1e-9)


def test_explicit_euler_explodes_where_laura_forgets_faster_than_it_steps():
    with np.errstate(all="ignore"):
        assert not np.abs(euler(find("laura_petrarch"), 0.6, 60)).max() < 1e3
    assert np.abs(last("laura_petrarch", 36.0)).max() < 15
