"""S02 and S14, the amygdala's alarm and the buffer of a trusted partner's presence."""

import numpy as np

from models.circuits.cingulate import anticipated_pain, discrepancy, turning_away
from models.forms import logistic, positive, squash
from models.parameters import PartnerParameters

MOST_EVIDENCE = 1.4  # [cues]: however much happens at once, attention takes in no more


# more than six arguments: one for each symbol of the equation
def momentary_evidence(
    state, parameters, heard, threat, fear, craving, closeness, situation, event, shared
):
    """Evidence of threat at this moment [cues]: what is seen, feared, missed and carried in.

    Equation::

        turned_away = turning_away(heard.latency)
        pain = anticipated_pain(state.closeness_pain, closeness, heard.demand)
        cue = (discrepancy(state.expectation, heard.warmth, turned_away)
               + 0.3 * positive(-heard.warmth) + 0.4 * heard.demand
               + w_f * fear * closeness + w_k * pain)
        remembered = discrepancy(state.expectation, state.reading_warmth, state.reading_away)
        uncertainty = situation.contact * (1 - heard.clarity) + (1 - situation.contact) * U_0
        ambient = (state.cingulate_baseline + w_T * threat * uncertainty + w_c * craving
                   + (1 - situation.contact) * w_r * remembered)
        carried = w_s * positive(state.strain) + w_h * event.conflict
        total = event.threat + situation.contact * cue + situation.awake * (ambient + carried)
        evidence = 1.4 * squash(total / 1.4)

    In (-1.4, 1.4). In contact the cues count: discrepancy, coldness, demand, anticipated pain, fear
    of closeness. Apart, the last signal goes on being compared with what was expected (rumination).
    Uncertainty counts while awake: the cingulate's baseline, and the threat store, which completes
    what is ambiguous from old patterns. ``event.threat`` [cues] comes from outside the couple, or
    is evoked in treatment, and counts at any time. Strain below 0 takes nothing away.

    Source: IA (scanner, withdrawer), NAA (pattern matching); Collins and Feeney 2004 (bias where
    ambiguous); weights assumed.
    """
    contact = situation.contact
    turned_away = turning_away(heard.latency)
    cue = (
        discrepancy(state.expectation, heard.warmth, turned_away, parameters)
        + 0.3 * positive(-heard.warmth)
        + 0.4 * heard.demand
        + shared.fear_weight * fear * closeness
        + shared.pain_weight
        * anticipated_pain(state.closeness_pain, closeness, heard.demand, shared)
    )
    remembered = discrepancy(
        state.expectation, state.reading_warmth, state.reading_away, parameters
    )
    uncertainty = contact * (1.0 - heard.clarity) + (1.0 - contact) * shared.absence_uncertainty
    ambient = (
        state.cingulate_baseline
        + shared.template_weight * threat * uncertainty
        + shared.craving_weight * craving
        + (1.0 - contact) * shared.rumination_weight * remembered
    )
    carried = (
        shared.strain_weight * positive(state.strain) + shared.conflict_weight * event.conflict
    )
    total = event.threat + contact * cue + situation.awake * (ambient + carried)
    return MOST_EVIDENCE * squash(total / MOST_EVIDENCE)


def accumulate(evidence, target, draw, dt, shared):
    """Evidence of threat [cues] follows its momentary sum within seconds, with noise after gain.

    Equation::

        decay = exp(-dt / tau_e)
        evidence = target + (evidence - target) * decay + sigma_e * sqrt(1 - decay**2) * draw

    ``target``, ``sigma_e`` [cues]; ``dt``, ``tau_e`` [min]; ``draw`` standard normal. Unbounded, as
    the noise is; the target is not.

    Source: Uhlenbeck and Ornstein 1930 (form); appraisal within seconds; ``sigma_e`` assumed.
    """
    decay = np.exp(-dt / shared.evidence_time)
    return (
        target
        + (evidence - target) * decay
        + shared.evidence_noise * np.sqrt(1.0 - decay * decay) * draw
    )


def buffer(threat, closeness, proximity, parameters: PartnerParameters, shared):
    """Threshold gained from presence [cues], in [0, s): company that is trusted.

    Equation::

        buffer = social_baseline_on * s * proximity * closeness * (1 - threat)

    ``s`` [cues]. A stranger (no closeness) or an untrusted partner gives none.

    Source: Coan and Sbarra 2015 (idea); Coan et al. 2017 (a stranger gives none).
    """
    trusted = closeness * (1.0 - threat)
    return shared.social_baseline_on * parameters.social_baseline * proximity * trusted


def alarm(evidence, threshold, safe, parameters: PartnerParameters, shared):
    """Graded alarm in (0, 1): one half where the evidence meets the threshold.

    Equation::

        gain = g_A * (1 - 0.6 * (1 - criterion_on) * safe)
        alarm = logistic(gain * (evidence - threshold))

    ``evidence`` and ``threshold`` (with its buffer) [cues], ``g_A`` [1/cues]. It matches patterns,
    not dates: nothing here knows whether the threat is old or present. ``safe`` is the safety
    memory as far as the context lets it speak. It lowers the predicted threat (``threat_store``)
    and raises the criterion: ``update`` passes ``threshold`` = state.threshold + buffer +
    criterion_on * w_m * safe. The gain it moves only under the ablation ``criterion_on`` = 0.

    Source: IA (threshold), NAA (disproportion); form and levels assumed.
    """
    gain = parameters.amygdala_gain * (1.0 - 0.6 * (1.0 - shared.criterion_on) * safe)
    return logistic(gain * (evidence - threshold))
