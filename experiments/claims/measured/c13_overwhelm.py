"""C13: overwhelm closes the window of learning, so regulation comes first."""

import numpy as np

from experiments.claims.claim import Arms, Claim
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import standardised_difference
from sim.world.calendar import Calendar, separation
from sim.world.protocols import session

LEARNER, LOW_VAGAL_TONE = "anxious", 0.15
SESSIONS = 10
REGULATION = 0.3  # share of a session, as in the protocol
HEATS = {"calm": (0.0, 0.0), "aroused": (0.3, 0.0), "overwhelmed": (1.3, 1.0)}
"""Threat evoked [cues] and heat of the topic [1] in a session that is otherwise the same."""


def heated(threat: float, conflict: float) -> Calendar:
    """A session of live correction with another level of activation for the learner."""
    calendar = session("live_correction")
    fields = {"threat": threat, "conflict": conflict}
    level = {name: np.zeros((len(calendar), 2)) + [value, 0.0] for name, value in fields.items()}
    return Calendar(calendar.situation, calendar.events._replace(**level), calendar.kind)


def correct_first() -> Calendar:
    """The same parts as in ``regulation_first``, correction before regulation."""
    regulated, minutes = session("regulation_first"), 50.0
    calm = regulated[: round(REGULATION * len(regulated))]
    return session("live_correction", minutes * (1.0 - REGULATION)) + calm


def gained(laboratory: Laboratory, one: Calendar) -> np.ndarray:
    """Loss of the threat store over ten daily sessions, meeting nobody else meanwhile."""
    person = laboratory.people(LEARNER, studied=True, vagal_tone=LOW_VAGAL_TONE)
    data = laboratory.run(
        person,
        laboratory.people("secure", slot=1),
        (one + separation(1)) * SESSIONS,
        variables=("threat_store",),
    )
    return person.template_threat - data.threat_store_end.sel(partner="A").values


def measure(laboratory: Laboratory) -> Arms:
    """Gain at three levels of arousal, and with regulation before or after correction."""
    sessions = {name: heated(*level) for name, level in HEATS.items()} | {
        "regulate, then correct": session("regulation_first"),
        "correct, then regulate": correct_first(),
    }
    return {name: gained(laboratory, one) for name, one in sessions.items()}


def effect(arms: Arms) -> float:
    """Smallest of: the peak's lead over calm and over overwhelm [sd], and d of the order - 0.5."""
    order = (
        standardised_difference(arms["regulate, then correct"], arms["correct, then regulate"])
        - 0.5
    )
    peak = [arms["aroused"] - arms[end] for end in ("calm", "overwhelmed")]
    return min(order, *(float(gap.mean() / max(gap.std(ddof=1), 1e-9)) for gap in peak))


CLAIMS = (
    Claim(
        id="C13",
        title="Overwhelm closes the window: regulation first",
        question="Does too much arousal stop learning, and does the order of steps then matter?",
        source="Beyond the window of tolerance nothing is learnt, so the body is calmed first.",
        statistic="smallest of the gain at medium arousal over that at low and at high arousal, "
        "in sd, and d of regulation before over after correction, less 0.5; low vagal tone",
        floor=0.0,
        observed="states: the threat store",
        evidence="mixed",
        evidence_note="An inverted U of learning over arousal is plausible; polyvagal premises "
        "are disputed and low vagal tone goes with avoidance, not anxiety (E10, E11).",
        ablation="window of tolerance off",
        ablate_shared={"window_on": 0.0},
        measure=measure,
        effect=effect,
    ),
)
