"""S10, the stress axis: slow to start, slow to end, and it adds up."""

from models.forms import saturate, settle
from models.parameters import PartnerParameters


def drive(level, alarm, freeze, dt, parameters: PartnerParameters, shared):
    """Hypothalamic-pituitary drive in (0, 1): alarm and unresolved conflict, delayed 15 min."""
    input_ = parameters.hpa_reactivity * (0.08 + alarm * alarm + 0.5 * freeze)
    return settle(level, saturate(input_), dt, shared.hpa_time)


def cortisol(level, driven, dt, shared):
    """Cortisol in (0, 1): follows the drive and leaves with a half-life of 66 min."""
    return settle(level, driven, dt, shared.cortisol_time)
