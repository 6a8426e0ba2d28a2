"""S11, prefrontal regulation: respond rather than react, believe words, find reasons after."""

from models.circuits.vagus import window_of_tolerance
from models.forms import fill, logistic, settle
from models.parameters import PartnerParameters
from models.state import PartnerState


def regulation(arousal, vagal_tone, cortisol, parameters: PartnerParameters):
    """Share of impulses held back, ``c_P (1 - logistic(14 (a - window))) (1 - C / 2)``."""
    overwhelmed = logistic(14.0 * (arousal - window_of_tolerance(vagal_tone)))
    return parameters.prefrontal_capacity * (1.0 - overwhelmed) * (1.0 - 0.5 * cortisol)


def believe(state: PartnerState, words, dt, shared):
    """Explicit belief ``B`` in (0, 1) of being safe: words move it at once, experience slowly.

    Rises with reassurance at ``1 / tau_w``, drifts to the expected warmth with ``tau_b`` and
    falls with the reasons that are found after a withdrawal.
    """
    drift = 1.0 / shared.belief_time
    expected = 0.5 + 0.5 * state.expectation
    rise = words / shared.words_time + drift * expected
    fall = drift * (1.0 - expected) + shared.appraisal_on * drift * 6.0 * state.appraisal
    return fill(state.belief, rise, fall, dt)


def appraise(appraisal, withdrawal_impulse, dt, shared):
    """Reasons against the partner follow the impulse to withdraw, with a lag ``tau_a``."""
    return settle(appraisal, withdrawal_impulse, dt, shared.appraisal_time)
