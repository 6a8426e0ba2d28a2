"""S01, the ambiguous channel: what is perceived is not what was sent."""

import numpy as np

from models.parameters import SharedParameters
from models.state import Event, Signal, Situation


def misread(error, draw, dt, shared: SharedParameters):
    """Error of reading ``x`` [sd], a stationary first-order process.

    ``x' = rho x + sqrt(1 - rho^2) xi`` with ``rho = exp(-dt / tau_x)``: exact in ``dt``
    (Uhlenbeck and Ornstein 1930), so finer steps give the same law.
    """
    kept = np.exp(-dt / shared.misreading_time)
    return error * kept + np.sqrt(1.0 - kept * kept) * draw


def hear(sent: Signal, error, situation: Situation, event: Event, open_, shared) -> Signal:
    """The signal as it is heard; noise in proportion to ambiguity ``U = 1 - clarity``.

    ``warmth' = z (warmth + U sigma_x x)``; a misreading makes a reply seem late as it makes
    it seem cold. With no contact (``contact z = 0``) nothing comes through; with the channel cut
    (``open_ = 0``, an ablation) a signal that says nothing takes the other's place.
    """
    clarity = sent.clarity * situation.clarity
    misreading = (1.0 - clarity) * shared.misreading_size * error
    seen = situation.contact
    come = seen * open_
    return Signal(
        warmth=come * sent.warmth + seen * misreading,
        contact=come * situation.proximity * sent.contact,
        reassurance=come * sent.reassurance,
        demand=come * sent.demand,
        latency=1.0 + come * (sent.latency - 1.0) + seen * (event.delay - misreading),
        clarity=clarity,
        mirroring=come * sent.mirroring + seen * misreading,
    )


def strain(level, draw, stressor, dt, shared: SharedParameters):
    """Stress from outside the couple [sd]: a stationary process plus the stressors that happen."""
    kept = np.exp(-dt / shared.strain_time)
    return level * kept + np.sqrt(1.0 - kept * kept) * draw + stressor
