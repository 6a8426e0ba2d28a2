"""S24, interventions as calendars: what a helper sends, when, how much, and in which phase.

A protocol is a list of phases; a phase sets fields of ``models.state.Event`` for some minutes. A
course strews sessions over everyday life. The helper is a third person, or the partner coached,
and everything passes through the same channel as every other signal.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from models.state import Event, Situation
from models.wording import named
from sim.checks import flag, in_range, shown, whole
from sim.world.addresses import partner_index
from sim.world.calendar import (
    Calendar,
    check_days,
    check_steps,
    daily_life,
    event_size,
    joined,
)
from sim.world.soundness import check_calendar

SESSIONS = 20
COURSE_DAYS = 180
MOST_MINUTES = 1440.0  # a session longer than a day is none
STEP = 2.0  # [min]: a session's time step, long enough to be quick, short enough for a phase


class Phase(NamedTuple):
    """Part of a session: its share of the time, and fields of ``Event`` that it sets."""

    share: float
    sets: Mapping[str, float]


class Protocol(NamedTuple):
    """An intervention: who delivers it, its phases, and how they change over a course.

    ``graded`` maps fields to (factor at the first session, factor at the last one).
    """

    title: str
    by_third: bool
    phases: tuple[Phase, ...]
    graded: Mapping[str, tuple[float, float]] = MappingProxyType({})


ATTUNED = {"help_share": 1.0, "help_clarity": 0.9, "help_accuracy": 0.9, "help_warmth": 0.6}
LIVE = ATTUNED | {"help_contact": 0.3, "threat": 0.45}
EVENINGS = {"help_share": 1.0, "help_clarity": 0.8}

PROTOCOLS: Mapping[str, Protocol] = MappingProxyType(
    {
        "verbal_reassurance": Protocol(
            "Verbal reassurance",
            True,
            (
                Phase(
                    1.0,
                    EVENINGS | {"help_warmth": 0.1, "help_reassurance": 0.9, "help_accuracy": 0.2},
                ),
            ),
        ),
        "insight": Protocol(
            "Insight",
            True,
            (Phase(1.0, EVENINGS | {"help_warmth": 0.2, "insight": 0.9, "help_accuracy": 0.4}),),
        ),
        "retrospective_talk": Protocol(
            "Retrospective talk",
            True,
            (
                Phase(
                    1.0,
                    EVENINGS
                    | {
                        "help_warmth": 0.15,
                        "help_reassurance": 0.2,
                        "insight": 0.4,
                        "help_accuracy": 0.3,
                    },
                ),
            ),
        ),
        "calm_correction": Protocol(
            "Correction while calm", True, (Phase(1.0, ATTUNED | {"help_contact": 0.3}),)
        ),
        "live_correction": Protocol("Live correction", True, (Phase(1.0, LIVE),)),
        "regulation_first": Protocol(
            "Regulation first",
            True,
            (Phase(0.3, ATTUNED | {"calming": 0.9}), Phase(0.7, LIVE | {"calming": 0.5})),
        ),
        "narrative_integration": Protocol(
            "Narrative integration",
            True,
            (Phase(1.0, ATTUNED | {"threat": 0.3, "narrative": 0.9, "calming": 0.2}),),
        ),
        "discrepancy_recalibration": Protocol(
            "Discrepancy recalibration",
            True,
            (Phase(1.0, ATTUNED | {"threat": 0.25, "recalibration": 0.9}),),
        ),
        "interoceptive_training": Protocol(
            "Interoceptive training",
            True,
            (Phase(1.0, ATTUNED | {"interoceptive": 0.9, "calming": 0.1}),),
        ),
        "graded_closeness": Protocol(
            "Graded closeness",
            False,
            (Phase(1.0, ATTUNED | {"help_contact": 0.8, "threat": 0.45}),),
            MappingProxyType({"help_contact": (0.15, 1.0), "threat": (0.6, 1.0)}),
        ),
        "fading_reassurance": Protocol(
            "Fading reassurance",
            True,
            (Phase(1.0, ATTUNED | {"help_reassurance": 0.9, "calming": 0.9}),),
            MappingProxyType({"help_reassurance": (1.0, 0.0)}),
        ),
    }
)


def session(
    name: str, minutes: float = 50.0, dose: float = 1.0, owner: str = "A", progress: float = 0.0
) -> Calendar:
    """One session of protocol ``name`` for partner ``owner``.

    ``dose`` in [0, 1] scales what is delivered; ``progress`` in [0, 1] is the place in a course.
    """
    protocol = PROTOCOLS[named(name, PROTOCOLS, "intervention")]
    minutes = in_range("minutes", minutes, 0.0, MOST_MINUTES, "length of a session", open_=True)
    dose = in_range("dose", dose, 0.0, 1.0, "share of what is delivered")
    progress = in_range("progress", progress, 0.0, 1.0, "place in a course")
    steps = max(round(minutes / STEP), len(protocol.phases))
    edges = np.round(np.cumsum([0.0, *(p.share for p in protocol.phases)]) * steps).astype(int)
    fields = {field: np.zeros((steps, 2)) for field in Event._fields}
    who = partner_index(owner)
    for phase, first, last in zip(protocol.phases, edges[:-1], edges[1:], strict=True):
        for field, value in phase.sets.items():
            start, end = protocol.graded.get(field, (1.0, 1.0))
            scale = start + (end - start) * progress
            scale *= dose if field in DELIVERED else 1.0
            fields[field][first:last, who] = value * scale
    if protocol.by_third:
        fields["third"][:] = 1.0
    return Calendar(_meeting(steps, minutes), Event(**fields), np.full(steps, "session"))


DELIVERED = tuple("help_reassurance insight calming narrative recalibration interoceptive".split())


def course(
    name: str,
    sessions: int = SESSIONS,
    days: int = COURSE_DAYS,
    together: float = 1.0,
    **each: Any,
) -> Calendar:
    """``sessions`` strewn evenly over ``days`` of everyday life.

    ``each`` says what all sessions are like: ``minutes``, ``dose`` and ``owner`` of ``session``;
    ``together`` is the share of days face to face.
    """
    check_days(days)
    sessions = whole("sessions", sessions, "at most one a day", high=int(days))
    ends = np.round(np.linspace(0, days, sessions + 1)).astype(int)
    parts = []
    for number, gap in enumerate(np.diff(ends)):
        progress = number / max(sessions - 1, 1)
        parts += [daily_life(int(gap), together), session(name, progress=progress, **each)]
    return joined(parts)


def scripted(
    calendar: Calendar,
    owner: str = "A",
    third: bool = False,
    when: Callable[[np.ndarray], np.ndarray] | None = None,
    **fields: float,
) -> Calendar:
    """``calendar`` with a script in place of what ``owner`` would hear from the partner.

    ``fields`` of ``Event`` hold in every time step in contact (or where ``when`` of the step
    numbers says so); ``help_share`` is 1 unless given.
    """
    check_calendar(calendar)
    where = calendar.situation.contact > 0.0 if when is None else _chosen(calendar, when)
    table = {name: field.copy() for name, field in calendar.events._asdict().items()}
    who = partner_index(owner)
    for name, value in ({"help_share": 1.0, "help_clarity": 0.8} | fields).items():
        table[name][where, who] = event_size(name, value)
    if flag("third", third):
        table["third"][where] = 1.0
    return Calendar(calendar.situation, Event(**table), calendar.kind)


def _chosen(calendar: Calendar, when: Any) -> np.ndarray:
    """The time steps for which ``when`` says so, at least one."""
    if not callable(when):
        raise ValueError(f"when = {shown(when)}: must be a function of the step numbers")
    where = np.asarray(when(np.arange(len(calendar))))
    if where.shape != (len(calendar),) or where.dtype.kind != "b":
        raise ValueError(f"when: must give True or False for each of {len(calendar)} time steps")
    if not where.any():
        raise ValueError("when: is never true, so that the script would change nothing")
    return where


def laboratory(
    minutes: float, step: float = 1.0, proximity: float = 1.0, contact: float = 1.0
) -> Calendar:
    """``minutes`` in one place under constant circumstances, ``step`` minutes a time step."""
    minutes = in_range("minutes", minutes, 0.0, None, "time in the laboratory", open_=True)
    step = in_range("step", step, 0.0, None, "minutes a time step", open_=True)
    if step > minutes:
        raise ValueError(f"step = {step:g}: must be at most minutes = {minutes:g} (a time step)")
    check_steps(minutes / step, f"{minutes:g} min at {step:g} min a time step")
    proximity = in_range("proximity", proximity, 0.0, 1.0, "bodily together (1) or apart (0)")
    contact = in_range("contact", contact, 0.0, 1.0, "in contact (1) or not (0)")
    steps = round(minutes / step)
    quiet = Event(*(np.zeros((steps, 2)) for _ in Event._fields))
    return Calendar(
        _meeting(steps, minutes, proximity, contact), quiet, np.full(steps, "laboratory")
    )


def _meeting(steps: int, minutes: float, proximity: float = 1.0, contact: float = 1.0) -> Situation:
    values = Situation(minutes / steps, contact, proximity, 1.0, 1.0, 1.0)
    return Situation(*(np.full(steps, value) for value in values))
