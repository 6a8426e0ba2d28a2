"""S12, hippocampal-prefrontal integration: this partner is not that caregiver."""

from models.state import PartnerState, Situation


def context(state: PartnerState, situation: Situation, shared):
    """Access to context in [0, 1]: how far new memories can speak.

    Equation::

        reach = (0.3 + 0.7 * state.integration) * (0.4 + 0.6 * situation.familiarity)
        access = reach * (1 - state.cortisol)
        context = template_kept_on * access + (1 - template_kept_on)

    Stress hormones impair context memory and a new context does not call it up, so that an
    inhibited template can return. Under the ablation ``template_kept_on`` = 0 new memories always
    speak.

    Source: Bouton 2004 (renewal, reinstatement); NAA (integration); form assumed.
    """
    kept = shared.template_kept_on
    reach = (0.3 + 0.7 * state.integration) * (0.4 + 0.6 * situation.familiarity)
    access = reach * (1.0 - state.cortisol)
    return kept * access + (1.0 - kept)


def threat_store(state: PartnerState, parameters, situation: Situation, shared):
    """Threat that the alarm system predicts, in [0, 1).

    Equation::

        safe = criterion_on * context(state, situation) * state.safety_memory
        learnt = T_0 + situation.familiarity * state.harm_memory * (1 - T_0)
        lived = learnt * (1 - safe)
        threat_store = separate_stores_on * lived + (1 - separate_stores_on) * (1 - state.belief)

    The template ``T_0`` is never erased; harm by this partner adds to it where the context is
    theirs; the safety memory competes where context lets it. Words reach it only under the
    ablation ``separate_stores_on`` = 0, where belief takes its place.

    Source: Bouton 2004 (extinction adds a memory); Atlas et al. 2016 (words leave it alone).
    """
    safe = shared.criterion_on * context(state, situation, shared) * state.safety_memory
    harm = situation.familiarity * state.harm_memory
    learnt = parameters.template_threat + harm * (1.0 - parameters.template_threat)
    lived = learnt * (1.0 - safe)
    apart = shared.separate_stores_on
    return apart * lived + (1.0 - apart) * (1.0 - state.belief)


def answered_fear(state: PartnerState, situation: Situation, shared):
    """Fear of closeness in [0, 1), as far as no safety memory answers it.

    Equation::

        answered = context(state, situation) * state.safety_memory
        fear = state.closeness_fear * (1 - answered)

    ``state.closeness_fear`` is the slow trait (S18).

    Source: Main and Hesse 1990 (idea); form assumed.
    """
    answered = context(state, situation, shared) * state.safety_memory
    return state.closeness_fear * (1.0 - answered)
