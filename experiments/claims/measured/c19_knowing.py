"""C19: knowing is not doing; insight moves what is believed and hardly what is done."""

from typing import Any

import numpy as np

from experiments.claims.claim import Arms, Claim
from models.circuits.cingulate import turning_away
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import standardised_difference
from sim.analysis.probes import days_of, margin
from sim.world.calendar import Calendar, daily_life, separation
from sim.world.protocols import scripted, session

LEARNER = "anxious"
SESSIONS, PROBE = 20, 3  # daily, days
PARTNER: dict[str, Any] = {
    "help_warmth": 0.45,
    "help_contact": 0.18,
    "help_latency": 0.25,
    "help_accuracy": 0.5,
}
"""About the mean of what a secure person sends to another one, the same for everybody."""
ARMS = {
    "insight": session("insight"),
    "live": session("live_correction"),
    "waiting": session("insight", dose=0.0),
}
"""Waiting is in the same company: weeks without any would change behaviour by themselves."""
BELIEVED, DONE, SHARE = 0.5, 0.2, 0.1  # d, d, and share of live correction's change


def probed(laboratory: Laboratory, meeting: Calendar) -> tuple[np.ndarray, np.ndarray]:
    """Belief after the sessions, and demand plus turning away in days with the same partner."""
    people = laboratory.people(LEARNER, studied=True), laboratory.people("secure", slot=1)
    earlier = (meeting + separation(1)) * SESSIONS
    data = laboratory.run(
        *people,
        earlier + scripted(daily_life(PROBE), **PARTNER),
        since=days_of(earlier),
        variables=("belief", "sent_demand", "sent_latency"),
    ).sel(partner="A")
    turned_away = turning_away(data.sent_latency.values)
    return data.belief.values, data.sent_demand.values + turned_away


def measure(laboratory: Laboratory) -> Arms:
    """Belief, and insecure behaviour, after insight, live correction and waiting in company."""
    arms: dict[str, np.ndarray] = {}
    for name, meeting in ARMS.items():
        arms[f"belief, {name}"], arms[f"behaviour, {name}"] = probed(laboratory, meeting)
    return arms


def effect(arms: Arms) -> float:
    """Smallest of: d of belief - 0.5, d of live's change - 0.2, a tenth of it over insight's [sd].

    Changes are against waiting in company; insight's counts in either direction. Where live
    correction does nothing either, there is nothing to compare with.
    """
    believed = standardised_difference(arms["belief, insight"], arms["belief, waiting"]) - BELIEVED
    done = standardised_difference(arms["behaviour, waiting"], arms["behaviour, live"]) - DONE
    live, insight = (
        arms["behaviour, waiting"] - arms[f"behaviour, {name}"] for name in ("live", "insight")
    )
    sign = 1.0 if insight.mean() > 0.0 else -1.0
    return min(believed, done, margin(SHARE * live - sign * insight))


CLAIMS = (
    Claim(
        id="C19",
        title="Knowing is not doing",
        question="Does somebody who understands the own pattern act differently?",
        source="An insight changes what one holds to be true and leaves the reaction as it was.",
        statistic="smallest of: d of belief, insight over waiting, - 0.5; d of behaviour, live "
        "correction over waiting, - 0.2; 10 % of that change minus insight's, in sd; waiting is in "
        "the same company without words",
        floor=0.0,
        observed="state: explicit belief; behaviour: demand and reply latency as sent",
        evidence="mixed",
        evidence_note="A threat store that ignores instruction is supported, but behaviour and "
        "other systems follow instruction at once (E5).",
        ablation="the two stores merged",
        ablate_shared={"separate_stores_on": 0.0},
        measure=measure,
        effect=effect,
        axis=lambda arm: arm.split(", ")[0],
    ),
)
