"""S10, the stress axis: slow to start, slow to end, and it adds up."""

from models.forms import saturate, settle
from models.parameters import PartnerParameters


def drive(level, alarm, freeze, dt, parameters: PartnerParameters, shared):
    """Hypothalamic-pituitary drive in (0, 1): alarm and unresolved conflict, with a lag.

    Equation::

        hpa_drive = settle(level, saturate(h * (0.08 + alarm**2 + 0.5 * freeze)), dt, tau_h)

    ``dt`` and ``tau_h`` [min]. The lag stands for the dead time of cortisol.

    Source: NAA (sensitised axis); dead time 10 to 15 min; form and weights assumed.
    """
    input_ = parameters.hpa_reactivity * (0.08 + alarm * alarm + 0.5 * freeze)
    return settle(level, saturate(input_), dt, shared.hpa_time)


def cortisol(level, driven, dt, shared):
    """Cortisol in (0, 1): follows the drive and leaves with a half-life of 66 min.

    Equation::

        cortisol = settle(level, driven, dt, tau_C)

    ``driven`` is the drive at the end of the time step; ``dt`` and ``tau_C`` [min], ``tau_C`` = 66
    / ln 2 = 95.2.

    Source: elimination of cortisol, half-life 60 to 90 min.
    """
    return settle(level, driven, dt, shared.cortisol_time)
