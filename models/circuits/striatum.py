"""S06, the ventral striatum: reward, its prediction error, tolerance, and silence."""

from models.forms import fill, positive, saturate, settle, squash
from models.state import PartnerState, Signal


def reward(heard: Signal):
    """Positive signal received, in [0, 1): warmth, touch and words all count.

    Equation::

        warmth = 0.6 * positive(heard.warmth)
        reward = squash(warmth + 0.5 * heard.contact + 0.9 * heard.reassurance)

    Source: IA (reassurance dependent); weights assumed.
    """
    return squash(0.6 * positive(heard.warmth) + 0.5 * heard.contact + 0.9 * heard.reassurance)


def relief(state: PartnerState, received):
    """What a reward still does once tolerance has built up, in [0, 1).

    Equation::

        relief = saturate(5 * received * (1 - state.tolerance))

    One half where ``received * (1 - state.tolerance)`` is 0.2: a little relieves a lot, unless
    tolerant.

    Source: IA (tolerance), without direct evidence; form assumed.
    """
    return saturate(5.0 * received * (1.0 - state.tolerance))


def prediction_error(expected, received, contact, shared):
    """Reward prediction error in (-1, 1), while in contact.

    Equation::

        error = contact * (received - prediction_error_on * expected)

    Under the ablation ``prediction_error_on`` = 0 every reward is news.

    Source: Schultz, Dayan and Montague 1997.
    """
    return contact * (received - shared.prediction_error_on * expected)


def expect(expected, received, presence, dt, shared):
    """Expected reward in (0, 1): the delta rule in continuous time.

    Equation::

        expected_reward = settle(expected, received, presence * dt, tau_V)

    ``dt`` and ``tau_V`` [min of contact].

    Source: Rescorla and Wagner 1972; learning rate .3 an exchange of 10 min.
    """
    return settle(expected, received, presence * dt, shared.reward_time)


def tolerate(state: PartnerState, reassurance, received, dt, shared):
    """Reward tolerance in (0, 1): rises with validation in the dependent, fades in abstinence.

    Equation::

        dose = reassurance + 0.1 * received
        rise = reward_tolerance_on * state.reward_dependence * dose / tau_T
        tolerance = fill(state.tolerance, rise, 1 / tau_A, dt)

    ``dt``, ``tau_T`` and ``tau_A`` [min]. The literature's account is a return of doubt.

    Source: IA (tolerance); no direct evidence; levels assumed.
    """
    dose = reassurance + 0.1 * received
    rise = shared.reward_tolerance_on * state.reward_dependence * dose
    return fill(state.tolerance, rise / shared.tolerance_rise, 1.0 / shared.tolerance_time, dt)


def silence(elapsed, relieved, contact, awake, dt, shared):
    """Time since the last signal that still relieved [min]; a weak one ends it in part.

    Equation::

        rate = relieved * contact / tau_r + 1e-6
        silence = settle(elapsed, awake / rate, dt, 1 / rate)

    ``elapsed``, ``dt`` and ``tau_r`` [min], ``rate`` and 1e-6 [1/min]. The clock runs while awake
    and unrelieved; exact over the time step.

    Source: IA (any period without a positive signal); form assumed.
    """
    rate = relieved * contact / shared.relief_time + 1e-6
    return settle(elapsed, awake / rate, dt, 1.0 / rate)


def usual_gap(gap, elapsed, relieved, contact, dt, shared):
    """Usual time between rewards [min]: learnt from the silence that a reward ends.

    Equation::

        usual_gap = settle(gap, elapsed, relieved * contact * dt, tau_V)

    ``gap``, ``elapsed`` (the silence as the time step starts), ``dt`` and ``tau_V`` [min].

    Source: Chan and Harris 2019 (persistence scales with the interval); form assumed.
    """
    return settle(gap, elapsed, relieved * contact * dt, shared.reward_time)


def craving(state: PartnerState, shared):
    """Craving in [0, 1): grows with silence, in the dependent and the tolerant.

    Equation::

        waited = saturate(state.silence / t_c)
        hope = 1 / (1 + (state.silence / (n_h * state.usual_gap))**2)
        craving = state.reward_dependence * 0.5 * (1 + state.tolerance) * waited * hope

    ``silence``, ``t_c`` and ``usual_gap`` [min], ``n_h`` [usual gaps]. Who was rewarded rarely goes
    on hoping longer.

    Source: IA (silence sets it off); Chan and Harris 2019 (partial reinforcement, in rats).
    """
    waited = saturate(state.silence / shared.silence_scale)
    lost = state.silence / (shared.hope_gaps * state.usual_gap)
    hope = 1.0 / (1.0 + lost * lost)
    return state.reward_dependence * 0.5 * (1.0 + state.tolerance) * waited * hope


# more than six arguments: one for each symbol of the equation
def mood(state: PartnerState, error, relieved, alarm, craving, dt, shared):
    """Mood in (-1, 1): a baseline of one's own, as far as it is not outsourced to the partner.

    Equation::

        outsourced = state.reward_dependence
        own = 0.3 * (1 - outsourced) + 1.5 * (outsourced * relieved - craving)
        felt = error * (1 - state.tolerance) - 0.5 * alarm
        mood = settle(state.mood, squash(own + felt), dt, tau_m)

    ``dt`` and ``tau_m`` [min]. Lows follow highs because a tolerant system gets less from the same
    reward and misses it as much.

    Source: Rutledge et al. 2014 (decayed prediction errors make mood); IA (outsourced baseline);
    weights assumed.
    """
    rho = state.reward_dependence
    own = 0.3 * (1.0 - rho) + 1.5 * (rho * relieved - craving)
    felt = error * (1.0 - state.tolerance) - 0.5 * alarm
    return settle(state.mood, squash(own + felt), dt, shared.mood_time)
