"""A daily talk of kind words, with tolerance and without it."""

from experiments.claims.measured import c05_c06_c29_reassurance as doses
from experiments.pages.explore.stories.plan import (
    Arm,
    Numbers,
    Panel,
    Person,
    Series,
    Span,
    Story,
    claim_of,
)

RUN_IN, DOSES = 10, 60
PARTS = doses.PARTS
DOSED = len(doses.day(True))
LIFE = doses.day(False) * RUN_IN + doses.day(True) * DOSES
WATCHED = ("a.mood", "a.belief", "a.threat_store")
PERSON: Person = ("reassurance_dependent", {})
BEGIN, END = RUN_IN * DOSED, len(LIFE)
RELIEF: Span = {
    "start": BEGIN + PARTS - 1,
    "end": END,
    "every": DOSED,
    "gain": PARTS,
    "x0": 1.0,
}
DAILY: Span = {"start": 0, "end": END, "block": DOSED, "every": DOSED, "x0": 0.5 - RUN_IN}


def arms() -> tuple[Arm, ...]:
    """The lives that are compared."""
    return (
        Arm(PERSON, ("secure", {}), LIFE, WATCHED),
        Arm(PERSON, ("secure", {}), LIFE, WATCHED, {"reward_tolerance_on": 0.0}),
    )


PANELS = (
    Panel(
        "What one dose does to mood",
        "rise of mood",
        "dose, one a day",
        0.0,
        0.6,
        (
            Series(1, "a.mood", **RELIEF, label="without tolerance", style="grey"),
            Series(0, "a.mood", **RELIEF, label="as is"),
        ),
    ),
    Panel(
        "The two stores",
        "0 to 1",
        "days",
        0.0,
        1.0,
        (
            Series(0, "a.belief", **DAILY, label="believed: safe", style="belief"),
            Series(0, "a.threat_store", **DAILY, label="alarm predicts: threat", style="threat"),
        ),
        shades=((0.0, float(DOSES), "doses"),),
    ),
)
NUMBERS = {
    "first": Series(0, "a.mood", BEGIN + PARTS - 1, BEGIN + PARTS, gain=PARTS),
    "last": Series(
        0, "a.mood", BEGIN + PARTS - 1 + (DOSES - 10) * DOSED, END, every=DOSED, gain=PARTS
    ),
    "belief, before": Series(0, "a.belief", BEGIN - DOSED, BEGIN, DOSED, DOSED),
    "belief, after": Series(0, "a.belief", END - DOSED, END, DOSED, DOSED),
    "threat, before": Series(0, "a.threat_store", BEGIN - DOSED, BEGIN, DOSED, DOSED),
    "threat, after": Series(0, "a.threat_store", END - DOSED, END, DOSED, DOSED),
}


def right(n: Numbers) -> bool:
    """What the model is held to."""
    return (
        n["last"] < 0.6 * n["first"]
        and n["belief, after"] - n["belief, before"] > 0.25
        and abs(n["threat, after"] - n["threat, before"]) < 0.1
    )


def story() -> Story:
    """The whole story."""
    return Story(
        title="Why reassurance fades",
        setting="Somebody whose mood depends on the partner's signals gets 50 minutes of kind "
        "words every morning, for 60 days, after ten neutral days. Nothing else changes: the "
        "same words, the same length, day after day.",
        question="What will the sixtieth dose do?",
        choices=(
            "It relieves as much as the first, and slowly the alarm learns to predict safety.",
            "It relieves less, though the words are believed; what the alarm predicts "
            "hardly moves.",
            "It relieves less, because the words are no longer believed.",
        ),
        answer=1,
        found="Mood rises by {first} with the first dose and by {last} with the last ten. Belief "
        "goes from {belief, before} to {belief, after}. The threat that the alarm predicts goes "
        "from {threat, before} to {threat, after}.",
        because="Words move the explicit belief at once. The alarm's store moves by what is felt "
        "while the alarm is live, and words are not that. Tolerance does the rest: without it "
        "(grey) each dose would go on relieving.",
        equation="striatum.relief",
        claim=claim_of(doses, "C05"),
        arms=arms(),
        panels=PANELS,
        numbers=NUMBERS,
        right=right,
        lab="a=reassurance_dependent&b=secure&context=everyday&view=210&step=208&drops="
        + ",".join(f"{26 * day}.reassurance.A" for day in range(8)),
        couples=6,
    )
