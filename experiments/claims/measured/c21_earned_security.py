"""C21: earned security; the alarm still fires, but recovery is quicker and ruptures are mended."""

from experiments.claims.claim import Arms, Claim
from sim.analysis.cohorts import Laboratory
from sim.analysis.probes import days_of
from sim.analysis.ruptures import VARIABLES, read, rupture
from sim.world.calendar import Calendar
from sim.world.protocols import course, laboratory

LEARNER = "anxious"


def ruptured(room: Laboratory, treated: bool) -> Arms:
    """Peak alarm, half-life and repair in the standard rupture beside a secure partner."""
    earlier: Calendar = course("live_correction") if treated else laboratory(10.0, 0.5)
    data = room.run(
        room.people(LEARNER, studied=True),
        room.people("secure", slot=1),
        earlier + rupture(),
        record="trajectory",
        since=days_of(earlier),
        variables=VARIABLES,
    ).sel(partner="A")
    reading = read(data)
    return {
        "peak alarm": reading.peak_alarm,
        "half-life": reading.half_life,
        "repair": reading.repair,
    }


def measure(laboratory: Laboratory) -> Arms:
    """All three before and after a course of live correction in life with a secure partner."""
    return {
        f"{what}, {when}": values
        for when, treated in (("before", False), ("after", True))
        for what, values in ruptured(laboratory, treated).items()
    }


def effect(arms: Arms) -> float:
    """Smallest of: peak kept / 0.5, half-life shortened / 0.3, and 1 + gain in repair [sd]."""
    before, after = (
        {what: arms[f"{what}, {when}"] for what in ("peak alarm", "half-life", "repair")}
        for when in ("before", "after")
    )
    remaining = after["peak alarm"].mean() / before["peak alarm"].mean()
    shorter = 1.0 - after["half-life"].mean() / max(before["half-life"].mean(), 1e-9)
    more = after["repair"] - before["repair"]
    mended = more.mean() / max(more.std(ddof=1), 1e-9)
    return float(min(remaining / 0.5, shorter / 0.3, 1.0 + mended))


CLAIMS = (
    Claim(
        id="C21",
        title="Earned security: fires, but recovers",
        question="What does correction change in the answer to a rupture?",
        source="The alarm still fires, but it passes sooner and ruptures are mended.",
        statistic="smallest of peak kept / 0.5, half-life shortened / 0.3, 1 + gain in repair [sd]",
        floor=1.0,
        observed="states: alarm and arousal; behaviour: share of time warm without demand after",
        evidence="unsupported",
        evidence_note="Rises in vagal tone or connectivity are not found in the cited sources; "
        "the usual definition does not select insecure infancies (E3).",
        ablation="plasticity of vagal tone and of integration off",
        ablate_shared={"vagal_plasticity_on": 0.0, "integration_plasticity_on": 0.0},
        measure=measure,
        effect=effect,
        axis=lambda arm: arm.split(", ")[0],
    ),
)
