"""Simulated series go through the same tools."""

import pytest

import sim
from sim import series as dyadic
from sim.world.calendar import conversation


def test_a_simulated_talk_goes_through_the_same_tools():
    talk = sim.simulate(
        "secure", "secure", calendar=conversation(10, 2.0, heat=0.2), dyads=12,
        seed=1, record="trajectory", variables=["affect", "sent_warmth"],
    )  # fmt: skip
    series = dyadic.of_simulation(talk, "affect")
    fit = dyadic.inertia_coordination(series)
    inert, coord = float(fit.inertia.mean()), float(fit.coordination.mean())
    assert 0.5 < inert < 1.0 and abs(coord) < 0.3 * inert
    null = dyadic.surrogate_null(series, dyadic.correlation_curve(30, 5, step=15), draws=19)
    assert null.p.shape == (11,)
    with pytest.raises(ValueError, match="no variable 'afect': did you mean 'affect'"):
        dyadic.of_simulation(talk, "afect")


def test_uneven_simulated_series_are_refused():
    life = sim.simulate("secure", "secure", days=2, seed=1, record="trajectory")
    with pytest.raises(ValueError, match="must be even in time"):
        dyadic.of_simulation(life, "affect")
