"""S16, empathic attunement: reading the other and reflecting it back. Not the same as warmth."""

import numpy as np

from models.forms import settle
from models.parameters import PartnerParameters
from models.state import PartnerState


def read(level, heard, presence, dt, shared):
    """What one has read of the partner: quick in contact, fading to 0 while apart.

    Equation::

        quick = settle(level, heard, presence * dt, tau_R)
        reading = settle(quick, 0, (1 - presence) * dt, tau_H)

    ``dt``, ``tau_R`` and ``tau_H`` [min]. Used for the partner's warmth, turning away and demand.

    Source: assumed.
    """
    quick = settle(level, heard, presence * dt, shared.reading_time)
    return settle(quick, 0.0, (1.0 - presence) * dt, shared.reading_hold)


def mirror(state: PartnerState, parameters: PartnerParameters):
    """Affect reflected to the partner: as read, as far as attuned, otherwise one's own.

    Equation::

        mirror = u * state.reading_warmth + (1 - u) * state.affect

    Unbounded; ``emit`` squashes it into (-1, 1).

    Source: NAA (attunement distinct from warmth); no claim about mirror neurons; form assumed.
    """
    return (
        parameters.attunement * state.reading_warmth + (1.0 - parameters.attunement) * state.affect
    )


def understood(mirrored, shown, contact, shared):
    """Felt understanding in [0, 1): how near the reflection comes to what one shows.

    Equation::

        near = exp(-((mirrored - shown) / 0.35)**2)
        seen = abs(mirrored) / (0.05 + abs(mirrored))
        understood = contact * (mirroring_on * near * seen + (1 - mirroring_on) * 0.5)

    ``mirrored`` is the reflection as heard, ``shown`` one's own warmth as sent. Who reflects
    nothing does not understand, however near to nothing one's own state is. Coldness that meets
    coldness also counts as near. Under the ablation ``mirroring_on`` = 0 accuracy makes no
    difference.

    Source: NAA (being mirrored); form and width assumed.
    """
    gap = (mirrored - shown) / 0.35
    seen = np.abs(mirrored) / (0.05 + np.abs(mirrored))
    felt = np.exp(-(gap * gap)) * seen
    return contact * (shared.mirroring_on * felt + (1.0 - shared.mirroring_on) * 0.5)
