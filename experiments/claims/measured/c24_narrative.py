"""C24: narrative integration works through felt, regulated access."""

import numpy as np

from experiments.claims.claim import Arms, Claim
from sim.analysis.cohorts import Laboratory
from sim.analysis.probes import days_of, in_context
from sim.world.calendar import Calendar, separation
from sim.world.protocols import laboratory as room
from sim.world.protocols import session

LEARNER = "anxious"
SESSIONS = 20
KINDS = ("moderate", "none", "waiting")


def talks(kind: str) -> Calendar:
    """Twenty sessions of narrative work, felt or not; or as many days of waiting."""
    if kind == "waiting":
        return separation(SESSIONS)
    one = session("narrative_integration")
    felt = float(kind == "moderate")
    events = one.events._replace(threat=one.events.threat * felt)
    return (Calendar(one.situation, events, one.kind) + separation(1)) * SESSIONS


def threat_in(laboratory: Laboratory, kind: str, familiarity: float) -> tuple:
    """Threat store in a familiar or a new place after the sessions, and integration."""
    earlier = talks(kind)
    data = laboratory.run(
        laboratory.people(LEARNER, studied=True),
        laboratory.people("secure", slot=1),
        earlier + in_context(room(20.0), familiarity),
        since=days_of(earlier),
        variables=("threat_store", "integration"),
    ).sel(partner="A")
    return data.threat_store.values, data.integration_end.values


def measure(laboratory: Laboratory) -> Arms:
    """Integration, and how far threat differs between a new and a familiar place."""
    arms: dict[str, np.ndarray] = {}
    for kind in KINDS:
        known, integration = threat_in(laboratory, kind, 1.0)
        new, _ = threat_in(laboratory, kind, 0.0)
        arms |= {f"integration, {kind}": integration, f"discrimination, {kind}": new - known}
    return arms


def effect(arms: Arms) -> float:
    """Smallest lead of moderate activation over none and over waiting, in sd of the lead."""
    leads = [
        arms[f"{what}, moderate"] - arms[f"{what}, {other}"]
        for what in ("integration", "discrimination")
        for other in ("none", "waiting")
    ]
    return min(float(lead.mean() / max(lead.std(ddof=1), 1e-9)) for lead in leads)


CLAIMS = (
    Claim(
        id="C24",
        title="Narrative integration works through felt access",
        question="Does telling one's story integrate more when something is felt in it?",
        source="Words that hold past and present together change the circuit if they are felt.",
        statistic="smallest lead of moderate over no activation and over waiting, in integration "
        "and in context discrimination, in sd",
        floor=0.0,
        observed="states: integration, threat store by context",
        evidence="unsupported",
        evidence_note="That narrative coherence acts on the brain has no traceable source (E22).",
        ablation="integration plasticity off",
        ablate_shared={"integration_plasticity_on": 0.0},
        measure=measure,
        effect=effect,
        axis=lambda arm: arm.split(", ")[0],
    ),
)
