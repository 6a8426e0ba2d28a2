"""The whole coupling on one screen: both emit, both hear, both update, at once.

The only way from one partner to the other is ``sent -> transmit -> heard``. Both emit before
either updates, so the order of the partners cannot matter.
"""

from typing import NamedTuple

from models.circuits import channel, dyadic
from models.parameters import PartnerParameters, SharedParameters
from models.partner import emit, update
from models.state import Couple, DyadState, Event, Luck, Signal, Situation


class Exchange(NamedTuple):
    """The couple after an exchange, and what was sent and heard in it."""

    couple: Couple
    sent_a: Signal
    sent_b: Signal
    heard_a: Signal
    heard_b: Signal


def exchange(
    couple: Couple,
    person_a: PartnerParameters,
    person_b: PartnerParameters,
    situation: Situation,
    event_a: Event,
    event_b: Event,
    luck_a: Luck,
    luck_b: Luck,
    shared: SharedParameters,
) -> Exchange:
    """One interval of ``situation.dt`` minutes in the life of a couple."""
    a, b, dyad = couple
    sent_a = emit(a, person_a)
    sent_b = emit(b, person_b)
    heard_a = channel.hear(sent_b, a.misreading, situation, event_a, shared.channel_ba, shared)
    heard_b = channel.hear(sent_a, b.misreading, situation, event_b, shared.channel_ab, shared)
    new_a = update(a, person_a, sent_a, heard_a, dyad, situation, event_a, luck_a, shared)
    new_b = update(b, person_b, sent_b, heard_b, dyad, situation, event_b, luck_b, shared)
    new_dyad = bond(dyad, new_a.commitment, new_b.commitment, sent_a, sent_b, situation, shared)
    return Exchange(Couple(new_a, new_b, new_dyad), sent_a, sent_b, heard_a, heard_b)


def bond(dyad, commitment_a, commitment_b, sent_a, sent_b, situation, shared) -> DyadState:
    """What both know of their couple, from what both showed (S22)."""
    return DyadState(
        closeness=dyadic.closeness(dyad.closeness, sent_a, sent_b, situation, shared),
        hazard=dyadic.hazard(dyad.hazard, commitment_a, commitment_b, situation.dt, shared),
    )
