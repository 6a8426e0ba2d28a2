"""A scenario: everything about a couple's life that a study may set, and what it means.

The part of a study file that decides numbers. Its classes check one thing each; ``people``,
``shared_parameters`` and ``calendar`` turn a scenario into what ``sim.simulate`` takes.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from pydantic import Field

from experiments.study.fields import Frozen, HappensTo, Overrides, Shared, given
from models.architectures import ARCHITECTURES, architecture
from models.parameters import PARAMETERS, PartnerParameters, SharedParameters
from sim.randomness.noise import Purpose, normals, uniforms
from sim.world.calendar import (
    MINUTES_PER_DAY,
    Calendar,
    conversation,
    daily_life,
    separation,
)
from sim.world.population import DEFAULT_SPREAD, MOST_SPREAD, Population, draw
from sim.world.protocols import PROTOCOLS, session

if TYPE_CHECKING:
    Preset = str
    Protocol = str
else:
    Preset, Protocol = Literal[tuple(ARCHITECTURES)], Literal[tuple(PROTOCOLS)]
Owner = Literal["A", "B"]
Days = Annotated[int, Field(ge=1, le=3650, description="days")]
Day = Annotated[float, Field(ge=0.0, le=3650.0, description="days from the start")]
FIRST_DRAW = 1_000_000
"""Steps of purpose SAMPLE from here on belong to the distributions of a study."""


class Uniform(Frozen):
    """Any value between ``low`` and ``high``, all equally likely."""

    kind: Literal["uniform"]
    low: float
    high: float


class Triangular(Frozen):
    """Values between ``low`` and ``high`` with the peak of the density at ``mode``."""

    kind: Literal["triangular"]
    low: float
    mode: float
    high: float


class Spread(Frozen):
    """Values around ``median``, normal on the logit of the declared range."""

    kind: Literal["spread"]
    median: float
    spread: Annotated[float, Field(gt=0.0, le=MOST_SPREAD, description="sd on the logit")]


class Choice(Frozen):
    """One of ``values``, all equally likely."""

    kind: Literal["choice"]
    values: Annotated[list[float], Field(min_length=1, max_length=1000)]


Distribution = Annotated[Uniform | Triangular | Spread | Choice, Field(discriminator="kind")]


class Person(Frozen):
    """Who a partner is: people spread around a preset, with parameters set or drawn."""

    preset: Preset = "secure"
    spread: Annotated[
        float, Field(ge=0.0, le=MOST_SPREAD, description="sd on the logit of each range")
    ] = DEFAULT_SPREAD
    overrides: Overrides = Field(default_factory=Overrides)
    distributions: dict[str, Distribution] = Field(default_factory=dict)


class People(Frozen):
    """Both partners."""

    a: Person = Field(default_factory=Person)
    b: Person = Field(default_factory=Person)


class DailyLife(Frozen):
    """Everyday life: ten exchanges a day."""

    kind: Literal["daily_life"]
    days: Days
    together: Annotated[float, Field(ge=0.0, le=1.0, description="share of days face to face")] = (
        1.0
    )


class Separation(Frozen):
    """Apart, with texts or without any contact."""

    kind: Literal["separation"]
    days: Days
    texts: bool = False


class Conversation(Frozen):
    """A talk face to face about a hot topic."""

    kind: Literal["conversation"]
    minutes: Annotated[float, Field(gt=0.0, le=600.0, description="minutes")] = 15.0
    turn_seconds: Annotated[float, Field(ge=1.0, le=600.0, description="seconds")] = 10.0
    owner: Owner = "A"
    heat: Annotated[float, Field(ge=0.0, le=1.0, description="heat of the topic")] = 1.0


Context = Annotated[DailyLife | Separation | Conversation, Field(discriminator="kind")]


class Happening(HappensTo):
    """An event in the first exchange at or after ``day``, ``times`` times, ``every`` so often."""

    owner: Owner
    day: Day
    every: Annotated[float, Field(gt=0.0, le=3650.0, description="days")] = 7.0
    times: Annotated[int, Field(ge=1, le=1000, description="repetitions")] = 1


class Intervention(Frozen):
    """A course of sessions of a protocol for one partner."""

    protocol: Protocol
    owner: Owner = "A"
    start: Day = 0.0
    sessions: Annotated[int, Field(ge=0, le=1000, description="sessions")] = 20
    every: Annotated[float, Field(ge=1.0, le=365.0, description="days")] = 7.0
    minutes: Annotated[float, Field(ge=2.0, le=600.0, description="minutes a session")] = 50.0
    dose: Annotated[float, Field(ge=0.0, le=1.0, description="share of what is delivered")] = 1.0


class Scenario(Frozen):
    """One couple: people, shared parameters, contexts in order, events, interventions."""

    people: People = Field(default_factory=People)
    shared: Shared = Field(default_factory=Shared)
    contexts: Annotated[dict[str, Context], Field(min_length=1, max_length=100)]
    repeat: Annotated[int, Field(ge=1, le=1000, description="times over all contexts")] = 1
    events: Annotated[dict[str, Happening], Field(max_length=100)] = Field(default_factory=dict)
    interventions: Annotated[dict[str, Intervention], Field(max_length=20)] = Field(
        default_factory=dict
    )
    closeness: Annotated[float, Field(gt=0.0, lt=1.0, description="closeness at the start")] = 0.4


def canonical(scenario: Scenario) -> dict[str, Any]:
    """Every value of a scenario as plain data; contexts keep their order."""
    plain = scenario.model_dump(exclude_none=True)
    plain["contexts"] = list(plain["contexts"].values())
    plain["events"] = list(plain["events"].values())
    plain["interventions"] = list(plain["interventions"].values())
    return plain


def shared_parameters(scenario: Scenario) -> SharedParameters:
    """The shared parameters of a scenario."""
    return SharedParameters()._replace(**given(scenario.shared))


def people(scenario: Scenario, partner: int, seed: int, dyads: np.ndarray) -> PartnerParameters:
    """Partner 0 or 1 for each couple number of ``dyads``; exactly the centre if nothing spreads.

    People are drawn here and not by ``sim.simulate``, which would draw them twice: once to check.
    """
    person = (scenario.people.a, scenario.people.b)[partner]
    centre = _centre(person)
    if person.spread:
        centre = draw(Population(centre, person.spread), seed, dyads, partner)
    names = PartnerParameters._fields
    values = {
        name: _values(name, distribution, seed, dyads, partner, FIRST_DRAW + names.index(name))
        for name, distribution in person.distributions.items()
    }
    return centre._replace(**values)


def _centre(person: Person) -> PartnerParameters:
    return architecture(person.preset, **given(person.overrides))


def _values(
    name: str, distribution: Any, seed: int, dyads: np.ndarray, partner: int, step: int
) -> np.ndarray:
    """One value a couple, from a draw whose address is (seed, couple, partner, parameter)."""
    if isinstance(distribution, Spread):
        low, high = PARAMETERS[PartnerParameters][name].range
        shift = normals(Purpose.SAMPLE, seed, dyads, partner, step)[0] * distribution.spread
        odds = (distribution.median - low) / (high - distribution.median) * np.exp(shift)
        return low + (high - low) * odds / (1.0 + odds)
    u = uniforms(Purpose.SAMPLE, seed, dyads, partner, step)[0]
    if isinstance(distribution, Choice):
        return np.array(distribution.values)[(u * len(distribution.values)).astype(int)]
    if isinstance(distribution, Uniform):
        return distribution.low + (distribution.high - distribution.low) * u
    return _triangular(distribution, u)


def _triangular(distribution: Triangular, u: np.ndarray) -> np.ndarray:
    width, left, right = (
        distribution.high - distribution.low,
        distribution.mode - distribution.low,
        distribution.high - distribution.mode,
    )
    rising, falling = (
        distribution.low + np.sqrt(u * width * left),
        distribution.high - np.sqrt((1.0 - u) * width * right),
    )
    return np.where(u < left / width, rising, falling)


def calendar(scenario: Scenario) -> Calendar:
    """Contexts one after the other, ``repeat`` times, with sessions and events put in.

    Raises ``ValueError`` if an event or a session lies beyond the last day.
    """
    parts = [_context(context) for context in scenario.contexts.values()]
    life = parts[0]
    for part in parts[1:]:
        life = life + part
    life = life * scenario.repeat
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
    """Put each session before the first time step that starts at or after its day."""
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
    return _joined(life, sorted(found), courses)


def _joined(
    life: Calendar, sessions: list[tuple[int, int, int]], courses: list[Intervention]
) -> Calendar:
    pieces, since = [], 0
    for place, order, number in sessions:
        pieces += [_part(life, since, place)] if place > since else []
        pieces.append(_session(courses[order], number))
        since = place
    pieces.append(_part(life, since, len(life)))
    return _all(pieces)


def _session(course: Intervention, number: int) -> Calendar:
    progress = number / max(course.sessions - 1, 1)
    return session(course.protocol, course.minutes, course.dose, course.owner, progress)


def _part(life: Calendar, first: int, last: int) -> Calendar:
    situation = type(life.situation)(*(field[first:last] for field in life.situation))
    events = type(life.events)(*(field[first:last] for field in life.events))
    return Calendar(situation, events, life.kind[first:last])


def _all(pieces: list[Calendar]) -> Calendar:
    situation = zip(*(piece.situation for piece in pieces), strict=True)
    events = zip(*(piece.events for piece in pieces), strict=True)
    first = pieces[0]
    return Calendar(
        type(first.situation)(*map(np.concatenate, situation)),
        type(first.events)(*map(np.concatenate, events)),
        np.concatenate([piece.kind for piece in pieces]),
    )


def faults(scenario: Scenario) -> list[tuple[str, str]]:
    """What the fields alone can't know: (path, message) for each contradiction."""
    found = []
    for slot in ("a", "b"):
        found += _person_faults(f"people.{slot}", getattr(scenario.people, slot))
    for name, happening in scenario.events.items():
        sizes = happening.model_dump(exclude_none=True, exclude={"owner", "day", "every", "times"})
        if not sizes:
            found.append((f"events.{name}", "must set at least one field, such as stressor"))
    return found or _calendar_faults(scenario)


def _person_faults(path: str, person: Person) -> list[tuple[str, str]]:
    from models.parameters import unknown

    rules = PARAMETERS[PartnerParameters]
    found = []
    for name, distribution in person.distributions.items():
        here = f"{path}.distributions.{name}"
        if name not in rules:
            found.append((here, unknown(name, rules, "parameter")))
        elif getattr(person.overrides, name) is not None:
            found.append((here, "is given twice: as an override and as a distribution"))
        else:
            found += [
                (here, line) for line in _distribution_faults(distribution, *rules[name].range)
            ]
    return found


def _distribution_faults(distribution: Any, low: float, high: float) -> list[str]:
    values = (
        distribution.values
        if isinstance(distribution, Choice)
        else list(distribution.model_dump(exclude={"kind"}).values())
    )
    values = values[:1] if isinstance(distribution, Spread) else values
    bad = [v for v in values if not low <= v <= high]
    if bad:
        return [f"must be in [{low:g}, {high:g}], got {bad[0]:g}"]
    if isinstance(distribution, Spread) and distribution.median in (low, high):
        return [f"median must be inside ({low:g}, {high:g}), got {distribution.median:g}"]
    if isinstance(distribution, (Uniform, Triangular)) and not (
        values == sorted(values) and distribution.low < distribution.high
    ):
        return [f"low must be below high, got {', '.join(f'{v:g}' for v in values)}"]
    return []


def _calendar_faults(scenario: Scenario) -> list[tuple[str, str]]:
    days = scenario.repeat * sum(getattr(c, "days", 0) for c in scenario.contexts.values())
    if days > 36_525:
        return [("contexts", f"must last at most 36525 days in all, got {days}")]
    try:
        calendar(scenario)
    except ValueError as fault:
        where = "interventions" if str(fault).startswith("session") else "events"
        where = "contexts" if str(fault).startswith("conversation") else where
        return [(where, str(fault))]
    return []
