"""S22, a slow life: sentiment that acts, satisfaction as told, wishes, alternatives, leaving."""

from models.forms import logistic, positive, settle
from models.second.circumstances import Circumstances
from models.second.forms import approach, bounded, wander
from models.second.parameters import PartnerParameters, SharedParameters
from models.second.state import DyadState, PartnerState, Signal


def invested(dyad: DyadState, parameters: PartnerParameters, shared: SharedParameters):
    """Investment in the relationship [warmths]: closeness and years, less for who deactivates.

    Equation::

        invested = dyad.closeness * (1 - deactivation) * dyad.age / (dyad.age + tau_y)

    Source: Rusbult 1983.
    """
    shared_years = dyad.age / (dyad.age + shared.investment_time)
    return dyad.closeness * (1.0 - parameters.deactivation) * shared_years


def commitment(state: PartnerState, investment, shared: SharedParameters):
    """Commitment [warmths]: satisfaction and investment, less the alternatives.

    Equation::

        commitment = state.satisfaction + investment - alternatives_on * s_o * state.alternatives

    Source: Rusbult 1983.
    """
    options = shared.alternatives_on * shared.alternatives_size * state.alternatives
    return state.satisfaction + investment - options


def sentiment(state: PartnerState, perceived, affect, now: Circumstances, shared):
    """Sentiment towards the partner, which acts, in (-1, 1).

    Equation::

        sentiment = settle(state.sentiment, bounded(perceived + affect / 2),
                           now.partner * now.dt, tau_a)

    ``tau_a`` [min of contact]: a month. Words do not move it.
    """
    target = bounded(perceived + 0.5 * affect)
    return settle(state.sentiment, target, now.partner * now.dt, shared.appraisal_time)


# more than six arguments: one for each symbol of the equation
def satisfaction(
    state: PartnerState, parameters, perceived, affect, heard: Signal, dyad, now, shared
):
    """Satisfaction as one would tell it, in (-1, 1).

    Equation::

        left = now.contact * (1 - 1 / heard.latency)
        gap = closeness_wanted - dyad.closeness
        standard = standard_on * (comparison_level + v_g * gap**2)
        unmet = wish_on * v_u * positive(state.wish)
        met = v_m * (perceived - heard.demand - left) + v_a * affect - standard - unmet
        lived = settle(state.satisfaction, bounded(met), now.partner * now.dt, tau_a)
        satisfaction = settle(lived, 1, now.words * now.dt, tau_r)

    Each partner evaluates by standards, needs and wishes of their own. Words move what is told
    within ``tau_r`` [min], and nothing that acts.

    Source: Thibaut and Kelley 1959 (standards); Baucom and Epstein 1990 (unmet wishes).
    """
    p = parameters
    left = now.contact * (1.0 - 1.0 / heard.latency)
    gap = p.closeness_wanted - dyad.closeness
    standard = shared.standard_on * (p.comparison_level + shared.distance_cost * gap * gap)
    unmet = shared.wish_on * shared.unmet_wish * positive(state.wish)
    received = perceived - heard.demand - left
    met = shared.warmth_value * received + shared.mood_value * affect - standard - unmet
    lived = settle(state.satisfaction, bounded(met), now.partner * now.dt, shared.appraisal_time)
    return settle(lived, 1.0, now.words * now.dt, shared.relief_time)


def chance(value, now: Circumstances, draw, shared: SharedParameters):
    """A wish for change or one's alternatives [sd]: chance of one's own that lasts a quarter.

    Equation::

        chance = wander(value, 0, now.dt, tau_q, 1, draw)
    """
    return wander(value, 0.0, now.dt, shared.stage_time, 1.0, draw)


def disengage(state: PartnerState, commitment_now, now: Circumstances, shared: SharedParameters):
    """Disengagement, in [0, 1): grows while commitment is below the brink, and recovers above it.

    Equation::

        low = logistic(k * (c_b - commitment_now))
        disengagement = disengagement_on * approach(state.disengagement, 2 * low / tau_q,
                                                    2 * (1 - low) / tau_q, now.dt)

    Source: Rusbult 1983 (leaving follows commitment); form assumed.
    """
    low = logistic(shared.slope * (shared.brink - commitment_now))
    rise, fall = 2.0 * low / shared.stage_time, 2.0 * (1.0 - low) / shared.stage_time
    return shared.disengagement_on * approach(state.disengagement, rise, fall, now.dt)
