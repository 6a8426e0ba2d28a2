"""What a partner, a couple and a signal consist of.

Every field is a float or an array with one entry a couple. Units stand in brackets; a field
without one is dimensionless. ``VARIABLES`` gives long name, unit and range of each field.
"""

from typing import Annotated, NamedTuple

from models.declare import Variable as V
from models.declare import declarations


class Signal(NamedTuple):
    """What crosses from one partner to the other, as sent or as heard (S01)."""

    warmth: Annotated[float, V("warmth, negative when cold", (-1, 1))]
    contact: Annotated[float, V("touch and physical closeness offered", (0, 1))]
    reassurance: Annotated[float, V("verbal reassurance", (0, 1))]
    demand: Annotated[float, V("demand, complaint, pursuit", (0, 1))]
    latency: Annotated[float, V("reply latency, 1 is as usual", (1, 5), "usual replies")]
    clarity: Annotated[float, V("clarity; its complement is ambiguity", (0, 1))]
    mirroring: Annotated[float, V("the other's affect, as reflected back", (-1, 1))]


class PartnerState(NamedTuple):
    """One partner's nervous system at one moment. Order: fast to slow, then read-outs."""

    # seconds to minutes
    misreading: Annotated[float, V("error of reading, warm or cold", None, "sd")]
    evidence: Annotated[float, V("accumulated evidence of threat", None, "cues")]
    affect: Annotated[float, V("felt affect", None)]
    reading_warmth: Annotated[float, V("partner's affect as read", None)]
    reading_away: Annotated[float, V("partner's turning away as read", None)]
    reading_demand: Annotated[float, V("partner's demand as read", (0, 1))]
    arousal: Annotated[float, V("autonomic arousal", (0, 1))]
    # an hour or so
    oxytocin: Annotated[float, V("oxytocin, affiliative signal", (0, 1))]
    hpa_drive: Annotated[float, V("hypothalamic-pituitary drive", (0, 1))]
    cortisol: Annotated[float, V("cortisol", (0, 1))]
    mood: Annotated[float, V("mood", (-1, 1))]
    strain: Annotated[float, V("stress from outside the couple", None, "sd")]
    appraisal: Annotated[float, V("reasons found against the partner", (0, 1))]
    # reward
    expected_reward: Annotated[float, V("expected reward", (0, 1))]
    silence: Annotated[float, V("time since the last positive signal", (0, None), "min")]
    usual_gap: Annotated[float, V("usual time between positive signals", (0, None), "min")]
    tolerance: Annotated[float, V("reward tolerance", (0, 1))]
    # days to months: what is predicted, believed and remembered
    predicted_safety: Annotated[float, V("safety predicted for now", (0, 1))]
    expectation: Annotated[float, V("warmth expected of this partner", (-1, 1))]
    belief: Annotated[float, V("explicit belief of being safe", (0, 1))]
    safety_memory: Annotated[float, V("safety memory beside the template", (0, 1))]
    harm_memory: Annotated[float, V("memory of harm by this partner", (0, 1))]
    closeness_pain: Annotated[float, V("learnt link from closeness to pain", (0, 1))]
    threshold: Annotated[float, V("amygdala threshold", (0, 1), "cues")]
    oxytocin_reliability: Annotated[float, V("oxytocin reliability", (0, 1))]
    vagal_tone: Annotated[float, V("vagal tone", (0, 1))]
    integration: Annotated[float, V("hippocampal-prefrontal integration", (0, 1))]
    closeness_fear: Annotated[float, V("fear that closeness sets off", (0, 1))]
    protest: Annotated[float, V("habit of turning alarm into demand", (0, 1))]
    deactivation: Annotated[float, V("habit of not showing approach", (0, 1))]
    cingulate_baseline: Annotated[float, V("vigilance without any cue", (0, 1), "cues")]
    interoception: Annotated[float, V("weight of the own body in felt affect", (0, 1))]
    reward_dependence: Annotated[float, V("mood baseline outsourced to the partner", (0, 1))]
    satisfaction: Annotated[float, V("relationship satisfaction", (-1, 1))]
    commitment: Annotated[float, V("commitment", (0, 1))]
    # read-outs of the last exchange: no memory of their own, kept to act on and to look at
    alarm: Annotated[float, V("alarm", (0, 1))]
    threat_store: Annotated[float, V("threat predicted by the alarm system", (0, 1))]
    felt_safety: Annotated[float, V("felt safety", (0, 1))]
    surprise: Annotated[float, V("felt safety beyond prediction", (-1, 1))]
    plasticity_gate: Annotated[float, V("plasticity gate", (0, 1))]
    prediction_error: Annotated[float, V("reward prediction error", (-1, 1))]
    regulation: Annotated[float, V("prefrontal regulation", (0, 1))]
    need: Annotated[float, V("latent need for proximity", (0, 1))]
    approach: Annotated[float, V("approach drive", (0, 1))]
    avoidance: Annotated[float, V("avoidance drive", (0, 1))]
    freeze: Annotated[float, V("freeze: both drives high and blocked", (0, 1))]
    demand_impulse: Annotated[float, V("impulse to demand", (0, 1))]
    withdrawal_impulse: Annotated[float, V("impulse to withdraw", (0, 1))]
    metabolic_cost: Annotated[float, V("metabolic cost of vigilance", (0, None), "resting costs")]


class DyadState(NamedTuple):
    """Facts that both partners know about their couple (S22)."""

    closeness: Annotated[float, V("closeness of the couple", (0, 1))]
    hazard: Annotated[float, V("accumulated hazard of breaking up", (0, None))]


class Couple(NamedTuple):
    """Two partners and what they have between them."""

    a: PartnerState
    b: PartnerState
    dyad: DyadState


class Situation(NamedTuple):
    """Circumstances of one interval, the same for both partners of every couple."""

    dt: Annotated[float, V("length of the interval", (0, None), "min")]
    contact: Annotated[float, V("in contact by any medium (1) or not (0)", (0, 1))]
    proximity: Annotated[float, V("bodily together (1) or apart (0)", (0, 1))]
    clarity: Annotated[float, V("clarity of the medium (a text is less clear)", (0, 1))]
    awake: Annotated[float, V("awake (1) or asleep (0)", (0, 1))]
    familiarity: Annotated[float, V("familiarity of the context", (0, 1))]


class Event(NamedTuple):
    """What happens to one partner in one interval (S23), help included (S24).

    Fields that begin with ``help_`` describe a signal that takes the place of the partner's, as
    far as ``help_share`` says: from a coached partner, or from a third person if ``third`` is 1.
    """

    grievance: Annotated[float, V("owns the topic of conflict", (0, 1))]
    conflict: Annotated[float, V("heat of the topic under discussion", (0, 1))]
    stressor: Annotated[float, V("stressor from outside the couple", (0, None), "sd")]
    delay: Annotated[
        float, V("delay of the partner's signal on its way", (0, None), "usual replies")
    ]
    threat: Annotated[float, V("threat from outside, or evoked in treatment", (0, None), "cues")]
    third: Annotated[float, V("the company is a third person (1) or the partner (0)", (0, 1))]
    help_share: Annotated[float, V("share of the signal that is scripted", (0, 1))]
    help_warmth: Annotated[float, V("warmth of the scripted signal", (-1, 1))]
    help_contact: Annotated[float, V("touch of the scripted signal", (0, 1))]
    help_reassurance: Annotated[float, V("verbal reassurance of the scripted signal", (0, 1))]
    help_demand: Annotated[float, V("demand of the scripted signal", (0, 1))]
    help_latency: Annotated[
        float, V("delay of the scripted signal beyond the usual", (0, 4), "usual replies")
    ]
    help_clarity: Annotated[float, V("clarity of the scripted signal", (0, 1))]
    help_accuracy: Annotated[float, V("accuracy with which one is mirrored", (0, 1))]
    insight: Annotated[float, V("words that explain one's pattern", (0, 1))]
    calming: Annotated[float, V("guidance that calms the body", (0, 1))]
    narrative: Annotated[float, V("past and present held together in words", (0, 1))]
    recalibration: Annotated[float, V("checking of small discrepancies", (0, 1))]
    interoceptive: Annotated[float, V("guidance to one's own body", (0, 1))]


class Luck(NamedTuple):
    """Standard normal draws of one partner in one interval (purposes in ``sim.noise``)."""

    misreading: float
    evidence: float
    affect: float
    strain: float


NO_EVENT = Event(*(0.0,) * len(Event._fields))

VARIABLES = {
    kind: declarations(kind) for kind in (Signal, PartnerState, DyadState, Situation, Event)
}
