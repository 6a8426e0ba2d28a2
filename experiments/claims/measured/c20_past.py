"""C20: the alarm answers the past: a safe partner meets the alarm that an unsafe one made."""

from typing import Any

import numpy as np

from experiments.claims.claim import Arms, Claim
from models.caregiving import REGIMES
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import standardised_difference
from sim.analysis.probes import days_of
from sim.world.calendar import Calendar, daily_life
from sim.world.population import Population
from sim.world.protocols import course, scripted
from sim.world.protocols import laboratory as room

STUDIED, CONTROL = "anxious", "secure"
UNSAFE = Population(REGIMES["frightening"])
CARE: dict[str, Any] = {"help_warmth": 0.45}
"""What the caregiver's face was like, hard to read; warm enough to disappoint nobody's hope."""
CLARITY = {"clear": 0.9, "ambiguous": 0.3}
MINUTES = 60
FIRST_DAYS = daily_life(3)
AS_MUCH, LEAST = 0.8, 0.5


def alarms(laboratory: Laboratory, person, partner, life: Calendar) -> Arms:
    """Mean log odds of the alarm at such a face, clear and ambiguous, after ``life``.

    Log odds, so that a steeper part of the alarm's curve is no disproportion.
    """
    probes = [scripted(room(MINUTES), **CARE, help_clarity=c) for c in CLARITY.values()]
    data = laboratory.run(
        person,
        partner,
        life + probes[0] + probes[1],
        since=days_of(life),
        record="trajectory",
        variables=("alarm",),
    ).sel(partner="A")
    odds = data.alarm.values / (1.0 - data.alarm.values)
    parts = np.log(odds).reshape(laboratory.couples, len(probes), MINUTES).mean(axis=2)
    return dict(zip(CLARITY, parts.T, strict=True))


def measure(laboratory: Laboratory) -> Arms:
    """The same two cues from a safe and an unsafe partner, and after a course of correction."""
    person = laboratory.people(STUDIED, studied=True)
    safe = laboratory.people("secure", slot=1)
    found = {
        "safe": alarms(laboratory, person, safe, FIRST_DAYS),
        "unsafe": alarms(laboratory, person, UNSAFE, FIRST_DAYS),
        "corrected": alarms(laboratory, person, safe, course("live_correction")),
        "secure": alarms(laboratory, laboratory.people(CONTROL), safe, FIRST_DAYS),
    }
    return {f"{who}, {cue}": x for who, arm in found.items() for cue, x in arm.items()}


def effect(arms: Arms) -> float:
    """Smallest of the claim's margins, each above 0 where its part holds.

    Beside the safe partner: at least 0.8 of what the unsafe one adds to a secure person's alarm,
    above that alarm by d 0.5, growing more with ambiguity by d 0.5, and lower after correction,
    pair by pair.
    """
    safe, unsafe, secure = (arms[f"{who}, ambiguous"] for who in ("safe", "unsafe", "secure"))
    added = max(float((unsafe - secure).mean()), 1e-9)
    growth = [arms[f"{who}, ambiguous"] - arms[f"{who}, clear"] for who in ("safe", "secure")]
    fallen = safe - arms["corrected, ambiguous"]
    return min(
        float((safe - secure).mean()) / added - AS_MUCH,
        standardised_difference(safe, secure) - LEAST,
        standardised_difference(*growth) - LEAST,
        float(fallen.mean()) / max(float(fallen.std(ddof=1)), 1e-9),
    )


CLAIMS = (
    Claim(
        id="C20",
        title="The alarm answers the past",
        question="Does the alarm ask who is there, or what it has been taught?",
        source="With a safe partner, what resembles the caregiver sets off the old alarm until "
        "something new is learnt.",
        statistic="log odds of the alarm; smallest of excess over the secure with safe / unsafe "
        "partner - 0.8, its d - 0.5, d of its growth with ambiguity - 0.5, paired d of its fall "
        "after correction",
        floor=0.0,
        observed="states: the alarm at a scripted cue that an observer can reproduce",
        evidence="mixed",
        evidence_note="A threat store that ignores instruction is supported, an alarm blind to "
        "the present is not (E5); stability from infancy is weak (E1).",
        ablation="template set to the present partner",
        ablate_person={"template_threat": 0.15},
        measure=measure,
        effect=effect,
    ),
)
