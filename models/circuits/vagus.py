"""S09, vagal tone: how fast arousal comes down, and how wide the window of tolerance is."""

import numpy as np

from models.forms import fill
from models.state import PartnerState


def arouse(state: PartnerState, alarm, load, awake, calming, dt, shared):
    """Arousal ``a`` in (0, 1): alarm and outside load raise it, the vagal brake lowers it.

    Rises at ``(0.02 + awake (A + load)) / tau_up``, falls at
    ``(0.25 + v) (1 + O / 2) (1 + 2 calming) / tau_v``, exactly over the interval.
    """
    rise = (0.02 + awake * (alarm + load)) / shared.arousal_rise
    brake = (0.25 + state.vagal_tone) * (1.0 + 0.5 * state.oxytocin) * (1.0 + 2.0 * calming)
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

        inside = exp(-((arousal - a_0) / (d_a * (0.4 + vagal_tone)))**2)
        within_window = window_on * inside + (1 - window_on)

    An inverted U, wider with vagal tone; at ``vagal_tone`` = 0.6 it is down to 1/e at a distance of
    ``d_a`` from ``a_0``.

    Source: NAA (window of tolerance); form and levels assumed.
    """
    distance = (arousal - shared.gate_optimum) / (shared.gate_width * (0.4 + vagal_tone))
    inside = np.exp(-(distance * distance))
    return shared.window_on * inside + (1.0 - shared.window_on)
