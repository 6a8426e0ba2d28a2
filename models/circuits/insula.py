"""S07, the insula: own body against the partner's face in what one takes oneself to feel."""

import numpy as np

from models.parameters import PartnerParameters
from models.state import PartnerState


def own_signal(state: PartnerState):
    """Affect as one's own body would have it: mood, calm from oxytocin, minus arousal.

    Equation::

        own = state.mood + 0.3 * state.oxytocin - 0.6 * state.arousal

    In (-1.6, 1.3).

    Source: assumed.
    """
    return state.mood + 0.3 * state.oxytocin - 0.6 * state.arousal


def feel(state: PartnerState, draw, dt, parameters: PartnerParameters, shared):
    """Felt affect, unbounded: one's own body's signal and the partner's as read, weighed.

    Equation::

        own = state.interoception
        target = own * own_signal(state) + (1 - own) * state.reading_warmth
        decay = exp(-dt / tau_F)
        spread = own * sigma_F * sqrt(1 - decay**2)
        affect = target + (state.affect - target) * decay + spread * draw

    ``dt`` and ``tau_F`` [min], ``draw`` standard normal. First-order process, exact in ``dt`` while
    the target is constant; own variability is felt only as far as it is one's own
    (``state.interoception``, a slow trait).

    Source: IA (merger), a self-other weight here; Butler and Barnard (inertia); Houben et al. 2015
    (variability).
    """
    own = state.interoception
    target = own * own_signal(state) + (1.0 - own) * state.reading_warmth
    decay = np.exp(-dt / shared.affect_time)
    spread = own * parameters.affect_variability * np.sqrt(1.0 - decay * decay)
    return target + (state.affect - target) * decay + spread * draw
