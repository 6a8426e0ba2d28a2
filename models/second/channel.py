"""S01 and S24, the ambiguous channel: what arrives is not quite what was sent."""

from models.second.circumstances import Circumstances
from models.second.forms import wander
from models.second.parameters import SharedParameters
from models.second.state import Signal
from models.state import Event


def coming(partner: Signal, event: Event) -> Signal:
    """The signal on its way: the partner's own, or as far as scripted, the helper's.

    Equation::

        own = 1 - event.help_share
        share = event.help_share
        warmth = own * partner.warmth + share * event.help_warmth
        bid = own * partner.bid
        demand = own * partner.demand + share * event.help_demand
        latency = 1 + own * (partner.latency - 1) + share * event.help_latency
        mood = own * partner.mood + share * event.help_warmth

    A helper bids for nothing.
    """
    own, share = 1.0 - event.help_share, event.help_share
    return Signal(
        warmth=own * partner.warmth + share * event.help_warmth,
        bid=own * partner.bid,
        demand=own * partner.demand + share * event.help_demand,
        latency=1.0 + own * (partner.latency - 1.0) + share * event.help_latency,
        mood=own * partner.mood + share * event.help_warmth,
    )


# more than six arguments: one for each symbol of the equation
def hear(sent: Signal, misreading, now: Circumstances, event: Event, open_, shared) -> Signal:
    """The signal as it is heard: warmth with an error that grows with ambiguity, the rest as sent.

    Equation::

        come = now.contact * open_
        warmth = open_ * sent.warmth + sigma_x * (1 - now.clarity) * misreading
        bid = come * sent.bid
        demand = come * sent.demand
        latency = 1 + come * (sent.latency - 1) + now.contact * event.delay
        mood = open_ * sent.mood

    ``misreading`` [sd] is a state; ``sigma_x`` [warmths]. What is said plainly is heard as said.
    ``open_`` is 1, or 0 where an ablation cuts the channel: then a signal without content comes.
    Out of contact nothing comes, and ``warmth`` and ``mood`` are not read.

    Source: Fletcher and Kerr 2010 (how well partners read each other, through ``sigma_x``).
    """
    come = now.contact * open_
    return Signal(
        warmth=open_ * sent.warmth + shared.reading_noise * (1.0 - now.clarity) * misreading,
        bid=come * sent.bid,
        demand=come * sent.demand,
        latency=1.0 + come * (sent.latency - 1.0) + now.contact * event.delay,
        mood=open_ * sent.mood,
    )


def misread(misreading, now: Circumstances, draw, shared: SharedParameters):
    """Error of reading [sd], a stationary process of a few minutes: luck, plus means warmer.

    Equation::

        misreading = wander(misreading, 0, now.dt, tau_b, 1, draw)
    """
    return wander(misreading, 0.0, now.dt, shared.body_time, 1.0, draw)
