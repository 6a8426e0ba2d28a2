"""The body's circuits go in the directions that their docstrings promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.circuits import (
    amygdala,
    cingulate,
    hpa,
    insula,
    metabolism,
    oxytocin,
    prefrontal,
    vagus,
)
from tests.helpers.couples import SHARED
from tests.helpers.strategies import SECURE, STATE, inside, near, share


def alarm(evidence, threshold, safe=0.3, shared=SHARED):
    return amygdala.alarm(evidence, threshold, safe, SECURE, shared)


ROUNDING = 1e-12


@given(st.floats(-2.0, 2.0), st.floats(1e-3, 1.0), st.floats(0.05, 0.95), share)
def test_alarm_rises_with_evidence_and_falls_with_the_threshold(evidence, more, threshold, safe):
    found = alarm(evidence, threshold, safe)
    assert found < alarm(evidence + more, threshold, safe)
    assert found > alarm(evidence, threshold + more, safe)
    near(alarm(threshold, threshold, safe), 0.5)


@given(st.floats(0.1, 2.0), share)
def test_safety_flattens_the_alarm_only_where_it_moves_the_gain(evidence, safe):
    """By default the safety memory acts on the predicted threat, not on the alarm's slope."""
    assert alarm(evidence, 0.0, safe) == alarm(evidence, 0.0, 0.0)
    gain = SHARED._replace(criterion_on=0.0)
    assert alarm(evidence, 0.0, safe, gain) <= alarm(evidence, 0.0, 0.0, gain)


@given(share, share, share)
def test_presence_buffers_only_when_trusted_and_close(threat, closeness, proximity):
    gained = amygdala.buffer(threat, closeness, proximity, SECURE, SHARED)
    assert 0.0 <= gained <= SECURE.social_baseline
    assert amygdala.buffer(threat, 0.0, proximity, SECURE, SHARED) == 0.0
    assert amygdala.buffer(1.0, closeness, proximity, SECURE, SHARED) == 0.0
    assert amygdala.buffer(threat, closeness, 0.0, SECURE, SHARED) == 0.0
    off = SHARED._replace(social_baseline_on=0.0)
    assert amygdala.buffer(threat, closeness, proximity, SECURE, off) == 0.0


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0.01, 1.0), share)
def test_discrepancy_counts_only_what_is_colder_or_later(expected, warmth, more, away):
    gap = cingulate.discrepancy(expected, warmth, away, SECURE)
    assert 0.0 <= gap <= SECURE.cingulate_gain
    assert cingulate.discrepancy(expected, warmth - more, away, SECURE) >= gap
    assert cingulate.discrepancy(expected, expected + more, 0.0, SECURE) == 0.0


def test_turning_away_has_its_fixed_points():
    assert (cingulate.turning_away(1.0), cingulate.turning_away(5.0)) == (0.0, 1.0)


@given(inside, share, share)
def test_the_window_is_an_inverted_u(vagal_tone, one, two):
    best = vagus.within_window(SHARED.gate_optimum, vagal_tone, SHARED)
    near(best, 1.0)
    a, b = sorted((one, two), key=lambda x: abs(x - SHARED.gate_optimum))
    assert vagus.within_window(a, vagal_tone, SHARED) >= vagus.within_window(b, vagal_tone, SHARED)
    assert vagus.within_window(one, 0.95, SHARED) >= vagus.within_window(one, 0.05, SHARED)


@given(share, inside, share, share, st.floats(0.01, 0.5))
def test_arousal_rises_with_alarm_and_is_braked(level, tone, alarm, oxytocin_, dt):
    state = STATE._replace(arousal=level, vagal_tone=tone, oxytocin=oxytocin_)
    after = vagus.arouse(state, alarm, 0.0, 1.0, 0.0, dt, SHARED)
    assert 0.0 < after < 1.0
    assert vagus.arouse(state, alarm, 0.3, 1.0, 0.0, dt, SHARED) >= after
    braked = state._replace(vagal_tone=0.99)
    assert vagus.arouse(braked, alarm, 0.0, 1.0, 0.0, dt, SHARED) <= after
    assert vagus.arouse(state, alarm, 0.0, 0.0, 0.0, dt, SHARED) <= after  # asleep
    assert vagus.arouse(state, alarm, 0.0, 1.0, 0.9, dt, SHARED) <= after  # calmed by a helper


@given(share, share, inside, share)
def test_regulation_fails_with_arousal_and_cortisol(arousal, more, tone, cortisol):
    held = prefrontal.regulation(arousal, tone, cortisol, SECURE)
    assert 0.0 <= held <= SECURE.prefrontal_capacity
    assert prefrontal.regulation(arousal + more, tone, cortisol, SECURE) <= held
    assert prefrontal.regulation(arousal, tone, 1.0, SECURE) <= held
    assert prefrontal.regulation(arousal, 0.99, cortisol, SECURE) >= held


@given(share, share, share, st.floats(0.01, 100.0))
def test_the_stress_axis_is_driven_by_alarm_and_freeze(level, alarm, freeze, dt):
    after = hpa.drive(level, alarm, freeze, dt, SECURE, SHARED)
    assert 0.0 <= after < 1.0
    assert hpa.drive(level, 1.0, freeze, dt, SECURE, SHARED) >= after
    assert hpa.drive(level, alarm, 1.0, dt, SECURE, SHARED) >= after


def test_cortisol_leaves_with_a_half_life_of_66_minutes():
    assert hpa.cortisol(0.8, 0.0, 66.0, SHARED) == pytest.approx(0.4, rel=0.01)


@given(share, inside, share, share, share, st.floats(0.1, 100.0))
def test_oxytocin_rises_with_touch_as_reliably_as_it_has_become(o, r, touch, understood, fear, dt):
    after = oxytocin.release(o, r, touch, understood, 1.0, fear, dt, SHARED)
    assert 0.0 <= after < 1.0
    assert oxytocin.release(o, r, 1.0, understood, 1.0, fear, dt, SHARED) >= after - ROUNDING
    assert oxytocin.release(o, 1.0, touch, understood, 1.0, fear, dt, SHARED) >= after - ROUNDING
    assert oxytocin.release(o, r, touch, understood, 0.0, fear, dt, SHARED) <= after + ROUNDING
    assert oxytocin.release(o, r, touch, understood, 1.0, 1.0, dt, SHARED) <= after + ROUNDING


@given(st.floats(-1, 1), st.floats(0.05, 0.98), st.floats(0.01, 100.0))
def test_felt_affect_weighs_own_against_partner(read, own, dt):
    state = STATE._replace(reading_warmth=read, interoception=own)
    rest = insula.feel(state, 0.0, 1e9, SECURE, SHARED)
    near(rest, own * insula.own_signal(state) + (1.0 - own) * read)
    half = insula.feel(state, 0.0, dt / 2, SECURE, SHARED)
    twice = insula.feel(state._replace(affect=half), 0.0, dt / 2, SECURE, SHARED)
    near(twice, insula.feel(state, 0.0, dt, SECURE, SHARED))


@given(share, share, share, share, share)
def test_cost_is_shared_by_a_trusted_partner(alarm, arousal, held, load, baseline):
    found = metabolism.cost(alarm, arousal, held, load, baseline)
    assert found >= 0.0
    assert metabolism.cost(alarm, arousal, held, 0.0, baseline) >= found
    assert metabolism.cost(1.0, arousal, held, load, baseline) >= found
    assert metabolism.cost(alarm, arousal, held, load, 1.0) >= found
