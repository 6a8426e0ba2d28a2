"""C04 and C26: earlier and less accurate, yet no less sensitive; what correction changes."""

import numpy as np

from experiments.claims.claim import Arms, Claim
from experiments.claims.detection import (
    false_alarms,
    rates,
    seconds_to_answer,
    sensitivity,
    tested,
)
from models.architectures import architecture
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import standardised_difference
from sim.world.calendar import daily_life
from sim.world.protocols import course

SECURE = architecture("secure")
LEARNER = "anxious"
LEAST_SENSITIVITY = 0.5  # mean d' before, below which there is none to keep
DRIFT = 0.15  # of d', either way, that counts as unchanged
FEWER = 0.30  # share of false alarms that must be gone
LEAST = 0.05  # share of trials with a false alarm, below which there are none to lose


def measure_scanning(laboratory: Laboratory) -> Arms:
    """Time to answer [s], accuracy when free to answer, d' at equal viewing time."""
    arms = {}
    for name, studied in (("scanner", True), ("secure", False)):
        session = tested(laboratory, laboratory.people(name, studied=studied))
        hits, false = rates(session)
        arms[f"{name}: seconds to answer"] = seconds_to_answer(session)
        arms[f"{name}: hits minus false alarms"] = hits - false
        arms[f"{name}: d' at equal time"] = sensitivity(session)
    return arms


def scanning_effect(arms: Arms) -> float:
    """Earlier, less accurate, no less sensitive: the smallest of three differences in sd."""

    def above(one: str, two: str, what: str) -> float:
        return standardised_difference(arms[f"{one}: {what}"], arms[f"{two}: {what}"])

    return min(
        above("secure", "scanner", "seconds to answer"),
        above("secure", "scanner", "hits minus false alarms"),
        above("scanner", "secure", "d' at equal time"),
    )


def measure_correction(laboratory: Laboratory) -> Arms:
    """False alarms and d' before and after twenty sessions of live correction in half a year.

    Both times after a week of ordinary life, so that no session is in the body any more.
    """
    person, week = laboratory.people(LEARNER, studied=True), daily_life(7)
    before = tested(laboratory, person, week)
    after = tested(laboratory, person, course("live_correction") + week)
    return {
        "false alarms before": false_alarms(before),
        "false alarms after": false_alarms(after),
        "d' before": sensitivity(before),
        "d' after": sensitivity(after),
    }


def correction_effect(arms: Arms) -> float:
    """Share of false alarms gone in units of 0.3; what d' moves beyond 0.15 cuts it down.

    There must be a sensitivity to keep: a mean d' of 0.5 before.
    """
    before, after = (float(arms[f"false alarms {when}"].mean()) for when in ("before", "after"))
    gone = (before - after) / max(before, LEAST)
    moved = abs(float(np.mean(arms["d' after"] - arms["d' before"])))
    there = float(arms["d' before"].mean()) / LEAST_SENSITIVITY
    return float(min(gone / FEWER, DRIFT / max(moved, 1e-3), there))


CLAIMS = (
    Claim(
        id="C04",
        title="The scanner answers earlier, less accurately, at equal time no worse",
        question="Is the scanner's alarm quick at the price of accuracy?",
        source="The scanner reads threat early and wrongly, though the eye itself is good.",
        statistic="smallest of d: time to answer, accuracy when free, d' at equal viewing time",
        floor=0.0,
        observed="behaviour in a detection task: an answer is an alarm of one half",
        evidence="supported",
        evidence_note="Anxious perceivers answer earlier and less accurately, and do as well or "
        "better at equal viewing time (B04); more accurate on threatening topics (B05).",
        ablation="threshold and gain at secure values",
        ablate_person={
            "amygdala_threshold": SECURE.amygdala_threshold,
            "amygdala_gain": SECURE.amygdala_gain,
            "cingulate_gain": SECURE.cingulate_gain,
        },
        measure=measure_scanning,
        effect=scanning_effect,
        axis=lambda arm: arm.split(": ")[1],
        fragile="The gain in d' is small, because the scanner's raised background drives the same "
        "cue into saturation.",
    ),
    Claim(
        id="C26",
        title="Sensitivity is kept, false alarms go",
        question="Does correction make one blind, or less easily alarmed?",
        source="Healing is no loss of perception: cold is still seen, the ambiguous alarms less.",
        statistic="smallest of false alarms gone / 0.3, 0.15 / change of d', d' before / 0.5",
        floor=1.0,
        observed="behaviour in a detection task; d' of the evidence at equal viewing time",
        evidence="unsupported",
        evidence_note="No study separates sensitivity and criterion before and after therapy; "
        "poorer safety learning in anxiety (A30) speaks for the criterion.",
        ablation="correction moves gain instead of threshold",
        ablate_shared={"criterion_on": 0.0},
        measure=measure_correction,
        effect=correction_effect,
        axis=lambda arm: arm.rsplit(" ", 1)[0],
    ),
)
