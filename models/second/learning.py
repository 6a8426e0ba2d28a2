"""S03, S04, S12, S17 and S18: only the cause at work learns, by its own error, in the window."""

import numpy as np

from models.forms import positive, settle
from models.second.alarm import Guard
from models.second.circumstances import Circumstances
from models.second.forms import approach
from models.second.parameters import PartnerParameters, SharedParameters
from models.second.perception import Percept, Prediction
from models.second.state import PartnerState


# more than six arguments: one for each symbol of the equation
def this_partner(
    state: PartnerState,
    parameters: PartnerParameters,
    percept: Percept,
    open_,
    warmth,
    now: Circumstances,
    shared: SharedParameters,
) -> tuple:
    """Mean [warmths] and variance [warmths²] of what is expected of this partner.

    Equation::

        share = now.partner * (1 - old)
        expected_warmth = settle(state.expected_warmth, warmth, K * open_ * share * now.dt, tau_m)
        error = K * (warmth - state.expected_warmth)
        expected_variance = settle(state.expected_variance, vigilance + error**2,
                                   volatility_on * share * now.dt, tau_m)

    ``K`` is the gain and ``old`` the probability of the old cause, both of ``percept``; ``tau_m``
    [min]. The variance follows recent error: who is surprised learns faster and is sure of less.

    Source: Rescorla and Wagner 1972; Pearce and Hall 1980 (volatility).
    """
    share = now.partner * (1.0 - percept.old)
    K, time = percept.gain, shared.expectation_time
    error = K * (warmth - state.expected_warmth)
    spread = parameters.vigilance + error * error
    return (
        settle(state.expected_warmth, warmth, K * open_ * share * now.dt, time),
        settle(state.expected_variance, spread, shared.volatility_on * share * now.dt, time),
    )


# more than six arguments: one for each symbol of the equation
def old_cause(
    state: PartnerState,
    predicted: Prediction,
    percept: Percept,
    guarded: Guard,
    warmth,
    now: Circumstances,
    shared: SharedParameters,
) -> tuple:
    """Safety memory beside the template [warmths], and integration gained, in [0, 1).

    Equation::

        wrong = warmth - old_mean
        active = K * gate * old
        safety_memory = state.safety_memory + wrong * (1 - exp(-active * now.dt / tau_o))
        lesson = n_i * K * (old * gate)**2 * held * positive(wrong) / tau_o
        integration_gained = approach(state.integration_gained, integration_on * lesson,
                                      1 / tau_y, now.dt)

    The template itself never changes. Integration needs the old cause active and alive at once
    (hence the square) while one regulates, and fades in years.

    Source: Bouton 2004 (nothing is erased); Lane et al. 2015 (integration); the square is assumed.
    """
    wrong = warmth - predicted.old_mean
    active = percept.old * guarded.gate
    rate = percept.gain * active / shared.safety_time
    safety = state.safety_memory + wrong * (1.0 - np.exp(-rate * now.dt))
    lesson = shared.integration_rate * percept.gain * active * active * guarded.held
    rise = shared.integration_on * lesson * positive(wrong) / shared.safety_time
    fade = 1.0 / shared.investment_time
    return safety, approach(state.integration_gained, rise, fade, now.dt)
