"""A partner on one screen: ``emit`` what others can perceive, ``update`` from what was heard.

Nothing of the other partner's state is an argument here: only the heard signal, what happened
to oneself, and facts that both know (closeness, the situation).
"""

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
from models.forms import positive, settle, squash
from models.parameters import PartnerParameters, SharedParameters
from models.state import DyadState, Event, Luck, PartnerState, Signal, Situation


def emit(state: PartnerState, parameters: PartnerParameters) -> Signal:
    """What this partner shows, from their state alone (S01).

    Equation::

        held = state.regulation
        open_ = (1 - state.withdrawal_impulse) * (1 - state.freeze)
        repair = held * positive(state.expectation - state.reading_warmth)
        answer = held * state.reading_demand * (0.5 + 0.5 * state.oxytocin)
        warmth = squash(W_0 + 0.5 * state.affect + 0.4 * state.oxytocin * (1 - i) + 0.35 * repair
                        - 0.9 * state.withdrawal_impulse - 0.5 * state.freeze
                        - 0.6 * state.demand_impulse)
        contact = state.approach * open_ * (0.4 + 0.6 * state.oxytocin)
        reassurance = open_ * squash(3 * answer)
        demand = state.demand_impulse
        latency = 1 + 4 * (1 - (1 - state.withdrawal_impulse) * (1 - 0.6 * state.freeze))
        clarity = k_0 * (1 - 0.5 * state.withdrawal_impulse) * (1 - 0.4 * state.freeze)
        mirroring = squash(mirror(state))

    ``latency`` in [1, 5) [usual replies]; warmth and mirroring in (-1, 1); the rest in [0, 1).
    Demand is answered with reassurance, and coldness with repair, as far as regulation holds.

    Source: IA, NAA (what each architecture shows); forms and weights assumed.
    """
    held, away, frozen = state.regulation, state.withdrawal_impulse, state.freeze
    open_ = (1.0 - away) * (1.0 - frozen)
    repair = held * positive(state.expectation - state.reading_warmth)
    warmth = (
        parameters.warmth
        + 0.5 * state.affect
        + 0.4 * state.oxytocin * (1.0 - parameters.deactivation)
        + 0.35 * repair
        - 0.9 * away
        - 0.5 * frozen
        - 0.6 * state.demand_impulse
    )
    answer = held * state.reading_demand * (0.5 + 0.5 * state.oxytocin)
    return Signal(
        warmth=squash(warmth),
        contact=state.approach * open_ * (0.4 + 0.6 * state.oxytocin),
        reassurance=open_ * squash(3.0 * answer),
        demand=state.demand_impulse,
        latency=1.0 + 4.0 * (1.0 - (1.0 - away) * (1.0 - 0.6 * frozen)),
        clarity=parameters.clarity * (1.0 - 0.5 * away) * (1.0 - 0.4 * frozen),
        mirroring=squash(empathy.mirror(state, parameters)),
    )


def update(
    state: PartnerState,
    parameters: PartnerParameters,
    sent: Signal,
    heard: Signal,
    dyad: DyadState,
    situation: Situation,
    event: Event,
    luck: Luck,
    shared: SharedParameters,
) -> PartnerState:
    """What this partner becomes, having sent ``sent`` and heard ``heard`` (S02 to S18).

    What stands in no circuit of its own; a bare name is a field of the new state.

    Equation::

        load = 0.15 * positive(state.strain) + 0.4 * event.conflict
        arousal = arouse(state, alarm, load, situation.awake, situation.dt)
        approach = need * (1 - i)
        surprise = situation.contact * (felt_safety - (1 - threat_store))
        met = situation.contact * situation.dt
        expectation = settle(state.expectation, heard.warmth, met, tau_E)
        attuned = felt_safety * understood(heard.mirroring, sent.warmth, situation.contact)
        harm = hurt(alarm, surprise, situation.contact)
        threshold = grow(state.threshold, theta_0, attuned, harm, dt=situation.dt)
        vagal_tone = grow(state.vagal_tone, v_0, attuned, harm, dt=situation.dt)
        oxytocin_reliability = grow(
            state.oxytocin_reliability, r_0, attuned, harm, dt=situation.dt)
        integration = grow(
            state.integration, m_0, plasticity_gate * felt_safety, harm, dt=situation.dt)

    ``situation.dt`` and ``tau_E`` [min]. Regulation, alarm, body and drives of the new state follow
    from one another in the order of the text; everything else is read from ``state``.

    Source: Bowlby's internal working model (expectation); NAA (slow traits); weights assumed.
    """
    dt, contact, awake = situation.dt, situation.contact, situation.awake
    p = parameters

    # prediction and perception
    threat = hippocampus.threat_store(state, p, situation, shared)
    fear = hippocampus.closeness_fear(state, p, situation)
    away = cingulate.turning_away(heard.latency)
    understood = empathy.understood(heard.mirroring, sent.warmth, contact)
    felt = learning.felt_safety(heard.warmth, heard.contact, understood, heard.demand, away, fear)
    craving = striatum.craving(state, p, shared)

    # evidence of threat, and the alarm
    target = amygdala.momentary_evidence(
        state, p, heard, threat, fear, craving, dyad, situation, event, shared
    )
    evidence = amygdala.accumulate(state.evidence, target, luck.evidence, dt, shared)
    buffer = amygdala.buffer(threat, dyad.closeness, situation.proximity, p, shared)
    alarm = amygdala.alarm(evidence, state.threshold + buffer, p)

    # body
    load = 0.15 * positive(state.strain) + 0.4 * event.conflict
    arousal = vagus.arouse(state, alarm, load, awake, dt, shared)
    hpa_drive = hpa.drive(state.hpa_drive, alarm, state.freeze, dt, p, shared)
    cortisol = hpa.cortisol(state.cortisol, hpa_drive, dt, shared)
    bonding = oxytocin.release(
        state.oxytocin, state.oxytocin_reliability, heard.contact, understood, contact, fear,
        dt, shared,
    )  # fmt: skip
    held = prefrontal.regulation(arousal, state.vagal_tone, cortisol, p)

    # drives and impulses, acted on in the next exchange
    need = drives.need(alarm, dyad.closeness, craving, p)
    approach = need * (1.0 - p.deactivation)
    avoid = drives.avoidance(state, alarm, fear, dyad.closeness, p, shared)
    frozen = drives.freeze(approach, avoid)
    demanding = drives.demand(
        alarm, craving, approach, avoid, frozen, held, event.grievance * event.conflict, p
    )
    withdrawing = drives.withdraw(approach, avoid, frozen, held)

    # reward and feeling
    received = contact * striatum.reward(heard)
    relieved = striatum.relief(state, received)
    error = striatum.prediction_error(state.expected_reward, received, contact)
    mood = striatum.mood(state, error, relieved, alarm, craving, dt, p, shared)

    # learning
    surprise = contact * (felt - (1.0 - threat))
    gate = learning.plasticity_gate(alarm, arousal, state.vagal_tone, withdrawing, shared)
    attuned = felt * understood
    hurt = learning.hurt(alarm, surprise, contact, shared)
    slow = (p, dt, shared)

    return PartnerState(
        misreading=channel.misread(state.misreading, luck.misreading, dt, shared),
        evidence=evidence,
        affect=insula.feel(state, luck.affect, dt, p, shared),
        reading_warmth=empathy.read(state.reading_warmth, heard.warmth, contact, dt, shared),
        reading_away=empathy.read(state.reading_away, away, contact, dt, shared),
        reading_demand=empathy.read(state.reading_demand, heard.demand, contact, dt, shared),
        arousal=arousal,
        oxytocin=bonding,
        hpa_drive=hpa_drive,
        cortisol=cortisol,
        mood=mood,
        strain=channel.strain(state.strain, luck.strain, event.stressor, dt, shared),
        appraisal=prefrontal.appraise(state.appraisal, withdrawing, dt, shared),
        expected_reward=striatum.expect(state.expected_reward, received, contact, dt, shared),
        silence=striatum.silence(state.silence, relieved, awake * dt),
        usual_gap=striatum.usual_gap(state.usual_gap, state.silence, relieved, contact, dt, shared),
        tolerance=striatum.tolerate(state.tolerance, heard.reassurance, received, dt, p, shared),
        expectation=settle(state.expectation, heard.warmth, contact * dt, shared.expectation_time),
        belief=prefrontal.believe(state, heard.reassurance, contact, dt, shared),
        safety_memory=learning.learn_safety(state, gate, surprise, hurt, dt, p, shared),
        harm_memory=learning.learn_harm(state, hurt, dt, p, shared),
        closeness_pain=learning.learn_pain(
            state, gate, felt, hurt, dyad.closeness, contact, dt, p, shared
        ),
        threshold=learning.grow(state.threshold, p.amygdala_threshold, attuned, hurt, *slow),
        oxytocin_reliability=learning.grow(
            state.oxytocin_reliability, p.oxytocin_reliability, attuned, hurt, *slow
        ),
        vagal_tone=learning.grow(state.vagal_tone, p.vagal_tone, attuned, hurt, *slow),
        integration=learning.grow(state.integration, p.integration, gate * felt, hurt, *slow),
        satisfaction=dyadic.satisfaction(state, heard, sent, relieved, contact, dt, shared),
        commitment=dyadic.commitment(state, dyad, dt, shared),
        alarm=alarm,
        threat_store=threat,
        felt_safety=felt,
        surprise=surprise,
        plasticity_gate=gate,
        prediction_error=error,
        regulation=held,
        need=need,
        approach=approach,
        avoidance=avoid,
        freeze=frozen,
        demand_impulse=demanding,
        withdrawal_impulse=withdrawing,
        metabolic_cost=metabolism.cost(alarm, arousal, held, buffer, p),
    )
