"""The forms of change: ranges, exactness in dt, limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.forms import fill, logistic, positive, pulled, saturate, settle, squash
from tests.helpers.strategies import inside, near, share

rate = st.floats(0.0, 10.0)
fall_rate = st.floats(1e-6, 10.0)
minutes = st.floats(1e-3, 1e5)
anything = st.floats(-50.0, 50.0)


@given(share, rate, fall_rate, minutes)
def test_fill_stays_in_range(level, rise, fall, dt):
    assert 0.0 <= fill(level, rise, fall, dt) <= 1.0


@given(share, rate, fall_rate, st.floats(1e-3, 500.0))
def test_two_half_fills_are_one_whole(level, rise, fall, dt):
    near(fill(fill(level, rise, fall, dt / 2), rise, fall, dt / 2), fill(level, rise, fall, dt))


@given(share, rate, fall_rate)
def test_fill_has_its_limits(level, rise, fall):
    near(fill(level, rise, fall, 0.0), level)
    near(fill(level, rise, fall, 1e9), rise / (rise + fall))


@given(share, st.floats(1e-3, 1.0), fall_rate)
def test_fill_solves_its_equation(level, rise, fall):
    """The slope over a very short time step is that of the differential equation."""
    dt = 1e-6 / (rise + fall)
    slope = (fill(level, rise, fall, dt) - level) / dt
    assert slope == pytest.approx(rise * (1.0 - level) - fall * level, abs=1e-4 * (rise + fall))


@given(anything, anything, minutes, st.floats(0.01, 1e5))
def test_settle_stays_between_value_and_target(value, target, dt, time_constant):
    after = settle(value, target, dt, time_constant)
    low, high = min(value, target), max(value, target)
    slack = 1e-12 * (1.0 + abs(low) + abs(high))
    assert low - slack <= after <= high + slack


@given(anything, anything, st.floats(1e-3, 500.0), st.floats(0.1, 1e4))
def test_two_half_settles_are_one_whole(value, target, dt, tau):
    half = settle(settle(value, target, dt / 2, tau), target, dt / 2, tau)
    assert half == pytest.approx(settle(value, target, dt, tau), rel=1e-9, abs=1e-10)


@given(anything, anything, st.floats(0.1, 1e4))
def test_settle_has_its_limits(value, target, tau):
    near(settle(value, target, 0.0, tau), value)
    near(settle(value, target, 1e9, tau), target)
    assert settle(value, 0.0, tau * np.log(2.0), tau) == pytest.approx(value / 2.0)  # half-life


@given(share, rate, rate, inside, st.floats(1.0, 1e6), minutes)
def test_pulled_stays_in_range(level, rise, fall, prototype, tau, dt):
    assert 0.0 <= pulled(level, rise, fall, prototype, tau, dt) <= 1.0


@given(share, rate, rate, inside, st.floats(1.0, 1e4), st.floats(1e-3, 500.0))
def test_two_half_pulls_are_one_whole(level, rise, fall, prototype, tau, dt):
    given_ = rise, fall, prototype, tau
    near(pulled(pulled(level, *given_, dt / 2), *given_, dt / 2), pulled(level, *given_, dt))


@given(share, inside, st.floats(1.0, 1e4), minutes)
def test_pulled_without_rates_settles_to_the_prototype(level, prototype, tau, dt):
    near(pulled(level, 0.0, 0.0, prototype, tau, dt), settle(level, prototype, dt, tau))


@given(st.floats(-700.0, 700.0), st.floats(1e-3, 10.0))
def test_logistic_rises_and_is_symmetric(x, more):
    assert 0.0 <= logistic(x) <= logistic(x + more) <= 1.0
    near(logistic(x) + logistic(-x), 1.0)


@given(st.floats(-100.0, 100.0), st.floats(1e-3, 10.0))
def test_squash_is_odd_and_rises(x, more):
    assert -1.0 <= squash(x) <= squash(x + more) <= 1.0
    assert squash(-x) == -squash(x)


@given(st.floats(0.0, 1e9), st.floats(1e-3, 10.0))
def test_saturate_rises_below_one(x, more):
    assert 0.0 <= saturate(x) <= saturate(x + more) < 1.0


def test_forms_at_zero():
    assert logistic(0.0) == 0.5 and squash(0.0) == 0.0 and saturate(0.0) == 0.0
    assert (squash(1e-6) / 1e-6, positive(-3.0), positive(3.0)) == (pytest.approx(1.0), 0.0, 3.0)
    assert saturate(1.0) == 0.5
