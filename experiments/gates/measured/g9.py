"""G9, parting: how many in the first year, when, after what, and among couples of long standing."""

import numpy as np

from experiments.gates.cohort import DAYS, Cohort
from sim.world.calendar import daily_life

EARLY, LATE = slice(60, 240), slice(365, 545)
FOUR_MONTHS = 120
YEARS_TOGETHER = 8
MINUTES_PER_YEAR = 525_600.0


def measure(cohort: Cohort) -> dict[str, float]:
    """Shares and hazards from each couple's accumulated hazard; the slope before the end."""
    hazard = np.diff(cohort.days["hazard"], axis=0, prepend=0.0)
    alive = np.exp(-cohort.days["hazard"])
    early, late = (rate(hazard, alive, days) for days in (EARLY, LATE))
    return {
        "first_year": float(1.0 - alive[364].mean()),
        "falling": late / early,
        "decline": decline(cohort),
        "long_term": long_term(cohort),
    }


def rate(hazard: np.ndarray, alive: np.ndarray, days: slice) -> float:
    """Hazard a day among couples still together."""
    before = np.concatenate([np.ones((1, alive.shape[1])), alive[:-1]])
    return float((hazard[days] * before[days]).sum() / before[days].sum())


def decline(cohort: Cohort) -> float:
    """Change of satisfaction in the last four months of leavers less that of stayers [sd]."""
    level = cohort.days["satisfaction"].mean(1)
    stayed = np.flatnonzero(cohort.parted > DAYS)
    left = np.flatnonzero((cohort.parted > FOUR_MONTHS) & (cohort.parted <= DAYS - 1))
    if not len(left) or not len(stayed):
        return float("nan")
    slopes = []
    for couple in left:
        day = int(cohort.parted[couple])
        change = level[day] - level[day - FOUR_MONTHS]
        slopes.append(change[couple] - change[stayed].mean())
    return float(np.mean(slopes) / level[200].std())


def long_term(cohort: Cohort) -> float:
    """Share that parts in a year, of stayers who have been together for ten years."""
    stayed = np.flatnonzero(cohort.parted > DAYS)
    couples = cohort.at_the_end.some(stayed)
    older = couples.state("age") + YEARS_TOGETHER * MINUTES_PER_YEAR
    couples = couples.put(age=older)
    couples.live(daily_life(180), ["alarm"])
    before = couples.state("hazard")
    couples.live(daily_life(365), ["alarm"])
    return float(1.0 - np.exp(before - couples.state("hazard")).mean())
