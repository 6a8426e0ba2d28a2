"""A cell: one scenario with its couples, what it is called, and how it is computed."""

import hashlib
import json
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import numpy as np
from pydantic import Field

from experiments.study.fields import Frozen
from experiments.study.life import calendar
from experiments.study.measures import MEASURES, columns, measured, needed, probed
from experiments.study.people import people, shared_parameters
from experiments.study.probe import ruptured
from experiments.study.scenario import Scenario, canonical
from sim.engines.ensemble import simulate
from sim.provenance import code_hash, source_hash
from sim.statistics import standard_error

# Same bits either way; pieces of a study are often too small for "auto" to compile.
ENGINE = "compiled" if find_spec("numba") else "numpy"
INTERVALS = 600
"""Least length of a record to reckon with: a rupture has 80 time steps of seven variables."""
NUMBERS_AT_ONCE = 4_000_000
"""Values of a daily record held at once, some 32 MB: couples are taken in parts beyond it."""

if TYPE_CHECKING:
    MeasureName = str
else:
    MeasureName = Literal[tuple(MEASURES)]


class StopRule(Frozen):
    """Add batches of couples until the Monte-Carlo standard error of all ``measures`` is small."""

    measures: Annotated[list[MeasureName], Field(min_length=1, max_length=len(MEASURES))]
    mcse: Annotated[float, Field(gt=0.0, description="Monte-Carlo standard error wanted")]
    most: Annotated[int, Field(ge=1, le=1_000_000, description="couples at most")]


class Plan(Frozen):
    """What all cells of a study share: couples, seed, measures, window, stop rule."""

    seed: Annotated[int, Field(ge=0, le=2**64 - 1, description="random seed")]
    replicates: Annotated[int, Field(ge=1, le=1_000_000, description="couples a cell")]
    measures: tuple[MeasureName, ...]
    window: Annotated[float, Field(gt=0.0, le=36_525.0, description="days")]
    stop: StopRule | None = None


class Cell(NamedTuple):
    """A scenario and the plan that it shares with the other cells of its study."""

    scenario: Scenario
    plan: Plan


@cache
def science_hash() -> str:
    """Hash of all that turns a cell into numbers: the model, this module and what it imports."""
    return hashlib.sha256(f"{source_hash()} {code_hash(__name__)}".encode()).hexdigest()


def content(cell: Cell, science: str) -> dict[str, Any]:
    """All that decides a cell's values, as plain data; ``science`` is a ``science_hash``."""
    return {
        "scenario": canonical(cell.scenario),
        "plan": cell.plan.model_dump(mode="json", exclude_none=True),
        "science": science,
    }


def key_of(about: dict[str, Any]) -> str:
    """The name of a cell: 32 hexadecimal digits of the hash of its content."""
    text = json.dumps(about, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def compute(cells: list[Cell]) -> list[np.ndarray]:
    """Values (couples, columns) of cells that share their plan; bytes don't depend on company."""
    computed: list[Any] = [None] * len(cells)
    groups: dict[str, list[int]] = {}
    for number, cell in enumerate(cells):
        groups.setdefault(_together(cell.scenario), []).append(number)
    for members in groups.values():
        values = _until_precise([cells[number] for number in members])
        for number, table in zip(members, values, strict=True):
            computed[number] = table
    return computed


def _together(scenario: Scenario) -> str:
    """Scenarios with the same circumstances may run as conditions of one call."""
    plain = canonical(scenario)
    shared = ("contexts", "repeat", "events", "interventions", "closeness")
    return json.dumps({name: plain[name] for name in shared})


def _until_precise(cells: list[Cell]) -> list[np.ndarray]:
    """Batches of couples until each cell's stop rule is content."""
    plan = cells[0].plan
    life = calendar(cells[0].scenario)
    most = plan.stop.most if plan.stop else plan.replicates
    tables: list[list[np.ndarray]] = [[] for _ in cells]
    open_, first = list(range(len(cells))), 0
    while open_ and first < most:
        dyads = np.arange(first, min(first + plan.replicates, most))
        for number, table in zip(
            open_, _batch([cells[n] for n in open_], life, dyads), strict=True
        ):
            tables[number].append(table)
        first += len(dyads)
        open_ = [n for n in open_ if not _precise(np.concatenate(tables[n]), plan)]
    return [np.concatenate(parts) for parts in tables]


def _batch(cells: list[Cell], life: Any, dyads: np.ndarray) -> list[np.ndarray]:
    """One batch of couples of each cell, cut so that memory stays bounded."""
    tables: list[list[np.ndarray]] = [[] for _ in cells]
    of_couple = max(int(life.day[-1]) + 1, INTERVALS) * 2 * len(needed(cells[0].plan.measures))
    step = max(NUMBERS_AT_ONCE // (of_couple * len(cells)), 1)
    for first in range(0, len(dyads), step):
        values = _simulated(cells, life, dyads[first : first + step])
        for table, part in zip(tables, values, strict=True):
            table.append(part)
    return [np.concatenate(parts) for parts in tables]


def _simulated(cells: list[Cell], life: Any, dyads: Any) -> np.ndarray:
    plan = cells[0].plan
    a, b = ([people(cell.scenario, who, plan.seed, dyads) for cell in cells] for who in (0, 1))
    common = dict(
        dyads=dyads,
        seed=plan.seed,
        engine=ENGINE,
        threads=1,
        shared=[shared_parameters(cell.scenario) for cell in cells],
        closeness=cells[0].scenario.closeness,
        conditions=[str(number) for number in range(len(cells))],
    )
    record = simulate(
        a, b, calendar=life, record="daily", variables=needed(plan.measures), **common
    )
    if probed(plan.measures):
        record = record.assign(ruptured(a, b, life, common))
    return measured(record, plan.measures, plan.window)


def _precise(values: np.ndarray, plan: Plan) -> bool:
    """Whether the standard error of every watched column is small enough."""
    if plan.stop is None:
        return len(values) >= plan.replicates
    watched = [
        number
        for number, (name, _) in enumerate(columns(plan.measures))
        if name in plan.stop.measures
    ]
    return all(mcse(values[:, number]) <= plan.stop.mcse for number in watched)


def mcse(values: np.ndarray) -> float:
    """Monte-Carlo standard error of a mean over couples; infinite from fewer than two."""
    return standard_error(values, few=np.inf)
