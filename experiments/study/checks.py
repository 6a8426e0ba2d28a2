"""Everything that may be wrong with the cells of a study, checked without running them."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from pydantic import ValidationError

from experiments.study.contradictions import faults
from experiments.study.design import NAMED, SAMPLED, build, cells_of
from experiments.study.file import Design, Draft, Factor
from experiments.study.messages import lines, shown, varying
from experiments.study.scenario import Scenario
from experiments.study.validity import hinted
from sim.world.calendar import MINUTES_PER_DAY

MOST_CELLS = 2_000_000
MOST_NUMBERS = 40_000_000
MOST_CALENDARS = 200
MOST_VALUES = 4
MOST_TRIALS = 20_000
Fault = tuple[str, str]


def check(draft: Draft, factors: list[Factor]) -> list[Fault]:
    """(path, message) of each fault, as far as other faults let it be seen."""
    known = bool(factors) or not (draft.vary or draft.unsound)
    faults = _size_faults(draft.design, factors) if draft.design and known else []
    few = sum(len(factor.probes) for factor in factors) <= MOST_TRIALS
    if few or not faults:
        faults += _value_faults(draft, factors)
    if not faults and draft.scenario is not None:
        faults = _calendar_faults(draft.base, factors)
    return faults + _window_faults(draft, factors)


# --- how many -------------------------------------------------------------------------------------


def _size_faults(design: Design, factors: list[Factor]) -> list[Fault]:
    method, samples = design.method, design.samples
    if not factors:
        return (
            [] if method == "grid" and samples is None else [("vary", f"{method} needs a factor")]
        )
    if method not in SAMPLED and samples is not None:
        return [("design.samples", f"must not be given for {method}")]
    if method == "list" and len({len(f.values) for f in factors}) > 1:
        sizes = ", ".join(str(len(f.values)) for f in factors)
        return [("vary", f"list needs as many values of each factor, got {sizes}")]
    if method in SAMPLED and samples is None:
        return [("design.samples", f"is missing; {method} needs it")]
    if method in ("sobol", "saltelli") and samples and samples & (samples - 1):
        near = 2 ** round(math.log2(samples))
        return [("design.samples", f"must be a power of 2, got {samples}; nearest: {near}")]
    count = cells_of(design, factors)
    if count > MOST_CELLS:
        return [("vary", f"makes {_big(count)} cells; must be at most {MOST_CELLS:,}")]
    if method in SAMPLED and count * len(factors) > MOST_NUMBERS:
        return [("vary", f"makes {_big(count * len(factors))} settings; at most {MOST_NUMBERS:,}")]
    return []


def _big(count: int) -> str:
    return f"{count:,}" if count < 10**15 else f"about 10^{len(str(count)) - 1}"


# --- value by value -------------------------------------------------------------------------------


def _value_faults(draft: Draft, factors: list[Factor]) -> list[Fault]:
    """What building the scenario has against each value, without what is reported already."""
    base, whole = draft.base, draft.scenario is not None
    first = {factor.path: factor.probes[0] for factor in factors}
    reported = [] if whole else _trial(base, {})
    start = [
        fault for fault in _trial(base, first) if fault not in reported and (whole or fault[0])
    ]
    owners = [_owner(path, factors) for path, _ in start]
    pairs = list(zip(start, owners, strict=True))
    faults = [(path or "vary", message) for (path, message), owner in pairs if not owner]
    for factor in factors:
        (begin, *others), faulty = _tried(factor), []
        faulty += [(begin, fault) for fault, owner in pairs if owner == factor.path]
        for one in others:
            fresh = _trial(base, first | {factor.path: one[1]})
            faulty += [(one, fault) for fault in fresh if fault not in [*reported, *start]]
        faults += _reported(factor, [(one, fault) for one, fault in faulty if whole or fault[0]])
    return faults


def _tried(factor: Factor) -> list[tuple[str, Any]]:
    """(name, value) of what is tried: the ends of a range, or every value, which has no name."""
    if factor.low < factor.high:
        ends = factor.values or (factor.low, factor.high)
        return [("low", ends[0]), ("high", ends[-1])]
    return [("", value) for value in factor.probes]


def _owner(path: str, factors: list[Factor]) -> str:
    """Path of the factor that sets what is at ``path``, or something in it; the nearest."""
    near = [
        f.path
        for f in factors
        if f"{f.path}.".startswith(f"{path}.") or path.startswith(f"{f.path}.")
    ]
    return max(near, key=len, default="")


def _reported(factor: Factor, faulty: list[tuple[tuple[str, Any], Fault]]) -> list[Fault]:
    """One line a rule that the values of a factor break."""
    rules: dict[str, list[str]] = {}
    for (name, value), (path, message) in faulty:
        got = f", got {shown(value)}"
        rule = message.replace(got, "") if path in ("", factor.path) else f"{path}: {message}"
        values = rules.setdefault(rule, [])
        if rule != message and path == factor.path:
            text = f"{value:.10g}" if isinstance(value, float) else shown(value)
            values.append(f"{name} = {text}" if name else text)
    return [(varying(factor.path), _listed(values) + rule) for rule, values in rules.items()]


def _listed(values: list[str]) -> str:
    """The values before a rule: ``high = 8: `` or ``values 7, 8, 9: ``."""
    if not values:
        return ""
    word = "" if "=" in values[0] else "value " if len(values) == 1 else "values "
    more = ", ..." if len(values) > MOST_VALUES else ""
    return f"{word}{', '.join(values[:MOST_VALUES])}{more}: "


def _trial(base: dict[str, Any], settings: dict[str, Any]) -> list[Fault]:
    try:
        scenario = build(base, settings)
    except ValidationError as wrong:
        return [(path, hinted(Scenario, path, message)) for path, message in lines(wrong)]
    except (ValueError, OverflowError, TypeError, RecursionError) as fault:
        return [("", str(fault))]
    return faults(scenario)


# --- days -----------------------------------------------------------------------------------------


def _calendar_faults(base: dict[str, Any], factors: list[Factor]) -> list[Fault]:
    """Try calendars in combination: the last session must fit the shortest life."""
    timed = _timed(factors)
    plain = {f.path: f.probes[0] for f in factors if f not in timed}
    sizes = [len(f.probes) for f in timed]
    total = math.prod(sizes)
    for number in sorted({round(x) for x in np.linspace(0, total - 1, min(total, MOST_CALENDARS))}):
        places = np.unravel_index(number, sizes) if sizes else ()
        chosen = {f.path: f.probes[int(place)] for f, place in zip(timed, places, strict=True)}
        settings = ", ".join(f"{path} = {value}" for path, value in chosen.items())
        faults = _trial(base, plain | chosen)
        if faults and settings:
            return [(f"vary ({settings})", f"{path}: {m}" if path else m) for path, m in faults]
        if faults:
            return faults
    return []


def _timed(factors: list[Factor]) -> list[Factor]:
    return [f for f in factors if f.path.split(".")[0] in (*NAMED, "repeat")]


def _window_faults(draft: Draft, factors: list[Factor]) -> list[Fault]:
    """A window that was asked for must fit the shortest life; the usual one takes what there is."""
    if draft.window is None or draft.design is None:
        return []
    try:
        lives = [_days(build(draft.base, chosen)) for chosen in _short(draft.design, factors)]
    except (ValueError, OverflowError, TypeError, RecursionError):
        return []
    days = math.ceil(min(lives) - 1e-9)  # measures read one value a day
    if draft.window <= days:
        return []
    shortest = "shortest " if max(lives) > min(lives) or _timed(factors) else ""
    return [(f"window = {draft.window:g}", f"longer than the study's {shortest}{_counted(days)}")]


def _counted(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"


def _short(design: Design, factors: list[Factor]) -> Iterator[dict[str, Any]]:
    """Settings among which the shortest life is: of a grid or sample, the least of each."""
    timed = _timed(factors)
    together = design.method == "list" and timed
    columns = [f.values if together else (_least(f),) for f in timed]
    rows = list(zip(*columns, strict=False)) if timed else [()]
    for row in rows:
        yield dict(zip([f.path for f in timed], row, strict=True))


def _least(factor: Factor) -> Any:
    numbers = [v for v in factor.probes if isinstance(v, (int, float))]
    return min(numbers) if len(numbers) == len(factor.probes) else factor.probes[0]


def _days(scenario: Scenario) -> float:
    """Length of a life [days], sessions included."""
    minutes = [
        getattr(c, "minutes", 0.0) + MINUTES_PER_DAY * getattr(c, "days", 0)
        for c in scenario.contexts.values()
    ]
    sessions = sum(c.sessions * c.minutes for c in scenario.interventions.values())
    return (scenario.repeat * sum(minutes) + sessions) / MINUTES_PER_DAY
