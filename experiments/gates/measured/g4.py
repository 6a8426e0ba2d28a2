"""G4, history: two basins for many insecure couples and few secure ones; tipping, and recovery."""

import numpy as np

from experiments.gates.calendars import troubled
from experiments.gates.cohort import Cohort
from experiments.gates.lives import Couples, pairs
from experiments.gates.measured.histories import APART, helped, insecure, lived
from sim.world.calendar import daily_life

LOW = 0.10
"""[warmths] Sentiment below which a couple is low."""
FORGOTTEN = 0.10
LEVELS = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 0.75, 0.6, 0.45, 0.3, 0.15, 0.0)
"""Danger of a ramp of stress, three weeks a level."""


def measure(cohort: Cohort) -> dict[str, float]:
    """Shares of couples whose end depends on start, a bad month, a ramp of stress, and help."""
    n = cohort.size.history
    ends = lived(cohort, insecure(n, cohort.seed), first=0)
    secure = lived(cohort, (["secure"] * n, ["secure"] * n), first=10_000)
    last = slice(-14, None)
    good, bad, hit = (x[last].mean(0) for x in ends[:3])
    struck = ends.good[65] - ends.hit[65] > 0.05
    low = ends.left.some(np.flatnonzero(bad < LOW))
    after, without = helped(low)
    return {
        "insecure": float(np.mean(good - bad > APART)),
        "secure": float(np.mean(secure.good[last].mean(0) - secure.bad[last].mean(0) > APART)),
        "tipped": float(np.mean(good - hit > APART)),
        "forgotten": float(np.mean(struck & (good - hit < FORGOTTEN))),
        "hysteresis": hysteresis(cohort),
        "helped": float(np.mean(after - without > APART)),
    }


def hysteresis(cohort: Cohort) -> float:
    """Warmth on the way up less on the way down, at low stress and beyond the same life without."""
    third = max(cohort.size.history // 8, 3)
    a = ["anxious", "scanner", "reassurance_dependent"] * third
    b = ["avoidant", "withdrawer", "anxious"] * third
    couples = pairs(a, b, cohort.seed, 20_000, cohort.shared)
    couples.live(daily_life(60), ["alarm"])
    ramp = faces(couples.copy(), LEVELS)
    gap = ramp - faces(couples.copy(), [0.0] * len(LEVELS))
    return float((gap[:4] - gap[::-1][:4]).mean() / ramp[0].std())


def faces(couples: Couples, levels) -> np.ndarray:
    """Mean warmth that is shown in the last week of each level: (levels, couples)."""
    series = [
        couples.live(troubled(21, 0.5 * x, x) if x else daily_life(21), ["sent_warmth"])
        for x in levels
    ]
    return np.array([x["sent_warmth"][-7:].mean((0, 1)) for x in series])
