"""S02 and S14, the amygdala's alarm and the buffer of a trusted partner's presence."""

import numpy as np

from models.circuits.cingulate import anticipated_pain, discrepancy, turning_away
from models.forms import logistic, positive, squash
from models.parameters import PartnerParameters

MOST_EVIDENCE = 1.4  # [cues]: however much happens at once, attention takes in no more


def momentary_evidence(
    state, parameters, heard, threat, fear, craving, closeness, situation, event, shared
):
    """Evidence of threat at this moment [cues]: what is seen, feared, missed and carried in.

    In contact the cues count: discrepancy, coldness, demand, anticipated pain, fear of
    closeness. Apart, the last signal goes on being compared with what was expected (rumination).
    Uncertainty counts while awake: the cingulate's baseline, and the threat store, which completes
    what is ambiguous from old patterns (Collins and Feeney 2004: bias where ambiguous).
    """
    contact = situation.contact
    away = turning_away(heard.latency)
    cue = (
        discrepancy(state.expectation, heard.warmth, away, parameters)
        + 0.3 * positive(-heard.warmth)
        + 0.4 * heard.demand
        + shared.fear_weight * fear * closeness
        + shared.pain_weight
        * anticipated_pain(state.closeness_pain, closeness, heard.demand, shared)
    )
    held = discrepancy(state.expectation, state.reading_warmth, state.reading_away, parameters)
    uncertainty = contact * (1.0 - heard.clarity) + (1.0 - contact) * shared.absence_uncertainty
    ambient = (
        state.cingulate_baseline
        + shared.template_weight * threat * uncertainty
        + shared.craving_weight * craving
        + (1.0 - contact) * shared.rumination_weight * held
    )
    carried = shared.strain_weight * state.strain + shared.conflict_weight * event.conflict
    total = event.threat + contact * cue + situation.awake * (ambient + carried)
    return MOST_EVIDENCE * squash(total / MOST_EVIDENCE)


def accumulate(evidence, target, draw, dt, shared):
    """Evidence of threat [cues] follows its momentary sum within seconds, with noise after gain.

    ``e' = target + (e - target) rho + sigma_e sqrt(1 - rho^2) xi``, ``rho = exp(-dt / tau_e)``.
    """
    kept = np.exp(-dt / shared.evidence_time)
    return (
        target
        + (evidence - target) * kept
        + shared.evidence_noise * np.sqrt(1.0 - kept * kept) * draw
    )


def buffer(threat, closeness, proximity, parameters: PartnerParameters, shared):
    """Threshold gained from presence, ``s z L (1 - T)`` [cues]: company that is trusted.

    A stranger (no closeness) or an untrusted partner gives none (Coan et al. 2017).
    """
    trusted = closeness * (1.0 - threat)
    return shared.social_baseline_on * parameters.social_baseline * proximity * trusted


def alarm(evidence, threshold, safe, parameters: PartnerParameters, shared):
    """Graded alarm ``A = logistic(g_A (e - theta))`` in (0, 1).

    It matches patterns, not dates: nothing here knows whether the threat is old or present.
    """
    gain = parameters.amygdala_gain * (1.0 - 0.6 * (1.0 - shared.criterion_on) * safe)
    return logistic(gain * (evidence - threshold))
