"""S17 and S18: the corrective-experience rule, and slow plasticity with its prototype.

Safety felt while the alarm is live, better than predicted and inside the window of tolerance,
writes the safety memory. Harm under alarm sensitises. Escape closes the gate. Words have no
part in it.
"""

from typing import Any, NamedTuple

from models.circuits.vagus import within_window
from models.forms import fill, logistic, positive, pulled, settle
from models.parameters import PartnerParameters, SharedParameters
from models.state import Event, PartnerState


def felt_safety(warmth, contact, understood, demand, turned_away, fear):
    """Felt safety in (0, 1): warmth, welcome touch and being understood, no pressure.

    Equation::

        good = warmth + 0.5 * contact * (1 - 2 * fear) + 0.5 * understood
        felt_safety = logistic(4 * (good - demand - turned_away - 0.26))

    ``contact`` is touch as heard, ``turned_away`` is ``turning_away``. Of a signal without content,
    as when apart, it is 0.26.

    Source: IA, NAA (safety is felt, not told); form and weights assumed.
    """
    good = warmth + 0.5 * contact * (1.0 - 2.0 * fear) + 0.5 * understood
    return logistic(4.0 * (good - demand - turned_away - 0.26))


def plasticity_gate(alarm, arousal, vagal_tone, escape, shared: SharedParameters):
    """Plasticity gate in [0, 1]: alarm live, arousal inside the window, no escape.

    Equation::

        live = ((alarm + 0.03) / 1.03)**2
        live = activation_gate_on * live + (1 - activation_gate_on) * 0.3
        gate = live * within_window(arousal, vagal_tone) * (1 - escape)

    ``escape`` is the impulse to withdraw. With the square a slight alarm hardly counts; 0.3 stands
    for it where the ablation takes the dependence on the alarm away.

    Source: IA (plastic while live), which reactivation studies do not bear out (Chalkia et al.
    2020); form assumed.
    """
    live = ((alarm + 0.03) / 1.03) ** 2
    live = shared.activation_gate_on * live + (1.0 - shared.activation_gate_on) * 0.3
    return live * within_window(arousal, vagal_tone, shared) * (1.0 - escape)


def hurt(alarm, predicted, felt, contact, shared: SharedParameters):
    """Harm in [0, 1]: disappointment under alarm, beyond what is forgiven.

    Equation::

        hurt = threat_learning_on * contact * alarm * positive(predicted * (1 - z) - felt)

    ``predicted`` is the safety predicted for now, ``felt`` the felt safety. The share ``z`` of what
    was predicted is forgiven: who predicts little is disappointed by little, but still can be.

    Source: NAA (harm sensitises); form assumed.
    """
    fallen = positive(predicted * (1.0 - shared.forgiveness) - felt)
    return shared.threat_learning_on * contact * alarm * fallen


# more than six arguments: one for each symbol of the equation
def learn_safety(state: PartnerState, gate, surprise, harm, dt, p: PartnerParameters, shared):
    """Safety memory in (0, 1): written by positive surprise while the gate is open.

    Equation::

        written = corrective_rule_on * eta * gate * positive(surprise)
        fall = 1 / tau_G + 0.3 * eta * harm / tau_N
        safety_memory = fill(state.safety_memory, 1e-7 + written / tau_S, fall, dt)

    ``dt``, ``tau_S``, ``tau_G`` and ``tau_N`` [min], 1e-7 [1/min]. Harm unlearns a part, forgetting
    takes years, and the template is not touched.

    Source: IA, NAA (live correction); Bouton 2004 (a new memory beside the old); rates assumed.
    """
    written = shared.corrective_rule_on * p.plasticity * gate * positive(surprise)
    fall = 1.0 / shared.safety_time + 0.3 * p.plasticity * harm / shared.harm_rise
    return fill(state.safety_memory, 1e-7 + written / shared.safety_rise, fall, dt)


def learn_harm(state: PartnerState, harm, dt, p: PartnerParameters, shared):
    """Harm memory in (0, 1): sensitisation by harm, forgotten in months.

    Equation::

        harm_memory = fill(state.harm_memory, 1e-7 + eta * harm / tau_N, 1 / tau_M, dt)

    ``dt``, ``tau_N`` and ``tau_M`` [min], 1e-7 [1/min].

    Source: NAA (sensitisation); acquisition quicker than extinction; rates assumed.
    """
    rise = 1e-7 + p.plasticity * harm / shared.harm_rise
    return fill(state.harm_memory, rise, 1.0 / shared.harm_time, dt)


# more than six arguments: one for each symbol of the equation
def learn_pain(state: PartnerState, gate, felt, contact, harm, ignored, closeness, dt, p, shared):
    """Closeness as pain, in (0, 1): learnt when hurt while close, unlearnt by safe closeness.

    Equation::

        rise = eta * closeness * (harm + 0.05 * ignored) / tau_k
        safe = eta * (closeness + contact) * (1 + 8 * contact) * gate * felt
        fall = corrective_rule_on * safe / tau_K
        closeness_pain = pulled(state.closeness_pain, rise, fall, kappa_0, tau_0, dt)

    ``dt``, ``tau_k``, ``tau_K`` and ``tau_0`` [min]. ``update`` gives the gate while in contact and
    0 while apart, so that neither side of it is learnt alone; ``ignored`` is the partner's turning
    away under alarm, ``contact`` the touch felt, ``closeness`` 0 in the company of a third person.
    Touch under a live alarm that stays safe unlearns it most: that is what graded closeness uses.

    Source: IA (withdrawer), as learnt avoidance; Fraley 2002 (prototype); rates assumed.
    """
    rise = p.plasticity * closeness * (harm + 0.05 * ignored) / shared.pain_rise
    safe = p.plasticity * (closeness + contact) * (1.0 + 8.0 * contact) * gate * felt
    fall = shared.corrective_rule_on * safe / shared.pain_fall
    return pulled(state.closeness_pain, rise, fall, p.anticipated_pain, shared.prototype_time, dt)


class Lesson(NamedTuple):
    """What one time step has to teach the slow traits, all in [0, 1] but the errors."""

    attuned: float  # felt safe and understood
    corrected: float  # felt safe while the gate was open
    hurt: float  # disappointed under alarm
    fright: float  # attacked by the partner under alarm
    news: float  # surprised, either way, under alarm
    shown: float  # demand shown
    ignored: float  # the other turned away
    received: float  # reward received
    error: float  # its prediction error
    borne: float  # craving borne without reward, regulated
    alone: float  # felt safe and understood without words
    approach: float  # approach shown
    alarm: float


def traits(
    state: PartnerState, p: PartnerParameters, lesson: Lesson, event: Event, dt, shared
) -> dict[str, Any]:
    """S18, the slow traits after a time step: name to new level in (0, 1).

    Each rises with one lesson and falls with another (``grow``); in childhood these rules make
    the patterns of attachment, later they change them slowly.

    Equation::

        checked = 100 * state.cingulate_baseline * event.recalibration * lesson.alarm
        calm = lesson.attuned * (0.6 + checked)
        body = lesson.attuned * (0.3 + 40 * (1 - state.interoception) * event.interoceptive)
        told = integration_plasticity_on * lesson.corrected * (1 + 20 * event.narrative)
        reinforced = lesson.shown * lesson.received * positive(lesson.error)
        unheard = 10 * lesson.shown * lesson.ignored + 0.5 * lesson.attuned
        welcome = 3 * lesson.approach * lesson.received
        soothed = 40 * state.reward_dependence * event.calming * lesson.alone
        weaned = 0.3 * lesson.borne + 0.1 * lesson.attuned + soothed
        braked = vagal_plasticity_on * (2 * lesson.attuned + 8 * lesson.corrected)
        threshold = grow(state.threshold, theta_0, lesson.attuned, 4 * lesson.hurt, eta, dt)
        oxytocin_reliability = grow(
            state.oxytocin_reliability, r_0, lesson.attuned, 3 * lesson.hurt, eta, dt)
        vagal_tone = grow(state.vagal_tone, v_0, braked, 3 * lesson.hurt, eta, dt)
        integration = grow(state.integration, m_0, told, lesson.hurt, eta, dt)
        closeness_fear = grow(
            state.closeness_fear, f, 6 * lesson.fright, lesson.corrected, eta, dt)
        protest = grow(state.protest, p, 150 * reinforced, unheard, eta, dt)
        deactivation = grow(
            state.deactivation, i, lesson.approach * lesson.ignored, welcome, eta, dt)
        cingulate_baseline = grow(state.cingulate_baseline, b_C, lesson.news, calm, eta, dt)
        interoception = grow(state.interoception, w_I, body, lesson.hurt, eta, dt)
        reward_dependence = grow(
            state.reward_dependence, rho, 60 * reinforced, weaned, eta, dt)

    ``dt`` [min]. What is rewarded beyond expectation becomes a habit: demand that is answered now
    and then feeds protest and dependence, approach that is turned away feeds deactivation.
    ``event.recalibration``, ``interoceptive``, ``calming`` and ``narrative`` are exercises of
    treatment (S24); the first three work on what is there in excess, hence the level in them.

    Source: NAA (which traits); operant learning (protest, dependence); rates and weights assumed.
    """
    one = lesson
    context_on = shared.integration_plasticity_on
    vigilance, dependence = state.cingulate_baseline, state.reward_dependence
    unread = 1.0 - state.interoception
    reinforced = one.shown * one.received * positive(one.error)
    weaned = 0.3 * one.borne + 0.1 * one.attuned + 40.0 * dependence * event.calming * one.alone
    calmed = 2.0 * one.attuned + 8.0 * one.corrected
    drives = {
        "threshold": (one.attuned, 4.0 * one.hurt),
        "oxytocin_reliability": (one.attuned, 3.0 * one.hurt),
        "vagal_tone": (shared.vagal_plasticity_on * calmed, 3.0 * one.hurt),
        "integration": (context_on * one.corrected * (1.0 + 20.0 * event.narrative), one.hurt),
        "closeness_fear": (6.0 * one.fright, one.corrected),
        "protest": (150.0 * reinforced, 10.0 * one.shown * one.ignored + 0.5 * one.attuned),
        "deactivation": (one.approach * one.ignored, 3.0 * one.approach * one.received),
        "cingulate_baseline": (
            one.news,
            one.attuned * (0.6 + 100.0 * vigilance * event.recalibration * one.alarm),
        ),
        "interoception": (one.attuned * (0.3 + 40.0 * unread * event.interoceptive), one.hurt),
        "reward_dependence": (60.0 * reinforced, weaned),
    }
    prototypes = {"threshold": p.amygdala_threshold}
    return {
        name: grow(
            getattr(state, name),
            prototypes.get(name, getattr(p, name, 0.0)),
            *pair,
            p.plasticity,
            dt,
            shared,
        )
        for name, pair in drives.items()
    }


# more than six arguments: one for each symbol of the equation
def grow(level, prototype, drive, strain, plasticity, dt, shared):
    """A slow trait in (0, 1): rises with ``drive``, falls with ``strain`` (both at least 0).

    Equation::

        speed = slow_plasticity_on * plasticity / tau_P
        trait = pulled(level, drive * speed, strain * speed, prototype, tau_0, dt)

    ``dt``, ``tau_P`` and ``tau_0`` [min]; ``plasticity`` is ``eta``. The prototype pulls it back.
    The threshold and the cingulate's baseline are in [cues], the others have no unit.

    Source: Fraley 2002 (prototype model of stability); rates assumed.
    """
    speed = shared.slow_plasticity_on * plasticity / shared.plastic_rise
    return pulled(level, drive * speed, strain * speed, prototype, shared.prototype_time, dt)


def predict_safety(state: PartnerState, felt, threat, contact, dt, shared: SharedParameters):
    """Safety to expect now, in (0, 1): learns while in contact, falls back at all times.

    Equation::

        quick = settle(state.predicted_safety, felt, contact * dt, tau_y)
        predicted_safety = settle(quick, 1 - threat, pull_back_on * dt, tau_B)

    ``dt``, ``tau_y`` and ``tau_B`` [min]; ``threat`` is the threat store. Quick towards felt
    safety, slowly back to what the threat store leaves. Massed experience is soon no news; after a
    pause it is news again.

    Source: Rescorla and Wagner 1972 (error-driven learning); spontaneous recovery, Bouton 2004;
    form and rates assumed.
    """
    quick = settle(state.predicted_safety, felt, contact * dt, shared.prediction_time)
    return settle(quick, 1.0 - threat, shared.pull_back_on * dt, shared.pull_back_time)
