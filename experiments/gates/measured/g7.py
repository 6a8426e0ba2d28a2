"""G7, no spreading: insecurity follows who one lives with, and noise alone harms nobody."""

import numpy as np

from experiments.gates.cohort import Cohort
from experiments.gates.lives import pairs
from experiments.gates.statistics import correlation
from sim.world.calendar import daily_life

COUPLES = (
    ("secure", "secure"),
    ("anxious", "secure"),
    ("avoidant", "secure"),
    ("anxious", "avoidant"),
    ("anxious", "anxious"),
    ("avoidant", "avoidant"),
)
DAYS, THIRD_MONTH, LAST = 455, slice(60, 90), slice(-30, None)
WEEK, THREE_WEEKS_ON, YEAR_ON = 170, 191, 535


def measure(cohort: Cohort) -> dict[str, float]:
    """Change of expected coldness in a year by the partner's kind, and its stability."""
    latent = logit(cohort.days["threat"])
    unit = latent[WEEK : WEEK + 14].mean(0).std()
    change = {pair: in_a_year(cohort, *pair) / unit for pair in COUPLES}
    secure = change[COUPLES[0]]
    week = {
        d: latent[d : d + 5].mean(0)[:, cohort.together] for d in (WEEK, THREE_WEEKS_ON, YEAR_ON)
    }
    return {
        "secure": float(secure.mean()),
        "beside_secure": float(np.mean([change[pair][0].mean() for pair in COUPLES[1:3]])),
        "beside_insecure": float(np.mean([change[pair][0].mean() for pair in COUPLES[3:]])),
        "three_weeks": correlation(week[WEEK], week[THREE_WEEKS_ON]),
        "a_year": correlation(week[WEEK], week[YEAR_ON]),
    }


def in_a_year(cohort: Cohort, a: str, b: str) -> np.ndarray:
    """Change from the third month on [logit], by (partner, couple)."""
    count = cohort.size.pair // (1 if a == b == "secure" else 3)
    couples = pairs([a] * count, [b] * count, cohort.seed, 40_000, cohort.shared)
    couples = couples.put(**dict.fromkeys(("expected_warmth", "sentiment", "satisfaction"), 0.5))
    level = logit(couples.live(daily_life(DAYS), ["threat"])["threat"])
    return level[LAST].mean(0) - level[THIRD_MONTH].mean(0)


def logit(share: np.ndarray) -> np.ndarray:
    """Log odds."""
    return np.log(share / (1.0 - share))
