"""Reward: relief, craving, silence and tolerance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.circuits import striatum
from models.forms import settle
from tests.helpers.couples import SHARED
from tests.helpers.strategies import STATE, inside, near, share


@given(share, share, share)
def test_relief_rises_with_reward_and_falls_with_tolerance(reward, more, tolerance):
    state = STATE._replace(tolerance=tolerance)
    found = striatum.relief(state, reward)
    assert 0.0 <= found < 1.0
    assert striatum.relief(state, reward + more) >= found
    assert striatum.relief(STATE._replace(tolerance=1.0), reward) == 0.0
    assert striatum.relief(STATE._replace(tolerance=0.0), reward) >= found


@given(st.floats(0, 1e4), st.floats(1.0, 1e4), share)
def test_craving_depends_on_dependence(silence, gap, tolerance):
    state = STATE._replace(silence=silence, usual_gap=gap, tolerance=tolerance)
    found = striatum.craving(state, SHARED)
    assert 0.0 <= found < 1.0
    assert striatum.craving(state._replace(reward_dependence=0.9), SHARED) >= found
    assert striatum.craving(state._replace(reward_dependence=0.0), SHARED) == 0.0
    assert striatum.craving(state._replace(usual_gap=gap * 10), SHARED) >= found  # hope


def silence(elapsed, relieved, dt, contact=1.0, awake=0.0):
    return striatum.silence(elapsed, relieved, contact, awake, dt, SHARED)


@given(st.floats(0.0, 1e3), share, st.floats(0.5, 200.0))
def test_silence_does_not_depend_on_how_an_exchange_is_cut(elapsed, relieved, dt):
    """The same relief over the same waking minutes, in one time step or in two."""
    whole = silence(elapsed, relieved, dt, awake=1.0)
    half = silence(elapsed, relieved, dt / 2, awake=1.0)
    halves = silence(half, relieved, dt / 2, awake=1.0)
    assert halves == pytest.approx(whole, rel=0.02, abs=1.0)


@given(st.floats(0.0, 1e3), share, st.floats(0.5, 200.0))
def test_relief_ends_the_same_silence_however_it_is_cut(elapsed, relieved, dt):
    halves = silence(silence(elapsed, relieved, dt / 2), relieved, dt / 2)
    near(halves, silence(elapsed, relieved, dt))


@given(st.floats(0.0, 1e3), share, st.floats(0.5, 500.0))
def test_silence_grows_awake_and_ends_with_relief(elapsed, relieved, dt):
    # The clock itself fades with two years, hence the tolerance.
    waited = silence(elapsed, relieved, dt, contact=0.0, awake=1.0)
    assert waited == pytest.approx(elapsed + dt, rel=2e-3)
    assert silence(elapsed, 0.0, dt) == pytest.approx(elapsed, rel=1e-3)
    assert 0.0 <= silence(elapsed, 1.0, dt) <= silence(elapsed, relieved, dt) <= elapsed


@given(share, share, share, inside, st.floats(0.1, 500.0))
def test_tolerance_follows_dependence_and_dose(level, words, received, dependence, dt):
    state = STATE._replace(tolerance=level, reward_dependence=dependence)
    after = striatum.tolerate(state, words, received, dt, SHARED)
    assert 0.0 <= after < 1.0
    assert striatum.tolerate(state, 1.0, received, dt, SHARED) >= after
    assert striatum.tolerate(state, words, 1.0, dt, SHARED) >= after
    needy = state._replace(reward_dependence=0.99)
    assert striatum.tolerate(needy, words, received, dt, SHARED) >= after
    abstinent = settle(level, 0.0, dt, SHARED.tolerance_time)
    near(striatum.tolerate(state, 0.0, 0.0, dt, SHARED), abstinent)
    off = SHARED._replace(reward_tolerance_on=0.0)
    near(striatum.tolerate(state, words, received, dt, off), abstinent)
