"""C01 and C02: childhood makes the alarm's threshold, and four kinds of care four patterns."""

from typing import Any

import numpy as np

from experiments.claims.claim import Arms, Claim
from models.caregiving import NEWBORN, REGIMES
from models.parameters import PartnerParameters
from sim.analysis.cohorts import Laboratory
from sim.analysis.discriminant import blind_hits, shuffled
from sim.analysis.measures import standardised_difference
from sim.world.calendar import Calendar, daily_life, separation
from sim.world.childhood import grow_up
from sim.world.population import Population, draw
from sim.world.protocols import laboratory as room
from sim.world.protocols import scripted

LEVELS = np.linspace(0.0, 1.0, 11)
MINUTES = 10
DOUBT: dict[str, Any] = {"help_warmth": 0.2}
"""A lukewarm face, the same for everybody."""
DAYS, SETTLED = 24, 10
BEHAVIOUR = tuple(
    "sent_warmth sent_contact sent_reassurance sent_demand sent_latency sent_clarity".split()
)


def crowd(laboratory: Laboratory, centre: PartnerParameters, name: str, slot: int):
    """One person a couple around ``centre``, moved with the parameter draw if there are several."""
    people = draw(Population(centre), laboratory.seed, np.arange(laboratory.couples), slot)
    return laboratory._moved(people, name) if laboratory.draws else people


def raised(laboratory: Laboratory, regimes: list[str]) -> list[PartnerParameters]:
    """Adults brought up under each regime: the same infants, and the same secure adult else."""
    care = [crowd(laboratory, REGIMES[name], name, 1) for name in regimes]
    infant = crowd(laboratory, NEWBORN, "newborn", 0)
    adult = laboratory.people("secure")
    return grow_up(
        care,
        dyads=laboratory.couples,
        seed=laboratory.seed,
        infant=infant,
        adult=adult,
        shared=laboratory.shared,
    )


def doubtful() -> Calendar:
    """The same face at growing ambiguity, ``MINUTES`` at each of the levels."""
    first, *later = (scripted(room(MINUTES), **DOUBT, help_clarity=1.0 - x) for x in LEVELS)
    return sum(later, start=first)


def tipping_point(laboratory: Laboratory, person: PartnerParameters) -> np.ndarray:
    """Ambiguity in [0, 1] at which the alarm is one half, 1 if it never is (Spearman-Kärber)."""
    partner = laboratory.people("secure", slot=1)
    data = laboratory.run(
        person, partner, doubtful(), record="trajectory", variables=("alarm",)
    ).sel(partner="A")
    alarm = data.alarm.values.reshape(laboratory.couples, len(LEVELS), MINUTES).mean(axis=2)
    return (alarm < 0.5).mean(axis=1)


def measure_threshold(laboratory: Laboratory) -> Arms:
    """Tipping points after consistent and inconsistent care."""
    names = ["consistent", "inconsistent"]
    grown = raised(laboratory, names)
    return {name: tipping_point(laboratory, p) for name, p in zip(names, grown, strict=True)}


def threshold_effect(arms: Arms) -> float:
    """How far inconsistent care lowers the tipping point, d."""
    return standardised_difference(arms["consistent"], arms["inconsistent"])


def behaviour(laboratory: Laboratory) -> np.ndarray:
    """What an observer sees of each adult with a secure partner: (regimes, couples, measures).

    Means over everyday exchanges, and over the exchanges of the day after two days apart.
    """
    partner, grown = laboratory.people("secure", slot=1), raised(laboratory, list(REGIMES))
    together = daily_life(DAYS)
    spells = ((together, SETTLED), (together + separation(2) + daily_life(1), DAYS + 2))
    seen = [
        laboratory.run(grown, partner, life, since=since, variables=BEHAVIOUR).sel(partner="A")
        for life, since in spells
    ]
    return np.stack([data[name].values for data in seen for name in BEHAVIOUR], axis=-1)


def classified(seen: np.ndarray, laboratory: Laboratory) -> Arms:
    """Share of people of each regime who were classified by their behaviour."""
    return dict(zip(REGIMES, blind_hits(seen, max(laboratory.draws, 1)), strict=True))


def measure_patterns(laboratory: Laboratory) -> Arms:
    """Blind classification of the grown by regime of care."""
    return classified(behaviour(laboratory), laboratory)


def measure_shuffled(laboratory: Laboratory) -> Arms:
    """The same with regimes dealt out at random."""
    return classified(shuffled(behaviour(laboratory), laboratory.seed), laboratory)


def accuracy(arms: Arms) -> float:
    """Balanced accuracy: mean over regimes of the share classified right."""
    return float(np.mean([hits.mean() for hits in arms.values()]))


CLAIMS = (
    Claim(
        id="C01",
        title="Inconsistent care lowers the alarm threshold",
        question="What does unpredictable care do to the point at which ambiguity alarms?",
        source="Where care comes and goes, the alarm learns to sound at less.",
        statistic="ambiguity at which the alarm is one half, consistent minus inconsistent, d",
        floor=0.8,
        observed="states: the alarm, at a scripted face that gives less and less away",
        evidence="contested",
        evidence_note="Stability from infancy is weak (E1), and amygdala reactivity is no "
        "reliable trait (E4); caregiving contributes among other things.",
        ablation="childhood threat learning off",
        ablate_shared={"threat_learning_on": 0.0},
        measure=measure_threshold,
        effect=threshold_effect,
    ),
    Claim(
        id="C02",
        title="Four kinds of care give four patterns",
        question="Can one tell from an adult's behaviour how they were cared for?",
        source="Consistent, inconsistent, unavailable and frightening care each leave their own "
        "pattern.",
        statistic="balanced accuracy of a blind classification by regime, 0.25 by chance",
        floor=0.7,
        observed="behaviour: signals sent in everyday life and at a reunion",
        evidence="contested",
        evidence_note="Four patterns are described, dimensions fit adults better, and infancy "
        "predicts adulthood weakly (E1, A01, A04).",
        ablation="care regimes shuffled",
        measure=measure_patterns,
        ablate_measure=measure_shuffled,
        effect=accuracy,
    ),
)
