"""A partner on one screen: ``emit`` what others can perceive, ``update`` from what was heard.

Nothing of the other partner's state is an argument here: only the heard signal, what happened to
oneself, and facts that both know.
"""

from models.second import (
    action,
    alarm,
    body,
    channel,
    evaluation,
    expression,
    learning,
    need,
    perception,
)
from models.second.circumstances import Circumstances
from models.second.parameters import PartnerParameters, SharedParameters
from models.second.state import DyadState, PartnerState, RandomNumbers, ReadOut, Signal


def emit(state: PartnerState, parameters: PartnerParameters) -> Signal:
    """What this partner shows, from their state alone (S01).

    Equation::

        latency = 1 / (1 - state.withdrawal)
        mood = shown * own_mood(state)

    ``latency`` [usual replies]; face, bid and demand show as they are.
    """
    visible = expression.shown(parameters)
    return Signal(
        warmth=state.warmth_shown,
        bid=state.bid,
        demand=state.demand,
        latency=1.0 / (1.0 - state.withdrawal),
        mood=visible * need.own_mood(state, parameters),
    )


# more than six arguments: all that a partner may know; the partner's state is not among it
def update(
    state: PartnerState,
    parameters: PartnerParameters,
    heard: Signal,
    dyad: DyadState,
    now: Circumstances,
    random_numbers: RandomNumbers,
    shared: SharedParameters,
) -> tuple[PartnerState, ReadOut]:
    """What this partner becomes, having heard ``heard``, and what it was like (S02 to S18, S22).

    Everything on the right is the present state, so the order of the lines decides nothing; only
    evidence is read at the end of the step, since alarm is what a meeting ends in.
    """
    s, p, z, near = state, parameters, random_numbers, action.near_of(dyad, now)

    # perception, alarm, feeling
    predicted = perception.predict(s, p, now, shared)
    percept = perception.perceive(predicted, heard.warmth, now, shared)
    evidence = alarm.accumulate(s, p, percept, near, now, shared)
    guarded = alarm.guard(evidence, s, p, shared)
    felt = need.feel(s, p, percept.risk, heard, now)

    # dedication and choice
    investment = evaluation.invested(dyad, p, shared)
    committed = evaluation.commitment(s, investment, shared)
    spare = action.spared(s, guarded.held, investment, shared)
    choice = action.choose(s, p, percept, guarded, spare, heard, near, now, shared)

    # what comes of it
    face, bid, demand, withdrawal = expression.show(s, choice, now, z.face, shared)
    needed, tolerance = need.crave(s, p, guarded.alarm, felt.relief, percept.warmth, now, shared)
    expected, variance = learning.this_partner(
        s, p, percept, guarded.open_, heard.warmth, now, shared
    )
    safety, gained = learning.old_cause(s, predicted, percept, guarded, heard.warmth, now, shared)
    after = PartnerState(
        warmth_shown=face,
        bid=bid,
        demand=demand,
        withdrawal=withdrawal,
        misreading=channel.misread(s.misreading, now, z.misreading, shared),
        evidence=evidence,
        arousal=body.arouse(s, p, guarded.alarm, now, shared),
        load=body.load(s, now, z.load, shared),
        need=needed,
        expected_warmth=expected,
        expected_variance=variance,
        safety_memory=safety,
        tolerance=tolerance,
        sentiment=evaluation.sentiment(s, percept.warmth, felt.affect, now, shared),
        satisfaction=evaluation.satisfaction(
            s, p, percept.warmth, felt.affect, heard, dyad, now, shared
        ),
        strain=body.strain(s, guarded.alarm, now, z.strain, shared),
        wish=evaluation.chance(s.wish, now, z.wish, shared),
        alternatives=evaluation.chance(s.alternatives, now, z.alternatives, shared),
        disengagement=evaluation.disengage(s, committed, now, shared),
        integration_gained=gained,
    )
    read = ReadOut(
        perceived_warmth=percept.warmth,
        old_cause=percept.old,
        threat=percept.threat,
        alarm=guarded.alarm,
        regulation_now=guarded.held,
        plasticity_gate=guarded.gate,
        relief=felt.relief,
        affect=felt.affect,
        commitment=committed,
        freeze=choice.freeze,
        warm_engagement=choice.warm,
        demand_chosen=choice.demand,
        withdrawal_chosen=choice.withdraw,
    )
    return after, read
