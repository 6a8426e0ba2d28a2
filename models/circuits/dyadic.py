"""S22, what the two have between them: closeness, satisfaction, commitment, breaking up."""

import numpy as np

from models.circuits.cingulate import turning_away
from models.forms import fill, logistic, positive, settle, squash
from models.state import DyadState, PartnerState, Signal


# more than six arguments: one for each symbol of the equation
def closeness(level, sent_a: Signal, sent_b: Signal, contact, proximity, dt, shared):
    """Closeness in (0, 1): shared warmth and touch build it, turning away and time wear it.

    Equation::

        touch = 0.5 * proximity * (sent_a.contact + sent_b.contact)
        warmth = 0.5 * positive(sent_a.warmth + sent_b.warmth)
        turned_away = 0.5 * (turning_away(sent_a.latency) + turning_away(sent_b.latency))
        rise = (0.0001 + contact * (0.5 * touch + 0.5 * warmth)) / tau_L
        fall = 1 / tau_D + contact * 0.5 * turned_away / tau_L
        closeness = fill(level, rise, fall, dt)

    ``tau_L``, ``tau_D`` and ``dt`` [min]. Touch counts only where the two are bodily together.
    Built from what both showed, so it is a fact that both know; symmetric in the partners.

    Source: assumed.
    """
    touch = 0.5 * proximity * (sent_a.contact + sent_b.contact)
    warmth = 0.5 * positive(sent_a.warmth + sent_b.warmth)
    turned_away = 0.5 * (turning_away(sent_a.latency) + turning_away(sent_b.latency))
    rise = (1e-4 + contact * (0.5 * touch + 0.5 * warmth)) / shared.closeness_rise
    fall = 1.0 / shared.closeness_time + contact * 0.5 * turned_away / shared.closeness_rise
    return fill(level, rise, fall, dt)


# more than six arguments: one for each symbol of the equation
def satisfaction(state: PartnerState, heard: Signal, sent: Signal, relieved, presence, dt, shared):
    """Satisfaction in (-1, 1): warmth and relief received, minus demand met and care given.

    Equation::

        gained = heard.warmth + 0.5 * relieved
        spent = 0.8 * heard.demand + 0.5 * turning_away(heard.latency) + 0.6 * sent.reassurance
        satisfaction = settle(state.satisfaction, squash(gained - spent), presence * dt, tau_Q)

    ``dt`` and ``tau_Q`` [min of contact]: apart, it stays.

    Source: Lemay and Dudley 2011 (reassuring costs the giver); form and weights assumed.
    """
    gained = heard.warmth + 0.5 * relieved
    spent = 0.8 * heard.demand + 0.5 * turning_away(heard.latency) + 0.6 * sent.reassurance
    target = squash(gained - spent)
    return settle(state.satisfaction, target, presence * dt, shared.satisfaction_time)


def commitment(state: PartnerState, dyad: DyadState, dt, shared):
    """Commitment in (0, 1): slow, from satisfaction, closeness and belief.

    Equation::

        wanted = state.satisfaction + dyad.closeness + 0.4 * (state.belief - 0.5) - 0.6
        target = logistic(3 * wanted)
        commitment = settle(state.commitment, target, dt, tau_c)

    ``dt`` and ``tau_c`` [min]. Belief is what words move at once: staying is partly a decision.

    Source: assumed.
    """
    wanted = state.satisfaction + dyad.closeness + 0.4 * (state.belief - 0.5) - 0.6
    target = logistic(3.0 * wanted)
    return settle(state.commitment, target, dt, shared.commitment_time)


def hazard(accumulated, commitment_a, commitment_b, dt, shared):
    """Accumulated hazard of breaking up [1]; ``1 - exp(-hazard)`` is the share that has parted.

    Equation::

        mean = 0.5 * (commitment_a + commitment_b)
        hazard = accumulated + lambda / 43200 * exp(6 * (0.5 - mean)) * dt

    ``lambda`` [1/30 d] is the rate at a mean commitment of one half; 43200 min are 30 days, ``dt``
    [min]. It changes e-fold with one sixth of commitment. Nobody is removed, so everybody's random
    numbers stay aligned.

    Source: Rosenfeld 2014 (level); Le et al. 2010 (commitment predicts best); slope assumed.
    """
    mean = 0.5 * (commitment_a + commitment_b)
    rate = shared.hazard_dating / 43200.0 * np.exp(6.0 * (0.5 - mean))
    return accumulated + rate * dt
