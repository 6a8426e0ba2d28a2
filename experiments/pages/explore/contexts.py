"""What the couple may live through on the page: calendars of ``sim``, as data.

A context is lived once and then repeats from a given place on. An event is a short calendar that
is put in before the time step that comes next. Both become lists of row numbers in one table.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from sim.world.calendar import (
    EXCHANGE_MINUTES,
    TEXT_CLARITY,
    Calendar,
    conversation,
    daily_life,
    separation,
)
from sim.world.protocols import LIVE, laboratory, scripted

WEEK = 7
DATING = 3 / 7


class Context(NamedTuple):
    """Circumstances to choose from: lived first, then again and again."""

    label: str
    meaning: str
    again: Calendar
    first: Calendar | None = None


class Happening(NamedTuple):
    """An event to drop in: what it is, and its calendar when it happens to A or to B."""

    label: str
    meaning: str
    calendar: Callable[[str], Calendar]


CONTEXTS = {
    "everyday": Context(
        "Everyday life",
        "Living together: ten exchanges a day, half of them texts on weekdays; gaps and nights.",
        daily_life(WEEK),
    ),
    "dating": Context(
        "Dating",
        "Three days a week face to face; on the others ten texts a day.",
        daily_life(WEEK, DATING),
    ),
    "conflict": Context(
        "Conflict talk",
        "A hot topic that A wants changed: 15 minutes at 10 seconds a turn. Then everyday life.",
        daily_life(WEEK),
        conversation(),
    ),
    "evening": Context(
        "One evening",
        "Face to face, minute by minute: the slow-motion view.",
        laboratory(60.0),
    ),
    "separation": Context(
        "A week apart",
        "Seven days without any contact. Then everyday life.",
        daily_life(WEEK),
        separation(WEEK),
    ),
    "texts": Context(
        "Texts only",
        "Apart, with ten texts a day: the unclear medium.",
        separation(1, texts=True),
    ),
}

DOSE: dict[str, Any] = {"help_warmth": 0.3, "help_reassurance": 0.9, "help_accuracy": 0.4}
"""Words that reassure, little attunement: as in claim C05."""
CORRECTION: dict[str, Any] = dict(LIVE)


def late_text(who: str) -> Calendar:
    """One text that ``who`` waits for three usual replies longer than usual."""
    one = laboratory(EXCHANGE_MINUTES, EXCHANGE_MINUTES, proximity=0.0)
    unclear = one.situation._replace(clarity=np.full(1, TEXT_CLARITY))
    return Calendar(unclear, one.events, one.kind).with_event(0, who, delay=3.0)


def stressor(who: str) -> Calendar:
    """An hour apart in which ``who`` meets a stressor of two standard deviations."""
    hour = laboratory(60.0, 60.0, proximity=0.0, contact=0.0)
    kick = np.zeros((1, 2))
    kick[0, "AB".index(who)] = 2.0
    return Calendar(hour.situation, hour.events._replace(stressor=kick), hour.kind)


HAPPENINGS = {
    "late_text": Happening(
        "Late text", "The reply comes three usual times later than usual.", late_text
    ),
    "separation": Happening(
        "Separation", "Two days without any contact.", lambda who: separation(2)
    ),
    "conflict": Happening(
        "Conflict",
        "A talk of 15 minutes, 10 seconds a turn, about what this partner wants changed.",
        lambda who: conversation(owner=who),
    ),
    "reassurance": Happening(
        "Reassurance",
        "Ten minutes of kind words for this partner: much said, little of it felt.",
        lambda who: scripted(laboratory(10.0, 2.0), who, **DOSE),
    ),
    "corrective": Happening(
        "Corrective moment",
        "Twenty minutes: the alarm of this partner is roused, and the other stays warm, "
        "near and attuned.",
        lambda who: scripted(laboratory(20.0, 2.0), who, **CORRECTION),
    ),
    "stress": Happening(
        "Stress", "An hour apart that brings this partner stress from outside.", stressor
    ),
}


@dataclass
class Rows:
    """The table of all time steps that differ: circumstances, then events of A and of B."""

    numbers: list[tuple[float, ...]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    _known: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def of(self, calendar: Calendar | None) -> list[int]:
        """The row numbers of a calendar's time steps."""
        return [] if calendar is None else [self._row(calendar, k) for k in range(len(calendar))]

    def _row(self, calendar: Calendar, step: int) -> int:
        situation, event_a, event_b = calendar.at(step)
        values = (*situation, *event_a, *event_b)
        key = (*values, str(calendar.kind[step]))
        if key not in self._known:
            self._known[key] = len(self.numbers)
            self.numbers.append(values)
            self.kinds.append(str(calendar.kind[step]))
        return self._known[key]


def contexts(rows: Rows) -> dict[str, Any]:
    """The contexts as data; new time steps are added to ``rows``."""
    return {
        name: {
            "label": c.label,
            "meaning": c.meaning,
            "first": rows.of(c.first),
            "again": rows.of(c.again),
        }
        for name, c in CONTEXTS.items()
    }


def happenings(rows: Rows) -> dict[str, Any]:
    """The events as data, for either partner."""
    return {
        name: {
            "label": h.label,
            "meaning": h.meaning,
            "rows": {who: rows.of(h.calendar(who)) for who in "AB"},
        }
        for name, h in HAPPENINGS.items()
    }


def lived(context: str, drops: list[tuple[int, str, str]], steps: int) -> Calendar:
    """The calendar that the page lives through: ``drops`` are (step, event, who) in their order.

    With it ``sim.simulate`` repeats a run of the page, bit for bit.
    """
    plan = CONTEXTS[context]
    longest = -(-steps // len(plan.again))
    whole = plan.again * longest if plan.first is None else plan.first + plan.again * longest
    for step, event, who in drops:
        whole = whole[:step] + HAPPENINGS[event].calendar(who) + whole[step:]
    return whole[:steps]
