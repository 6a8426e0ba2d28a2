"""Two people feel, each beside a secure partner, and then a week without."""

from experiments.claims.measured import c08_merger
from experiments.pages.explore.stories.plan import (
    DAY,
    Arm,
    Numbers,
    Panel,
    Series,
    Span,
    Story,
    claim_of,
)
from sim.world.calendar import daily_life, separation

TOGETHER, APART, AGAIN = 10, 7, 5
WATCHED = ("a.affect", "a.reading_warmth")
LIFE = daily_life(TOGETHER) + separation(APART) + daily_life(AGAIN)
EVERY: Span = {"start": 0, "end": len(LIFE), "x0": 1 / DAY, "dx": 1 / DAY}
GONE = (float(TOGETHER), float(TOGETHER + APART), "apart")
BEFORE: Span = {"start": 3 * DAY, "end": TOGETHER * DAY, "block": DAY, "every": DAY}
DURING: Span = {
    "start": (TOGETHER + 1) * DAY,
    "end": (TOGETHER + APART) * DAY,
    "block": DAY,
    "every": DAY,
}


def arms() -> tuple[Arm, ...]:
    """The lives that are compared."""
    return tuple(Arm((who, {}), ("secure", {}), LIFE, WATCHED) for who in ("merger", "secure"))


PANELS = tuple(
    Panel(
        title,
        "felt affect",
        "days",
        -1.0,
        1.0,
        (
            Series(k, "a.reading_warmth", **EVERY, label="partner as read", style="grey"),
            Series(k, "a.affect", **EVERY, label="felt"),
        ),
        kind="thread",
        shades=(GONE,),
    )
    for k, title in enumerate(("Merger", "Secure"))
)
NUMBERS = {
    f"{who}, {when}": Series(k, "a.affect", **span)
    for k, who in enumerate(("merger", "secure"))
    for when, span in (("with", BEFORE), ("apart", DURING))
}


def right(n: Numbers) -> bool:
    """What the model is held to."""
    return abs(n["merger, apart"]) < 0.1 and n["merger, with"] - n["merger, apart"] > 1.5 * (
        n["secure, with"] - n["secure, apart"]
    )


def story() -> Story:
    """The whole story."""
    return Story(
        title="The merger alone",
        setting="A merger gives the partner's face more weight than the own body in what is "
        "felt. Ten days with a warm, secure partner are followed by a week without any "
        "contact. Beside it, a secure person lives through the same.",
        question="What does the merger feel in the week apart?",
        choices=(
            "Grief and longing: strong feelings, up and down.",
            "Next to nothing: the line goes flat.",
            "The same as a secure person: a little less joy.",
        ),
        answer=1,
        found="With the partner the merger feels {merger, with} on average, in the week apart "
        "{merger, apart}. The secure person goes from {secure, with} to {secure, apart}, and goes "
        "on going up and down.",
        because="The grey line is the partner as read. The merger's feeling clings to it. When "
        "the partner is gone there is little else to feel with; the secure person still has a "
        "body to listen to.",
        equation="insula.feel",
        claim=claim_of(c08_merger, "C08"),
        arms=arms(),
        panels=PANELS,
        numbers=NUMBERS,
        right=right,
        lab="a=merger&b=secure&context=everyday&step=210&view=210&drops=105.separation.A",
        couples=6,
    )
