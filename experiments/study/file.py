"""What a study file may hold, what of it is sound, and what it comes to once it is checked."""

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from experiments.study.cell import MeasureName, Plan, StopRule
from experiments.study.fields import Frozen
from experiments.study.scenario import Scenario

MOST_COUPLES = 1_000_000
MOST_DAYS = 36_525.0
Method = Literal["grid", "list", "sobol", "latin_hypercube", "saltelli", "morris"]
Text = Annotated[str, Field(min_length=1, max_length=1000)]


class Design(Frozen):
    """How what varies is combined. ``samples`` is needed by all but ``grid`` and ``list``."""

    method: Method = "grid"
    samples: Annotated[
        int | None, Field(ge=2, le=1_000_000, description="base samples, or trajectories")
    ] = None


class Vary(Frozen):
    """One thing that varies: ``values``, or ``low`` to ``high`` (in ``steps``), or a ``reach``."""

    path: Annotated[str, Field(min_length=1, max_length=200, description="dotted path")]
    values: Annotated[
        list[str | int | float | bool] | None, Field(min_length=1, max_length=10_000)
    ] = None
    low: float | None = None
    high: float | None = None
    steps: Annotated[int | None, Field(ge=2, le=10_000, description="values")] = None
    reach: Annotated[
        float | None, Field(gt=0.0, le=1.0, description="share of the range either side")
    ] = None


class StudyFile(Scenario):
    """A study as written: a scenario, what varies in it, and how it is measured."""

    title: Text
    question: Text
    expects: Text
    seed: Annotated[int, Field(ge=0, le=2**64 - 1, description="random seed")] = 1
    replicates: Annotated[int, Field(ge=1, le=MOST_COUPLES, description="couples a cell")]
    measures: Annotated[list[MeasureName], Field(min_length=1, max_length=100)]
    window: Annotated[float, Field(gt=0.0, le=MOST_DAYS, description="days")] = 28.0
    stop: StopRule | None = None
    design: Design = Field(default_factory=Design)
    vary: Annotated[list[Vary], Field(max_length=1000)] = Field(default_factory=list)


class Draft(NamedTuple):
    """What of a study file is sound by itself; None for what is not."""

    base: dict[str, Any]
    scenario: Scenario | None
    vary: list[Vary]
    """Blocks that are sound."""
    unsound: list[str]
    """Paths of the others, as far as they name one."""
    design: Design | None
    window: float | None
    """None also if the file gives none."""


class Factor(NamedTuple):
    """One thing that varies: its path, its values, and the ends of its range if it has one."""

    path: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0

    @property
    def probes(self) -> tuple[Any, ...]:
        """Values to try before anything runs."""
        return self.values or (self.low, self.high)


class Study(NamedTuple):
    """A checked study: the file's text, its base scenario as plain data, plan and factors."""

    file: StudyFile
    text: str
    base: dict[str, Any]
    plan: Plan
    factors: list[Factor]
