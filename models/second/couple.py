"""The whole coupling on one screen: both emit, both hear, both update, at once.

The only way from one partner to the other is the signal that ``channel.hear`` lets through. Both
emit before either updates, so the order of the partners cannot matter.
"""

from typing import NamedTuple

from models.forms import logistic, settle
from models.second import channel
from models.second.circumstances import circumstances
from models.second.parameters import DAY, PartnerParameters, SharedParameters
from models.second.partner import emit, update
from models.second.state import Couple, DyadState, PartnerState, RandomNumbers, ReadOut, Signal
from models.state import Event, Situation

LONGEST_STEP = 2.5
"""[min] Longest time step in contact at which halving all steps changes nothing (gate G1)."""


class Exchange(NamedTuple):
    """The couple after an exchange, what was sent and heard in it, and what it was like."""

    couple: Couple
    sent_a: Signal
    sent_b: Signal
    heard_a: Signal
    heard_b: Signal
    read_a: ReadOut
    read_b: ReadOut


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
    sent_a, sent_b = emit(a, person_a), emit(b, person_b)
    ours = (dyad, situation)
    to_a, to_b = shared.channel_ba, shared.channel_ab
    new_a, heard_a, read_a = respond(
        a, person_a, sent_a, sent_b, *ours, event_a, random_numbers_a, to_a, shared
    )
    new_b, heard_b, read_b = respond(
        b, person_b, sent_b, sent_a, *ours, event_b, random_numbers_b, to_b, shared
    )
    out = (new_a.disengagement, new_b.disengagement)
    new_dyad = bond(dyad, *out, sent_a, sent_b, event_a, event_b, situation, shared)
    after = Couple(new_a, new_b, new_dyad)
    return Exchange(after, sent_a, sent_b, heard_a, heard_b, read_a, read_b)


# more than six arguments: all that one partner's turn depends on, and nothing else
def respond(
    state, parameters, sent, partner, dyad, situation, event, random_numbers, open_, shared
) -> tuple[PartnerState, Signal, ReadOut]:
    """One partner's turn: hear the ``partner`` (or who helps) through the channel, then update.

    Returns the new state, the signal as it was heard, and the read-outs. ``sent`` is one's own
    signal, which this core doesn't read. ``open_`` is 1, or 0 where an ablation cuts the channel.
    """
    now = circumstances(situation, event, shared)
    on_its_way = channel.coming(partner, event)
    heard = channel.hear(on_its_way, state.misreading, now, event, open_, shared)
    after, read = update(state, parameters, heard, dyad, now, random_numbers, shared)
    return after, heard, read


# more than six arguments: what both know, each partner's by itself
def bond(
    dyad: DyadState,
    disengagement_a,
    disengagement_b,
    sent_a: Signal,
    sent_b: Signal,
    event_a: Event,
    event_b: Event,
    situation: Situation,
    shared: SharedParameters,
) -> DyadState:
    """What both know of their couple: closeness, age, and the hazard of parting so far (S22).

    Equation::

        together = situation.contact * (1 - event_a.third) * (1 - event_b.third)
        warmth = (sent_a.warmth + sent_b.warmth) / 2
        closeness = settle(dyad.closeness, logistic(k / 2 * warmth), together * situation.dt, tau_a)
        rate = (disengagement_a**4 + disengagement_b**4) / tau_l
        hazard = dyad.hazard + rate * situation.dt / 1440

    ``tau_a`` [min of contact], ``tau_l`` [d]. Closeness follows what both show while they are
    together; either may leave, in proportion to a high power of their own disengagement.

    Source: assumed; Rosenfeld 2014 (rates of parting, through ``tau_l``).
    """
    together = situation.contact * (1.0 - event_a.third) * (1.0 - event_b.third)
    warmth = 0.5 * (sent_a.warmth + sent_b.warmth)
    target = logistic(0.5 * shared.slope * warmth)
    rate = (disengagement_a**4 + disengagement_b**4) / shared.leaving_time
    return DyadState(
        closeness=settle(dyad.closeness, target, together * situation.dt, shared.appraisal_time),
        age=dyad.age + situation.dt,
        hazard=dyad.hazard + rate * situation.dt / DAY,
    )
