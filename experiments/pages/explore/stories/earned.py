"""Six months of correction beside a secure partner, a rupture, and three tests."""

from experiments.claims.measured import c23_nothing_is_erased
from experiments.pages.explore.stories.plan import (
    Arm,
    Numbers,
    Panel,
    Series,
    Span,
    Story,
    claim_of,
)
from sim.analysis.probes import in_context
from sim.world.calendar import daily_life
from sim.world.protocols import course, scripted
from sim.world.protocols import laboratory as room

RUPTURE, AFTER, STEP = 10.0, 30.0, 0.5
FIRST_DAYS = 3
WATCHED = ("a.alarm", "a.arousal")
WAIT, STRESS = (c23_nothing_is_erased.waiting(hard) for hard in (False, True))
COLD = scripted(room(RUPTURE, STEP), help_warmth=-0.5, help_demand=0.3)
BROKEN = COLD + room(AFTER, STEP)
"""Ten minutes of coldness, then half an hour beside the partner as they are."""
TALK = scripted(room(30.0), help_warmth=0.5, help_clarity=0.3)
LIVES = daily_life(FIRST_DAYS), course("live_correction")
TAIL = BROKEN + WAIT + TALK + WAIT + in_context(TALK, 0.0) + STRESS + TALK
MINUTES: Span = {"block": 2, "every": 2, "x0": 0.5, "dx": 1.0}
SPANS: list[Span] = [
    {"start": len(life), "end": len(life) + len(BROKEN), **MINUTES} for life in LIVES
]
RUPTURES = ((0.0, RUPTURE, "cold"),)
PLACES = ("at home", "strange place", "after stress")
OFFSETS = [len(BROKEN) + (k + 1) * len(WAIT) + k * len(TALK) for k in range(len(PLACES))]


def probe(arm: int, place: int) -> Span:
    """Where the test in a place stands in an arm."""
    begin = len(LIVES[arm]) + OFFSETS[place]
    return {"start": begin, "end": begin + len(TALK), "block": len(TALK), "every": len(TALK)}


def arms() -> tuple[Arm, ...]:
    """The lives that are compared."""
    return tuple(Arm(("anxious", {}), ("secure", {}), life + TAIL, WATCHED) for life in LIVES)


PANELS = (
    *(
        Panel(
            title,
            "0 to 1",
            "minutes",
            0.0,
            1.0,
            (
                Series(0, variable, **SPANS[0], label="before", style="grey"),
                Series(1, variable, **SPANS[1], label="after"),
            ),
            shades=RUPTURES,
        )
        for title, variable in (
            ("Alarm: still fires", "a.alarm"),
            ("Arousal: comes down", "a.arousal"),
        )
    ),
    Panel(
        "Alarm in the same half hour: partly back",
        "alarm, 0 to 1",
        "",
        0.0,
        0.8,
        tuple(
            Series(arm, "a.alarm", **probe(arm, k), label=when, style=style, x0=float(k))
            for arm, when, style in ((0, "before", "grey"), (1, "after", "main"))
            for k in range(len(PLACES))
        ),
        kind="dots",
        ticks=PLACES,
    ),
)
NUMBERS = {
    "peak, before": Series(0, "a.alarm", len(LIVES[0]) + 4, len(LIVES[0]) + 20, 16, 16),
    "peak, after": Series(1, "a.alarm", len(LIVES[1]) + 4, len(LIVES[1]) + 20, 16, 16),
    "arousal, before": Series(0, "a.arousal", len(LIVES[0]) + 44, len(LIVES[0]) + 56, 12, 12),
    "arousal, after": Series(1, "a.arousal", len(LIVES[1]) + 44, len(LIVES[1]) + 56, 12, 12),
    "home, before": Series(0, "a.alarm", **probe(0, 0)),
    "home, after": Series(1, "a.alarm", **probe(1, 0)),
    "strange, after": Series(1, "a.alarm", **probe(1, 1)),
    "stress, after": Series(1, "a.alarm", **probe(1, 2)),
}


def right(n: Numbers) -> bool:
    """What the model is held to."""
    return (
        n["peak, after"] > 0.5 * n["peak, before"]
        and n["arousal, after"] < 0.7 * n["arousal, before"]
        and n["home, after"] < n["home, before"] - 0.1
        and min(n["strange, after"], n["stress, after"]) > n["home, after"] + 0.04
    )


def story() -> Story:
    """The whole story."""
    return Story(
        title="Earned security, and relapse",
        setting="An anxious person lives with a secure partner for six months, with twenty "
        "sessions of live correction. Before and after, the partner is cold for ten minutes. "
        "Then comes the same half hour with a warm partner who is hard to read: at home, in a "
        "strange place, and after two hours of fright.",
        question="What has changed after six months?",
        choices=(
            "The alarm no longer answers coldness, and stays quiet everywhere.",
            "The alarm still answers coldness, but the body comes down; away from home and after "
            "stress part of the alarm is back.",
            "Nothing: what was learnt in childhood stays as it was.",
        ),
        answer=1,
        found="In the cold minutes the alarm reaches {peak, before} before and {peak, after} "
        "after. A quarter of an hour later arousal is at {arousal, before} and {arousal, after}. "
        "In the test at home the alarm fell from {home, before} to {home, after}; in a strange "
        "place it is at {strange, after}, after stress at {stress, after}.",
        because="A safety memory grew beside the old template, which is as it was. Stress "
        "hormones and a strange place keep the new memory from speaking, and the old one "
        "answers. Relapse is not failure; it is how such memories work here.",
        equation="hippocampus.context",
        claim=claim_of(c23_nothing_is_erased, "C23"),
        arms=arms(),
        panels=PANELS,
        numbers=NUMBERS,
        right=right,
        lab="a=anxious&b=secure&context=everyday&view=630&step=620&drops="
        + ",".join(f"{31 * day}.corrective.A" for day in range(20)),
        couples=6,
    )
