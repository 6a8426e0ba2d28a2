"""S07, the insula: own body against the partner's face in what one takes oneself to feel."""

import numpy as np

from models.parameters import PartnerParameters
from models.state import PartnerState


def own_signal(state: PartnerState):
    """Affect as one's own body would have it: mood, calm from oxytocin, minus arousal."""
    return state.mood + 0.3 * state.oxytocin - 0.6 * state.arousal


def feel(state: PartnerState, draw, dt, parameters: PartnerParameters, shared):
    """Felt affect ``F``: ``w_I`` times own signal plus ``1 - w_I`` times the partner's as read.

    First-order process with time constant ``tau_F`` and variability ``sigma_F`` from within,
    exact in ``dt``; own variability is felt only as far as it is one's own (``w_I``).
    """
    own = state.interoception
    target = own * own_signal(state) + (1.0 - own) * state.reading_warmth
    kept = np.exp(-dt / shared.affect_time)
    spread = own * parameters.affect_variability * np.sqrt(1.0 - kept * kept)
    return target + (state.affect - target) * kept + spread * draw
