"""A partner on one screen: ``emit`` what others can perceive, ``update`` from what was heard.

Nothing of the other partner's state is an argument here: only the heard signal, what happened
to oneself, and facts that both know (closeness, the situation).
"""

import numpy as np

from models import learning
from models.circuits import (
    amygdala,
    channel,
    cingulate,
    drives,
    dyadic,
    empathy,
    hippocampus,
    hpa,
    insula,
    metabolism,
    oxytocin,
    prefrontal,
    striatum,
    vagus,
)
from models.forms import logistic, positive, settle, squash
from models.parameters import PartnerParameters, SharedParameters
from models.state import DyadState, Event, PartnerState, RandomNumbers, Signal, Situation


def emit(state: PartnerState, parameters: PartnerParameters) -> Signal:
    """What this partner shows, from their state alone (S01).

    Strain makes one unavailable as far as one is volatile, and attack as far as one is hostile.

    Equation::

        regulated = state.regulation
        stressed = logistic(4 * (state.strain - 0.5))
        turned_away = 1 - (1 - state.withdrawal_impulse) * (1 - 0.9 * y * stressed)
        attack = x_H * stressed
        open_ = (1 - turned_away) * (1 - state.freeze)
        repair_attempt = regulated * positive(state.expectation - state.reading_warmth)
        answer = regulated * state.reading_demand * (0.5 + 0.5 * state.oxytocin)
        bonded = state.oxytocin * (1 - state.deactivation)
        warmth = squash(W_0 + 0.5 * state.affect + 0.4 * bonded + 0.35 * repair_attempt
                        - 0.9 * turned_away - 0.5 * state.freeze
                        - 0.6 * state.demand_impulse - 2 * attack)
        contact = open_ * squash(state.approach * (0.4 + 0.6 * state.oxytocin) + answer)
        reassurance = open_ * (1 - attack) * squash(3 * answer)
        demand = state.demand_impulse + (1 - state.demand_impulse) * 0.6 * attack
        latency = 1 + 4 * (1 - (1 - turned_away) * (1 - 0.6 * state.freeze))
        clarity = k_0 * (1 - 0.5 * turned_away) * (1 - 0.4 * state.freeze)
        mirroring = squash(mirror(state))

    ``latency`` in [1, 5) [usual replies]; warmth and mirroring in (-1, 1); the rest in [0, 1).
    Demand is answered with touch and reassurance, and coldness with repair, as far as regulation
    holds.

    Source: IA, NAA (what each architecture shows); Simpson and Rholes 2017 (strain); forms and
    weights assumed.
    """
    p, regulated, frozen = parameters, state.regulation, state.freeze
    stressed = logistic(4.0 * (state.strain - 0.5))
    turned_away = 1.0 - (1.0 - state.withdrawal_impulse) * (1.0 - 0.9 * p.volatility * stressed)
    attack = p.hostility * stressed
    open_ = (1.0 - turned_away) * (1.0 - frozen)
    repair_attempt = regulated * positive(state.expectation - state.reading_warmth)
    warmth = (
        p.warmth
        + 0.5 * state.affect
        + 0.4 * state.oxytocin * (1.0 - state.deactivation)
        + 0.35 * repair_attempt
        - 0.9 * turned_away
        - 0.5 * frozen
        - 0.6 * state.demand_impulse
        - 2.0 * attack
    )
    answer = regulated * state.reading_demand * (0.5 + 0.5 * state.oxytocin)
    return Signal(
        warmth=squash(warmth),
        contact=open_ * squash(state.approach * (0.4 + 0.6 * state.oxytocin) + answer),
        reassurance=open_ * (1.0 - attack) * squash(3.0 * answer),
        demand=state.demand_impulse + (1.0 - state.demand_impulse) * 0.6 * attack,
        latency=1.0 + 4.0 * (1.0 - (1.0 - turned_away) * (1.0 - 0.6 * frozen)),
        clarity=p.clarity * (1.0 - 0.5 * turned_away) * (1.0 - 0.4 * frozen),
        mirroring=squash(empathy.mirror(state, parameters)),
    )


# more than six arguments: all that a partner may know; the partner's state is not among it
def update(
    state: PartnerState,
    parameters: PartnerParameters,
    sent: Signal,
    heard: Signal,
    dyad: DyadState,
    situation: Situation,
    event: Event,
    random_numbers: RandomNumbers,
    shared: SharedParameters,
) -> PartnerState:
    """What this partner becomes, having sent ``sent`` and heard ``heard`` (S02 to S18).

    What stands in no circuit of its own; a bare name is a field of the new state.

    Equation::

        presence = situation.contact
        partner = presence * (1 - event.third)
        load = 0.15 * positive(state.strain) + 0.4 * event.conflict
        arousal = arouse(state, alarm, load, situation.awake, event.calming, situation.dt)
        approach = need * (1 - state.deactivation)
        surprise = presence * (felt_safety - state.predicted_safety)
        expectation = settle(state.expectation, heard.warmth, partner * situation.dt, tau_E)
        words = presence * heard.reassurance + event.insight
        belief = believe(state, words, situation.dt)
        predicted_safety = predict_safety(state, felt_safety, threat_store, presence, situation.dt)
        harm = hurt(alarm, state.predicted_safety, felt_safety, presence)
        harm_memory = learn_harm(state, harm, situation.dt)
        received = presence * reward(heard)
        tolerance = tolerate(state, heard.reassurance, received, situation.dt)
        ignored = presence * positive(turning_away(heard.latency))
        attuned = felt_safety * understood(heard.mirroring, sent.warmth, presence)
        lesson = Lesson(
            attuned=attuned,
            corrected=presence * plasticity_gate * felt_safety,
            hurt=harm,
            fright=threat_learning_on * partner * alarm * positive(-heard.warmth) * heard.demand,
            news=alarm * abs(surprise),
            shown=presence * sent.demand,
            ignored=ignored,
            received=received,
            error=prediction_error,
            borne=situation.awake * craving(state) * (1 - received) * regulation,
            alone=attuned * (1 - heard.reassurance),
            approach=approach,
            alarm=alarm)
        slow_traits = traits(state, lesson=lesson, event=event, dt=situation.dt)
        closeness_pain = learn_pain(
            state, presence * plasticity_gate, felt_safety, heard.contact, harm, alarm * ignored,
            dyad.closeness * (1 - event.third), situation.dt)

    ``situation.dt`` and ``tau_E`` [min]. Regulation, alarm, body and drives of the new state follow
    from one another in the order of the text; everything else is read from ``state``. In the
    company of a third person nothing is learnt about the partner's warmth, and closeness counts as
    0.

    Source: Bowlby's internal working model (expectation); NAA (slow traits); weights assumed.
    """
    dt, contact, awake = situation.dt, situation.contact, situation.awake
    p = parameters
    partner = contact * (1.0 - event.third)
    closeness = dyad.closeness * (1.0 - event.third)

    # prediction and perception
    threat = hippocampus.threat_store(state, p, situation, shared)
    fear = hippocampus.answered_fear(state, situation, shared)
    safe = hippocampus.context(state, situation, shared) * state.safety_memory
    turned_away = cingulate.turning_away(heard.latency)
    understood = empathy.understood(heard.mirroring, sent.warmth, contact, shared)
    felt = learning.felt_safety(
        heard.warmth, heard.contact, understood, heard.demand, turned_away, fear
    )
    craving = striatum.craving(state, shared)

    # evidence of threat, and the alarm
    target = amygdala.momentary_evidence(
        state, p, heard, threat, fear, craving, closeness, situation, event, shared
    )
    evidence = amygdala.accumulate(state.evidence, target, random_numbers.evidence, dt, shared)
    buffer = amygdala.buffer(threat, closeness, situation.proximity, p, shared)
    criterion = state.threshold + buffer + shared.criterion_on * shared.criterion_weight * safe
    alarm = amygdala.alarm(evidence, criterion, safe, p, shared)

    # body
    load = 0.15 * positive(state.strain) + 0.4 * event.conflict
    arousal = vagus.arouse(state, alarm, load, awake, event.calming, dt, shared)
    hpa_drive = hpa.drive(state.hpa_drive, alarm, state.freeze, dt, p, shared)
    cortisol = hpa.cortisol(state.cortisol, hpa_drive, dt, shared)
    bonding = oxytocin.release(
        state.oxytocin,
        state.oxytocin_reliability,
        heard.contact,
        understood,
        contact,
        fear,
        dt,
        shared,
    )
    regulated = prefrontal.regulation(arousal, state.vagal_tone, cortisol, p)

    # drives and impulses, acted on in the next exchange
    need = drives.need(alarm, closeness, craving, p)
    approach = need * (1.0 - state.deactivation)
    avoid = drives.avoidance(state, alarm, fear, closeness, p, shared)
    frozen = drives.freeze(approach, avoid)
    grievance = event.grievance * event.conflict
    demanding = drives.demand(
        alarm, craving, approach, avoid, frozen, regulated, grievance, state.protest
    )
    withdrawing = drives.withdraw(approach, avoid, frozen, regulated)

    # reward and feeling
    received = contact * striatum.reward(heard)
    relieved = striatum.relief(state, received)
    error = striatum.prediction_error(state.expected_reward, received, contact, shared)
    mood = striatum.mood(state, error, relieved, alarm, craving, dt, shared)

    # learning
    surprise = contact * (felt - state.predicted_safety)
    gate = learning.plasticity_gate(alarm, arousal, state.vagal_tone, withdrawing, shared)
    hurt = learning.hurt(alarm, state.predicted_safety, felt, contact, shared)
    lesson = learning.Lesson(
        attuned=felt * understood,
        corrected=contact * gate * felt,
        hurt=hurt,
        fright=shared.threat_learning_on * partner * alarm * positive(-heard.warmth) * heard.demand,
        news=alarm * np.abs(surprise),
        shown=contact * sent.demand,
        ignored=contact * positive(turned_away),
        received=received,
        error=error,
        borne=awake * craving * (1.0 - received) * regulated,
        alone=felt * understood * (1.0 - heard.reassurance),
        approach=approach,
        alarm=alarm,
    )
    traits = learning.traits(state, p, lesson, event, dt, shared)

    return PartnerState(
        misreading=channel.misread(state.misreading, random_numbers.misreading, dt, shared),
        evidence=evidence,
        affect=insula.feel(state, random_numbers.affect, dt, p, shared),
        reading_warmth=empathy.read(state.reading_warmth, heard.warmth, contact, dt, shared),
        reading_away=empathy.read(state.reading_away, turned_away, contact, dt, shared),
        reading_demand=empathy.read(state.reading_demand, heard.demand, contact, dt, shared),
        arousal=arousal,
        oxytocin=bonding,
        hpa_drive=hpa_drive,
        cortisol=cortisol,
        mood=mood,
        strain=channel.strain(state.strain, random_numbers.strain, event.stressor, dt, shared),
        appraisal=prefrontal.appraise(state.appraisal, withdrawing, dt, shared),
        expected_reward=striatum.expect(state.expected_reward, received, contact, dt, shared),
        silence=striatum.silence(state.silence, relieved, contact, awake, dt, shared),
        usual_gap=striatum.usual_gap(state.usual_gap, state.silence, relieved, contact, dt, shared),
        tolerance=striatum.tolerate(state, heard.reassurance, received, dt, shared),
        predicted_safety=learning.predict_safety(state, felt, threat, contact, dt, shared),
        expectation=settle(state.expectation, heard.warmth, partner * dt, shared.expectation_time),
        belief=prefrontal.believe(state, contact * heard.reassurance + event.insight, dt, shared),
        safety_memory=learning.learn_safety(state, gate, surprise, hurt, dt, p, shared),
        harm_memory=learning.learn_harm(state, hurt, dt, p, shared),
        closeness_pain=learning.learn_pain(
            state,
            contact * gate,
            felt,
            heard.contact,
            hurt,
            alarm * lesson.ignored,
            closeness,
            dt,
            p,
            shared,
        ),
        **traits,
        satisfaction=dyadic.satisfaction(state, heard, sent, relieved, partner, dt, shared),
        commitment=dyadic.commitment(state, dyad, dt, shared),
        alarm=alarm,
        threat_store=threat,
        felt_safety=felt,
        surprise=surprise,
        plasticity_gate=gate,
        prediction_error=error,
        regulation=regulated,
        need=need,
        approach=approach,
        avoidance=avoid,
        freeze=frozen,
        demand_impulse=demanding,
        withdrawal_impulse=withdrawing,
        metabolic_cost=metabolism.cost(alarm, arousal, regulated, buffer, state.cingulate_baseline),
    )
