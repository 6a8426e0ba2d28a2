"""A calendar in finer time steps: what happens stays, each step is cut into equal parts."""

import numpy as np

from models.state import Event, Situation
from sim.world.calendar import Calendar, check_steps

ROUNDING = 1e-9


def cut(calendar: Calendar, longest: float) -> Calendar:
    """``calendar`` with time steps in contact cut into equal parts of at most ``longest`` [min].

    Steps out of contact are left whole. A second cut changes nothing.
    """
    dt, contact = np.asarray(calendar.situation.dt, float), calendar.situation.contact
    parts = np.where(contact > 0.0, np.ceil(dt / longest - ROUNDING), 1.0)
    parts = np.maximum(parts, 1.0).astype(int)
    if (parts == 1).all():
        return calendar
    check_steps(float(parts.sum()), f"steps of at most {longest:g} min")
    return split(calendar, parts)


def halved(calendar: Calendar) -> Calendar:
    """Every time step, in contact or not, as two of half the length."""
    return split(calendar, np.full(len(calendar), 2))


def split(calendar: Calendar, parts: np.ndarray) -> Calendar:
    """Each time step as so many equal ``parts`` (whole numbers, at least 1, one a step).

    Circumstances, events and kind of a step are those of its parts, but for ``stressor``, which is
    a kick at the end of a time step: it goes with the last part.
    """
    of = np.repeat(np.arange(len(calendar)), parts)
    last = np.concatenate([of[1:] != of[:-1], [True]])
    situation = Situation(*(np.asarray(field)[of] for field in calendar.situation))
    events = Event(*(np.asarray(field)[of] for field in calendar.events))
    return Calendar(
        situation._replace(dt=situation.dt / parts[of]),
        events._replace(stressor=events.stressor * last[:, None]),
        calendar.kind[of],
    )
