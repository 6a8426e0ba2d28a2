"""What varies in a study, and the rows of settings that follow: counted first, made when needed."""

import copy
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from experiments.study.file import Design, Draft, Factor, Study, Vary
from experiments.study.messages import shown, varying
from experiments.study.people import centre, shared_parameters
from experiments.study.scenario import Scenario
from experiments.study.schema import choices_at
from models.parameters import PARAMETERS, PartnerParameters, SharedParameters, unknown

SAMPLED = ("sobol", "latin_hypercube", "saltelli", "morris")
NAMED = ("contexts", "events", "interventions")
MORRIS_LEVELS = 4
Row = tuple[Any, ...]


# --- from the file --------------------------------------------------------------------------------


def factors_of(draft: Draft, faults: list[tuple[str, str]]) -> list[Factor]:
    """Factors of a study, wildcards expanded; faults are appended to ``faults``."""
    factors = []
    for vary in draft.vary:
        for path in _expanded(vary.path):
            try:
                factors.append(_factor(draft, vary, path))
            except (ValueError, OverflowError) as fault:
                faults.append((varying(vary.path), str(fault)))
                break
    for path in draft.unsound:
        try:
            _check_path(draft.base, path)
        except ValueError as fault:
            faults.append((varying(path), str(fault)))
    paths = [factor.path for factor in factors]
    twice = [path for path in dict.fromkeys(paths) if paths.count(path) > 1]
    faults += [(varying(path), "is varied twice") for path in twice]
    return factors


def _expanded(path: str) -> list[str]:
    """``people.a.overrides.*`` and ``shared.*`` stand for every parameter but switches."""
    kinds = {
        "people.a.overrides": PartnerParameters,
        "people.b.overrides": PartnerParameters,
        "shared": SharedParameters,
    }
    stem, _, last = path.rpartition(".")
    if last != "*" or stem not in kinds:
        return [path]
    rules = PARAMETERS[kinds[stem]]
    return [f"{stem}.{name}" for name, rule in rules.items() if rule.source != "ablation"]


def _factor(draft: Draft, vary: Vary, path: str) -> Factor:
    _check_path(draft.base, path)
    method = draft.design.method if draft.design else None
    ranged = vary.low is not None or vary.high is not None
    if vary.values is not None and (ranged or vary.steps or vary.reach):
        raise ValueError("give either values or a range, not both")
    if method in SAMPLED and (vary.values is not None or vary.steps is not None):
        raise ValueError(f"{method} needs a range: low and high, and no values")
    if vary.values is not None:
        return Factor(path, _distinct(vary.values))
    if vary.steps is None and method in ("grid", "list"):
        if not ranged and (choices := choices_at(Scenario, path)):
            return Factor(path, choices)
        raise ValueError(f"{method} needs values, or low, high and steps")
    low, high = _range(draft, vary, path)
    return Factor(path, _steps(low, high, vary.steps) if vary.steps else (), low, high)


def _distinct(values: list[Any]) -> tuple[Any, ...]:
    seen: set[tuple[str, Any]] = set()
    for value in values:
        mark = ("text" if isinstance(value, str) else "number", value)
        if mark in seen:
            raise ValueError(f"values holds {shown(value)} twice")
        seen.add(mark)
    return tuple(values)


def _steps(low: float, high: float, steps: int) -> tuple[Any, ...]:
    """Evenly spaced values; whole numbers if all of them are."""
    values = [float(value) for value in np.linspace(low, high, steps)]
    whole = all(value == int(value) for value in values)
    return tuple(int(value) if whole else value for value in values)


def _range(draft: Draft, vary: Vary, path: str) -> tuple[float, float]:
    """Ends given, or the declared range, or so far around the value that the study has."""
    declared = _declared(path)
    if vary.low is None and vary.high is None:
        if declared is None:
            raise ValueError(f"'{path}' has no declared range: give low and high")
        if vary.reach is None or draft.scenario is None:
            return declared
        return _around(draft.scenario, vary.reach, path, *declared)
    if vary.low is None or vary.high is None or vary.reach is not None:
        raise ValueError("give both low and high, or none of them with or without a reach")
    if not vary.low < vary.high:
        raise ValueError(f"low must be below high, got {vary.low:g} and {vary.high:g}")
    return vary.low, vary.high


def _declared(path: str) -> tuple[float, float] | None:
    stem, _, name = path.rpartition(".")
    kind = SharedParameters if stem == "shared" else PartnerParameters
    if stem in ("shared", "people.a.overrides", "people.b.overrides"):
        rule = PARAMETERS[kind].get(name)
        return (float(rule.range[0]), float(rule.range[1])) if rule else None
    return None


def _around(
    scenario: Scenario, reach: float, path: str, low: float, high: float
) -> tuple[float, float]:
    parts = path.split(".")
    person = None if parts[0] == "shared" else getattr(scenario.people, parts[1])
    owner: Any = centre(person) if person else shared_parameters(scenario)
    middle, far = float(getattr(owner, parts[-1])), reach * (high - low)
    return max(low, middle - far), min(high, middle + far)


def _check_path(base: dict[str, Any], path: str) -> None:
    """Refuse a path that leads nowhere; fields below named tables are checked by trying."""
    first, *rest = path.split(".")
    if first not in Scenario.model_fields:
        raise ValueError(unknown(first[:60], Scenario.model_fields, "path"))
    if first in NAMED:
        names = base.get(first, {})
        if not isinstance(names, dict):
            return  # told already, and what it should hold can't be known
        if not rest or rest[0] not in names:
            raise ValueError(
                unknown((rest or [""])[0][:60], names or ["nothing"], f"{first} named")
            )
    if not all(rest):
        raise ValueError(f"'{path}' is no path")


# --- rows and cells -------------------------------------------------------------------------------


def count(study: Study) -> int:
    """Number of cells."""
    return cells_of(study.file.design, study.factors)


def cells_of(design: Design, factors: list[Factor]) -> int:
    """Number of cells that a design makes of factors."""
    samples = design.samples or 0
    match design.method:
        case "grid":
            return math.prod(len(factor.values) for factor in factors)
        case "list":
            return len(factors[0].values)
        case "saltelli":
            return samples * (len(factors) + 2)
        case "morris":
            return samples * (len(factors) + 1)
    return samples


def rows(study: Study) -> Iterator[Row]:
    """Settings of each cell in order, one value a factor."""
    if study.file.design.method in SAMPLED:
        for row in matrix(study):
            yield tuple(row.tolist())
        return
    values = [factor.values for factor in study.factors]
    if study.file.design.method == "list":
        yield from zip(*values, strict=True)
        return
    from itertools import product

    yield from product(*values)


def matrix(study: Study) -> np.ndarray:
    """Sampled settings, shape (cells, factors)."""
    from sim.analysis import sensitivity

    file = study.file
    low = np.array([factor.low for factor in study.factors])
    high = np.array([factor.high for factor in study.factors])
    problem = sensitivity.problem([f.path for f in study.factors], low, high)
    samples = file.design.samples or 0
    match file.design.method:
        case "saltelli":
            return sensitivity.sobol_design(problem, samples, file.seed)
        case "morris":
            return sensitivity.morris_design(problem, samples, file.seed, MORRIS_LEVELS)
    return sensitivity.spread_design(problem, samples, file.seed, file.design.method)


def build(base: dict[str, Any], settings: dict[str, Any]) -> Scenario:
    """The scenario with settings put in place, checked field by field."""
    raw = copy.deepcopy(base)
    for path, value in settings.items():
        table = raw
        *above, last = path.split(".")
        for part in above:
            table = table.setdefault(part, {})
            if not isinstance(table, dict):
                raise ValueError(f"'{path}' is no path: '{part}' is no table")
        table[last] = value
    return Scenario.model_validate(raw)
