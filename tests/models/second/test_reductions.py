"""With parameters alone the second core becomes what each mechanism was taken from."""

import math

import numpy as np
import pytest

from models.second import alarm, expression, learning, perception
from models.second.action import Choice
from models.second.circumstances import circumstances
from models.second.parameters import PartnerParameters
from models.second.start import initial_state
from models.state import NO_EVENT, Situation
from tests.helpers.second_draws import SHARED

FACE_TO_FACE = Situation(1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
PERSON = PartnerParameters()
NOW = circumstances(FACE_TO_FACE, NO_EVENT, SHARED)
ONE_CAUSE = SHARED._replace(old_cause_on=0.0)


@pytest.mark.parametrize(("mean", "variance", "heard"), [(0.3, 0.04, -0.5), (-0.4, 0.2, 0.6)])
def test_perception_of_one_cause_is_the_normal_posterior(mean, variance, heard):
    """By numerical integration of prior times likelihood: no formula of Kalman's is used."""
    state = initial_state(PERSON)._replace(expected_warmth=mean, expected_variance=variance)
    percept = perception.perceive(
        perception.predict(state, PERSON, NOW, ONE_CAUSE), heard, NOW, ONE_CAUSE
    )
    x = np.linspace(-6, 6, 200_001)
    noise = SHARED.reading_noise * (1 - NOW.clarity)
    weight = np.exp(-((x - mean) ** 2) / variance / 2 - (heard - x) ** 2 / noise**2 / 2)
    posterior = (x * weight).sum() / weight.sum()
    assert percept.warmth == pytest.approx(posterior, abs=1e-4)
    cold = weight[x < SHARED.critical_warmth].sum() / weight.sum()
    assert percept.risk == pytest.approx(cold, abs=0.011)  # the logistic for the normal


def test_a_signal_without_clarity_is_not_heard_for_certain_and_a_clear_one_is():
    state = initial_state(PERSON)
    predicted = perception.predict(state, PERSON, NOW, ONE_CAUSE)
    clear = perception.perceive(predicted, -0.5, NOW._replace(clarity=1.0), ONE_CAUSE)
    dim = perception.perceive(predicted, -0.5, NOW._replace(clarity=0.0), ONE_CAUSE)
    assert clear.warmth == pytest.approx(-0.5, abs=1e-4)
    assert -0.5 < dim.warmth < state.expected_warmth


@pytest.mark.parametrize("threshold", [0.3, 0.55, 0.8])
def test_the_threshold_moves_the_criterion_and_not_the_sensitivity(threshold):
    """Signal detection: yes where alarm is above a half; d' stays what it was."""
    random = np.random.default_rng(1)
    person, apart = PERSON._replace(amygdala_threshold=threshold), 0.3
    state = initial_state(person)
    normal = {"noise": 0.4, "signal": 0.4 + apart}
    rates = {
        kind: (alarm.guard(random.normal(mean, 0.2, 200_000), state, person, SHARED).alarm > 0.5)
        for kind, mean in normal.items()
    }
    hit, false_alarm = (quantile(rates[kind].mean()) for kind in ("signal", "noise"))
    assert hit - false_alarm == pytest.approx(apart / 0.2, abs=0.06)
    criterion = -(hit + false_alarm) / 2 * 0.2 + 0.4 + apart / 2
    assert criterion == pytest.approx(threshold, abs=0.01)


def quantile(share):
    """Of the standard normal, by bisection."""
    low, high = -6.0, 6.0
    for _ in range(60):
        middle = (low + high) / 2
        below = 0.5 * (1 + math.erf(middle / math.sqrt(2))) < share
        low, high = (middle, high) if below else (low, middle)
    return low


def test_learning_of_this_partner_is_rescorla_wagner():
    """Frozen variance, one cause: the error shrinks by one constant factor a trial."""
    shared = ONE_CAUSE._replace(volatility_on=0.0, window_on=0.0)
    state = initial_state(PERSON)
    rate = None
    for trial in range(1, 6):
        percept = perception.perceive(
            perception.predict(state, PERSON, NOW, shared), -0.2, NOW, shared
        )
        guarded = alarm.guard(0.0, state, PERSON, shared)
        if rate is None:
            rate = 1 - math.exp(-percept.gain * 0.5 * NOW.dt / shared.expectation_time)
            first = state.expected_warmth + 0.2
        mean, variance = learning.this_partner(
            state, PERSON, percept, guarded.open_, -0.2, NOW, shared
        )
        state = state._replace(expected_warmth=mean, expected_variance=variance)
        assert mean + 0.2 == pytest.approx(first * (1 - rate) ** trial, rel=1e-9)


@pytest.mark.parametrize("dt", [2 / 60, 0.3])
def test_the_face_is_an_ar1_process(dt):
    """Lag-one correlation exp(-dt / tau_f), standard deviation that of the face's play."""
    random = np.random.default_rng(2)
    now, choice = NOW._replace(dt=dt), Choice(1.0, 0.0, 0.0, 0.0, 0.0)
    couples = 4000
    state = initial_state(PERSON)._replace(warmth_shown=np.full(couples, SHARED.kind_look))
    series = []
    for _ in range(200 if dt < 0.1 else 60):
        face = expression.show(state, choice, now, random.normal(size=couples), SHARED)[0]
        state = state._replace(warmth_shown=face)
        series.append(face)
    before, after = series[-2], series[-1]
    inertia = np.corrcoef(before, after)[0, 1]
    assert inertia == pytest.approx(math.exp(-dt / SHARED.expression_time), abs=0.05)
    assert after.std() == pytest.approx(SHARED.face_play, rel=0.06)
    assert after.mean() == pytest.approx(SHARED.kind_look, abs=0.03)
