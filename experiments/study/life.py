"""From a scenario to its calendar: contexts in order, with events and sessions put in."""

from functools import lru_cache
from typing import Any

import numpy as np

from experiments.study.scenario import DailyLife, Happening, Intervention, Scenario, Separation
from sim.world.calendar import (
    MINUTES_PER_DAY,
    Calendar,
    conversation,
    daily_life,
    joined,
    separation,
)
from sim.world.protocols import session


def calendar(scenario: Scenario) -> Calendar:
    """Contexts one after the other, ``repeat`` times, with sessions and events put in.

    Raises ``ValueError`` if an event or a session lies beyond the last day.
    """
    life = joined([_context(context) for context in scenario.contexts.values()]) * scenario.repeat
    for happening in scenario.events.values():
        life = _with_events(life, happening)
    return _with_sessions(life, list(scenario.interventions.values()))


@lru_cache(maxsize=64)
def _context(context: Any) -> Calendar:
    options = context.model_dump(exclude={"kind"})
    if isinstance(context, DailyLife):
        return daily_life(**options)
    if isinstance(context, Separation):
        return separation(**options)
    return conversation(**options)


def _with_events(life: Calendar, happening: Happening) -> Calendar:
    sizes = happening.model_dump(exclude_none=True, exclude={"owner", "day", "every", "times"})
    for number in range(happening.times):
        life = life.with_event(happening.day + number * happening.every, happening.owner, **sizes)
    return life


def _with_sessions(life: Calendar, courses: list[Intervention]) -> Calendar:
    """Put each session before the first interval that starts at or after its day."""
    starts = life.end - life.situation.dt
    found = []
    for order, course in enumerate(courses):
        for number in range(course.sessions):
            day = course.start + number * course.every
            place = int(np.searchsorted(starts, day * MINUTES_PER_DAY - 1e-9))
            if place == len(starts):
                last = life.end[-1] / MINUTES_PER_DAY
                raise ValueError(f"session {number + 1} on day {day:g} is beyond day {last:g}")
            found.append((place, order, number))
    return _interleaved(life, sorted(found), courses)


def _interleaved(
    life: Calendar, sessions: list[tuple[int, int, int]], courses: list[Intervention]
) -> Calendar:
    pieces, since = [], 0
    for place, order, number in sessions:
        pieces += [life[since:place], _session(courses[order], number)]
        since = place
    return joined([*pieces, life[since:]])


def _session(course: Intervention, number: int) -> Calendar:
    progress = number / max(course.sessions - 1, 1)
    return session(course.protocol, course.minutes, course.dose, course.owner, progress)
