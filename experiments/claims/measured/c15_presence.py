"""C15: a partner's presence calms the secure, the insecure less, and alarms the disorganised."""

from typing import Any

import numpy as np

from experiments.claims.claim import Arms, Claim
from models.parameters import PartnerParameters
from sim.analysis.cohorts import Laboratory
from sim.world.calendar import Calendar, daily_life
from sim.world.protocols import laboratory as room
from sim.world.protocols import scripted

INSECURE = ("anxious", "avoidant")
ALARMED = "disorganized"
DAYS = 30
COMPANY: dict[str, Any] = {"help_warmth": 0.5, "help_contact": 0.4}
THREAT = 0.4  # [cues], announced from outside the couple
EQUAL = 0.02  # alarm, within which two arms count as equal


def threatened(company: str) -> Calendar:
    """Twenty minutes under threat: alone, or with the same hand held by stranger or partner."""
    near = float(company != "alone")
    place = room(20.0, proximity=near, contact=near)
    script = {"threat": THREAT} | (COMPANY if near else {"help_share": 0.0})
    return scripted(place, third=company == "stranger", when=lambda steps: steps >= 0, **script)


def alarms(laboratory: Laboratory, person: PartnerParameters) -> dict[str, np.ndarray]:
    """Mean alarm under threat in each company, after a month with a secure partner."""
    partner = laboratory.people("secure", slot=1)
    found = {}
    for company in ("alone", "stranger", "partner"):
        calendar = daily_life(DAYS) + threatened(company)
        data = laboratory.run(person, partner, calendar, since=DAYS, variables=("alarm",))
        found[company] = data.alarm.sel(partner="A").values
    return found


def measure(laboratory: Laboratory) -> Arms:
    """Alarm of each kind of person in each company."""
    arms: dict[str, np.ndarray] = {}
    for name in ("secure", *INSECURE, ALARMED):
        person = laboratory.people(name, studied=True)
        arms |= {f"{name}, {who}": x for who, x in alarms(laboratory, person).items()}
    return arms


def effect(arms: Arms) -> float:
    """Smallest of the claim's margins, in sd of the couples' differences.

    Partner below stranger and stranger at or below alone in the secure; what the partner takes off
    the alarm larger in them than in the insecure; alarm above alone in the disorganised.
    """
    gain = {name: arms[f"{name}, stranger"] - arms[f"{name}, partner"] for name in _names(arms)}
    margins = [
        gain["secure"],
        arms["secure, alone"] - arms["secure, stranger"] + EQUAL,
        *(gain["secure"] - gain[name] for name in INSECURE),
        arms[f"{ALARMED}, partner"] - arms[f"{ALARMED}, alone"],
    ]
    return min(float(x.mean()) / max(float(x.std(ddof=1)), EQUAL) for x in margins)


def _names(arms: Arms) -> list[str]:
    return list(dict.fromkeys(arm.split(", ")[0] for arm in arms))


CLAIMS = (
    Claim(
        id="C15",
        title="Presence calms the secure and alarms the disorganised",
        question="Under threat, what does the presence of the partner do to the alarm?",
        source="A trusted partner lowers the response to threat; where closeness is itself the "
        "threat, presence raises it.",
        statistic="smallest of: secure, stranger - partner; secure, alone - stranger (equal within "
        "0.02); secure minus insecure buffering; disorganised, partner - alone; in sd",
        floor=0.0,
        observed="states: the alarm (as a response to threat in a scanner)",
        evidence="mixed",
        evidence_note="A partner buffers and a stranger does not (Coan et al. 2017); that insecure "
        "people are alarmed by presence was not found (E16).",
        ablation="social baseline off",
        ablate_shared={"social_baseline_on": 0.0},
        measure=measure,
        effect=effect,
    ),
)
