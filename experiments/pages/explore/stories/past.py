"""Same partner, same random numbers, another childhood."""

import numpy as np

from experiments.claims.measured import c20_past
from experiments.pages.explore.stories.plan import (
    Arm,
    Numbers,
    Panel,
    Series,
    Span,
    Story,
    claim_of,
)
from sim.world.calendar import Calendar
from sim.world.protocols import laboratory as room
from sim.world.protocols import scripted

HOUR = 60
WARMTH = 0.45
PAST = 0.8
EASY = 0.1
WATCHED = ("a.alarm", "event_a.help_warmth", "event_a.help_clarity")
MINUTES: Span = {"block": 3, "every": 3, "x0": 1.5, "dx": 3.0}
WHOLE: Span = {"start": 0, "end": HOUR, **MINUTES}
LAST: Span = {"start": 45, "end": HOUR, "block": 15, "every": 15}
FIRST: Span = {"start": 0, "end": 15, "block": 15, "every": 15}


def dimming() -> Calendar:
    """An hour opposite a partner of constant warmth whose face gets harder to read."""
    WHOLE = room(float(HOUR))
    fields = {
        name: values.copy()
        for name, values in scripted(WHOLE, help_warmth=WARMTH).events._asdict().items()
    }
    fields["help_clarity"][:, 0] = np.linspace(0.95, 0.15, HOUR)
    return Calendar(WHOLE.situation, type(WHOLE.events)(**fields), WHOLE.kind)


def arms() -> tuple[Arm, ...]:
    """The lives that are compared."""
    return tuple(
        Arm(("anxious", {"template_threat": level}), ("secure", {}), dimming(), WATCHED)
        for level in (PAST, EASY)
    )


PANELS = (
    Panel(
        "Alarm",
        "alarm, 0 to 1",
        "minutes",
        0.0,
        1.0,
        (
            Series(0, "a.alarm", **WHOLE, label="threatening past"),
            Series(1, "a.alarm", **WHOLE, label="easy past", style="grey"),
        ),
    ),
    Panel(
        "What the partner sends to either",
        "0 to 1",
        "minutes",
        0.0,
        1.0,
        (
            Series(0, "event_a.help_warmth", **WHOLE, label="warmth", style="other"),
            Series(0, "event_a.help_clarity", **WHOLE, label="clarity", style="grey"),
        ),
    ),
)
NUMBERS = {
    "past, early": Series(0, "a.alarm", **FIRST),
    "past, late": Series(0, "a.alarm", **LAST),
    "easy, early": Series(1, "a.alarm", **FIRST),
    "easy, late": Series(1, "a.alarm", **LAST),
}


def right(n: Numbers) -> bool:
    """What the model is held to."""
    return (
        n["past, late"] - n["easy, late"] > 2.0 * (n["past, early"] - n["easy, early"]) > 0.0
        and n["past, late"] > 1.3 * n["easy, late"]
    )


def story() -> Story:
    """The whole story."""
    return Story(
        title="The alarm that answers the past",
        setting="Two people are alike in everything but one number: the threat that childhood "
        "taught them to predict (0.8 and 0.1). For an hour each sits opposite the same partner. "
        "The partner stays equally warm all the time; only the face gets harder to read.",
        question="Whose alarm goes up?",
        choices=(
            "Nobody's: the partner is warm from beginning to end.",
            "Both alike: a face that can't be read alarms everyone.",
            "Mostly that of the person with the threatening past, more the less can be read.",
        ),
        answer=2,
        found="In the last quarter of an hour the alarm is at {past, late} with the threatening "
        "past and at {easy, late} with the easy one. In the first quarter it was {past, early} "
        "and {easy, early}.",
        because="What is unclear is completed from what was learnt before. The partner did "
        "nothing; the gap between the lines is the past.",
        equation="amygdala.momentary_evidence",
        claim=claim_of(c20_past, "C20"),
        arms=arms(),
        panels=PANELS,
        numbers=NUMBERS,
        right=right,
        lab="a=anxious&b=secure&a.template_threat=0.8&context=evening&step=60",
        couples=24,
    )
