"""What becomes of the same couples after good and bad starts, a bad month, and help."""

from typing import NamedTuple

import numpy as np

from experiments.gates.calendars import absence, acted, meeting, troubled
from experiments.gates.cohort import Cohort
from experiments.gates.lives import Couples, pairs
from models.cores import core_named
from sim.world.calendar import Calendar, daily_life, joined

GOOD, BAD = 0.45, -0.30
"""[warmths] A start: what is felt and expected, and how both act in the first month."""
FELT = ("expected_warmth", "sentiment", "satisfaction", "warmth_shown")
MONTH, REST = 30, 270
WEEKS = 12
APART = 0.25
"""[warmths] Difference of sentiment from which two ends count as different."""


class Ends(NamedTuple):
    """Mean sentiment of each couple: by day from day 31 on, shape (days, couples)."""

    good: np.ndarray
    bad: np.ndarray
    hit: np.ndarray
    """Good start, then a bad month."""
    left: Couples
    """The couples with the bad start, as they are at the end."""


def insecure(count: int, seed: int) -> tuple[list[str], list[str]]:
    """Names of insecure people, two a couple, drawn evenly from all insecure presets."""
    names = [name for name in core_named("second").architectures if name != "secure"]
    random = np.random.default_rng(seed)
    a, b = ([names[k] for k in random.integers(len(names), size=count)] for _ in range(2))
    return a, b


def lived(cohort: Cohort, names: tuple[list[str], list[str]], first: int) -> Ends:
    """A month that starts well or badly, perhaps a bad month, and nine months of everyday life."""
    start = pairs(*names, cohort.seed, first, cohort.shared)
    good = begun(start, GOOD)
    bad = begun(start, BAD)
    hit = good.copy()
    calm = daily_life(2 * MONTH + REST)
    hard = daily_life(MONTH) + troubled(MONTH) + daily_life(REST)
    well, badly, struck = (
        couples.live(calendar, ["sentiment"])["sentiment"].mean(1)
        for couples, calendar in ((good, calm), (bad, calm), (hit, hard))
    )
    return Ends(well, badly, struck, bad)


def begun(start: Couples, warmth: float) -> Couples:
    """The same couples after a first month in which both act and feel this warm."""
    couples = start.put(**dict.fromkeys(FELT, warmth))
    couples.live(acted(daily_life(MONTH), warmth), ["alarm"])
    return couples


def helped(low: Couples) -> tuple[np.ndarray, np.ndarray]:
    """Sentiment two years after twelve weeks of help, and without: a month's mean a couple."""
    found = []
    for plan in (course(), uneventful()):
        couples = low.copy()
        couples.live(plan, ["alarm"])
        couples.live(daily_life(700), ["alarm"])
        found.append(couples.live(daily_life(30), ["sentiment"])["sentiment"].mean((0, 1)))
    return found[0], found[1]


def course() -> Calendar:
    """Twelve weeks: an hour a week with a helper, both present, and rehearsed warmth at home."""
    hour = meeting(
        60.0, 2.5, 0.6, conflict=0.3, grievance=0.5, calming=0.5, third=1.0, familiarity=0.8
    )
    one = daily_life(7)
    rehearsed = np.zeros(len(one), bool)
    met = one.situation.contact > 0.0
    for day in range(7):
        rehearsed[np.flatnonzero(met & (one.day == day))[:3]] = True
    week = joined([hour, _rehearsing(one, rehearsed)])
    return week * WEEKS


def _rehearsing(calendar: Calendar, where: np.ndarray) -> Calendar:
    scripted = acted(calendar, 0.6)
    table = {
        name: np.where(where[:, None], getattr(scripted.events, name), field)
        for name, field in calendar.events._asdict().items()
    }
    return Calendar(calendar.situation, type(calendar.events)(**table), calendar.kind)


def uneventful() -> Calendar:
    """The same twelve weeks without help."""
    return joined([absence(60.0, 4), daily_life(7)]) * WEEKS
