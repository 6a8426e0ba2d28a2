"""Every parameter, once: default, meaning, range, unit, symbol, source.

``PartnerParameters`` is what makes one person differ from another; its defaults are the secure
preset. ``SharedParameters`` is what all people have in common: time constants, weights and the
mechanism switches that an ablation turns off.

Parameters are *named after* neural systems for readability. They are functional abstractions,
not measurements. Sources: ``IA`` and ``NAA`` are the two clinical essays the model starts from
("insecurity architectures", "neural attachment architecture"); where no published figure
exists the source says ``assumed``. Long because it is one table, a row a parameter.
"""

import math
from typing import Annotated, Any, NamedTuple

import numpy as np

from models.declare import Number, declarations
from models.declare import Parameter as P
from models.wording import shown
from models.wording import unknown as unknown  # its former place

DAY = 1440.0
HOUR = 60.0
NUMBERS = (int, float, np.integer, np.floating)


# A table: what a parameter is in one line, its source in the next.
# fmt: off
class PartnerParameters(NamedTuple):
    """One person: a point in the space of neural parameters. Defaults: the secure preset."""

    # amygdala
    amygdala_threshold: Annotated[
        Number,
        P("evidence at which the alarm is one half, before any buffer", (0.05, 0.95), "cues",
          "theta_0", "IA: threshold set by early care; level assumed"),
    ] = 0.62
    amygdala_gain: Annotated[
        Number,
        P("steepness of the alarm in evidence", (2.0, 9.0), "1/cues", "g_A",
          "NAA: disproportionate alarm; level assumed"),
    ] = 6.0
    template_threat: Annotated[
        Number,
        P("threat predicted from childhood, never erased", (0.02, 0.95), "1", "T_0",
          "NAA: early template; extinction adds memory, Bouton 2004"),
    ] = 0.15
    # cingulate
    cingulate_gain: Annotated[
        Number,
        P("gain of the gap between expected and perceived warmth", (0.2, 2.5), "cues", "g_C",
          "IA: scanner detects small discrepancies; level assumed"),
    ] = 0.7
    cingulate_baseline: Annotated[
        Number,
        P("evidence from uncertainty alone, without any cue", (0.01, 0.8), "cues", "b_C",
          "IA: elevated cingulate baseline; level assumed"),
    ] = 0.08
    anticipated_pain: Annotated[
        Number,
        P("prototype of the learnt link from closeness to pain", (0.02, 0.95), "1", "kappa_0",
          "IA: withdrawer; as learnt avoidance, DeWall et al. 2012 contradicts extra pain"),
    ] = 0.08
    closeness_fear: Annotated[
        Number,
        P("fear that closeness itself sets off", (0.01, 0.95), "1", "f",
          "NAA: fright without solution, Main and Hesse 1990"),
    ] = 0.03
    # striatum
    reward_dependence: Annotated[
        Number,
        P("share of the mood baseline that depends on the partner", (0.02, 0.95), "1", "rho",
          "IA: reward outsourced to the partner; tolerance has no direct evidence"),
    ] = 0.15
    # insula
    interoception: Annotated[
        Number,
        P("weight of one's own state against the partner's in felt affect", (0.05, 0.98), "1",
          "w_I", "IA: merger; a self-other weight, as Oldroyd et al. 2019 contradicts the rest"),
    ] = 0.85
    # bonding and body
    oxytocin_reliability: Annotated[
        Number,
        P("prototype of how reliably contact raises oxytocin", (0.05, 0.95), "1", "r_0",
          "NAA: reliability of the bonding system; not receptor density"),
    ] = 0.7
    deactivation: Annotated[
        Number,
        P("inhibition of the expressed approach", (0.02, 0.95), "1", "i",
          "NAA: avoidance inhibits an intact system; level assumed"),
    ] = 0.08
    vagal_tone: Annotated[
        Number,
        P("prototype of the vagal brake", (0.05, 0.95), "1", "v_0",
          "NAA; link with insecurity is mixed, Maunder et al. 2006"),
    ] = 0.65
    hpa_reactivity: Annotated[
        Number,
        P("drive of the stress axis for a full alarm", (0.1, 3.0), "1", "h",
          "NAA: sensitised axis; pair-specific in Powers et al. 2006"),
    ] = 0.8
    social_baseline: Annotated[
        Number,
        P("threshold gained from a trusted partner's presence", (0.0, 0.9), "cues", "s",
          "Coan and Sbarra 2015; Coan et al. 2017"),
    ] = 0.4
    # prefrontal and hippocampal
    prefrontal_capacity: Annotated[
        Number,
        P("share of impulses that regulation can hold back", (0.1, 0.98), "1", "c_P",
          "NAA: respond rather than react; level assumed"),
    ] = 0.8
    integration: Annotated[
        Number,
        P("prototype of hippocampal-prefrontal integration", (0.05, 0.95), "1", "m_0",
          "NAA: context, narrative; level assumed"),
    ] = 0.65
    # drives and expression
    proximity_need: Annotated[
        Number,
        P("latent need for proximity", (0.2, 2.0), "1", "n",
          "NAA: avoidance is not lack of need; level assumed"),
    ] = 0.8
    protest: Annotated[
        Number,
        P("habit of turning alarm into demand", (0.01, 0.98), "1", "p",
          "hyperactivation, Mikulincer and Shaver 2007; level assumed"),
    ] = 0.17
    flight: Annotated[
        Number,
        P("how strongly alarm turns into avoidance", (0.0, 2.0), "1", "q",
          "deactivation, Mikulincer and Shaver 2007; level assumed"),
    ] = 0.1
    volatility: Annotated[
        Number,
        P("how far strain makes one unavailable", (0.0, 1.0), "1", "y",
          "diathesis and stress, Simpson and Rholes 2017; level assumed"),
    ] = 0.06
    hostility: Annotated[
        Number,
        P("how far strain makes one attack", (0.0, 1.0), "1", "x_H",
          "frightening care, Main and Hesse 1990; level assumed"),
    ] = 0.04
    warmth: Annotated[
        Number,
        P("warmth when at ease", (-0.5, 1.2), "1", "W_0", "assumed"),
    ] = 0.45
    clarity: Annotated[
        Number,
        P("clarity of expression", (0.1, 0.98), "1", "k_0", "assumed"),
    ] = 0.75
    attunement: Annotated[
        Number,
        P("accuracy of mirroring the other's affect", (0.02, 0.98), "1", "u",
          "NAA: attunement distinct from warmth; no claim about mirror neurons"),
    ] = 0.7
    expected_warmth: Annotated[
        Number,
        P("warmth expected of a partner not yet known", (-0.8, 0.9), "1", "E_0",
          "Bowlby's internal working model; level assumed"),
    ] = 0.4
    affect_variability: Annotated[
        Number,
        P("standard deviation of affect from within", (0.02, 0.6), "1", "sigma_F",
          "Houben et al. 2015: variability; level assumed"),
    ] = 0.18
    plasticity: Annotated[
        Number,
        P("speed of all experience-driven learning", (0.1, 3.0), "1", "eta",
          "assumed; 1 is the average person"),
    ] = 1.0
# fmt: on


class SharedParameters(NamedTuple):
    """What all people share: time constants, weights and mechanism switches."""

    # channel
    misreading_time: Annotated[
        Number, P("how long a misreading lasts", (0.02, 10), "min", "tau_x", "assumed")
    ] = 0.25
    misreading_size: Annotated[
        Number,
        P(
            "error of reading at full ambiguity",
            (0.0, 2.0),
            "1",
            "sigma_x",
            "SNR near .28 gives tracking r = .47, Fletcher and Kerr 2010",
        ),
    ] = 0.6
    reading_time: Annotated[
        Number,
        P("memory of the partner's signal while in contact", (0.02, 10), "min", "tau_R", "assumed"),
    ] = 0.33
    reading_hold: Annotated[
        Number,
        P(
            "memory of the partner's last signal while apart",
            (10, 5 * DAY),
            "min",
            "tau_H",
            "assumed",
        ),
    ] = 12 * HOUR
    # alarm and body
    evidence_time: Annotated[
        Number, P("accumulation of evidence", (0.01, 5), "min", "tau_e", "appraisal takes seconds")
    ] = 0.12
    evidence_noise: Annotated[
        Number, P("noise after the cingulate's gain", (0.0, 0.6), "cues", "sigma_e", "assumed")
    ] = 0.12
    absence_uncertainty: Annotated[
        Number, P("uncertainty of not knowing while apart", (0, 1), "1", "U_0", "assumed")
    ] = 0.35
    template_weight: Annotated[
        Number,
        P(
            "evidence that the threat store adds to full uncertainty",
            (0, 2),
            "cues",
            "w_T",
            "assumed",
        ),
    ] = 0.7
    criterion_weight: Annotated[
        Number, P("threshold gained from a full safety memory", (0, 1), "cues", "w_m", "assumed")
    ] = 0.25
    pain_weight: Annotated[
        Number, P("evidence from anticipated pain", (0, 1), "cues", "w_k", "assumed")
    ] = 0.3
    fear_weight: Annotated[
        Number, P("evidence from fear of closeness", (0, 3), "cues", "w_f", "assumed")
    ] = 1.2
    craving_weight: Annotated[
        Number, P("evidence from craving", (0, 2), "cues", "w_c", "assumed")
    ] = 0.8
    strain_weight: Annotated[
        Number, P("evidence from strain", (0, 1), "cues/sd", "w_s", "assumed")
    ] = 0.08
    conflict_weight: Annotated[
        Number, P("evidence from a hot topic", (0, 2), "cues", "w_h", "assumed")
    ] = 0.35
    rumination_weight: Annotated[
        Number,
        P(
            "share of the last discrepancy that goes on while apart",
            (0, 1),
            "1",
            "w_r",
            "IA: scanner cannot disengage; level assumed",
        ),
    ] = 0.4
    arousal_rise: Annotated[
        Number,
        P(
            "rise of arousal at full alarm",
            (0.1, 10),
            "min",
            "tau_up",
            "sympathetic rise in seconds to minutes",
        ),
    ] = 1.5
    arousal_recovery: Annotated[
        Number,
        P(
            "recovery of arousal at full vagal tone",
            (0.3, 20),
            "min",
            "tau_v",
            "half-time near 2 min, up to 15 after conflict",
        ),
    ] = 1.6
    oxytocin_time: Annotated[
        Number,
        P("decay of oxytocin", (3, 120), "min", "tau_o", "20 to 30 min, cerebrospinal fluid"),
    ] = 30.0
    oxytocin_rise: Annotated[
        Number, P("rise of oxytocin in full contact", (1, 60), "min", "tau_O", "assumed")
    ] = 12.0
    hpa_time: Annotated[
        Number, P("delay of the stress axis", (3, 60), "min", "tau_h", "dead time 10 to 15 min")
    ] = 15.0
    cortisol_time: Annotated[
        Number,
        P("decay of cortisol, half-life 66 min", (60, 150), "min", "tau_C", "half-life 66 min"),
    ] = 95.2
    strain_time: Annotated[
        Number, P("decay of strain", (30, 5 * DAY), "min", "tau_s", "assumed")
    ] = 10 * HOUR
    # feeling
    affect_time: Annotated[
        Number,
        P(
            "decay of felt affect",
            (0.05, 10),
            "min",
            "tau_F",
            "own inertia .91 at 2 s, Butler and Barnard",
        ),
    ] = 0.36
    mood_time: Annotated[
        Number,
        P(
            "decay of mood, half-time about an hour",
            (20, 600),
            "min",
            "tau_m",
            "affect AR(1) .35 at 90 min",
        ),
    ] = 90.0
    appraisal_time: Annotated[
        Number, P("how fast reasons follow an impulse", (1, 600), "min", "tau_a", "assumed")
    ] = 40.0
    # reward
    reward_time: Annotated[
        Number,
        P(
            "learning of the expected reward, in contact",
            (5, 300),
            "min",
            "tau_V",
            "learning rate .3 an event",
        ),
    ] = 28.0
    relief_time: Annotated[
        Number, P("full relief that ends a silence", (0.5, 60), "min", "tau_r", "assumed")
    ] = 6.0
    silence_scale: Annotated[
        Number, P("silence after which craving is at half", (30, 5 * DAY), "min", "t_c", "assumed")
    ] = 8 * HOUR
    hope_gaps: Annotated[
        Number,
        P(
            "usual gaps after which hope is at half",
            (1, 30),
            "usual gaps",
            "n_h",
            "extinction scales with 1/p, Chan and Harris 2019",
        ),
    ] = 8.0
    tolerance_rise: Annotated[
        Number,
        P(
            "growth of tolerance under full reward",
            (10, 2000),
            "min",
            "tau_T",
            "assumed; no direct evidence",
        ),
    ] = 110.0
    tolerance_time: Annotated[
        Number,
        P(
            "loss of tolerance in abstinence",
            (2 * DAY, 200 * DAY),
            "min",
            "tau_A",
            "assumed; no direct evidence",
        ),
    ] = 25 * DAY
    # predictions and beliefs
    expectation_time: Annotated[
        Number,
        P("learning of the partner's warmth, in contact", (60, 20000), "min", "tau_E", "assumed"),
    ] = 1800.0
    words_time: Annotated[
        Number,
        P(
            "time of full reassurance that persuades",
            (0.5, 60),
            "min",
            "tau_w",
            "explicit store moves at once, Atlas et al. 2016",
        ),
    ] = 6.0
    belief_time: Annotated[
        Number, P("drift of belief towards experience", (DAY, 100 * DAY), "min", "tau_b", "assumed")
    ] = 8 * DAY
    # the corrective-experience rule
    safety_rise: Annotated[
        Number,
        P(
            "growth of the safety memory, gate and surprise at 1",
            (50, 20000),
            "min",
            "tau_S",
            "extinction slower than acquisition",
        ),
    ] = 200.0
    safety_time: Annotated[
        Number,
        P("forgetting of the safety memory", (60 * DAY, 3000 * DAY), "min", "tau_G", "assumed"),
    ] = 700 * DAY
    harm_rise: Annotated[
        Number,
        P(
            "growth of the harm memory, alarm and hurt at 1",
            (50, 20000),
            "min",
            "tau_N",
            "acquisition about 2.5 times extinction",
        ),
    ] = 1200.0
    harm_time: Annotated[
        Number, P("forgetting of harm", (10 * DAY, 1000 * DAY), "min", "tau_M", "assumed")
    ] = 90 * DAY
    gate_optimum: Annotated[
        Number,
        P(
            "arousal at which the window is centred",
            (0.1, 0.8),
            "1",
            "a_0",
            "window of tolerance, assumed",
        ),
    ] = 0.45
    gate_width: Annotated[
        Number,
        P(
            "half-width of the window at full vagal tone",
            (0.05, 1.0),
            "1",
            "d_a",
            "window of tolerance, assumed",
        ),
    ] = 0.32
    forgiveness: Annotated[
        Number, P("disappointment that leaves no harm", (0, 0.8), "1", "z", "assumed")
    ] = 0.35
    prediction_time: Annotated[
        Number,
        P("learning of the safety to expect now, in contact", (5, 5000), "min", "tau_y", "assumed"),
    ] = 60.0
    pull_back_time: Annotated[
        Number,
        P(
            "return of that prediction to the threat store's",
            (60, 30 * DAY),
            "min",
            "tau_B",
            "spontaneous recovery of fear within days; level assumed",
        ),
    ] = 1.5 * DAY
    # slow plasticity
    plastic_rise: Annotated[
        Number,
        P(
            "growth of slow traits in attuned safety",
            (2000, 10**6),
            "min",
            "tau_P",
            "weeks to months",
        ),
    ] = 14000.0
    prototype_time: Annotated[
        Number,
        P(
            "pull of the prototype",
            (20 * DAY, 2000 * DAY),
            "min",
            "tau_0",
            "prototype model, Fraley 2002",
        ),
    ] = 240 * DAY
    pain_rise: Annotated[
        Number, P("learning of closeness as painful", (50, 20000), "min", "tau_k", "assumed")
    ] = 600.0
    pain_fall: Annotated[
        Number,
        P(
            "unlearning of closeness as painful",
            (50, 50000),
            "min",
            "tau_K",
            "assumed; extinction slower than acquisition",
        ),
    ] = 6000.0
    # dyad
    closeness_rise: Annotated[
        Number,
        P("growth of closeness in full contact and warmth", (30, 5000), "min", "tau_L", "assumed"),
    ] = 240.0
    closeness_time: Annotated[
        Number, P("loss of closeness without contact", (DAY, 200 * DAY), "min", "tau_D", "assumed")
    ] = 15 * DAY
    satisfaction_time: Annotated[
        Number,
        P(
            "smoothing of satisfaction, in contact",
            (100, 20000),
            "min",
            "tau_Q",
            "assumed; a fortnight of everyday contact",
        ),
    ] = 1400.0
    commitment_time: Annotated[
        Number, P("smoothing of commitment", (5 * DAY, 500 * DAY), "min", "tau_c", "assumed")
    ] = 60 * DAY
    hazard_dating: Annotated[
        Number,
        P(
            "break-up hazard at middling commitment",
            (0, 0.5),
            "1/30 d",
            "lambda",
            "Rosenfeld 2014: .0199 per 30 d unmarried",
        ),
    ] = 0.02
    # mechanism switches (1 on, 0 off): what an ablation turns off
    reward_tolerance_on: Annotated[Number, P("reward tolerance", (0, 1), "1", "-", "ablation")] = (
        1.0
    )
    activation_gate_on: Annotated[
        Number, P("alarm needed for plasticity", (0, 1), "1", "-", "ablation")
    ] = 1.0
    window_on: Annotated[Number, P("window of tolerance", (0, 1), "1", "-", "ablation")] = 1.0
    separate_stores_on: Annotated[
        Number, P("belief and threat store kept apart", (0, 1), "1", "-", "ablation")
    ] = 1.0
    social_baseline_on: Annotated[
        Number, P("partner's presence as a buffer", (0, 1), "1", "-", "ablation")
    ] = 1.0
    anticipated_pain_on: Annotated[Number, P("anticipated pain", (0, 1), "1", "-", "ablation")] = (
        1.0
    )
    corrective_rule_on: Annotated[
        Number, P("corrective-experience rule", (0, 1), "1", "-", "ablation")
    ] = 1.0
    slow_plasticity_on: Annotated[Number, P("slow plasticity", (0, 1), "1", "-", "ablation")] = 1.0
    vagal_plasticity_on: Annotated[
        Number, P("plasticity of vagal tone", (0, 1), "1", "-", "ablation")
    ] = 1.0
    integration_plasticity_on: Annotated[
        Number, P("plasticity of integration", (0, 1), "1", "-", "ablation")
    ] = 1.0
    pull_back_on: Annotated[
        Number, P("return of the prediction between meetings", (0, 1), "1", "-", "ablation")
    ] = 1.0
    template_kept_on: Annotated[
        Number,
        P("template kept beside what is learnt, behind context", (0, 1), "1", "-", "ablation"),
    ] = 1.0
    criterion_on: Annotated[
        Number, P("safety moves the criterion (1) or the gain (0)", (0, 1), "1", "-", "ablation")
    ] = 1.0
    prediction_error_on: Annotated[
        Number, P("reward counted against expectation", (0, 1), "1", "-", "ablation")
    ] = 1.0
    appraisal_on: Annotated[
        Number, P("reasons found after the fact", (0, 1), "1", "-", "ablation")
    ] = 1.0
    mirroring_on: Annotated[
        Number,
        P("being mirrored accurately or not makes a difference", (0, 1), "1", "-", "ablation"),
    ] = 1.0
    threat_learning_on: Annotated[Number, P("learning of threat", (0, 1), "1", "-", "ablation")] = (
        1.0
    )
    channel_ab: Annotated[Number, P("channel from A to B open", (0, 1), "1", "-", "ablation")] = 1.0
    channel_ba: Annotated[Number, P("channel from B to A open", (0, 1), "1", "-", "ablation")] = 1.0


PARAMETERS: dict[Any, dict[str, P]] = {
    kind: declarations(kind) for kind in (PartnerParameters, SharedParameters)
}


def check(values: NamedTuple) -> None:
    """Raise ``ValueError`` with one line a fault if a parameter is out of range or no number.

    Scalars only; populations are checked where they are drawn. Serves the parameters of any core.
    """
    kind: Any = type(values)
    faults = [
        fault
        for name, rule in declarations(kind).items()
        if (fault := _fault(kind.__name__, name, getattr(values, name), rule))
    ]
    if faults:
        raise ValueError("\n".join(faults))


def plain(values: Any) -> Any:
    """The same parameters as numbers of Python: NumPy's compute and are written otherwise."""
    return type(values)(*map(float, values))


def _fault(owner: str, name: str, value: Any, rule: P) -> str | None:
    low, high = rule.range
    if not is_number(value):
        return f"{owner}.{name} = {shown(value)}: must be a number in [{low:g}, {high:g}]"
    if not low <= value <= high:
        return (
            f"{owner}.{name} = {float(value):g}: must be in [{low:g}, {high:g}] "
            f"({rule.meaning}, {_unit(rule.unit)})"
        )
    return None


def is_number(value: Any) -> bool:
    """Whether ``value`` is one finite number, also of NumPy's, and no bool."""
    single = isinstance(value, np.ndarray) and value.ndim == 0
    if single and not isinstance(value, np.ma.MaskedArray):
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, NUMBERS):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond all floats
        return False


def _unit(unit: str) -> str:
    return "dimensionless" if unit == "1" else unit
