"""S06, the ventral striatum: reward, its prediction error, tolerance, and silence."""

from models.forms import fill, positive, saturate, settle, squash
from models.state import PartnerState, Signal


def reward(heard: Signal):
    """Positive signal ``R`` in [0, 1): warmth, touch and words all count."""
    return squash(0.6 * positive(heard.warmth) + 0.5 * heard.contact + 0.9 * heard.reassurance)


def relief(state: PartnerState, received):
    """What a reward still does once tolerance ``Q`` has built up, in [0, 1).

    ``x / (x + 0.2)`` with ``x = R (1 - Q)``: a little relieves a lot, unless tolerant.
    """
    return saturate(5.0 * received * (1.0 - state.tolerance))


def prediction_error(expected, received, contact, shared):
    """Reward prediction error ``R - V`` while in contact (Schultz, Dayan and Montague 1997)."""
    return contact * (received - shared.prediction_error_on * expected)


def expect(expected, received, presence, dt, shared):
    """Expected reward ``V``, Rescorla and Wagner's rule (1972) in continuous time."""
    return settle(expected, received, presence * dt, shared.reward_time)


def tolerate(state: PartnerState, reassurance, received, dt, shared):
    """Tolerance ``Q``: rises with validation in the dependent, fades in weeks of abstinence.

    The essays' account; the literature's is return of doubt, and no direct evidence exists.
    """
    dose = reassurance + 0.1 * received
    rise = shared.reward_tolerance_on * state.reward_dependence * dose
    return fill(state.tolerance, rise / shared.tolerance_rise, 1.0 / shared.tolerance_time, dt)


def silence(elapsed, relieved, dt):
    """Time since the last signal that still relieved [min]; a weak one resets it in part."""
    return (elapsed + dt) * (1.0 - relieved)


def usual_gap(gap, elapsed, relieved, presence, dt, shared):
    """Usual time between rewards [min]: learnt from each silence that a reward ended."""
    return settle(gap, elapsed, presence * relieved * dt, shared.reward_time)


def craving(state: PartnerState, shared):
    """Craving in [0, 1): grows with silence, in the dependent and the tolerant.

    ``rho (1 + Q)/2 t/(t + t_c) h`` with hope ``h = 1 / (1 + (t / (n_h gap))^2)``: who was
    rewarded rarely goes on hoping longer (partial reinforcement; Chan and Harris 2019).
    """
    waited = saturate(state.silence / shared.silence_scale)
    lost = state.silence / (shared.hope_gaps * state.usual_gap)
    hope = 1.0 / (1.0 + lost * lost)
    return state.reward_dependence * 0.5 * (1.0 + state.tolerance) * waited * hope


def mood(state: PartnerState, error, relieved, alarm, craving, dt, shared):
    """Mood in (-1, 1): a baseline of one's own, as far as it is not outsourced to the partner.

    Target ``squash(0.3 (1 - rho) + rho (1.5 relief - craving) + error (1 - Q) - 0.5 A)``:
    decayed prediction errors make mood (Rutledge et al. 2014); lows follow highs because a
    tolerant system gets less from the same reward and misses it as much.
    """
    rho = state.reward_dependence
    own = 0.3 * (1.0 - rho) + rho * (1.5 * relieved - 1.5 * craving)
    felt = error * (1.0 - state.tolerance) - 0.5 * alarm
    return settle(state.mood, squash(own + felt), dt, shared.mood_time)
