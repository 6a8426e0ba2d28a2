"""Inertia, oscillators, schemas and attachment come out as printed."""

from math import cos, pi, sin, sqrt

import numpy as np
import pytest
from scipy.optimize import brentq

from models.classics import coupled_oscillator as oscillator
from models.classics import find
from models.classics import fraley_stability as fraley
from models.classics import inertia_coordination as inertia
from sim.analysis.orbits import orbit
from tests.helpers.classics import last, slopes, vector

PRINTED = (0.88152, 0.93598)


def test_inertia_and_coordination_decay_as_printed():
    """The printed coefficients are rounded: within half a digit of them the eigenvalues agree."""
    habits = find("inertia_coordination").parameters
    found = np.sort(np.linalg.eigvals(slopes(find("inertia_coordination"), np.zeros(2))).real)
    np.testing.assert_allclose(found, [0.8815643, 0.9359357], atol=5e-8)
    edge = np.array([PRINTED]) - found
    assert np.abs(edge).max() < 5e-5
    low, high = ((habits.coordination_1 + e) * (habits.coordination_2 + e) for e in (-5e-4, 5e-4))
    implied = (np.ptp(PRINTED) ** 2 - (habits.inertia_2 - habits.inertia_1) ** 2) / 4
    assert low < implied < high


def test_inertia_and_coordination_are_recovered_from_a_series():
    habits, rng, steps = find("inertia_coordination").parameters, np.random.default_rng(1), 40_000
    series = np.zeros((2, steps))
    rate = vector(find("inertia_coordination"))
    for step in range(1, steps):
        series[:, step] = rate(series[:, step - 1]) + rng.standard_normal(2)
    one, two = map(inertia.detrend, series)
    first, second = inertia.estimate(one, two), inertia.estimate(two, one)
    error = 4 / sqrt(steps)  # 4 standard errors, at the very most
    assert abs(first.inertia - habits.inertia_1) < error
    assert abs(second.inertia - habits.inertia_2) < error
    assert abs(first.coordination - habits.coordination_1) < error
    assert abs(second.coordination - habits.coordination_2) < error


@pytest.mark.parametrize("lag", [0, -1])
def test_the_future_explains_nothing(lag):
    with pytest.raises(ValueError, match=r"lag = .*at least 1"):
        inertia.estimate(np.arange(9.0), np.arange(9.0), lag)


def test_glla_stretches_a_sine_as_published_and_can_be_corrected():
    series = np.sin(2 * pi * np.arange(4000) / 50)
    estimated = oscillator.estimate_stiffness(series, embed=5, spacing=5)
    assert abs(oscillator.period_of(estimated) - 53.51782) < 5e-6
    assert abs(oscillator.expected_stiffness(50.0) - estimated) < 1e-12
    corrected = brentq(lambda t: oscillator.expected_stiffness(t) - estimated, 41.0, 500.0)
    assert abs(corrected - 50.0) < 1e-6


def test_coupled_oscillators_beat_between_their_two_modes():
    p = find("coupled_oscillator").parameters
    slow, fast = sqrt(-(p.stiffness_1 + p.pull_1)), sqrt(-(p.stiffness_1 - p.pull_1))
    for time in (40.0, 333.0):
        expected = 0.5 * (cos(slow * time) + cos(fast * time))
        assert abs(last("coupled_oscillator", time)[0] - expected) < 1e-7
        speed = -0.5 * (slow * sin(slow * time) + fast * sin(fast * time))
        assert abs(last("coupled_oscillator", time)[1] - speed) < 1e-7


@pytest.mark.parametrize(
    ("fear", "escape", "schema"), [(0.7, 0.3, 0.8375), (0.7, 0.1, 0.72), (0.4, 0.3, 0.8)]
)
def test_panic_teaches_only_through_fear(fear, escape, schema):
    day = {"peak_fear": fear, "peak_escape": escape}
    assert last("panic_schema", 1, parameters=day)[0] == pytest.approx(schema, abs=1e-12)


def test_a_prototype_keeps_attachment_from_being_forgotten():
    years = np.arange(31)
    for loading, floor in ((0.0, 0.0), (0.6, 0.36)):
        p = find("fraley_stability").parameters._replace(loading=loading)
        path = orbit(find("fraley_stability"), 30, parameters=p)
        np.testing.assert_allclose(path.retest, fraley.curve(years, p), atol=1e-12)
        assert abs(float(path.retest[-1]) - floor) < 1e-4
    revisionist = p._replace(loading=0.0)
    np.testing.assert_allclose(fraley.curve(years, revisionist), revisionist.stability**years)
