"""Dating couples of a mixed population, followed from the day they meet; who parts, leaves."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from experiments.gates.lives import Couples, Series
from models.cores import core_named
from models.declare import declarations
from sim.randomness.noise import Purpose, normals, uniforms
from sim.world.calendar import daily_life
from sim.world.dimensions import on_dimensions

YEAR, DAYS = 360, 545
START = (0.30, 0.15)
"""[warmths] Mean and standard deviation of the warmth at the start, one a couple."""
KEPT = tuple(
    """
    perceived_warmth sent_warmth affect alarm sentiment satisfaction threat commitment closeness
    warm_engagement sent_bid sent_demand sent_latency disengagement arousal load strain hazard
    """.split()
)


class Size(NamedTuple):
    """How many couples each gate takes."""

    cohort: int
    pair: int
    history: int


FULL = Size(cohort=300, pair=120, history=120)
QUICK = Size(cohort=60, pair=24, history=24)


@dataclass
class Cohort:
    """What the gates look at, made once a seed."""

    seed: int
    size: Size
    shared: Any = None

    def __post_init__(self) -> None:
        """Live for a year and a half; keep the couples as they are after a year."""
        dyads = np.arange(self.size.cohort)
        self.sample = tuple(on_dimensions(dyads, self.seed, who) for who in (0, 1))
        couples = Couples(tuple(s.people for s in self.sample), self.seed, dyads, self.shared)
        warmth = START[0] + START[1] * normals(Purpose.EVENT, self.seed, dyads, 0, 0)[0]
        start = ("warmth_shown", "expected_warmth", "sentiment", "satisfaction")
        couples = couples.put(**dict.fromkeys(start, warmth))
        year = couples.live(daily_life(YEAR), KEPT)
        self.after_a_year = couples.copy()
        rest = couples.live(daily_life(DAYS - YEAR), KEPT)
        self.at_the_end = couples
        self.days: Series = {k: np.concatenate([year[k], rest[k]]) for k in KEPT}
        self.random = np.random.default_rng(self.seed)
        self.parted = _parted(self.days["hazard"], self.seed, dyads)
        self.together = np.flatnonzero(self.parted > YEAR)

    def dimension(self, name: str) -> np.ndarray:
        """Anxiety or avoidance of both partners [sd], of couples together after a year."""
        both = np.stack([getattr(one, name) for one in self.sample])
        return both[:, self.together]

    def traits(self) -> np.ndarray:
        """All fixed parameters on the logit of their ranges: (parameter, partner, couple)."""
        core = core_named("second")
        rules = declarations(core.PartnerParameters)
        found = []
        for name, rule in rules.items():
            low, high = rule.range
            values = np.stack([getattr(one.people, name) for one in self.sample])
            found.append(np.log((values - low) / (high - values)))
        return np.stack(found)[..., self.together]

    def kept(self, name: str, days: Any) -> np.ndarray:
        """A variable on some days, of couples together after a year."""
        return self.days[name][days][..., self.together]


def _parted(hazard: np.ndarray, seed: int, dyads: np.ndarray) -> np.ndarray:
    """Day on which each couple parts; one more than there are days where it does not."""
    chance = uniforms(Purpose.BREAKUP, seed, dyads, 0, 0)[0]
    gone = np.exp(-hazard) < chance
    return np.where(gone.any(0), gone.argmax(0), len(hazard) + 1)
