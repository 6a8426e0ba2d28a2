"""G3, two people: own insecurity costs more than the partner's; each evaluates for themselves."""

import numpy as np

from experiments.gates.calendars import talk
from experiments.gates.cohort import Cohort
from experiments.gates.lives import withdrawal
from experiments.gates.statistics import correlation, observed, standardised

DAY, FORTNIGHT = 355, slice(346, 360)
RELIABILITY = 0.88


def measure(cohort: Cohort) -> dict[str, float]:
    """Slopes on both partners' dimensions, and what goes with one's own satisfaction."""
    latent = cohort.kept("satisfaction", DAY)
    told = observed(latent, cohort.random, RELIABILITY)
    anxiety, avoidance = cohort.dimension("anxiety"), cohort.dimension("avoidance")
    both = [anxiety, avoidance, anxiety[::-1], avoidance[::-1]]
    slopes, _ = standardised(np.stack([x.ravel() for x in both], 1), told.ravel())
    traits = cohort.traits()
    of_both = np.concatenate([traits, traits[:, ::-1]]).reshape(2 * len(traits), -1).T
    demands, withdraws = np.sum([quarrel(cohort, owner) for owner in "AB"], axis=0)
    acts = {
        "warm": cohort.kept("warm_engagement", FORTNIGHT),
        "bid": cohort.kept("sent_bid", FORTNIGHT),
        "demand": cohort.kept("sent_demand", FORTNIGHT),
        "withdrawal": withdrawal(cohort.kept("sent_latency", FORTNIGHT)),
    }
    pattern = demands * withdraws[::-1]
    return {
        "own_anxiety": float(slopes[0]),
        "own_avoidance": float(slopes[1]),
        "partner_anxiety": float(slopes[2]),
        "partner_avoidance": float(slopes[3]),
        "actor_beyond_partner": float(slopes[:2].mean() - slopes[2:].mean()),
        "traits": standardised(of_both, latent.ravel())[1],
        "partners": correlation(told[0], told[1]),
        "commitment": correlation(cohort.kept("commitment", DAY), latent),
        "demand_withdraw": correlation(
            observed(pattern.mean(0), cohort.random), -observed(latent.mean(0), cohort.random)
        ),
    } | {f"own_{name}": abs(correlation(x.mean(0), latent)) for name, x in acts.items()}


def quarrel(cohort: Cohort, owner: str) -> tuple[np.ndarray, np.ndarray]:
    """Mean demand and withdrawal of both partners in a talk that ``owner`` wants."""
    couples = cohort.after_a_year.some(cohort.together).copy(luck=1 + "AB".index(owner))
    series = couples.live(talk(owner=owner), ["demand", "withdrawal"], "trajectory")
    return series["demand"].mean(0), series["withdrawal"].mean(0)
