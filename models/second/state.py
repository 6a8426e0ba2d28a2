"""What a partner, a couple, a signal and a read-out of the second core consist of.

Every field is a float or an array with one entry a couple. "Warmths" is the unit of perceived and
shown warmth, on a scale on which 1 is as warm as people get; units of 1 are shares or logits.
Circumstances (``Situation``, ``Event``) are those of ``models.state``: both cores read the same
calendars.
"""

from typing import Annotated, NamedTuple

from models.declare import Number, declarations
from models.declare import Variable as V

W = "warmths"


class Signal(NamedTuple):
    """What crosses from one partner to the other, as sent or as heard (S01)."""

    warmth: Annotated[Number, V("warmth of the face, negative when cold", None, W)]
    bid: Annotated[Number, V("need shown without blame", (0, 1))]
    demand: Annotated[Number, V("demand, complaint, pursuit", (0, 1))]
    latency: Annotated[Number, V("reply latency, 1 is as usual", (1, None), "usual replies")]
    mood: Annotated[Number, V("mood that shows", None, W)]


class PartnerState(NamedTuple):
    """One partner at one moment: twenty numbers, fast to slow."""

    # seconds to minutes
    warmth_shown: Annotated[Number, V("warmth of the face, its own play included", None, W)]
    bid: Annotated[Number, V("bid, need shown without blame, as a share of acts", (0, 1))]
    demand: Annotated[Number, V("demand, as a share of acts", (0, 1))]
    withdrawal: Annotated[Number, V("withdrawal, as a share of acts", (0, 1))]
    misreading: Annotated[Number, V("error of reading, warm or cold", None, "sd")]
    evidence: Annotated[Number, V("accumulated evidence of danger", None)]
    arousal: Annotated[Number, V("autonomic arousal", (0, 1))]
    # hours to days
    load: Annotated[Number, V("load of the day", None, W)]
    need: Annotated[Number, V("need of closeness", (0, 1))]
    expected_warmth: Annotated[Number, V("warmth expected of this partner", None, W)]
    expected_variance: Annotated[
        Number, V("variance of what is expected of this partner", (0, None), "warmths²")
    ]
    safety_memory: Annotated[Number, V("safety memory beside the template", None, W)]
    # weeks to years
    tolerance: Annotated[Number, V("tolerance to relief", (0, 1))]
    sentiment: Annotated[Number, V("sentiment towards the partner, which acts", (-1, 1))]
    satisfaction: Annotated[Number, V("satisfaction, as one would tell it", (-1, 1))]
    strain: Annotated[Number, V("strain of the season and of past alarm", None, W)]
    wish: Annotated[Number, V("wish for change in the partner", None, "sd")]
    alternatives: Annotated[Number, V("alternatives to the relationship", None, "sd")]
    disengagement: Annotated[Number, V("disengagement from the relationship", (0, 1))]
    integration_gained: Annotated[Number, V("integration gained by felt correction", (0, 1))]


class ReadOut(NamedTuple):
    """What follows from a state and what is heard; it has no memory and nothing reads it later."""

    perceived_warmth: Annotated[Number, V("warmth perceived", None, W)]
    old_cause: Annotated[Number, V("probability that the old cause is at work", (0, 1))]
    threat: Annotated[Number, V("coldness expected, before anything is heard", (0, 1))]
    alarm: Annotated[Number, V("alarm", (0, 1))]
    regulation_now: Annotated[Number, V("share of an impulse that can be held back", (0, 1))]
    plasticity_gate: Annotated[Number, V("gate of learning in the old cause", (0, 1))]
    relief: Annotated[Number, V("relief from good company", (0, 1))]
    affect: Annotated[Number, V("felt affect", None, W)]
    commitment: Annotated[Number, V("commitment", None, W)]
    freeze: Annotated[Number, V("freeze: need and fear at once", (0, 1))]
    warm_engagement: Annotated[Number, V("warm engagement, as a share of acts chosen", (0, 1))]
    demand_chosen: Annotated[Number, V("demand, as a share of acts chosen", (0, 1))]
    withdrawal_chosen: Annotated[Number, V("withdrawal, as a share of acts chosen", (0, 1))]


class DyadState(NamedTuple):
    """Facts that both partners know about their couple (S22)."""

    closeness: Annotated[Number, V("closeness of the couple", (0, 1))]
    age: Annotated[Number, V("age of the relationship", (0, None), "min")]
    hazard: Annotated[Number, V("accumulated hazard of breaking up", (0, None))]


class Couple(NamedTuple):
    """Two partners and what they have between them."""

    a: PartnerState
    b: PartnerState
    dyad: DyadState


class RandomNumbers(NamedTuple):
    """Standard normal random numbers of one partner in one time step: what noise acts on."""

    misreading: Number
    face: Number
    load: Number
    strain: Number
    wish: Number
    alternatives: Number


VARIABLES = {kind: declarations(kind) for kind in (Signal, PartnerState, ReadOut, DyadState)}
