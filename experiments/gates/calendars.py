"""What happens in the gates: everyday life, talks, scripts, exposures, absences."""

from typing import Any

import numpy as np

from models.second.parameters import SharedParameters
from models.state import Event
from sim.world.addresses import PARTNERS
from sim.world.calendar import Calendar, conversation, daily_life
from sim.world.protocols import laboratory, scripted

PLAIN = SharedParameters().plainness
HEAT = 0.45
"""Heat of a talk about a disagreement."""


def with_events(
    calendar: Calendar, where: Any = None, who: Any = (0, 1), **fields: float
) -> Calendar:
    """``fields`` of events for the partners ``who``, in all time steps or ``where`` a mask says."""
    places = np.ones(len(calendar), bool) if where is None else np.asarray(where)
    table = {name: np.array(field, float) for name, field in calendar.events._asdict().items()}
    for name, value in fields.items():
        for partner in who:
            table[name][places, partner] = value
    return Calendar(calendar.situation, Event(**table), calendar.kind)


def acted(calendar: Calendar, warmth: float, clarity: float = PLAIN, who: str = "AB") -> Calendar:
    """What ``who`` hear is scripted: somebody of this ``warmth``, as clear as a live signal."""
    for owner in PARTNERS:
        if owner in who:
            calendar = scripted(calendar, owner, help_warmth=warmth, help_clarity=clarity)
    return calendar


def troubled(days: int, heat: float = 0.5, danger: float = 0.7) -> Calendar:
    """A bad time: quarrels about nobody's topic whenever they meet, and danger from outside."""
    life = daily_life(days)
    met = life.situation.contact > 0.0
    awake = life.situation.awake > 0.0
    hot = with_events(life, met, conflict=heat, grievance=0.5)
    return with_events(hot, awake, threat=danger)


def meeting(minutes: float, step: float, warmth: float | None = None, **more: Any) -> Calendar:
    """Some minutes together; ``warmth`` scripts what both hear; ``more`` as ``with_events``."""
    clarity = more.pop("clarity", PLAIN)
    familiarity = more.pop("familiarity", 1.0)
    room = laboratory(minutes, step)
    place = np.full(len(room), familiarity)
    room = Calendar(room.situation._replace(familiarity=place), room.events, room.kind)
    if warmth is not None:
        room = acted(room, warmth, clarity)
    return with_events(room, **more) if more else room


def absence(minutes: float, steps: int = 1) -> Calendar:
    """Some minutes without any contact."""
    return laboratory(minutes, minutes / steps, proximity=0.0, contact=0.0)


def talk(minutes: float = 15.0, seconds: float = 10.0, owner: str = "A") -> Calendar:
    """A talk about something that ``owner`` wants changed."""
    return conversation(minutes, seconds, owner, HEAT)
