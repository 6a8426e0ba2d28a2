"""S08, the oxytocin bonding system: contact that can be relied on as a signal of safety."""

from models.forms import fill


def release(oxytocin, reliability, contact, understood, presence, fear, dt, shared):
    """Oxytocin ``O`` in (0, 1): raised by touch and attunement, as reliably as it has become.

    Rises at ``r z (contact (1 - fear) + understood / 2) / tau_O`` above a small tonic
    release, falls with ``tau_o``. No receptor density is modelled (no tracer exists).
    """
    bonding = presence * reliability * (contact * (1.0 - fear) + 0.5 * understood)
    return fill(oxytocin, (0.02 + bonding) / shared.oxytocin_rise, 1.0 / shared.oxytocin_time, dt)
