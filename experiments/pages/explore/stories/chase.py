"""The same scanner beside two partners."""

from experiments.claims.measured import c10_pursue_withdraw
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
from sim.world.calendar import daily_life

WEEKS = 28
WATCHED = ("sent_a.demand", "sent_b.latency", "dyad.closeness")
LIFE = daily_life(WEEKS)
DAILY: Span = {
    "start": 0,
    "end": WEEKS * DAY,
    "block": DAY,
    "every": DAY,
    "met": True,
    "x0": 0.5,
}
LATE: Span = {k: v for k, v in DAILY.items() if k != "x0"} | {"start": 14 * DAY}


def arms() -> tuple[Arm, ...]:
    """The lives that are compared."""
    return tuple(
        Arm(("scanner", {}), (partner, {}), LIFE, WATCHED) for partner in ("withdrawer", "secure")
    )


PANELS = (
    *(
        Panel(
            title,
            "B turns away ↓   A demands ↑",
            "days",
            -0.8,
            0.8,
            (
                Series(k, "sent_a.demand", **DAILY, label="A demands"),
                Series(k, "sent_b.latency", **DAILY, label="B turns away", style="other"),
            ),
            kind="mirror",
        )
        for k, title in enumerate(("With the withdrawer", "With a secure partner"))
    ),
    Panel(
        "Closeness of both couples",
        "0 to 1",
        "days",
        0.0,
        0.8,
        (
            Series(0, "dyad.closeness", **DAILY, label="with the withdrawer"),
            Series(1, "dyad.closeness", **DAILY, label="with a secure partner", style="grey"),
        ),
    ),
)
NUMBERS = {
    f"{what}, {who}": Series(k, variable, **LATE)
    for what, variable in (
        ("demand", "sent_a.demand"),
        ("latency", "sent_b.latency"),
        ("closeness", "dyad.closeness"),
    )
    for k, who in enumerate(("withdrawer", "secure"))
}


def right(n: Numbers) -> bool:
    """What the model is held to."""
    return (
        n["demand, withdrawer"] > 1.2 * n["demand, secure"]
        and n["latency, withdrawer"] > 1.2 * n["latency, secure"]
        and n["closeness, withdrawer"] < n["closeness, secure"] - 0.1
    )


def story() -> Story:
    """The whole story."""
    return Story(
        title="Scanner and withdrawer",
        setting="A scanner counts small gaps as evidence, and asks. A withdrawer has learnt that "
        "closeness hurts, and turns away. They live together for four weeks. Beside them "
        "lives the very same scanner with a secure partner.",
        question="Where does the same scanner demand more?",
        choices=(
            "Beside the withdrawer: distance brings demand, demand brings distance.",
            "Beside the secure partner: who gets answers asks for more.",
            "In both alike: to demand is what a scanner does.",
        ),
        answer=0,
        found="In the last two weeks the scanner's demand is {demand, withdrawer} beside the "
        "withdrawer and {demand, secure} beside the secure partner. Replies take {latency, "
        "withdrawer} and {latency, secure} usual times. Closeness ends at {closeness, withdrawer} "
        "and {closeness, secure}; both couples began at 0.4.",
        because="Nobody was told to pursue or to withdraw. Each one's act is the other's "
        "evidence, and so the loop feeds itself. To test it, open this couple (the link below), "
        "then untick 'channel from A to B open' under 'Switch a mechanism off', further down, "
        "and see what is left of the loop.",
        equation="drives.demand",
        claim=claim_of(c10_pursue_withdraw, "C10"),
        arms=arms(),
        panels=PANELS,
        numbers=NUMBERS,
        right=right,
        lab="a=scanner&b=withdrawer&context=everyday&step=588&view=630",
        couples=8,
    )
