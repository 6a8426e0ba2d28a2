"""A scenario: everything about a couple's life that a study may set, and what it means.

The part of a study file that decides numbers. Its classes check one thing each; ``people.py`` and
``life.py`` turn a scenario into what ``sim.simulate`` takes, ``contradictions.py`` says what
the fields alone can't know.
"""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from experiments.study.fields import Frozen, HappensTo, Overrides, Shared
from models.architectures import ARCHITECTURES
from sim.world.addresses import PARTNERS
from sim.world.population import DEFAULT_SPREAD, MOST_SPREAD
from sim.world.protocols import PROTOCOLS

if TYPE_CHECKING:
    Preset = str
    Protocol = str
    Owner = str
else:
    Preset, Protocol = Literal[tuple(ARCHITECTURES)], Literal[tuple(PROTOCOLS)]
    Owner = Literal[PARTNERS]
Days = Annotated[int, Field(ge=1, le=3650, description="days")]
Day = Annotated[float, Field(ge=0.0, le=3650.0, description="days from the start")]


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
