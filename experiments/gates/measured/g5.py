"""G5, talks: inertia, coordination, warmth of the happy and unhappy, who demands, synchrony."""

import numpy as np

from experiments.gates import statistics as s
from experiments.gates.calendars import talk
from experiments.gates.cohort import Cohort
from experiments.gates.lives import pairs
from sim.world.calendar import daily_life

WARM = 0.1
"""[warmths] A face above it is coded positive, below minus it negative."""
SETTLED = 60
"""Time steps at the start of a talk that are left out, of 2 s and of 5 s."""
COUPLES = (
    ("scanner", "withdrawer"),
    ("secure", "withdrawer"),
    ("scanner", "secure"),
    ("secure", "secure"),
)


def measure(cohort: Cohort) -> dict[str, float]:
    """Talks of couples who are together after a year, and of four pairs of presets."""
    couples = cohort.after_a_year.some(cohort.together)
    names = ["sent_warmth", "arousal"]
    close = couples.copy(luck=3).live(talk(seconds=2.0), names, "trajectory")
    face = s.within(close["sent_warmth"][SETTLED:])
    own, other = s.inertia_and_coordination(face)
    by_chance = s.inertia_and_coordination(s.shuffled(face))[1]
    aroused = s.detrended(close["arousal"][SETTLED:])
    mixed = s.shuffled(aroused)
    turns = couples.copy(luck=4).live(talk(), ["sent_warmth", "demand"], "trajectory")
    shown = turns["sent_warmth"][6:]
    unhappy, happy = thirds(cohort)
    demand = turns["demand"].mean(0)
    mutual = {pair: pursuit(cohort, *pair) for pair in COUPLES}
    chase = mutual.pop(COUPLES[0])
    calm = max(min(both) for both in mutual.values())
    return {
        "inertia": own,
        "coordination": other - by_chance,
        "synchrony": s.correlation(aroused[:, 0], aroused[:, 1])
        - s.correlation(mixed[:, 0], mixed[:, 1]),
        "happy": s.positive_to_negative(shown[..., happy], WARM),
        "unhappy": s.positive_to_negative(shown[..., unhappy], WARM),
        "reciprocity": s.reciprocity(shown[..., unhappy], WARM)
        - s.reciprocity(shown[..., happy], WARM),
        "owner": float(np.mean(demand[0] > demand[1])),
        "both_ways": min(chase),
        "beyond_secure": min(chase) / max(calm, 1e-4),
    }


def thirds(cohort: Cohort) -> tuple[np.ndarray, np.ndarray]:
    """Places of the unhappiest and the happiest third of the couples after a year."""
    order = np.argsort(cohort.kept("satisfaction", 355).mean(0))
    count = len(order) // 3
    return order[:count], order[-count:]


def pursuit(cohort: Cohort, a: str, b: str) -> tuple[float, float]:
    """B's withdrawal after A's demand, and A's demand after B's withdrawal, in half minutes."""
    count = cohort.size.pair
    couples = pairs([a] * count, [b] * count, cohort.seed, 30_000, cohort.shared)
    couples.live(daily_life(60), ["alarm"])
    chosen = ["demand_chosen", "withdrawal_chosen"]
    series = couples.live(talk(20.0, 5.0), chosen, "trajectory")
    demand, away = (s.blocks(series[name][SETTLED:, who], 6) for who, name in enumerate(series))
    return s.lagged(demand, away), s.lagged(away, demand)
