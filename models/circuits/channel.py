"""S01, the ambiguous channel: what is perceived is not what was sent."""

import numpy as np

from models.parameters import SharedParameters
from models.state import Event, Signal, Situation


def misread(error, draw, dt, shared: SharedParameters):
    """Error of reading [sd], unbounded: a stationary first-order process, plus means warmer.

    Equation::

        decay = exp(-dt / tau_x)
        misreading = error * decay + sqrt(1 - decay**2) * draw

    ``dt`` and ``tau_x`` [min], ``draw`` standard normal. Mean 0 and standard deviation 1 at any
    ``dt``, so finer steps give the same distribution.

    Source: Uhlenbeck and Ornstein 1930 (form); ``tau_x`` assumed.
    """
    decay = np.exp(-dt / shared.misreading_time)
    return error * decay + np.sqrt(1.0 - decay * decay) * draw


def hear(sent: Signal, error, situation: Situation, event: Event, open_, shared) -> Signal:
    """The signal as it is heard; noise in proportion to ambiguity, the complement of clarity.

    Equation::

        clarity = (open_ * sent.clarity + (1 - open_) * 0.7) * situation.clarity
        misreading = (1 - clarity) * sigma_x * error
        come = situation.contact * open_
        warmth = come * sent.warmth + situation.contact * misreading
        contact = come * situation.proximity * sent.contact
        reassurance = come * sent.reassurance
        demand = come * sent.demand
        latency = 1 + come * (sent.latency - 1) + situation.contact * (event.delay - misreading)
        mirroring = come * sent.mirroring + situation.contact * misreading

    ``error`` [sd] is the state ``misreading``; a misreading makes a reply seem late as it makes it
    seem cold. ``latency`` and ``event.delay`` [usual replies]. What is heard can leave the range of
    what is sent: warmth and mirroring beyond -1 and 1, latency below 1. With no contact no content
    comes through. With the channel cut (``open_`` = 0, an ablation) a signal without content takes
    the other's place, at a clarity of 0.7 that says nothing of the sender.

    Source: Fletcher and Kerr 2010 (size of the noise, through ``sigma_x``); form assumed.
    """
    clarity = (open_ * sent.clarity + (1.0 - open_) * 0.7) * situation.clarity
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
    """Stress from outside the couple [sd]: a stationary process plus the stressors that happen.

    Equation::

        decay = exp(-dt / tau_s)
        strain = level * decay + sqrt(1 - decay**2) * draw + stressor

    ``dt`` and ``tau_s`` [min], ``draw`` standard normal. ``stressor`` [sd] is a kick at the end of
    the time step, whatever its length. Without stressors mean 0 and standard deviation 1; below 0
    is an easier time than usual.

    Source: Uhlenbeck and Ornstein 1930 (form); ``tau_s`` assumed.
    """
    decay = np.exp(-dt / shared.strain_time)
    return level * decay + np.sqrt(1.0 - decay * decay) * draw + stressor
