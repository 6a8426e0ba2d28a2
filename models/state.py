"""What a partner, a couple and a signal consist of.

Every field is a float or an array with one entry a couple. Units stand in brackets; a field
without one is dimensionless. ``VARIABLES`` gives long name, unit and range of each field.
"""

from typing import Annotated, NamedTuple

from models.declare import Number, declarations
from models.declare import Variable as V


class Signal(NamedTuple):
    """What crosses from one partner to the other, as sent or as heard (S01)."""

    warmth: Annotated[Number, V("warmth, negative when cold", (-1, 1))]
    contact: Annotated[Number, V("touch and physical closeness offered", (0, 1))]
    reassurance: Annotated[Number, V("verbal reassurance", (0, 1))]
    demand: Annotated[Number, V("demand, complaint, pursuit", (0, 1))]
    latency: Annotated[Number, V("reply latency, 1 is as usual", (1, 5), "usual replies")]
    clarity: Annotated[Number, V("clarity; its complement is ambiguity", (0, 1))]
    mirroring: Annotated[Number, V("the other's affect, as reflected back", (-1, 1))]


class PartnerState(NamedTuple):
    """One partner's nervous system at one moment. Order: fast to slow, then read-outs."""

    # seconds to minutes
    misreading: Annotated[Number, V("error of reading, warm or cold", None, "sd")]
    evidence: Annotated[Number, V("accumulated evidence of threat", None, "cues")]
    affect: Annotated[Number, V("felt affect", None)]
    reading_warmth: Annotated[Number, V("partner's affect as read", None)]
    reading_away: Annotated[Number, V("partner's turning away as read", None)]
    reading_demand: Annotated[Number, V("partner's demand as read", (0, 1))]
    arousal: Annotated[Number, V("autonomic arousal", (0, 1))]
    # an hour or so
    oxytocin: Annotated[Number, V("oxytocin, affiliative signal", (0, 1))]
    hpa_drive: Annotated[Number, V("hypothalamic-pituitary drive", (0, 1))]
    cortisol: Annotated[Number, V("cortisol", (0, 1))]
    mood: Annotated[Number, V("mood", (-1, 1))]
    strain: Annotated[Number, V("stress from outside the couple", None, "sd")]
    appraisal: Annotated[Number, V("reasons found against the partner", (0, 1))]
    # reward
    expected_reward: Annotated[Number, V("expected reward", (0, 1))]
    silence: Annotated[Number, V("time since the last positive signal", (0, None), "min")]
    usual_gap: Annotated[Number, V("usual time between positive signals", (0, None), "min")]
    tolerance: Annotated[Number, V("reward tolerance", (0, 1))]
    # days to months: what is predicted, believed and remembered
    predicted_safety: Annotated[Number, V("safety predicted for now", (0, 1))]
    expectation: Annotated[Number, V("warmth expected of this partner", None)]
    belief: Annotated[Number, V("explicit belief of being safe", (0, 1))]
    safety_memory: Annotated[Number, V("safety memory beside the template", (0, 1))]
    harm_memory: Annotated[Number, V("memory of harm by this partner", (0, 1))]
    closeness_pain: Annotated[Number, V("learnt link from closeness to pain", (0, 1))]
    threshold: Annotated[Number, V("amygdala threshold", (0, 1), "cues")]
    oxytocin_reliability: Annotated[Number, V("oxytocin reliability", (0, 1))]
    vagal_tone: Annotated[Number, V("vagal tone", (0, 1))]
    integration: Annotated[Number, V("hippocampal-prefrontal integration", (0, 1))]
    closeness_fear: Annotated[Number, V("fear that closeness sets off", (0, 1))]
    protest: Annotated[Number, V("habit of turning alarm into demand", (0, 1))]
    deactivation: Annotated[Number, V("habit of not showing approach", (0, 1))]
    cingulate_baseline: Annotated[Number, V("vigilance without any cue", (0, 1), "cues")]
    interoception: Annotated[Number, V("weight of the own body in felt affect", (0, 1))]
    reward_dependence: Annotated[Number, V("mood baseline outsourced to the partner", (0, 1))]
    satisfaction: Annotated[Number, V("relationship satisfaction", (-1, 1))]
    commitment: Annotated[Number, V("commitment", (0, 1))]
    # read-outs of the last exchange: no memory of their own, kept to act on and to look at
    alarm: Annotated[Number, V("alarm", (0, 1))]
    threat_store: Annotated[Number, V("threat predicted by the alarm system", (0, 1))]
    felt_safety: Annotated[Number, V("felt safety", (0, 1))]
    surprise: Annotated[Number, V("felt safety beyond prediction", (-1, 1))]
    plasticity_gate: Annotated[Number, V("plasticity gate", (0, 1))]
    prediction_error: Annotated[Number, V("reward prediction error", (-1, 1))]
    regulation: Annotated[Number, V("prefrontal regulation", (0, 1))]
    need: Annotated[Number, V("latent need for proximity", (0, 1))]
    approach: Annotated[Number, V("approach drive", (0, 1))]
    avoidance: Annotated[Number, V("avoidance drive", (0, 1))]
    freeze: Annotated[Number, V("freeze: both drives high and blocked", (0, 1))]
    demand_impulse: Annotated[Number, V("impulse to demand", (0, 1))]
    withdrawal_impulse: Annotated[Number, V("impulse to withdraw", (0, 1))]
    metabolic_cost: Annotated[Number, V("metabolic cost of vigilance", (0, None), "resting costs")]


class DyadState(NamedTuple):
    """Facts that both partners know about their couple (S22)."""

    closeness: Annotated[Number, V("closeness of the couple", (0, 1))]
    hazard: Annotated[Number, V("accumulated hazard of breaking up", (0, None))]


class Couple(NamedTuple):
    """Two partners and what they have between them."""

    a: PartnerState
    b: PartnerState
    dyad: DyadState


class Situation(NamedTuple):
    """Circumstances of one time step, the same for both partners of every couple."""

    dt: Annotated[Number, V("length of the time step", (0, None), "min")]
    contact: Annotated[Number, V("in contact by any medium (1) or not (0)", (0, 1))]
    proximity: Annotated[Number, V("bodily together (1) or apart (0)", (0, 1))]
    clarity: Annotated[Number, V("clarity of the medium (a text is less clear)", (0, 1))]
    awake: Annotated[Number, V("awake (1) or asleep (0)", (0, 1))]
    familiarity: Annotated[Number, V("familiarity of the context", (0, 1))]


class Event(NamedTuple):
    """What happens to one partner in one time step (S23), help included (S24).

    Fields that begin with ``help_`` describe a signal that takes the place of the partner's, as
    far as ``help_share`` says: from a coached partner, or from a third person if ``third`` is 1.
    """

    grievance: Annotated[Number, V("owns the topic of conflict", (0, 1))]
    conflict: Annotated[Number, V("heat of the topic under discussion", (0, 1))]
    stressor: Annotated[Number, V("stressor from outside the couple", (0, None), "sd")]
    delay: Annotated[
        Number, V("delay of the partner's signal on its way", (0, None), "usual replies")
    ]
    threat: Annotated[Number, V("threat from outside, or evoked in treatment", (0, None), "cues")]
    third: Annotated[Number, V("the company is a third person (1) or the partner (0)", (0, 1))]
    help_share: Annotated[Number, V("share of the signal that is scripted", (0, 1))]
    help_warmth: Annotated[Number, V("warmth of the scripted signal", (-1, 1))]
    help_contact: Annotated[Number, V("touch of the scripted signal", (0, 1))]
    help_reassurance: Annotated[Number, V("verbal reassurance of the scripted signal", (0, 1))]
    help_demand: Annotated[Number, V("demand of the scripted signal", (0, 1))]
    help_latency: Annotated[
        Number, V("delay of the scripted signal beyond the usual", (0, 4), "usual replies")
    ]
    help_clarity: Annotated[Number, V("clarity of the scripted signal", (0, 1))]
    help_accuracy: Annotated[Number, V("accuracy with which one is mirrored", (0, 1))]
    insight: Annotated[Number, V("words that explain one's pattern", (0, 1))]
    calming: Annotated[Number, V("guidance that calms the body", (0, 1))]
    narrative: Annotated[Number, V("past and present held together in words", (0, 1))]
    recalibration: Annotated[Number, V("checking of small discrepancies", (0, 1))]
    interoceptive: Annotated[Number, V("guidance to one's own body", (0, 1))]


class RandomNumbers(NamedTuple):
    """Standard normal random numbers of one partner in one time step: what noise acts on."""

    misreading: Number
    evidence: Number
    affect: Number
    strain: Number


NO_EVENT = Event(*(0.0,) * len(Event._fields))

VARIABLES = {
    kind: declarations(kind) for kind in (Signal, PartnerState, DyadState, Situation, Event)
}
