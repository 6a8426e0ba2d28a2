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
    """Felt safety ``phi`` in (0, 1): warmth, welcome touch and being understood, no pressure."""
    good = warmth + 0.5 * contact * (1.0 - 2.0 * fear) + 0.5 * understood
    return logistic(4.0 * (good - demand - away - 0.2))


def plasticity_gate(alarm, arousal, vagal_tone, escape, shared: SharedParameters):
    """Gate ``G`` in [0, 1]: alarm live, arousal inside the window, no escape."""
    live = shared.activation_gate_on * alarm + (1.0 - shared.activation_gate_on) * 0.3
    return live * within_window(arousal, vagal_tone, shared) * (1.0 - escape)


def hurt(alarm, surprise, presence, shared: SharedParameters):
    """Harm in [0, 1]: disappointment under alarm, beyond what is forgiven."""
    return presence * alarm * positive(-surprise - shared.forgiveness)


def learn_safety(state: PartnerState, gate, surprise, harm, dt, p: PartnerParameters, shared):
    """Safety memory ``S`` in (0, 1): rises at ``eta G max(surprise, 0) / tau_S``.

    Harm unlearns a part, forgetting takes years, and the template is not touched.
    """
    written = shared.corrective_rule_on * p.plasticity * gate * positive(surprise)
    fall = 1.0 / shared.safety_time + 0.3 * p.plasticity * harm / shared.harm_rise
    return fill(state.safety_memory, 1e-7 + written / shared.safety_rise, fall, dt)


def learn_harm(state: PartnerState, harm, dt, p: PartnerParameters, shared):
    """Harm memory ``N`` in (0, 1): sensitisation at ``eta hurt / tau_N``, forgotten in months."""
    rise = 1e-7 + p.plasticity * harm / shared.harm_rise
    return fill(state.harm_memory, rise, 1.0 / shared.harm_time, dt)


def learn_pain(state: PartnerState, gate, felt, harm, closeness, presence, dt, p, shared):
    """Closeness as pain ``kappa``: learnt when hurt while close, unlearnt by safe closeness."""
    rise = p.plasticity * closeness * harm / shared.pain_rise
    fall = shared.corrective_rule_on * p.plasticity * closeness * gate * felt / shared.pain_fall
    return pulled(state.closeness_pain, rise, fall, p.anticipated_pain, shared.prototype_time, dt)


def grow(level, prototype, drive, strain, parameters: PartnerParameters, dt, shared):
    """A slow trait (threshold, vagal tone, reliability, integration) in (0, 1).

    Rises with ``drive``, falls with ``strain`` (both in [0, 1]), and its prototype pulls it
    back with ``tau_0`` (prototype model of stability; Fraley 2002).
    """
    speed = shared.slow_plasticity_on * parameters.plasticity / shared.plastic_rise
    return pulled(level, drive * speed, strain * speed, prototype, shared.prototype_time, dt)
