"""Forms and circuits: ranges, exactness in dt, limits, directions, and what may enter."""

import numpy as np
import pytest
from conftest import FACE_TO_FACE, SEEDS, SHARED, anybody, rows
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models import (
    Couple,
    PartnerParameters,
    SharedParameters,
    architecture,
    emit,
    exchange,
    update,
)
from models.circuits import (
    amygdala,
    channel,
    cingulate,
    drives,
    dyadic,
    empathy,
    hippocampus,
    hpa,
    insula,
    metabolism,
    oxytocin,
    prefrontal,
    striatum,
    vagus,
)
from models.couple import bond
from models.forms import fill, logistic, positive, pulled, saturate, settle, squash
from models.initial_state import initial_couple, initial_state
from models.interventions import coming
from models.learning import (
    Lesson,
    felt_safety,
    grow,
    hurt,
    learn_harm,
    learn_pain,
    learn_safety,
    plasticity_gate,
    predict_safety,
    traits,
)
from models.state import (
    NO_EVENT,
    VARIABLES,
    DyadState,
    Event,
    PartnerState,
    RandomNumbers,
    Signal,
    Situation,
)
from sim.codegen.tracing import trace

settings.register_profile("house", max_examples=100, deadline=None, derandomize=True)
settings.load_profile("house")

share = st.floats(0.0, 1.0)
inside = st.floats(0.01, 0.99)
rate = st.floats(0.0, 10.0)
fall_rate = st.floats(1e-6, 10.0)
minutes = st.floats(1e-3, 1e5)
anything = st.floats(-50.0, 50.0)
SECURE = architecture("secure")
STATE = initial_state(SECURE)


def near(one, two):
    assert one == pytest.approx(two, rel=1e-9, abs=1e-12)


# --- Forms ----------------------------------------------------------------------------------------


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


# --- Channel --------------------------------------------------------------------------------------

signals = st.builds(
    Signal, st.floats(-1, 1), share, share, share, st.floats(1.0, 5.0), share, st.floats(-1, 1)
)
errors = st.floats(-6.0, 6.0)


@given(signals, errors)
def test_at_full_clarity_nothing_is_misread(sent, error):
    sent = sent._replace(clarity=1.0)
    heard = channel.hear(sent, error, FACE_TO_FACE, NO_EVENT, 1.0, SHARED)
    for one, two in zip(heard, sent, strict=True):
        near(one, two)


@given(signals, st.floats(0.1, 6.0), st.floats(0.0, 0.5))
def test_noise_grows_with_ambiguity(sent, error, clarity):
    vague = channel.hear(sent._replace(clarity=clarity), error, FACE_TO_FACE, NO_EVENT, 1.0, SHARED)
    clear = channel.hear(
        sent._replace(clarity=clarity + 0.4), error, FACE_TO_FACE, NO_EVENT, 1.0, SHARED
    )
    assert abs(vague.warmth - sent.warmth) > abs(clear.warmth - sent.warmth)
    assert (
        vague.warmth > sent.warmth and vague.latency < sent.latency
    )  # kind and prompt, or neither


@given(signals, signals, errors)
def test_a_cut_channel_says_nothing_of_the_content(one, two, error):
    """Only the clarity of the medium is left of it, and nothing of the sender's."""
    heard = [channel.hear(s, error, FACE_TO_FACE, NO_EVENT, 0.0, SHARED) for s in (one, two)]
    assert heard[0] == heard[1]


@given(signals, errors)
def test_out_of_contact_nothing_is_heard(sent, error):
    apart = FACE_TO_FACE._replace(contact=0.0, proximity=0.0)
    heard = channel.hear(sent, error, apart, NO_EVENT, 1.0, SHARED)
    assert heard[:4] == (0.0, 0.0, 0.0, 0.0) and heard.latency == 1.0 and heard.mirroring == 0.0


@given(signals, errors)
def test_touch_needs_proximity_and_words_do_not(sent, error):
    text = FACE_TO_FACE._replace(proximity=0.0, clarity=0.75)
    heard = channel.hear(sent, error, text, NO_EVENT, 1.0, SHARED)
    assert heard.contact == 0.0 and heard.reassurance == sent.reassurance


@pytest.mark.parametrize("dt", [1 / 6, 10.0])
def test_a_misreading_has_unit_variance_at_any_step(dt):
    random = np.random.default_rng(1)
    error = random.normal(size=20000)
    for _ in range(5):
        error = channel.misread(error, random.normal(size=20000), dt, SHARED)
    assert error.std() == pytest.approx(1.0, abs=0.02) and abs(error.mean()) < 0.03


# --- Circuits: the directions that their docstrings promise ---------------------------------------


def alarm(evidence, threshold, safe=0.3, shared=SHARED):
    return amygdala.alarm(evidence, threshold, safe, SECURE, shared)


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


@given(share, share, inside, share)
def test_the_gate_needs_alarm_and_is_closed_by_escape(alarm, arousal, tone, escape):
    gate = plasticity_gate(alarm, arousal, tone, escape, SHARED)
    assert 0.0 <= gate <= max(alarm, 0.001)
    assert plasticity_gate(alarm, arousal, tone, 1.0, SHARED) == 0.0
    assert plasticity_gate(0.0, arousal, tone, escape, SHARED) < 0.001
    assert plasticity_gate(1.0, arousal, tone, escape, SHARED) >= gate


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
    assert oxytocin.release(o, r, 1.0, understood, 1.0, fear, dt, SHARED) >= after
    assert oxytocin.release(o, 1.0, touch, understood, 1.0, fear, dt, SHARED) >= after
    assert oxytocin.release(o, r, touch, understood, 0.0, fear, dt, SHARED) <= after
    assert oxytocin.release(o, r, touch, understood, 1.0, 1.0, dt, SHARED) <= after


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


@given(share, share, share, st.floats(0.2, 2.0))
def test_need_rises_with_alarm_and_distance(alarm, closeness, craving, n):
    person = SECURE._replace(proximity_need=n)
    found = drives.need(alarm, closeness, craving, person)
    assert 0.0 < found < 1.0
    assert drives.need(1.0, closeness, craving, person) >= found
    assert drives.need(alarm, 0.0, craving, person) >= found


@given(share, share, share, share)
def test_freeze_needs_both_drives(approach, away, more, held):
    found = drives.freeze(approach, away)
    assert 0.0 < found < 1.0
    assert drives.freeze(approach, 0.0) == drives.freeze(0.0, away) < 0.003  # rare, never never
    assert drives.freeze(approach, away) >= drives.freeze(0.0, away)
    assert drives.freeze(min(approach + more, 1.0), away) >= found
    assert drives.withdraw(approach, away, 1.0, held) == 0.0
    assert drives.demand(1.0, 0.5, approach, away, 1.0, held, 0.0, SECURE.protest) == 0.0


def test_freeze_comes_where_both_drives_are_high():
    assert drives.freeze(0.9, 0.9) > 0.95 > 0.5 > drives.freeze(0.9, 0.3)
    assert drives.freeze(0.6, 0.7) == pytest.approx(0.5)


@given(share, share, share, share, share)
def test_impulses_are_held_back_by_regulation(alarm, approach, away, frozen, held):
    given_ = approach, away, frozen
    demand = drives.demand(alarm, 0.2, *given_, held, 0.0, SECURE.protest)
    leave = drives.withdraw(approach, away, frozen, held)
    assert 0.0 <= demand <= 1.0 and 0.0 <= leave <= 1.0
    assert drives.demand(alarm, 0.2, *given_, 1.0, 0.0, SECURE.protest) <= demand
    assert drives.withdraw(approach, away, frozen, 1.0) <= leave
    assert drives.demand(1.0, 0.2, *given_, held, 0.0, SECURE.protest) >= demand
    assert drives.demand(alarm, 0.2, *given_, held, 1.0, SECURE.protest) >= demand  # grievance
    assert drives.demand(alarm, 0.2, *given_, held, 0.0, 0.98) >= demand  # habit of protest


@given(st.floats(-1, 1), st.floats(0.01, 1.0))
def test_one_is_understood_by_who_mirrors_what_one_shows(shown, gap):
    """At the same strength of reflection: nearer is better, on either side."""
    one = empathy.understood(shown, shown, 1.0, SHARED)
    assert 0.0 <= one < 1.0
    assert empathy.understood(shown, shown + gap, 1.0, SHARED) < one or shown == 0.0
    assert empathy.understood(shown, shown - gap, 1.0, SHARED) < one or shown == 0.0
    assert empathy.understood(shown, shown, 0.0, SHARED) == 0.0
    assert empathy.understood(0.0, shown, 1.0, SHARED) == 0.0  # nothing comes back


@given(st.floats(0.3, 1.0), st.floats(0.02, 0.6), st.sampled_from([-1.0, 1.0]))
def test_who_shows_something_is_understood_best_when_mirrored_nearly_exactly(size, gap, side):
    """A stronger reflection than what is shown helps by a few percent at most."""
    shown = side * size
    exact = empathy.understood(shown, shown, 1.0, SHARED)
    assert empathy.understood(shown + gap, shown, 1.0, SHARED) < 1.05 * exact
    assert empathy.understood(shown - gap, shown, 1.0, SHARED) < 1.05 * exact
    assert empathy.understood(-shown, shown, 1.0, SHARED) < 0.1 * exact


def test_words_without_anything_mirrored_are_not_felt_as_being_understood():
    """A signal that mirrors nothing (0) must not count as perfect attunement to a calm listener."""
    silent = empathy.understood(0.0, 0.05, 1.0, SHARED)
    mirrored = empathy.understood(0.6, 0.6, 1.0, SHARED)
    assert silent < 0.5 * mirrored


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1))
def test_without_mirroring_accuracy_makes_no_difference(one, two, shown):
    shared = SHARED._replace(mirroring_on=0.0)
    assert empathy.understood(one, shown, 1.0, shared) == empathy.understood(
        two, shown, 1.0, shared
    )


@given(st.floats(-1, 1), share, share, share, share, share)
def test_felt_safety_rises_with_warmth_and_falls_with_pressure(w, touch, known, demand, away, fear):
    found = felt_safety(w, touch, known, demand, away, fear)
    assert 0.0 < found < 1.0
    assert felt_safety(1.0, touch, known, demand, away, fear) >= found
    assert felt_safety(w, touch, 1.0, demand, away, fear) >= found
    assert felt_safety(w, touch, known, 1.0, away, fear) <= found
    assert felt_safety(w, touch, known, demand, 1.0, fear) <= found
    assert felt_safety(w, touch, known, demand, away, 1.0) <= found  # touch frightens


@given(share, share, share)
def test_hurt_needs_alarm_and_more_than_is_forgiven(alarm, predicted, felt):
    found = hurt(alarm, predicted, felt, 1.0, SHARED)
    assert 0.0 <= found <= 1.0
    assert hurt(0.0, predicted, felt, 1.0, SHARED) == 0.0
    assert hurt(alarm, predicted, felt, 0.0, SHARED) == 0.0
    assert hurt(1.0, predicted, felt, 1.0, SHARED) >= found
    assert hurt(alarm, predicted, 0.0, 1.0, SHARED) >= found
    assert hurt(alarm, 1.0, felt, 1.0, SHARED) >= found
    if felt >= predicted * (1.0 - SHARED.forgiveness):
        assert found == 0.0
    assert hurt(alarm, predicted, felt, 1.0, SHARED._replace(threat_learning_on=0.0)) == 0.0


@given(st.floats(0.01, 1.0), inside)
def test_harm_reaches_who_expects_little_too(alarm, predicted):
    assert hurt(alarm, predicted, 0.0, 1.0, SHARED) > 0.0


@given(inside, inside, inside, st.floats(0.1, 500.0))
def test_predicted_safety_learns_in_contact_and_falls_back(level, felt, threat, dt):
    """Quick towards what is felt, and back to the threat store's prediction between meetings."""
    state = STATE._replace(predicted_safety=level)
    apart = predict_safety(state, felt, threat, 0.0, dt, SHARED)
    met = predict_safety(state, felt, threat, 1.0, dt, SHARED)
    low, high = min(level, felt, 1.0 - threat), max(level, felt, 1.0 - threat)
    assert low - 1e-12 <= met <= high + 1e-12
    near(apart, settle(level, 1.0 - threat, dt, SHARED.pull_back_time))
    assert predict_safety(state, 1.0, threat, 1.0, dt, SHARED) >= met
    still = SHARED._replace(pull_back_on=0.0)
    near(predict_safety(state, felt, threat, 0.0, dt, still), level)
    near(predict_safety(state, felt, threat, 1.0, 1e9, still), felt)


@given(inside, share, st.floats(-1, 1), share, st.floats(0.1, 500.0))
def test_the_safety_memory_is_written_by_good_surprise_and_unlearnt_by_harm(s, gate, x, harm, dt):
    state = STATE._replace(safety_memory=s)
    after = learn_safety(state, gate, x, harm, dt, SECURE, SHARED)
    assert 0.0 < after < 1.0
    assert learn_safety(state, gate, 1.0, harm, dt, SECURE, SHARED) >= after
    assert learn_safety(state, gate, x, 1.0, dt, SECURE, SHARED) <= after
    off = SHARED._replace(corrective_rule_on=0.0)
    assert learn_safety(state, gate, x, harm, dt, SECURE, off) <= s + 1e-7 * dt


@given(inside, share, st.floats(0.1, 500.0))
def test_harm_is_written_by_hurt_alone(level, harm, dt):
    state = STATE._replace(harm_memory=level)
    assert (
        learn_harm(state, 0.0, dt, SECURE, SHARED)
        <= learn_harm(state, harm, dt, SECURE, SHARED)
        < 1.0
    )


@given(inside, inside, share, share, st.floats(0.1, 1e5))
def test_a_slow_trait_is_pulled_back_to_its_prototype(level, prototype, drive, strain, dt):
    after = grow(level, prototype, drive, strain, 1.0, dt, SHARED)
    assert 0.0 < after < 1.0
    assert grow(level, prototype, 1.0, strain, 1.0, dt, SHARED) >= after
    assert grow(level, prototype, drive, 1.0, 1.0, dt, SHARED) <= after
    rest = grow(level, prototype, 0.0, 0.0, 1.0, 1e9, SHARED)
    assert rest == pytest.approx(prototype)


@given(inside, share, share, share, share, st.floats(0.1, 500.0))
def test_pain_is_learnt_and_unlearnt_only_close(level, gate, felt, harm, ignored, dt):
    state, rest = STATE._replace(closeness_pain=level), (dt, SECURE, SHARED)
    after = learn_pain(state, gate, felt, 0.2, harm, ignored, 0.5, *rest)
    assert 0.0 < after < 1.0
    assert learn_pain(state, gate, felt, 0.2, 1.0, ignored, 0.5, *rest) >= after
    assert learn_pain(state, gate, felt, 0.2, harm, 1.0, 0.5, *rest) >= after
    assert learn_pain(state, 1.0, felt, 0.2, harm, ignored, 0.5, *rest) <= after
    assert learn_pain(state, gate, felt, 0.9, harm, ignored, 0.5, *rest) <= after  # safe touch
    alone = settle(level, SECURE.anticipated_pain, dt, SHARED.prototype_time)
    near(learn_pain(state, gate, felt, 0.0, harm, ignored, 0.0, *rest), alone)


@given(inside, inside, share, inside)
def test_the_template_is_never_erased(template, safety, cortisol, integration):
    person = SECURE._replace(template_threat=0.5)
    state = STATE._replace(
        safety_memory=safety, cortisol=cortisol, integration=integration, harm_memory=0.0
    )
    here = hippocampus.threat_store(state, person, FACE_TO_FACE, SHARED)
    strange = hippocampus.threat_store(
        state, person, FACE_TO_FACE._replace(familiarity=0.0), SHARED
    )
    assert 0.0 < here <= strange  # renewal
    stressed = state._replace(cortisol=1.0)
    assert hippocampus.threat_store(stressed, person, FACE_TO_FACE, SHARED) >= here  # reinstatement
    assert strange <= 0.5 and (safety < 0.01 or strange > 0.0)
    near(hippocampus.threat_store(stressed, person, FACE_TO_FACE, SHARED), 0.5)
    # Harm by this partner belongs to the context that they share.
    hurt = state._replace(harm_memory=0.4)
    assert hippocampus.threat_store(hurt, person, FACE_TO_FACE, SHARED) > here
    elsewhere = FACE_TO_FACE._replace(familiarity=0.0)
    near(hippocampus.threat_store(hurt, person, elsewhere, SHARED), strange)


@given(inside, inside)
def test_words_reach_the_threat_store_only_when_the_stores_are_merged(one, two):
    assume(abs(one - two) > 1e-3)
    found = [
        [hippocampus.threat_store(STATE._replace(belief=b), SECURE, FACE_TO_FACE, shared)
         for b in (one, two)]
        for shared in (SHARED, SHARED._replace(separate_stores_on=0.0))
    ]  # fmt: skip
    assert found[0][0] == found[0][1] and found[1][0] != found[1][1]


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


@given(signals, signals, share)
def test_closeness_is_the_same_for_both_and_grows_with_warmth(one, two, level):
    found = dyadic.closeness(level, one, two, 1.0, 1.0, 1.0, SHARED)
    assert found == dyadic.closeness(level, two, one, 1.0, 1.0, 1.0, SHARED)
    assert 0.0 <= found <= 1.0
    warmer = one._replace(warmth=1.0)
    assert dyadic.closeness(level, warmer, two, 1.0, 1.0, 1.0, SHARED) >= found
    gone = one._replace(latency=5.0)
    assert dyadic.closeness(level, gone, two, 1.0, 1.0, 1.0, SHARED) <= found


@given(signals, signals, share, share)
def test_texting_builds_no_touch(one, two, level, touch):
    held = one._replace(contact=touch)
    texts = [dyadic.closeness(level, s, two, 1.0, 0.0, 1.0, SHARED) for s in (one, held)]
    assert texts[0] == texts[1]


@given(share, st.floats(-1, 1), share, share, st.floats(0.1, 1e4))
def test_belief_counts_in_commitment(level, satisfaction, closeness, belief, dt):
    state = STATE._replace(commitment=level, satisfaction=satisfaction, belief=belief)
    dyad = DyadState(closeness=closeness, hazard=0.0)
    found = dyadic.commitment(state, dyad, dt, SHARED)
    assert 0.0 <= found <= 1.0
    assert dyadic.commitment(state._replace(belief=1.0), dyad, dt, SHARED) >= found


def test_the_hazard_of_parting_is_that_of_its_source():
    """lambda per 30 days at a commitment of one half."""
    month = dyadic.hazard(0.0, 0.5, 0.5, 43200.0, SHARED)
    assert month == pytest.approx(SHARED.hazard_dating)
    assert dyadic.hazard(0.0, 0.9, 0.9, 43200.0, SHARED) < month


# --- Only signals cross ---------------------------------------------------------------------------

PROGRAM = trace(
    exchange, Couple, PartnerParameters, PartnerParameters, Situation, Event, Event,
    RandomNumbers, RandomNumbers, SharedParameters,
)  # fmt: skip


def reached(roots, cut):
    """Names of the inputs on which the values at ``roots`` depend, without passing ``cut``."""
    todo, seen, names = [r for r in roots if r not in cut], set(), set()
    while todo:
        place = todo.pop()
        if place in seen:
            continue
        seen.add(place)
        node = PROGRAM.nodes[place]
        if node.opcode == "input":
            names.add(node.value)
        todo += [operand for operand in node.operands if operand not in cut]
    return names


def places(prefix):
    return {place for name, place in PROGRAM.outputs.items() if name.startswith(prefix)}


@pytest.mark.parametrize(("me", "you"), ["ab", "ba"])
def test_the_other_enters_through_what_they_sent_and_nothing_else(me, you):
    theirs = (f"couple.{you}.", f"person_{you}.", f"event_{you}.", f"random_numbers_{you}.")
    mine = places(f"couple.{me}.") | places(f"heard_{me}.")
    assert mine
    leaks = {name for name in reached(mine, places(f"sent_{you}.")) if name.startswith(theirs)}
    assert not leaks
    assert {n for n in reached(mine, set()) if n.startswith(theirs)}  # uncut, it does reach


def test_what_both_know_comes_from_what_both_showed():
    cut = places("sent_a.") | places("sent_b.")
    closeness = reached({PROGRAM.outputs["couple.dyad.closeness"]}, cut)
    known = ("couple.dyad.", "situation.", "shared.", "event_a.third", "event_b.third")
    assert closeness and all(name.startswith(known) for name in closeness)


EMITTED = {
    name.removeprefix("state.") for name in trace(emit, PartnerState, PartnerParameters).used_inputs
    if name.startswith("state.")
}  # fmt: skip
SPOKEN = {
    name.removeprefix("parameters.")
    for name in trace(emit, PartnerState, PartnerParameters).used_inputs
    if name.startswith("parameters.")
}


@pytest.mark.parametrize("seed", SEEDS)
def test_any_partner_who_sends_the_same_is_the_same(seed):
    """B's inner life is exchanged for another with the same emitted signal: A notices nothing."""
    random = np.random.default_rng(seed)
    a, b, other = rows(*[architecture("scanner")] * 20), anybody(20, seed), anybody(20, seed + 50)
    couple = initial_couple(a, b)
    random_numbers = [RandomNumbers(*random.normal(size=(4, 20))) for _ in range(3)]
    changed = couple.b._replace(**{
        name: np.full(20, random.uniform(0.2, 0.8))
        for name in PartnerState._fields if name not in EMITTED
    })  # fmt: skip
    stranger = other._replace(**{name: getattr(b, name) for name in SPOKEN})
    calm, upset = NO_EVENT, NO_EVENT._replace(stressor=3.0, grievance=1.0, conflict=1.0)
    one = exchange(
        couple, a, b, FACE_TO_FACE, calm, calm, random_numbers[0], random_numbers[1], SHARED
    )
    two = exchange(
        couple._replace(b=changed),
        a,
        stranger,
        FACE_TO_FACE,
        calm,
        upset,
        random_numbers[0],
        random_numbers[2],
        SHARED,
    )
    assert len(EMITTED) < len(PartnerState._fields)
    for field in PartnerState._fields:
        np.testing.assert_array_equal(getattr(one.couple.a, field), getattr(two.couple.a, field))
    np.testing.assert_array_equal(one.couple.dyad.closeness, two.couple.dyad.closeness)
    assert (one.couple.b.alarm != two.couple.b.alarm).any()
    louder = couple.b._replace(demand_impulse=np.full(20, 0.9))
    three = exchange(
        couple._replace(b=louder),
        a,
        b,
        FACE_TO_FACE,
        calm,
        calm,
        random_numbers[0],
        random_numbers[1],
        SHARED,
    )
    assert (three.couple.a.alarm > one.couple.a.alarm).all()


def test_every_input_of_the_coupling_matters():
    """A declared parameter, state or event that changes nothing is no part of the model."""
    idle = set(PROGRAM.inputs) - set(PROGRAM.used_inputs)
    readouts = {
        "alarm", "threat_store", "felt_safety", "surprise", "plasticity_gate", "prediction_error",
        "need", "avoidance", "metabolic_cost",
    }  # fmt: skip
    allowed = {f"couple.{who}.{name}" for who in "ab" for name in readouts}
    allowed |= {f"person_{who}.expected_warmth" for who in "ab"}  # where the expectation begins
    assert idle <= allowed, sorted(idle - allowed)


# --- One exchange of anybody, in any state --------------------------------------------------------


def any_state(kind, random, count):
    """States anywhere in the declared ranges: every value inside, or at an end of its range."""
    values = []
    for name, rule in VARIABLES[kind].items():
        low, high = rule.range or (-3.0, 3.0)
        high = 2000.0 if high is None else high
        corner = random.choice([low, high], count)
        value = np.where(random.random(count) < 0.3, corner, random.uniform(low, high, count))
        values.append(np.maximum(value, 1.0) if name == "usual_gap" else value)
    return kind(*values)


def any_event(random, count):
    """Events within the declared ranges, help included; at most 4 where there is no upper end."""
    highs = [4.0 if rule.range[1] is None else rule.range[1] for rule in VARIABLES[Event].values()]
    lows = [rule.range[0] for rule in VARIABLES[Event].values()]
    return Event(*(random.uniform(*ends, count) for ends in zip(lows, highs, strict=True)))


@pytest.mark.parametrize("dt", [1 / 30, 1 / 6, 10.0, 86.0, 480.0])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_state_leaves_its_range_in_one_exchange(seed, dt):
    """The declared ranges are closed: from any state inside, any exchange leads inside."""
    count, random = 5000, np.random.default_rng(seed)
    couple = Couple(*(any_state(k, random, count) for k in (PartnerState, PartnerState, DyadState)))
    situation = Situation(np.full(count, dt), *(random.integers(0, 2, (5, count)) * 1.0))
    events = [any_event(random, count) for _ in "ab"]
    random_numbers = [RandomNumbers(*random.normal(size=(4, count))) for _ in "ab"]
    people = anybody(count, seed), anybody(count, seed + 50)
    after = exchange(couple, *people, situation, *events, *random_numbers, SHARED)
    beyond = {}
    for part in (*after.couple, after.sent_a, after.sent_b):
        for name, rule in VARIABLES[type(part)].items():
            value, (low, high) = getattr(part, name), rule.range or (None, None)
            assert np.isfinite(value).all(), name
            excess = max(
                0.0 if low is None else float((low - value).max()),
                0.0 if high is None else float((value - high).max()),
            )
            if excess > 1e-12:
                beyond[name] = max(excess, beyond.get(name, 0.0))
    assert not beyond


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_heard_errs_only_by_the_misreading(seed):
    """What was sent is in its range; what is heard may leave it, by the noise of the medium."""
    random, count = np.random.default_rng(seed), 5000
    sent, error = any_state(Signal, random, count), random.normal(size=count)
    heard = channel.hear(sent, error, FACE_TO_FACE, NO_EVENT, 1.0, SHARED)
    noise = (1.0 - sent.clarity) * SHARED.misreading_size * error
    signs = {"warmth": 1.0, "mirroring": 1.0, "latency": -1.0}
    for name in Signal._fields:
        slip = getattr(heard, name) - getattr(sent, name)
        np.testing.assert_allclose(slip, signs.get(name, 0.0) * noise, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_anybody_sends_is_a_signal(seed):
    random = np.random.default_rng(seed)
    sent = emit(any_state(PartnerState, random, 5000), anybody(5000, seed))
    for name, rule in VARIABLES[Signal].items():
        values = getattr(sent, name)
        assert rule.range[0] <= values.min() and values.max() <= rule.range[1], name


# --- Help goes through the same channel (S24) -----------------------------------------------------

any_help = st.builds(
    lambda *values: NO_EVENT._replace(**dict(zip(HELP, values, strict=True))),
    st.floats(-1, 1), share, share, share, st.floats(0.0, 4.0), share, share,
)  # fmt: skip
HELP = (
    "help_warmth", "help_contact", "help_reassurance", "help_demand", "help_latency",
    "help_clarity", "help_accuracy",
)  # fmt: skip


@given(signals, signals, any_help)
def test_without_a_script_the_partner_comes_through_unchanged(partner, shown, event):
    assert coming(partner, shown, event._replace(help_share=0.0)) == partner


@given(signals, signals, signals, any_help)
def test_a_full_script_takes_the_partner_s_place(one, two, shown, event):
    full = event._replace(help_share=1.0)
    assert coming(one, shown, full) == coming(two, shown, full)
    near(coming(one, shown, full).mirroring, event.help_accuracy * shown.warmth)


@given(signals, signals, any_help, share)
def test_help_is_a_signal_as_sent(partner, shown, event, part):
    found = coming(partner, shown, event._replace(help_share=part))
    for name, rule in VARIABLES[Signal].items():
        assert rule.range[0] - 1e-12 <= getattr(found, name) <= rule.range[1] + 1e-12


def test_a_third_person_builds_no_closeness_and_teaches_nothing_of_the_partner():
    warm = Signal(0.9, 0.9, 0.0, 0.0, latency=1.0, clarity=1.0, mirroring=0.5)
    dyad, random_numbers = DyadState(closeness=0.5, hazard=0.0), RandomNumbers(0.0, 0.0, 0.0, 0.0)
    alone, third = (
        update(STATE, SECURE, warm, warm, dyad, FACE_TO_FACE, event, random_numbers, SHARED)
        for event in (NO_EVENT, NO_EVENT._replace(third=1.0))
    )
    for name in ("expectation", "satisfaction"):
        assert getattr(alone, name) > getattr(STATE, name) + 1e-6
        near(getattr(third, name), getattr(STATE, name))
    apart = FACE_TO_FACE._replace(contact=0.0)
    with_third = NO_EVENT._replace(third=1.0)
    one = bond(dyad, 0.5, 0.5, warm, warm, with_third, NO_EVENT, FACE_TO_FACE, SHARED)
    two = bond(dyad, 0.5, 0.5, warm, warm, NO_EVENT, NO_EVENT, apart, SHARED)
    assert one.closeness == two.closeness


# --- What is learnt in contact, and what alone ----------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_alone_no_trait_learns_from_anybody(seed):
    """Apart, with no contact, pain and integration only return to their prototypes."""
    random, count = np.random.default_rng(seed), 2000
    state, people = any_state(PartnerState, random, count), anybody(count, seed)
    apart = FACE_TO_FACE._replace(contact=0.0, proximity=0.0, dt=86.0)
    heard = channel.hear(any_state(Signal, random, count), 0.0, apart, NO_EVENT, 1.0, SHARED)
    dyad = DyadState(closeness=random.random(count), hazard=0.0)
    random_numbers = RandomNumbers(*random.normal(size=(4, count)))
    sent = emit(state, people)
    after = update(state, people, sent, heard, dyad, apart, NO_EVENT, random_numbers, SHARED)
    tau = SHARED.prototype_time
    for name, home in {
        "closeness_pain": people.anticipated_pain, "integration": people.integration,
        "vagal_tone": people.vagal_tone, "threshold": people.amygdala_threshold,
        "oxytocin_reliability": people.oxytocin_reliability, "protest": people.protest,
        "closeness_fear": people.closeness_fear, "deactivation": people.deactivation,
        "interoception": people.interoception,
    }.items():  # fmt: skip
        alone = settle(getattr(state, name), home, 86.0, tau)
        np.testing.assert_allclose(getattr(after, name), alone, rtol=1e-9, err_msg=name)
    assert (after.harm_memory <= state.harm_memory + 1e-7 * 86.0).all()
    assert (after.safety_memory <= state.safety_memory + 1e-7 * 86.0).all()


def lesson_of(**values):
    return Lesson(*(values.get(name, 0.0) for name in Lesson._fields))


@pytest.mark.parametrize(
    ("lesson", "rises", "falls"),
    [
        ({"attuned": 0.8}, {"threshold", "oxytocin_reliability", "vagal_tone", "interoception"},
         {"protest", "cingulate_baseline", "reward_dependence"}),
        ({"hurt": 0.8}, set(),
         {"threshold", "oxytocin_reliability", "vagal_tone", "integration", "interoception"}),
        ({"corrected": 0.8}, {"integration", "vagal_tone"}, {"closeness_fear"}),
        ({"fright": 0.8}, {"closeness_fear"}, set()),
        ({"news": 0.8}, {"cingulate_baseline"}, set()),
        ({"shown": 0.8, "received": 0.8, "error": 0.5}, {"protest", "reward_dependence"}, set()),
        ({"shown": 0.8, "ignored": 0.8}, set(), {"protest"}),
        ({"approach": 0.8, "ignored": 0.8}, {"deactivation"}, set()),
        ({"approach": 0.8, "received": 0.8}, set(), {"deactivation"}),
        ({"borne": 0.8}, set(), {"reward_dependence"}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)  # fmt: skip
def test_each_lesson_moves_its_traits_and_no_other(lesson, rises, falls):
    """Against the same time step that teaches nothing."""
    quiet = traits(STATE, SECURE, lesson_of(), NO_EVENT, 60.0, SHARED)
    moved = traits(STATE, SECURE, lesson_of(**lesson), NO_EVENT, 60.0, SHARED)
    assert {name for name in moved if moved[name] > quiet[name]} == rises
    assert {name for name in moved if moved[name] < quiet[name]} == falls
