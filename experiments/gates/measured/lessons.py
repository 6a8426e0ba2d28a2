"""Correction of the old cause: a cold history, ten hours of a lesson, and a test afterwards."""

import numpy as np

from experiments.gates.calendars import absence, acted, meeting, with_events
from experiments.gates.cohort import Cohort
from experiments.gates.lives import Couples, pairs
from sim.world.calendar import Calendar, daily_life

LESSONS = 20
HALF_HOUR, STEP = 30.0, 2.5
HOT = 0.35
"""Heat of a lesson in which the alarm is live."""
ELSEWHERE = 0.6
"""Familiarity of another place."""
Arms = dict[str, Couples]


def histories(cohort: Cohort) -> Couples:
    """Anxious people beside avoidant ones, after ten days of life and twenty cold ones."""
    count = cohort.size.pair
    couples = pairs(["anxious"] * count, ["avoidant"] * count, cohort.seed, 50_000, cohort.shared)
    couples.live(daily_life(10), ["alarm"])
    couples.live(acted(daily_life(20), -0.1), ["alarm"])
    return couples


def lesson(kind: str) -> Calendar:
    """Half an hour of a lesson: warmth while the alarm is live or not, words, or nothing."""
    if kind == "live":
        return meeting(HALF_HOUR, STEP, 0.5, conflict=HOT, grievance=0.5)
    if kind == "calm":
        return meeting(HALF_HOUR, STEP, 0.5)
    return words(HALF_HOUR) if kind == "talk" else absence(HALF_HOUR, 12)


def words(minutes: float) -> Calendar:
    """Words that reassure, without anybody's company: a letter."""
    return with_events(absence(minutes, 12), insight=1.0)


def taught(couples: Couples) -> Arms:
    """The same couples after twenty lessons of each kind, one a day, alone otherwise."""
    arms = {}
    for kind in ("live", "calm", "talk", "nothing"):
        arms[kind] = couples.copy()
        arms[kind].live((lesson(kind) + absence(1000.0)) * LESSONS, ["alarm"])
    return arms


def alarm(couples: Couples, familiarity: float = 1.0, heat: float = 0.3) -> np.ndarray:
    """A's mean alarm over half an hour of an ambiguous, faintly warm message, two days later."""
    tested = couples.copy(luck=5)
    tested.live(absence(4 * 720.0, 4), ["alarm"])
    test = meeting(
        30.0, 1.0, 0.1, clarity=0.2, conflict=heat, grievance=0.5, familiarity=familiarity
    )
    return tested.live(test, ["alarm"], "trajectory")["alarm"][:, 0].mean(0)


def conduct(couples: Couples) -> np.ndarray:
    """A's warm engagement less demand and withdrawal, with a warm partner, two days later."""
    tested = couples.copy(luck=6)
    tested.live(absence(4 * 720.0, 4), ["alarm"])
    names = ["warm_engagement", "demand_chosen", "withdrawal_chosen"]
    test = meeting(20.0, 2.5, 0.35, conflict=0.3, grievance=0.5)
    series = tested.live(test, names, "trajectory")
    warm, demand, away = (series[name][:, 0].mean(0) for name in names)
    return warm - demand - away


def safety(couples: Couples) -> float:
    """A's mean safety memory [warmths]."""
    return float(couples.state("safety_memory")[0].mean())


def satisfaction(couples: Couples) -> np.ndarray:
    """A's satisfaction as told."""
    return couples.state("satisfaction")[0]
