"""S01, S03 and S12: perception is a posterior, and what is expected has two causes.

The *old* cause is the template of childhood with a safety memory beside it; the other is *this
partner*. Everything downstream reads the posterior, never the signal.
"""

from typing import NamedTuple

import numpy as np

from models.declare import Number
from models.forms import logistic
from models.second.circumstances import Circumstances
from models.second.parameters import PartnerParameters, SharedParameters
from models.second.state import PartnerState

PROBIT = 1.7
"""Slope at which a logistic comes within .01 of the normal distribution function."""
LEAST_VARIANCE = 1e-6
"""[warmths²], where a signal is perfectly clear."""


class Prediction(NamedTuple):
    """What is expected before anything is heard."""

    grip: Number
    """Log odds of the old cause, arousal included."""
    old_mean: Number
    """Warmth that the old cause predicts [warmths]."""
    mean: Number
    """Warmth expected of this partner (of a third person: none in particular) [warmths]."""
    variance: Number
    """Variance of what is expected of this partner [warmths²]."""


class Percept(NamedTuple):
    """What is perceived."""

    old: Number
    """Probability of the old cause, once something is heard."""
    expected: Number
    """Warmth expected under both causes [warmths]."""
    gain: Number
    """Share of what is heard in what is perceived (Kalman gain)."""
    warmth: Number
    """Warmth perceived [warmths]."""
    risk: Number
    """Probability that the partner is cold, given what is perceived."""
    threat: Number
    """The same before anything is heard."""


def predict(
    state: PartnerState, parameters: PartnerParameters, now: Circumstances, shared: SharedParameters
) -> Prediction:
    """What is expected, and how strongly place and body speak for the old cause.

    Equation::

        strained = a_s * now.awake * (state.load + state.strain)
        place = now.strangeness - integration - d_i * state.integration_gained + strained
        grip = place + a_o * state.arousal
        recalled = 1 - context_on * logistic(place)
        old_mean = template_warmth + recalled * state.safety_memory
        mean = (1 - now.third) * state.expected_warmth
        variance = state.expected_variance + now.third * (vigilance - state.expected_variance)

    Context keeps the old cause out as far as it is integrated; arousal, load and strain let it in,
    since it matches patterns and not dates. The safety memory is recalled in its own context.

    Source: Gershman, Blei and Niv 2010 (latent causes); Bouton 2004 (context); Bowlby 1973
    (template).
    """
    s, p = state, parameters
    strained = shared.strain_bias * now.awake * (s.load + s.strain)
    gained = shared.integration_depth * s.integration_gained
    place = now.strangeness - p.integration - gained + strained
    recalled = 1.0 - shared.context_on * logistic(place)
    return Prediction(
        grip=place + shared.arousal_bias * s.arousal,
        old_mean=p.template_warmth + recalled * s.safety_memory,
        mean=(1.0 - now.third) * s.expected_warmth,
        variance=s.expected_variance + now.third * (p.vigilance - s.expected_variance),
    )


def perceive(
    predicted: Prediction, warmth, now: Circumstances, shared: SharedParameters
) -> Percept:
    """The posterior of the partner's warmth, given what is heard (``warmth`` [warmths]).

    Equation::

        R = (sigma_x * (1 - now.clarity))**2 + 1e-6
        nearer = (warmth - mean)**2 - (warmth - old_mean)**2
        evidence = now.contact * nearer / (2 * (variance + R))
        old = old_cause_on * logistic(grip + evidence)
        expected = old * old_mean + (1 - old) * mean
        V = variance + old * (1 - old) * (old_mean - mean)**2
        K = now.contact * (prior_on * V / (V + R) + 1 - prior_on)
        perceived = expected + K * (warmth - expected)
        left = V * (1 - K) + R * (1 - prior_on) + 1e-6
        risk = logistic(1.7 * (m_c - perceived) / sqrt(left))
        threat = logistic(1.7 * (m_c - expected) / sqrt(V))

    ``grip``, ``old_mean``, ``mean`` and ``variance`` are those of ``predicted``; ``V``, ``R`` and
    ``left`` [warmths²]. ``m_c`` is the warmth below which a partner counts as cold.

    Source: Kalman 1960; Friston 2010 (perception as inference).
    """
    q = predicted
    noise = shared.reading_noise * (1.0 - now.clarity)
    R = noise * noise + LEAST_VARIANCE
    from_new, from_old = warmth - q.mean, warmth - q.old_mean
    evidence = now.contact * (from_new * from_new - from_old * from_old) / (2.0 * (q.variance + R))
    old = shared.old_cause_on * logistic(q.grip + evidence)
    expected = old * q.old_mean + (1.0 - old) * q.mean
    apart = q.old_mean - q.mean
    V = q.variance + old * (1.0 - old) * apart * apart
    K = now.contact * (shared.prior_on * V / (V + R) + 1.0 - shared.prior_on)
    perceived = expected + K * (warmth - expected)
    left = V * (1.0 - K) + R * (1.0 - shared.prior_on) + LEAST_VARIANCE
    return Percept(
        old=old,
        expected=expected,
        gain=K,
        warmth=perceived,
        risk=logistic(PROBIT * (shared.critical_warmth - perceived) / np.sqrt(left)),
        threat=logistic(PROBIT * (shared.critical_warmth - expected) / np.sqrt(V)),
    )
