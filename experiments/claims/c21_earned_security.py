"""C21: earned security; the alarm still fires, but recovery is quicker and ruptures are mended."""

import numpy as np

from experiments.claims.claim import Arms, Claim
from experiments.claims.laboratory import Laboratory
from experiments.claims.tools import days_of
from sim.protocols import course, scripted
from sim.protocols import laboratory as room

LEARNER = "anxious"
RUPTURE, AFTERMATH, STEP = 10.0, 30.0, 0.5


def halving(arousal: np.ndarray) -> np.ndarray:
    """Time [min] until arousal has come half way down from its start to where it settles."""
    rest = arousal[:, -20:].mean(axis=1, keepdims=True)
    half = arousal <= rest + 0.5 * (arousal[:, :1] - rest)
    return STEP * np.where(half.any(axis=1), half.argmax(axis=1), arousal.shape[1])


def ruptured(laboratory: Laboratory, treated: bool) -> Arms:
    """Peak alarm in ten minutes of coldness, then recovery and repair beside the partner."""
    cold = scripted(room(RUPTURE, STEP), help_warmth=-0.5, help_demand=0.3)
    earlier = course("live_correction") if treated else room(RUPTURE, STEP)
    data = laboratory.run(
        laboratory.people(LEARNER, studied=True), laboratory.people("secure", slot=1),
        earlier + cold + room(AFTERMATH, STEP), record="trajectory", since=days_of(earlier),
        variables=("alarm", "arousal", "sent_warmth", "sent_demand"),
    ).sel(partner="A")  # fmt: skip
    end = round(RUPTURE / STEP)
    mended = (data.sent_warmth.values > 0.0) & (data.sent_demand.values < 0.25)
    return {
        "peak alarm": data.alarm.values[:, :end].max(axis=1),
        "half-life": halving(data.arousal.values[:, end - 1 :]),
        "repair": mended[:, end:].mean(axis=1),
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
    kept = after["peak alarm"].mean() / before["peak alarm"].mean()
    shorter = 1.0 - after["half-life"].mean() / max(before["half-life"].mean(), 1e-9)
    more = after["repair"] - before["repair"]
    mended = more.mean() / max(more.std(ddof=1), 1e-9)
    return float(min(kept / 0.5, shorter / 0.3, 1.0 + mended))


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
        "the usual definition does not select insecure infancies (S3).",
        ablation="plasticity of vagal tone and of integration off",
        ablate_shared={"vagal_plasticity_on": 0.0, "integration_plasticity_on": 0.0},
        measure=measure,
        effect=effect,
    ),
)
