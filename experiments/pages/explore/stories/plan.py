"""What a story consists of, and how it becomes data for the page."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from experiments.claims.claim import Claim
from experiments.pages.explore.contexts import Rows
from sim.world.calendar import Calendar, daily_life

DAY = len(daily_life(1))
Person = tuple[str, dict[str, float]]
Numbers = Mapping[str, float]
Span = dict[str, Any]
"""Where a series begins and ends, and how it is cut: fields of ``Series``."""


@dataclass(frozen=True)
class Arm:
    """One of the lives that a story compares."""

    a: Person
    b: Person
    calendar: Calendar
    watched: tuple[str, ...]
    shared: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Series:
    """Means of a variable over blocks of time steps, drawn from ``x0`` on in steps of ``dx``.

    ``met`` keeps to time steps in contact; ``gain`` takes off the value so many time steps before.
    """

    arm: int
    variable: str
    start: int
    end: int
    block: int = 1
    every: int = 1
    gain: int = 0
    met: bool = False
    label: str = ""
    style: str = "main"
    x0: float = 0.0
    dx: float = 1.0


@dataclass(frozen=True)
class Panel:
    """One picture: series against one axis. ``shades`` are (from, to, words)."""

    title: str
    y: str
    x: str
    low: float
    high: float
    series: tuple[Series, ...]
    kind: str = "lines"
    shades: tuple[tuple[float, float, str], ...] = ()
    ticks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """A guided story; ``found`` is a sentence with the names of ``numbers`` in braces."""

    title: str
    setting: str
    question: str
    choices: tuple[str, ...]
    answer: int
    found: str
    because: str
    equation: str
    claim: Claim
    arms: tuple[Arm, ...]
    panels: tuple[Panel, ...]
    numbers: dict[str, Series]
    right: Callable[[Numbers], bool]
    lab: str
    couples: int = 12


def claim_of(module: Any, name: str) -> Claim:
    """The claim whose evidence a story tells."""
    return next(claim for claim in module.CLAIMS if claim.id == name)


def as_data(story: Story, rows: Rows) -> dict[str, Any]:
    """A story as the page reads it; new time steps are added to ``rows``."""
    plain = ("title", "setting", "question", "choices", "answer", "found", "because", "equation")
    return {name: getattr(story, name) for name in (*plain, "lab", "couples")} | {
        "claim": story.claim.id,
        "evidence": f"{story.claim.evidence}. {_plain(story.claim.evidence_note)}",
        "arms": [_arm(arm, rows) for arm in story.arms],
        "panels": [asdict(panel) for panel in story.panels],
        "numbers": {name: asdict(series) for name, series in story.numbers.items()},
    }


def _arm(arm: Arm, rows: Rows) -> dict[str, Any]:
    return {
        "a": arm.a,
        "b": arm.b,
        "shared": arm.shared,
        "watched": arm.watched,
        "rows": rows.of(arm.calendar),
    }


def _plain(note: str) -> str:
    """A note without the codes of the evidence table."""
    return re.sub(r" \([SB]\d\d?\)", "", note)
