"""Real time: when partners meet, talk, part, sleep and are troubled.

A calendar is a list of time steps. In each the circumstances are constant: who is in contact, how
clear the medium is, what happens to whom. ``daily_life`` gives about ten exchanges a day with the
hours between them and the nights; ``conversation`` gives a talk at 10 s a turn. They are added
with ``+``, so that a year of everyday life may hold a talk every Sunday.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.parameters import DAY, unknown
from models.state import VARIABLES, Event, Situation
from sim.checks import flag, in_range, instance, is_number, is_whole, shown, whole
from sim.world.addresses import partner_index

MINUTES_PER_DAY = DAY
EXCHANGE_MINUTES = 10.0
GAP_MINUTES = 86.0
EXCHANGES_PER_DAY = 10
AWAKE_MINUTES = EXCHANGES_PER_DAY * (EXCHANGE_MINUTES + GAP_MINUTES)
TEXT_CLARITY = 0.75
MOST_DAYS = 36_525
"""A hundred years."""
MOST_STEPS = 2_000_000
"""Time steps of a calendar at most: more than a hundred years of everyday life."""


@dataclass(frozen=True)
class Calendar:
    """Time steps in order: fields of ``situation`` have shape (steps,), of ``events`` (steps, 2).

    ``kind`` names the context of each time step: ``exchange``, ``between``, ``night``, ``talk``,
    ``apart``. The second axis of the events is the partner, A then B.
    """

    situation: Situation
    events: Event
    kind: np.ndarray

    def __post_init__(self) -> None:
        instance("situation", self.situation, Situation)
        try:
            dt = np.asarray(self.situation.dt, float)
        except (TypeError, ValueError):
            dt = np.array(np.nan)
        bad = ~(np.isfinite(dt) & (dt > 0.0))
        if bad.any():
            found = dt[bad].flat[0]
            raise ValueError(f"dt = {found:g}: must be above 0 and finite (minutes)")

    def __len__(self) -> int:
        return len(self.kind)

    def __getitem__(self, some: slice) -> "Calendar":
        """The intervals in ``some``; one interval's circumstances are ``at(step)``."""
        if not isinstance(some, slice):
            raise TypeError(f"calendar[{some!r}]: must be a slice, such as calendar[:21]")
        return Calendar(
            Situation(*(field[some] for field in self.situation)),
            Event(*(field[some] for field in self.events)),
            self.kind[some],
        )

    def __add__(self, later: "Calendar") -> "Calendar":
        instance("calendar", later, Calendar)
        return joined([self, later])

    def __mul__(self, times: int) -> "Calendar":
        """This calendar ``times`` times over."""
        times = whole("times", times, "repetitions of a calendar")
        check_steps(times * len(self), f"{times:,} times {len(self):,} time steps")
        return Calendar(
            Situation(*(np.tile(field, times) for field in self.situation)),
            Event(*(np.tile(field, (times, 1)) for field in self.events)),
            np.tile(self.kind, times),
        )

    @property
    def end(self) -> np.ndarray:
        """Time at the end of each time step [min]."""
        return np.cumsum(self.situation.dt)

    @property
    def day(self) -> np.ndarray:
        """The day that each time step ends in, from 0; a night belongs to the day before it."""
        # Ends are sums of minutes; midnight may come out a rounding later than it is.
        return np.ceil(self.end / MINUTES_PER_DAY - 1e-9).astype(int) - 1

    def at(self, step: int) -> tuple[Situation, Event, Event]:
        """Circumstances of one time step: for both, for A, for B."""
        if not is_whole(step) or not -len(self) <= step < len(self):
            raise ValueError(f"step = {shown(step)}: must be below {len(self)} (time steps)")
        step = int(step)
        situation = Situation(*(float(field[step]) for field in self.situation))
        event_a, event_b = (Event(*(float(f[step, who]) for f in self.events)) for who in (0, 1))
        return situation, event_a, event_b

    def with_event(self, day: float, owner: str, **happens: float) -> "Calendar":
        """The same calendar with an event in the first waking exchange at or after ``day``.

        ``happens`` sets fields of ``models.state.Event``: ``stressor`` [sd], ``delay`` [usual
        replies], ``conflict`` and ``grievance``.
        """
        who = partner_index(owner)
        day = in_range("day", day, 0.0, None, "days from the start")
        starts = self.end - self.situation.dt
        later = np.flatnonzero(
            (starts >= day * MINUTES_PER_DAY - 1e-9) & (self.situation.contact > 0)
        )
        if len(later) == 0:
            raise ValueError(f"day = {day:g}: no exchange at or after it in this calendar")
        if not happens:
            raise ValueError("with_event: must name an event, such as stressor=1.0")
        fields = {name: field.copy() for name, field in self.events._asdict().items()}
        for name, size in happens.items():
            fields[name][later[0], who] = event_size(name, size)
        return Calendar(self.situation, Event(**fields), self.kind)


def daily_life(days: int, together: float = 1.0) -> Calendar:
    """``days`` of everyday life: ten exchanges of 10 min a day, the gaps, and the nights.

    ``together`` in [0, 1] is the share of days on which the couple meet face to face: 1 for a
    couple who live together, 3/7 when dating. On weekdays five of the ten exchanges are texts;
    on days apart all are.
    """
    check_days(days)
    days = int(days)
    together = in_range("together", together, 0.0, 1.0, "share of days face to face")
    # A day is met when the running sum of the share passes a whole number: evenly strewn, without
    # chance. The small addend keeps 7 times 3/7 from being a little less than 3.
    met = np.floor(np.arange(1, days + 1) * together + 1e-9) > np.floor(
        np.arange(days) * together + 1e-9
    )
    return joined([_day(bool(meet), weekday=index % 7 < 5) for index, meet in enumerate(met)])


def separation(days: int, texts: bool = False) -> Calendar:
    """``days`` apart, with ten texts a day or with no contact at all."""
    check_days(days)
    one = _day(meet=False, weekday=True)
    if not flag("texts", texts):
        one = Calendar(
            one.situation._replace(contact=np.zeros(len(one))),
            one.events,
            np.full(len(one), "apart"),
        )
    return one * days


def conversation(
    minutes: float = 15.0, turn_seconds: float = 10.0, owner: str = "A", heat: float = 1.0
) -> Calendar:
    """A talk face to face about a topic that ``owner`` wants changed, of ``heat`` in [0, 1].

    Both feel the heat; only the owner has the grievance (the one who wants change demands). Turns
    that do not divide ``minutes`` are made a little longer or shorter, so that they do.
    """
    heat = in_range("heat", heat, 0.0, 1.0, "heat of the topic")
    given = is_number(minutes) and is_number(turn_seconds)
    if not (given and 0.0 < turn_seconds <= 60.0 * minutes):
        raise ValueError(
            f"conversation of {shown(minutes)} min at {shown(turn_seconds)} s a turn: "
            "must hold at least one turn, and end"
        )
    # As Python's own: a single-precision length of a turn would not add up to the minutes.
    minutes, turn_seconds = float(minutes), float(turn_seconds)
    check_steps(minutes * 60.0 / turn_seconds, f"{minutes:g} min at {turn_seconds:g} s a turn")
    turns = round(minutes * 60.0 / turn_seconds)
    event = _quiet(turns)
    grievance = event.grievance.copy()
    grievance[:, partner_index(owner)] = 1.0
    events = event._replace(grievance=grievance, conflict=np.full((turns, 2), heat))
    situation = _same(turns, dt=minutes / turns, contact=1.0, proximity=1.0)
    return Calendar(situation, events, np.full(turns, "talk"))


def joined(parts: Sequence[Calendar]) -> Calendar:
    """One calendar of several, at least one, end to end: ``+`` for many, in one go."""
    if not parts:
        raise ValueError("calendar: nothing to join; must be at least one")
    for part in parts:
        instance("calendar", part, Calendar)
    check_steps(sum(map(len, parts)), f"{len(parts)} calendars end to end")
    situations = zip(*(part.situation for part in parts), strict=True)
    events = zip(*(part.events for part in parts), strict=True)
    return Calendar(
        Situation(*map(np.concatenate, situations)),
        Event(*map(np.concatenate, events)),
        np.concatenate([part.kind for part in parts]),
    )


def check_days(days: int) -> None:
    """Refuse a number of days that is no whole number from 1 to ``MOST_DAYS``."""
    if whole("days", days, "simulated days") > MOST_DAYS:
        raise ValueError(
            f"days = {shown(days)}: must be at most {MOST_DAYS} (simulated days, a hundred years)"
        )


def check_steps(steps: float, what: str) -> None:
    """Refuse, before it is built, what would have more than ``MOST_STEPS`` time steps."""
    if not steps <= MOST_STEPS:
        raise ValueError(f"{what}: must be at most {MOST_STEPS:,} time steps")


def event_size(name: str, size: float) -> float:
    """``size`` of the field ``name`` of an event, if there is such a field and it takes it."""
    rules = VARIABLES[Event]
    if name not in rules:
        raise ValueError(unknown(name, rules, "event"))
    low, high = rules[name].range
    return in_range(name, size, low, high, rules[name].meaning)


def _day(meet: bool, weekday: bool) -> Calendar:
    """One day: exchange and gap in turn; the last gap runs into the night."""
    dt, contact, proximity, clarity, awake, kind = [], [], [], [], [], []
    for number in range(EXCHANGES_PER_DAY):
        at_work = weekday and 2 <= number <= 6
        near = float(meet and not at_work)
        last = number == EXCHANGES_PER_DAY - 1
        night = MINUTES_PER_DAY - AWAKE_MINUTES
        dt += [EXCHANGE_MINUTES, GAP_MINUTES] + [night] * last
        contact += [1.0, 0.0] + [0.0] * last
        proximity += [near, near] + [float(meet)] * last
        clarity += [1.0 if near else TEXT_CLARITY, 1.0] + [1.0] * last
        awake += [1.0, 1.0] + [0.0] * last
        kind += ["exchange", "between"] + ["night"] * last
    steps = len(dt)
    situation = Situation(
        *(np.array(f) for f in (dt, contact, proximity, clarity, awake, np.ones(steps)))
    )
    return Calendar(situation, _quiet(steps), np.array(kind))


def _same(steps: int, dt: float, contact: float, proximity: float) -> Situation:
    values = Situation(dt, contact, proximity, clarity=1.0, awake=1.0, familiarity=1.0)
    return Situation(*(np.full(steps, value) for value in values))


def _quiet(steps: int) -> Event:
    return Event(*(np.zeros((steps, 2)) for _ in Event._fields))
