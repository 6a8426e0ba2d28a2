"""C23: nothing is erased; part of the lost alarm returns under stress or in a new context."""

import numpy as np

from experiments.claims.claim import Arms, Claim
from sim.analysis.cohorts import Laboratory
from sim.analysis.probes import days_of, in_context
from sim.world.calendar import Calendar
from sim.world.protocols import course, scripted
from sim.world.protocols import laboratory as room

LEARNER = "anxious"
LEAST, MOST = 0.2, 0.7
WHERE = ("familiar", "new context", "stress")


def waiting(stressed: bool) -> Calendar:
    """Two hours alone, threatened from outside if ``stressed``, and 20 min to come down."""
    hours = room(120.0, 2.0, contact=0.0, proximity=0.0)
    threat = np.zeros((len(hours), 2)) + [float(stressed), 0.0]
    before = Calendar(hours.situation, hours.events._replace(threat=threat), hours.kind)
    return before + room(20.0, 2.0, contact=0.0, proximity=0.0)


def probed(laboratory: Laboratory, where: str, treated: bool) -> np.ndarray:
    """Mean alarm in half an hour with a warm partner who is hard to read, per couple."""
    talk = scripted(room(30.0), help_warmth=0.5, help_clarity=0.3)
    wait = waiting(where == "stress")
    earlier = course("live_correction") + wait if treated else wait
    data = laboratory.run(
        laboratory.people(LEARNER, studied=True),
        laboratory.people("secure", slot=1),
        earlier + in_context(talk, 0.0 if where == "new context" else 1.0),
        since=days_of(earlier),
        variables=("alarm",),
    )
    return data.alarm.sel(partner="A").values


def measure(laboratory: Laboratory) -> Arms:
    """Alarm before and after a course, in each circumstance by itself."""
    return {
        f"{where}, {'after' if treated else 'before'}": probed(laboratory, where, treated)
        for where in WHERE
        for treated in (False, True)
    }


def effect(arms: Arms) -> float:
    """Smallest of share / 0.2 and 0.7 / share over both circumstances; 0 if none was lost.

    The share that returns is what the loss lacks of the loss where it was learnt; each loss is
    taken within its circumstance, so that what stress alone does is not counted.
    """
    loss = {w: float((arms[f"{w}, before"] - arms[f"{w}, after"]).mean()) for w in WHERE}
    if loss["familiar"] <= 0.0:
        return 0.0
    shares = [1.0 - loss[where] / loss["familiar"] for where in WHERE[1:]]
    return min(min(share / LEAST, MOST / max(share, 1e-3)) for share in shares)


CLAIMS = (
    Claim(
        id="C23",
        title="Nothing is erased",
        question="How much of the alarm that was lost returns under stress or in a new context?",
        source="The old circuit stays; stress or strange surroundings can bring it back.",
        statistic="smallest, over stress and new context, of share returned / 0.2 and 0.7 / share",
        floor=1.0,
        observed="states: alarm in a probe that is the same for all",
        evidence="supported",
        evidence_note="Extinction adds a memory, and fear can renew and recover (E8); that it "
        "holds for couples is an extrapolation.",
        ablation="template overwritten by learning",
        ablate_shared={"template_kept_on": 0.0},
        measure=measure,
        effect=effect,
    ),
)
