"""C22: it takes consistency; the same dose strewn evenly leaves more than in bursts."""

import numpy as np

from experiments.claims.claim import Arms, Claim
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import standardised_difference
from sim.world.calendar import Calendar, separation
from sim.world.protocols import session

LEARNER = "anxious"
BURSTS, IN_BURST, PAUSE = 8, 5, 15
LASTING = 30


def consistent() -> Calendar:
    """One session every three days, 40 in all."""
    return (session("live_correction") + separation(PAUSE // IN_BURST)) * (BURSTS * IN_BURST)


def sporadic() -> Calendar:
    """Five sessions on end every fifteen days, 40 in all."""
    return (session("live_correction") * IN_BURST + separation(PAUSE)) * BURSTS


def retained(laboratory: Laboratory, calendar: Calendar) -> np.ndarray:
    """Loss of the threat store that is left 30 days after the last session."""
    person = laboratory.people(LEARNER, studied=True)
    data = laboratory.run(
        person,
        laboratory.people("secure", slot=1),
        calendar + separation(LASTING),
        variables=("threat_store",),
    )
    return person.template_threat - data.threat_store_end.sel(partner="A").values


def measure(laboratory: Laboratory) -> Arms:
    """Lasting gain from the same dose, evenly and in bursts."""
    plans = {"consistent": consistent(), "sporadic": sporadic()}
    return {name: retained(laboratory, calendar) for name, calendar in plans.items()}


def effect(arms: Arms) -> float:
    """Standardised lead of the consistent over the sporadic."""
    return standardised_difference(arms["consistent"], arms["sporadic"])


CLAIMS = (
    Claim(
        id="C22",
        title="It takes consistency",
        question="Does the same dose leave more if it comes evenly?",
        source="Many reliable small experiences change the circuit, rare large ones do not.",
        statistic="d of the lasting loss of threat, consistent over sporadic, at equal dose",
        floor=0.0,
        observed="states: the threat store",
        evidence="mixed",
        evidence_note="Spacing helps learning in general; larger violation of expectation is "
        "not better by itself (E8).",
        ablation="return of the prediction between meetings off",
        ablate_shared={"pull_back_on": 0.0},
        measure=measure,
        effect=effect,
    ),
)
