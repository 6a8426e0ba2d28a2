"""The whole coupling on one screen: both emit, both hear, both update, at once.

The only way from one partner to the other is the signal that ``channel.hear`` lets through.
Both emit before either updates, so the order of the partners cannot matter.
"""

from typing import NamedTuple

from models import interventions
from models.circuits import channel, dyadic
from models.parameters import PartnerParameters, SharedParameters
from models.partner import emit, update
from models.state import Couple, DyadState, Event, PartnerState, RandomNumbers, Signal, Situation


class Exchange(NamedTuple):
    """The couple after an exchange, and what was sent and heard in it."""

    couple: Couple
    sent_a: Signal
    sent_b: Signal
    heard_a: Signal
    heard_b: Signal


# more than six arguments: what is A's and what is B's, so that swapping them mirrors the result
def exchange(
    couple: Couple,
    person_a: PartnerParameters,
    person_b: PartnerParameters,
    situation: Situation,
    event_a: Event,
    event_b: Event,
    random_numbers_a: RandomNumbers,
    random_numbers_b: RandomNumbers,
    shared: SharedParameters,
) -> Exchange:
    """One time step of ``situation.dt`` minutes in the life of a couple.

    Both emit from their present states, then both respond, then the bond takes note. A's event and
    random numbers go to A's update only. Swapping the partners and all that is theirs mirrors the
    result.
    """
    a, b, dyad = couple
    sent_a = emit(a, person_a)
    sent_b = emit(b, person_b)
    ours = (dyad, situation)
    to_a, to_b = shared.channel_ba, shared.channel_ab
    new_a, heard_a = respond(
        a, person_a, sent_a, sent_b, *ours, event_a, random_numbers_a, to_a, shared
    )
    new_b, heard_b = respond(
        b, person_b, sent_b, sent_a, *ours, event_b, random_numbers_b, to_b, shared
    )
    commitments = (new_a.commitment, new_b.commitment)
    new_dyad = bond(dyad, *commitments, sent_a, sent_b, event_a, event_b, situation, shared)
    return Exchange(Couple(new_a, new_b, new_dyad), sent_a, sent_b, heard_a, heard_b)


# more than six arguments: all that one partner's turn depends on, and nothing else
def respond(
    state, parameters, sent, partner, dyad, situation, event, random_numbers, open_, shared
) -> tuple[PartnerState, Signal]:
    """One partner's turn: hear the ``partner`` (or who helps) through the channel, then update.

    Returns the new state and the signal as it was heard. ``sent`` is one's own signal, ``partner``
    the other's. ``open_`` is 1, or 0 where an ablation cuts the channel.
    """
    coming = interventions.coming(partner, sent, event)
    heard = channel.hear(coming, state.misreading, situation, event, open_, shared)
    after = update(state, parameters, sent, heard, dyad, situation, event, random_numbers, shared)
    return after, heard


# more than six arguments: what both know, each partner's by itself
def bond(
    dyad: DyadState,
    commitment_a,
    commitment_b,
    sent_a: Signal,
    sent_b: Signal,
    event_a: Event,
    event_b: Event,
    situation: Situation,
    shared: SharedParameters,
) -> DyadState:
    """What both know of their couple, from what both showed while they were together (S22).

    Closeness follows the signals as sent, except in the company of a third person; the hazard
    follows both partners' new commitment at all times.
    """
    together = situation.contact * (1.0 - event_a.third) * (1.0 - event_b.third)
    dt = situation.dt
    return DyadState(
        closeness=dyadic.closeness(
            dyad.closeness, sent_a, sent_b, together, situation.proximity, dt, shared
        ),
        hazard=dyadic.hazard(dyad.hazard, commitment_a, commitment_b, dt, shared),
    )
