"""S17 and S18: the corrective-experience rule, and slow plasticity with its prototype.

Safety felt while the alarm is live, better than predicted and inside the window of tolerance,
writes the safety memory. Harm under alarm sensitises. Escape closes the gate. Words have no
part in it.
"""

from models.circuits.vagus import within_window
from models.forms import fill, logistic, positive, pulled
from models.parameters import PartnerParameters, SharedParameters
from models.state import PartnerState


def felt_safety(warmth, contact, understood, demand, away, fear):
    """Felt safety in (0, 1): warmth, welcome touch and being understood, no pressure.

    Equation::

        good = warmth + 0.5 * contact * (1 - 2 * fear) + 0.5 * understood
        felt_safety = logistic(4 * (good - demand - away - 0.2))

    ``contact`` is touch as heard, ``away`` is ``turning_away``. Of a signal without content, as
    when apart, it is 0.31.

    Source: IA, NAA (safety is felt, not told); form and weights assumed.
    """
    good = warmth + 0.5 * contact * (1.0 - 2.0 * fear) + 0.5 * understood
    return logistic(4.0 * (good - demand - away - 0.2))


def plasticity_gate(alarm, arousal, vagal_tone, escape, shared: SharedParameters):
    """Plasticity gate in [0, 1]: alarm live, arousal inside the window, no escape.

    Equation::

        live = activation_gate_on * alarm + (1 - activation_gate_on) * 0.3
        gate = live * within_window(arousal, vagal_tone) * (1 - escape)

    ``escape`` is the impulse to withdraw. 0.3 stands for the alarm where the ablation takes the
    dependence on it away.

    Source: IA (plastic while live), which reactivation studies do not bear out (Chalkia et al.
    2020); form assumed.
    """
    live = shared.activation_gate_on * alarm + (1.0 - shared.activation_gate_on) * 0.3
    return live * within_window(arousal, vagal_tone, shared) * (1.0 - escape)


def hurt(alarm, surprise, presence, shared: SharedParameters):
    """Harm in [0, 1]: disappointment under alarm, beyond what is forgiven.

    Equation::

        hurt = presence * alarm * positive(-surprise - z)

    Who predicts threat of 1 - z or more cannot be disappointed so far.

    Source: assumed.
    """
    return presence * alarm * positive(-surprise - shared.forgiveness)


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


def learn_pain(state: PartnerState, gate, felt, harm, closeness, presence, dt, p, shared):
    """Closeness as pain, in (0, 1): learnt when hurt while close, unlearnt by safe closeness.

    Equation::

        rise = eta * closeness * harm / tau_k
        fall = corrective_rule_on * eta * closeness * gate * felt / tau_K
        closeness_pain = pulled(state.closeness_pain, rise, fall, kappa_0, tau_0, dt)

    ``dt``, ``tau_k``, ``tau_K`` and ``tau_0`` [min]. ``presence`` has no part in it: the unlearning
    also runs while apart, at the felt safety of a signal without content.

    Source: IA (withdrawer), as learnt avoidance; Fraley 2002 (prototype); rates assumed.
    """
    rise = p.plasticity * closeness * harm / shared.pain_rise
    fall = shared.corrective_rule_on * p.plasticity * closeness * gate * felt / shared.pain_fall
    return pulled(state.closeness_pain, rise, fall, p.anticipated_pain, shared.prototype_time, dt)


def grow(level, prototype, drive, strain, parameters: PartnerParameters, dt, shared):
    """A slow trait (threshold, vagal tone, reliability, integration) in (0, 1).

    Equation::

        speed = slow_plasticity_on * eta / tau_P
        trait = pulled(level, drive * speed, strain * speed, prototype, tau_0, dt)

    Rises with ``drive``, falls with ``strain`` (both in [0, 1]), and its prototype pulls it back;
    ``dt``, ``tau_P`` and ``tau_0`` [min]. The threshold is in [cues], the others have no unit.

    Source: Fraley 2002 (prototype model of stability); NAA (which traits); rates assumed.
    """
    speed = shared.slow_plasticity_on * parameters.plasticity / shared.plastic_rise
    return pulled(level, drive * speed, strain * speed, prototype, shared.prototype_time, dt)
