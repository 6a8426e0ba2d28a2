"""With features switched off by parameters alone, the exchange is a model that is known already.

Nothing here replaces an equation: each reduction is a choice of parameters, a situation and a
scripted event, and the oracle is written from the textbook.
"""

import numpy as np
import pytest
import xarray as xr
from scipy.special import ndtr, ndtri

from models import PartnerParameters, SharedParameters, exchange
from models.initial_state import initial_couple
from models.parameters import check
from models.state import NO_EVENT, RandomNumbers, Situation

NO_NOISE = RandomNumbers(0.0, 0.0, 0.0, 0.0)


def face_to_face(dt):
    return Situation(dt=dt, contact=1.0, proximity=1.0, clarity=1.0, awake=1.0, familiarity=1.0)


# --- a first-order autoregression with partner coupling -------------------------------------------

STEP = 0.2  # [min]
OWN = 0.3
INERT = 0.91
CALM = PartnerParameters(
    amygdala_threshold=0.95, amygdala_gain=9.0, cingulate_gain=0.2, cingulate_baseline=0.01,
    closeness_fear=0.01, anticipated_pain=0.02, reward_dependence=0.02, interoception=OWN,
    protest=0.01, flight=0.0, volatility=0.0, hostility=0.0, prefrontal_capacity=0.1,
    expected_warmth=-0.8, template_threat=0.02, oxytocin_reliability=0.05, warmth=0.0,
    affect_variability=0.2,
)  # fmt: skip
"""Nobody is alarmed, nobody turns away, nothing is repaired: what is left is feeling."""
LINEAR = SharedParameters(
    misreading_size=0.0, evidence_noise=0.0, reading_time=0.02, affect_time=-STEP / np.log(INERT),
    mood_time=600.0, strain_weight=0.0, template_weight=0.0, craving_weight=0.0, fear_weight=0.0,
    conflict_weight=0.0, anticipated_pain_on=0.0, slow_plasticity_on=0.0, threat_learning_on=0.0,
    corrective_rule_on=0.0, reward_tolerance_on=0.0, prediction_error_on=1.0,
)  # fmt: skip
COORD = (1.0 - INERT) * (1.0 - OWN) * 0.5
"""Of the other's affect, half is shown (``emit``), and 1 - w_I of what is read is felt."""


def feelings(start, steps, shocks=None):
    """Affect of A and B, (steps + 1, 2), from an affect of ``start`` each."""
    for parameters in (CALM, LINEAR):
        check(parameters)
    couple = initial_couple(CALM, CALM)
    couple = couple._replace(
        a=couple.a._replace(affect=start[0], reading_warmth=0.0),
        b=couple.b._replace(affect=start[1], reading_warmth=0.0),
    )
    kept = [start]
    for step in range(steps):
        random_numbers = [NO_NOISE, NO_NOISE]
        if shocks is not None:
            random_numbers = [NO_NOISE._replace(affect=shock) for shock in shocks[step]]
        couple = exchange(
            couple, CALM, CALM, face_to_face(STEP), NO_EVENT, NO_EVENT, *random_numbers, LINEAR
        ).couple
        kept.append((couple.a.affect, couple.b.affect))
    return np.array(kept)


def autoregression(start, steps):
    """y(t) = inert y(t-1) + coord partner(t-2): what is shown is heard, then felt."""
    now = [np.zeros(2), np.asarray(start, float)]
    for _ in range(steps):
        now.append(INERT * now[-1] + COORD * now[-2][::-1])
    return np.array(now[1:])


def test_feeling_is_a_first_order_autoregression_with_partner_coupling():
    """The response to a start, against the same couple without it, to half a percent of the start.

    Approximate, because what is shown is squashed (a shown warmth of 0.1 falls short by 0.5 %), a
    tenth of regulation cannot be switched off, and mood answers within its ten hours.
    """
    start = np.array([0.15, -0.05])
    moved = feelings(tuple(start), 60) - feelings((0.0, 0.0), 60)
    np.testing.assert_allclose(moved, autoregression(start, 60), atol=0.005 * 0.15)
    alone = autoregression(start, 60) - start * INERT ** np.arange(61)[:, None]
    assert np.abs(alone).max() > 20 * 0.005 * 0.15  # the coupling is far above the tolerance


def test_without_reading_the_partner_it_is_an_autoregression_alone():
    """``interoception`` at its highest: 0.98 of what is felt is one's own."""
    deaf = CALM._replace(interoception=0.98)
    couple, quiet = (initial_couple(deaf, deaf) for _ in range(2))
    couple = couple._replace(a=couple.a._replace(affect=0.3))
    quiet = quiet._replace(a=quiet.a._replace(affect=0.0))
    for step in range(1, 40):
        couple, quiet = (
            exchange(
                one, deaf, deaf, face_to_face(STEP), NO_EVENT, NO_EVENT, NO_NOISE, NO_NOISE, LINEAR
            ).couple
            for one in (couple, quiet)
        )
        gap = couple.a.affect - quiet.a.affect
        assert gap == pytest.approx(0.3 * INERT**step, abs=0.003)


def test_the_series_analysis_finds_that_autoregression_in_the_exchange(seed):
    """Noise on, the published method on our series: inertia and coordination as they were set."""
    from sim.series import inertia_coordination

    random = np.random.default_rng(seed)
    shocks = random.standard_normal((3000, 2))
    affect = feelings((0.0, 0.0), 3000, shocks)[500:]
    # The partner is heard one step before they are felt: the lag of coordination is 2.
    own, other = affect[1:-1], affect[:-2, ::-1]
    aligned = np.stack([affect[2:], own, other])
    for who in (0, 1):
        now, mine, theirs = (x[:, who] - x[:, who].mean() for x in aligned)
        slopes = np.linalg.lstsq(np.column_stack([mine, theirs]), now, rcond=None)[0]
        error = np.sqrt((1.0 - INERT**2) / len(now))
        assert abs(slopes[0] - INERT) < 4.0 * error + 0.002
        assert abs(slopes[1] - COORD) < 4.0 * error + 0.002
    coords = {"couple": [0], "partner": ["A", "B"], "time": np.arange(len(affect)) * STEP}
    fit = inertia_coordination(xr.DataArray(affect.T[None], coords, ("couple", "partner", "time")))
    assert np.abs(fit.inertia.values - INERT).max() < 4.0 * error + 0.01


# --- Rescorla and Wagner --------------------------------------------------------------------------


def learnt(rewards, tau, dt=10.0, start=0.3):
    """Expected reward after each scripted exchange with touch of this size."""
    shared = SharedParameters(misreading_size=0.0, reward_time=tau)
    check(shared)
    person, seen, worth = PartnerParameters(), [], []
    couple = initial_couple(person, person)
    couple = couple._replace(a=couple.a._replace(expected_reward=start))
    for size in rewards:
        event = NO_EVENT._replace(help_share=1.0, help_clarity=1.0, help_contact=size)
        before = couple.a.expected_reward
        result = exchange(
            couple, person, person, face_to_face(dt), event, NO_EVENT, NO_NOISE, NO_NOISE, shared
        )
        couple = result.couple
        seen.append(couple.a.expected_reward)
        worth.append(couple.a.prediction_error + before)  # error = lambda - V
    return np.array(seen), np.array(worth)


@pytest.mark.parametrize("tau", [5.0, 28.0, 300.0])
def test_expected_reward_is_rescorla_wagner(tau):
    """V <- V + alpha (lambda - V), alpha = 1 - exp(-dt / tau_V): exact. One cue only, so that
    blocking and overshadowing, which need compounds, have no counterpart here."""
    rewards = [0.8] * 12 + [0.0] * 12 + [0.8, 0.0] * 8
    seen, _ = learnt(rewards, tau)
    alpha, value, wanted = 1.0 - np.exp(-10.0 / tau), 0.3, []
    for size in rewards:
        x = 0.5 * size
        value += alpha * (x / np.sqrt(1.0 + x * x) - value)
        wanted.append(value)
    np.testing.assert_allclose(seen, wanted, atol=1e-12)
    assert np.ptp(wanted) > 0.02


def test_acquisition_and_extinction_have_their_closed_form():
    """V_n = lambda + (V_0 - lambda) (1 - alpha)^n; the literature's .3 an exchange of 10 min."""
    seen, worth = learnt([0.9] * 20, 28.0, start=0.0)
    alpha = 1.0 - np.exp(-10.0 / 28.0)
    assert alpha == pytest.approx(0.3, abs=0.001)
    np.testing.assert_allclose(worth, worth[0], atol=1e-12)
    np.testing.assert_allclose(
        seen, worth[0] * (1.0 - (1.0 - alpha) ** np.arange(1, 21)), atol=1e-12
    )


def test_without_prediction_errors_reward_itself_is_the_news():
    """The ablation of C14 takes the error apart, not the learning."""
    shared = SharedParameters(misreading_size=0.0, prediction_error_on=0.0)
    person = PartnerParameters()
    couple = initial_couple(person, person)
    event = NO_EVENT._replace(help_share=1.0, help_clarity=1.0, help_contact=0.8)
    result = exchange(
        couple, person, person, face_to_face(10.0), event, NO_EVENT, NO_NOISE, NO_NOISE, shared
    )
    assert result.couple.a.prediction_error == pytest.approx(0.4 / np.sqrt(1.16))


# --- signal detection -----------------------------------------------------------------------------

NOISE = 0.12  # [cues]
GROUND = 0.4  # [cues]: a baseline high enough for a liberal criterion to be a possible threshold
DETECTION = SharedParameters(
    evidence_noise=NOISE, misreading_size=0.0, evidence_time=0.01, template_weight=0.0,
    criterion_weight=0.0, pain_weight=0.0, fear_weight=0.0, craving_weight=0.0, strain_weight=0.0,
    conflict_weight=0.0, social_baseline_on=0.0, channel_ba=0.0,
)  # fmt: skip
"""Only the baseline and what comes from outside count; a criterion that nothing moves."""
DRAWS = 200_001
PRINTED = {
    -0.5: (0.933193, 0.691462),
    0.0: (0.841345, 0.500000),
    0.5: (0.691462, 0.308538),
    1.0: (0.500000, 0.158655),
}


def curbed(x):
    """The limit of attention of ``momentary_evidence``, from its docstring."""
    return x / np.sqrt(1.0 + (x / 1.4) ** 2)


def uncurbed(y):
    return y / np.sqrt(1.0 - (y / 1.4) ** 2)


def alarmed(threat, criterion, gain=6.0):
    """Share of evenly spaced quantiles of the noise at which the alarm is at least one half."""
    person = PartnerParameters(
        amygdala_threshold=float(curbed(GROUND) + NOISE * criterion), cingulate_baseline=GROUND,
        expected_warmth=-0.8, amygdala_gain=gain,
    )  # fmt: skip
    for parameters in (person, DETECTION):
        check(parameters)
    random_numbers = NO_NOISE._replace(evidence=ndtri((np.arange(DRAWS) + 0.5) / DRAWS))
    event = NO_EVENT._replace(threat=float(threat))
    after = exchange(
        initial_couple(person, person), person, person, face_to_face(1.0), event, NO_EVENT,
        random_numbers, NO_NOISE, DETECTION,
    ).couple.a  # fmt: skip
    return float((after.alarm >= 0.5).mean())


SIGNAL = uncurbed(curbed(GROUND) + NOISE) - GROUND
"""What has to come from outside for the evidence to rise by one standard deviation: d' = 1."""


@pytest.mark.parametrize(("criterion", "rates"), PRINTED.items())
def test_the_alarm_is_signal_detection_with_equal_variance(criterion, rates):
    """Hits and false alarms at d' = 1, to the six figures of the closed form."""
    hits, false = alarmed(SIGNAL, criterion), alarmed(0.0, criterion)
    assert (hits, false) == pytest.approx(rates, abs=2.0 / DRAWS + 5e-7)
    assert rates == pytest.approx((ndtr(1.0 - criterion), ndtr(-criterion)), abs=5e-7)
    # z transforms give both back
    assert ndtri(hits) - ndtri(false) == pytest.approx(1.0, abs=1e-4)


def test_the_gain_is_no_criterion():
    """How steep the alarm is moves neither hits nor false alarms, where an answer is one half."""
    assert alarmed(SIGNAL, 0.5, gain=2.0) == alarmed(SIGNAL, 0.5, gain=9.0)


def test_another_d_prime_is_told_apart():
    assert abs(alarmed(SIGNAL * 1.1, 0.0) - PRINTED[0.0][0]) > 0.01
