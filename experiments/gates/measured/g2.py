"""G2, perception: biased where a message is ambiguous, and not where it is clear (T1, T2)."""

import numpy as np

from experiments.gates.calendars import meeting
from experiments.gates.cohort import Cohort
from experiments.gates.lives import pairs
from experiments.gates.statistics import difference, observed, tracking
from sim.world.calendar import daily_life

FORTNIGHT = slice(200, 214)
MESSAGE, AMBIGUOUS, CLEAR = 0.3, 0.3, 0.95
WHO = ("secure", "anxious", "avoidant")


def measure(cohort: Cohort) -> dict[str, float]:
    """Tracking and bias over a fortnight; the same message to three kinds of people."""
    perceived = cohort.kept("perceived_warmth", FORTNIGHT)
    shown = cohort.kept("sent_warmth", FORTNIGHT)
    seen = [observed(x, cohort.random) for x in (perceived, shown)]
    found = {
        "tracking": tracking(*seen),
        "bias": float((perceived - shown[:, ::-1]).mean() / shown.std()),
    }
    read = {
        (who, clear): reading(cohort, who, clear) for who in WHO for clear in (AMBIGUOUS, CLEAR)
    }
    for who in WHO[1:]:
        found[f"ambiguous_{who}"] = difference(read["secure", AMBIGUOUS], read[who, AMBIGUOUS])
        found[f"clear_{who}"] = abs(difference(read["secure", CLEAR], read[who, CLEAR]))
    return found


def reading(cohort: Cohort, who: str, clarity: float) -> np.ndarray:
    """What people of a kind, a month into a couple, perceive in two minutes of one message."""
    count = 2 * cohort.size.pair
    couples = pairs([who] * count, ["secure"] * count, cohort.seed, shared=cohort.shared)
    couples.live(daily_life(30), ["alarm"])
    message = meeting(2.0, 0.5, MESSAGE, clarity=clarity)
    return couples.live(message, ["perceived_warmth"], "trajectory")["perceived_warmth"][:, 0].mean(
        0
    )
