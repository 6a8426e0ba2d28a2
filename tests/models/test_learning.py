"""What is learnt, from what, and what alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import emit, update
from models.circuits import channel
from models.forms import settle
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
from models.state import NO_EVENT, DyadState, PartnerState, RandomNumbers, Signal
from tests.helpers.couples import FACE_TO_FACE, SHARED
from tests.helpers.people import anybody
from tests.helpers.seeds import SEEDS
from tests.helpers.strategies import SECURE, STATE, any_state, inside, near, share


@given(share, share, inside, share)
def test_the_gate_needs_alarm_and_is_closed_by_escape(alarm, arousal, tone, escape):
    gate = plasticity_gate(alarm, arousal, tone, escape, SHARED)
    assert 0.0 <= gate <= max(alarm, 0.001)
    assert plasticity_gate(alarm, arousal, tone, 1.0, SHARED) == 0.0
    assert plasticity_gate(0.0, arousal, tone, escape, SHARED) < 0.001
    assert plasticity_gate(1.0, arousal, tone, escape, SHARED) >= gate


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
