"""S09, vagal tone: how fast arousal comes down, and how wide the window of tolerance is."""

from models.forms import fill
from models.state import PartnerState


# more than six arguments: one for each symbol of the equation
def arouse(state: PartnerState, alarm, load, awake, calming, dt, shared):
    """Arousal in (0, 1): alarm and outside load raise it, the vagal brake lowers it.

    Equation::

        rise = (0.02 + awake * (alarm + load)) / tau_up
        brake = state.vagal_tone * (1 + 0.5 * state.oxytocin) * (1 + 2 * calming)
        arousal = fill(state.arousal, rise, brake / tau_v, dt)

    ``dt``, ``tau_up`` and ``tau_v`` [min]; the rates are constant over the time step. ``calming``
    is guidance that calms the body (S24), 0 where there is no help.

    Source: NAA (vagal brake); recovery half-time near 2 min; form and weights assumed.
    """
    rise = (0.02 + awake * (alarm + load)) / shared.arousal_rise
    brake = state.vagal_tone * (1.0 + 0.5 * state.oxytocin) * (1.0 + 2.0 * calming)
    return fill(state.arousal, rise, brake / shared.arousal_recovery, dt)


def window_of_tolerance(vagal_tone):
    """Arousal beyond which regulation fails, in (0.3, 0.75).

    Equation::

        window = 0.3 + 0.45 * vagal_tone

    Source: NAA (window of tolerance); levels assumed.
    """
    return 0.3 + 0.45 * vagal_tone


def within_window(arousal, vagal_tone, shared):
    """How far arousal is inside the window in which one can learn, in (0, 1].

    Equation::

        distance = (arousal - a_0) / (d_a * (0.4 + vagal_tone))
        inside = 1 / (1 + distance**2)**2
        within_window = window_on * inside + (1 - window_on)

    An inverted U around ``a_0``, wider with vagal tone; a quarter is left at a distance of 1.

    Source: NAA (window of tolerance); form and levels assumed.
    """
    distance = (arousal - shared.gate_optimum) / (shared.gate_width * (0.4 + vagal_tone))
    inside = 1.0 / ((1.0 + distance * distance) * (1.0 + distance * distance))
    return shared.window_on * inside + (1.0 - shared.window_on)
