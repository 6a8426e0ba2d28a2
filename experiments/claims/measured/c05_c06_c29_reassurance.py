"""C05, C06 and C29: reassurance wears off, silence craves, and somebody has to give it."""

from typing import Any

import numpy as np

from experiments.claims.claim import Arms, Claim
from models.architectures import architecture
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import DEMAND_CUT, coded
from sim.analysis.probes import days_of, margin, slopes
from sim.world.calendar import Calendar, daily_life, separation
from sim.world.protocols import laboratory as place
from sim.world.protocols import scripted

DEPENDENT = "reassurance_dependent"
NEUTRAL: dict[str, Any] = {"help_warmth": 0.0}
TALK, PARTS = 50.0, 5  # [min] and intervals of the daily talk
DOSE: dict[str, Any] = {"help_warmth": 0.3, "help_reassurance": 0.9, "help_accuracy": 0.4}
RUN_IN, DOSES, ABSTINENCE = 30, 60, 60  # days
MONTH = 28  # days


def day(dosed: bool) -> Calendar:
    """A talk in the morning, reassuring or neutral, then a day of neutral exchanges."""
    talk = scripted(place(TALK, TALK / PARTS), **(DOSE if dosed else NEUTRAL))
    life = scripted(daily_life(1), **NEUTRAL)
    lengths = life.situation.dt.copy()
    lengths[-2] -= TALK
    return talk + Calendar(life.situation._replace(dt=lengths), life.events, life.kind)


def last_dose(laboratory: Laboratory, people: tuple[Any, Any], life: Calendar) -> Arms:
    """Rise of mood over the last day's talk, and the level and low of the day before it."""
    steps = len(day(True))
    last = {"record": "trajectory", "since": days_of(life) - 2.0}
    mood = laboratory.run(*people, life, variables=("mood",), **last).mood.sel(partner="A").values
    relief = mood[:, steps + PARTS - 1] - mood[:, steps - 1]
    return {
        "relief": relief,
        "level": mood[:, :steps].mean(axis=1),
        "low": mood[:, :steps].min(axis=1),
    }


def measure_tolerance(laboratory: Laboratory) -> Arms:
    """Relief at the first, the sixtieth and the first dose after abstinence; mood; demand."""
    people = laboratory.people(DEPENDENT, studied=True), laboratory.people("secure", slot=1)
    before, doses = day(False) * RUN_IN, day(True) * DOSES
    first = last_dose(laboratory, people, before + day(True))
    last = last_dose(laboratory, people, before + doses)
    pause = before + doses + day(False) * ABSTINENCE
    again = last_dose(laboratory, people, pause + day(True))
    demand = laboratory.run(
        *people, before + doses, record="daily", variables=("sent_demand",), since=RUN_IN
    ).sent_demand.sel(partner="A")
    return {
        "relief at first": first["relief"],
        "relief at the end": last["relief"],
        "relief after abstinence": again["relief"],
        "low before": first["low"],
        "low at the end": last["low"],
        "daily growth of demand": slopes(demand.values),
    }


def tolerance_effect(arms: Arms) -> float:
    """The smallest of four margins in sd, each above 0 where its part of the claim holds."""
    first, end = arms["relief at first"], arms["relief at the end"]
    return min(
        margin(0.5 * first - end),
        margin(arms["daily growth of demand"]),
        margin(arms["low before"] - arms["low at the end"]),
        margin(arms["relief after abstinence"] - end - 0.5 * (first - end)),
    )


def hazard_slope(laboratory: Laboratory, name: str, studied: bool) -> np.ndarray:
    """Growth of the share of exchanges with a demand, by hours since the last warm meeting."""
    warm: dict[str, Any] = {"help_warmth": 0.6, "help_reassurance": 0.5, "help_contact": 0.4}
    morning = scripted(place(30.0, 10.0), **warm)
    silent = scripted(separation(1, texts=True), **NEUTRAL)
    people = laboratory.people(name, studied=studied), laboratory.people("secure", slot=1)
    shown: dict[str, Any] = {"record": "trajectory", "variables": ("sent_demand",), "since": 2}
    data = laboratory.run(*people, (morning + silent) * 12, **shown)
    sent = data.sent_demand.sel(partner="A").values
    one = morning + silent
    days = sent[:, -10 * len(one) :].reshape(len(sent), 10, len(one))
    texts = np.flatnonzero((one.situation.contact > 0.0) & (np.arange(len(one)) >= len(morning)))
    hours = (one.end[texts] - one.end[texts][0]) / 60.0
    return slopes(coded(days[:, :, texts], DEMAND_CUT).mean(axis=1)) / (hours[1] - hours[0])


def measure_silence(laboratory: Laboratory) -> Arms:
    """Slope of the hazard of a demand [1/h] in silence."""
    return {
        "reassurance dependent": hazard_slope(laboratory, DEPENDENT, studied=True),
        "secure": hazard_slope(laboratory, "secure", studied=False),
    }


def silence_effect(arms: Arms) -> float:
    """Dependent's slope above 0 and above twice the secure one: smaller margin in sd."""
    dependent, secure = arms["reassurance dependent"], arms["secure"]
    return min(margin(dependent), margin(dependent - 2.0 * secure))


def trends(laboratory: Laboratory, name: str, studied: bool) -> dict[str, np.ndarray]:
    """Trends a day over the first four weeks of a secure giver with a partner like ``name``."""
    people = laboratory.people(name, studied=studied), laboratory.people("secure", slot=1)
    names = ("sent_demand", "sent_reassurance", "satisfaction", "metabolic_cost")
    data = laboratory.run(*people, daily_life(MONTH), record="daily", variables=names)
    whose = dict(zip(names, "ABBB", strict=True))
    return {key: slopes(data[key].sel(partner=side).values) for key, side in whose.items()}


def measure_giver(laboratory: Laboratory) -> Arms:
    """Demand met, reassurance given, satisfaction and metabolic cost of the giver, a day.

    Metabolic cost is counted beyond that of the same giver with a secure partner, because in
    every young couple it falls as the two grow closer.
    """
    own, usual = trends(laboratory, DEPENDENT, True), trends(laboratory, "secure", False)
    return {
        "demand met": own["sent_demand"],
        "reassurance given": own["sent_reassurance"],
        "metabolic cost beyond the usual": own["metabolic_cost"] - usual["metabolic_cost"],
        "satisfaction": own["satisfaction"],
    }


def giver_effect(arms: Arms) -> float:
    """Demand and both costs rise, satisfaction falls: smallest margin in sd."""
    rising = ("demand met", "reassurance given", "metabolic cost beyond the usual")
    return min(*(margin(arms[name]) for name in rising), -margin(arms["satisfaction"]))


CLAIMS = (
    Claim(
        id="C05",
        title="Reassurance wears off",
        question="What do sixty daily doses of reassurance do to their own effect?",
        source="Each dose relieves less, more is asked for, lows follow; abstinence restores.",
        statistic="smallest margin in sd: relief halved, demand rising, lower lows, half restored",
        floor=0.0,
        observed="demand is behaviour; relief and lows are mood, as a diary would have it",
        evidence="unsupported",
        evidence_note="Relief and a later return are shown in anxious groups (B09); tolerance has "
        "no direct evidence (E7).",
        ablation="tolerance off",
        ablate_shared={"reward_tolerance_on": 0.0},
        measure=measure_tolerance,
        effect=tolerance_effect,
        axis=lambda arm: arm.split(" ")[0],
    ),
    Claim(
        id="C06",
        title="Silence alone sets off the reassurance dependent",
        question="Does a demand become likelier merely because time passes?",
        source="No bad signal is needed: that no good one came is enough.",
        statistic="smaller margin in sd: slope of the hazard of a demand, and over twice secure's",
        floor=0.0,
        observed="behaviour: demands as an observer codes them",
        evidence="mixed",
        evidence_note="The urge to seek reassurance returns with time in anxious groups (B09).",
        ablation="reward dependence at secure value",
        ablate_person={"reward_dependence": architecture("secure").reward_dependence},
        measure=measure_silence,
        effect=silence_effect,
    ),
    Claim(
        id="C29",
        title="The other side of reassurance",
        question="What does reassuring cost the one who gives it?",
        source="The giver meets ever more demand, pays for it and grows discontented.",
        statistic="smallest margin in sd of four-week trends: demand, two costs, satisfaction",
        floor=0.0,
        observed="demand and reassurance are behaviour; cost and satisfaction are states",
        evidence="supported",
        evidence_note="Reassuring the insecure lowers the giver's satisfaction (B10), and so does "
        "excessive seeking in meta-analysis (A19); metabolic cost is unmeasured (E21).",
        ablation="tolerance off",
        ablate_shared={"reward_tolerance_on": 0.0},
        measure=measure_giver,
        effect=giver_effect,
        axis=lambda arm: arm,
        fragile="The satisfaction of any new couple grows, which hides the giver's loss where the "
        "two start far below what they will reach.",
    ),
)
