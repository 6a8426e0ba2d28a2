"""S08, the oxytocin bonding system: contact that can be relied on as a signal of safety."""

from models.forms import fill


# more than six arguments: one for each symbol of the equation
def release(oxytocin, reliability, contact, understood, presence, fear, dt, shared):
    """Oxytocin in (0, 1): raised by touch and attunement, as reliably as it has become.

    Equation::

        bonding = presence * reliability * (contact * (1 - fear) + 0.5 * understood)
        oxytocin = fill(oxytocin, (0.02 + bonding) / tau_O, 1 / tau_o, dt)

    ``contact`` is touch as heard, 0.02 a small tonic release; ``dt``, ``tau_O``, ``tau_o`` [min].
    No receptor density is modelled (no validated tracer for the living human brain exists).

    Source: NAA (idea); decay from cerebrospinal fluid; the rest assumed.
    """
    bonding = presence * reliability * (contact * (1.0 - fear) + 0.5 * understood)
    return fill(oxytocin, (0.02 + bonding) / shared.oxytocin_rise, 1.0 / shared.oxytocin_time, dt)
