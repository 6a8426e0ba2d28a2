"""Twenty sessions of the same length, at three moments."""

from experiments.claims.measured import c11_c12_words_and_experience
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
from sim.world.calendar import separation
from sim.world.protocols import session

SESSIONS = 20
KINDS = {
    "live_correction": "while the alarm is live",
    "calm_correction": "while calm",
    "retrospective_talk": "talked about afterwards",
}
SESSION = len(session("live_correction"))
WATCHED = ("a.plasticity_gate", "a.safety_memory", "a.belief")
ONCE = SESSION + DAY
STYLES = ("main", "grey", "other")
FIRST: Span = {"start": 0, "end": SESSION - 1, "block": 2, "every": 2, "x0": 2.0, "dx": 4.0}
EACH: Span = {"start": SESSION - 1, "end": SESSIONS * ONCE, "every": ONCE, "x0": 1.0}
ENDS: Span = {"start": SESSIONS * ONCE - 1, "end": SESSIONS * ONCE}


def arms() -> tuple[Arm, ...]:
    """The lives that are compared."""
    return tuple(
        Arm(
            ("anxious", {}),
            ("secure", {}),
            (session(kind) + separation(1)) * SESSIONS,
            WATCHED,
        )
        for kind in KINDS
    )


PANELS = (
    Panel(
        "Gate in the first session",
        "open, 0 to 1",
        "minutes",
        0.0,
        0.5,
        tuple(
            Series(k, "a.plasticity_gate", **FIRST, label=label, style=STYLES[k])
            for k, label in enumerate(KINDS.values())
        ),
    ),
    Panel(
        "Safety memory",
        "0 to 1",
        "sessions",
        0.0,
        0.4,
        tuple(
            Series(k, "a.safety_memory", **EACH, label=label, style=STYLES[k])
            for k, label in enumerate(KINDS.values())
        ),
    ),
    Panel(
        "Believed: safe",
        "0 to 1",
        "sessions",
        0.0,
        1.0,
        tuple(
            Series(k, "a.belief", **EACH, label=label, style=STYLES[k])
            for k, label in enumerate(KINDS.values())
        ),
    ),
)
NUMBERS = {
    f"{what}, {when}": Series(k, f"a.{variable}", **ENDS)
    for what, variable in (("memory", "safety_memory"), ("belief", "belief"))
    for k, when in enumerate(("live", "calm", "talk"))
}


def right(n: Numbers) -> bool:
    """What the model is held to."""
    return (
        n["memory, live"] - 0.05 > 2.0 * (n["memory, calm"] - 0.05)
        and n["memory, live"] - 0.05 > 2.0 * (n["memory, talk"] - 0.05)
        and n["belief, talk"] > n["belief, live"] + 0.2
    )


def story() -> Story:
    """The whole story."""
    return Story(
        title="Safety at the right moment",
        setting="An anxious person has twenty sessions with a kind third person, 50 minutes "
        "each, and meets nobody else. In the first arm the alarm is roused while safety is "
        "felt. In the second the same safety comes while calm. In the third, alarm and safety "
        "are talked about.",
        question="When does the safety memory grow most?",
        choices=(
            "While calm: only a calm person can learn.",
            "While the alarm is live and safety is felt all the same.",
            "When it is talked about: understanding is what changes us.",
        ),
        answer=1,
        found="The safety memory began at 0.05. It ends at {memory, live} after live correction, "
        "at {memory, calm} after calm correction and at {memory, talk} after talking. What is "
        "believed ends at {belief, live}, {belief, calm} and {belief, talk}.",
        because="The gate opens with the alarm, as long as arousal does not overrun the window and "
        "one does not flee. Talking persuades, and leaves the gate nearly shut.",
        equation="learning.plasticity_gate",
        claim=claim_of(c11_c12_words_and_experience, "C12"),
        arms=arms(),
        panels=PANELS,
        numbers=NUMBERS,
        right=right,
        lab="a=anxious&b=secure&context=evening&step=60&drops=20.corrective.A",
        couples=6,
    )
