"""S11, prefrontal regulation: respond rather than react, believe words, find reasons after."""

from models.circuits.vagus import window_of_tolerance
from models.forms import fill, logistic, settle
from models.parameters import PartnerParameters
from models.state import PartnerState


def regulation(arousal, vagal_tone, cortisol, parameters: PartnerParameters):
    """Share of impulses held back, in (0, 1): gone when arousal leaves the window.

    Equation::

        overwhelmed = logistic(14 * (arousal - window_of_tolerance(vagal_tone)))
        regulation = c_P * (1 - overwhelmed) * (1 - 0.5 * cortisol)

    Source: NAA (respond rather than react); form and levels assumed.
    """
    overwhelmed = logistic(14.0 * (arousal - window_of_tolerance(vagal_tone)))
    return parameters.prefrontal_capacity * (1.0 - overwhelmed) * (1.0 - 0.5 * cortisol)


def believe(state: PartnerState, words, dt, shared):
    """Explicit belief of being safe, in (0, 1): words move it at once, experience slowly.

    Equation::

        expected = logistic(2 * state.expectation)
        rise = words / tau_w + expected / tau_b
        fall = (1 - expected) / tau_b + appraisal_on * 6 * state.appraisal / tau_b
        belief = fill(state.belief, rise, fall, dt)

    ``dt``, ``tau_w`` and ``tau_b`` [min]. ``words`` are the partner's reassurance as heard and an
    insight that treatment gives. Reasons found after a withdrawal lower it.

    Source: Atlas et al. 2016 (instruction moves the explicit store at once); weights assumed.
    """
    drift = 1.0 / shared.belief_time
    expected = logistic(2.0 * state.expectation)
    rise = words / shared.words_time + drift * expected
    fall = drift * (1.0 - expected) + shared.appraisal_on * drift * 6.0 * state.appraisal
    return fill(state.belief, rise, fall, dt)


def appraise(appraisal, withdrawal_impulse, dt, shared):
    """Reasons against the partner in (0, 1): they follow the impulse to withdraw, with a lag.

    Equation::

        appraisal = settle(appraisal, withdrawal_impulse, dt, tau_a)

    ``dt`` and ``tau_a`` [min].

    Source: IA (reasons come after the withdrawal); ``tau_a`` assumed.
    """
    return settle(appraisal, withdrawal_impulse, dt, shared.appraisal_time)
