"""A study file, read and checked as a whole: every fault at once, each on a line."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeGuard

from experiments.study.cell import Plan, StopRule
from experiments.study.checks import check
from experiments.study.design import factors_of
from experiments.study.faults import StudyRefused
from experiments.study.file import MOST_COUPLES, MOST_DAYS, Design, Draft, Study, StudyFile, Vary
from experiments.study.measures import MEASURES
from experiments.study.messages import named
from experiments.study.scenario import Scenario
from experiments.study.validity import alone, valid
from models.parameters import unknown
from sim.checks import file_bytes

LARGEST_FILE = 5_000_000
MOST_LINES = 40


def load(path: Path) -> Study:
    """Read and check a study file; ``StudyRefused`` with one line a fault."""
    return parse(_text(path), path.name)


def parse(text: str, name: str) -> Study:
    """Check the text of a study file that is called ``name``."""
    raw = _toml(text, name)
    faults: list[tuple[str, str]] = []
    file = valid(StudyFile, raw, faults)
    faults = [(named(path, raw), message) for path, message in faults]
    draft = _draft(raw)
    factors = factors_of(draft, faults)
    faults += check(draft, factors)
    faults += _plan_faults(raw)
    if faults:
        _refuse(name, faults)
    assert isinstance(file, StudyFile)
    plan = Plan(
        seed=file.seed,
        replicates=file.replicates,
        measures=tuple(file.measures),
        window=file.window,
        stop=file.stop,
    )
    return Study(file, text, draft.base, plan, factors)


def _draft(raw: dict[str, Any]) -> Draft:
    """The parts of a study file, each checked by itself, so that no fault hides another."""
    base = {key: raw[key] for key in Scenario.model_fields if key in raw}
    blocks = raw.get("vary", [])
    blocks = blocks if isinstance(blocks, list) else []
    sound = [alone(Vary, block) for block in blocks]
    others = [b for b, vary in zip(blocks, sound, strict=True) if vary is None]
    paths = [b["path"] for b in others if isinstance(b, dict) and isinstance(b.get("path"), str)]
    window = raw.get("window")
    return Draft(
        base,
        alone(Scenario, base),
        [vary for vary in sound if vary is not None],
        paths,
        alone(Design, raw.get("design", {})),
        float(window) if _is_number(window) and 0 < window <= MOST_DAYS else None,
    )


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _text(path: Path) -> str:
    try:
        raw = file_bytes(path, LARGEST_FILE)
    except ValueError as fault:
        raise StudyRefused(f"{fault}{_near_file(path)}") from fault
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        byte = f"byte {fault.object[fault.start]:#04x} at position {fault.start}"
        raise StudyRefused(f"{path.name}: must be UTF-8 text; {byte} is not") from fault


def _near_file(path: Path) -> str:
    """A hint at a file of nearly this name, where there is one and this one is missing."""
    try:
        names = [] if path.exists() else [p.name for p in path.parent.glob("*.toml")]
    except (OSError, ValueError):  # a name that no file can have
        return ""
    hint = unknown(path.name, names, "file") if names else ""
    return f": {hint.partition(': ')[2]}" if "did you mean" in hint else ""


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as fault:
        raise StudyRefused(f"{name}: tables or lists are nested too deeply") from fault
    except (ValueError, OverflowError) as fault:
        message = " ".join(str(fault).split())
        raise StudyRefused(f"{name}: is not TOML: {message}") from fault


def _plan_faults(raw: dict[str, Any]) -> list[tuple[str, str]]:
    measures = raw.get("measures")
    names = [n for n in measures if isinstance(n, str)] if isinstance(measures, list) else []
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    faults = [("measures", f"'{name}' is named twice") for name in twice if name in MEASURES]
    stop = alone(StopRule, raw["stop"]) if "stop" in raw else None
    if stop is None:
        return faults
    replicates = raw.get("replicates")
    if type(replicates) is int and stop.most < replicates <= MOST_COUPLES:
        rule = f"must be at least replicates = {replicates}, got {stop.most}"
        faults.append(("stop.most", rule))
    strange = [name for name in stop.measures if names and name not in names]
    return faults + [("stop.measures", unknown(n, names, "measure above")) for n in strange]


def _refuse(name: str, faults: Iterable[tuple[str, str]]) -> None:
    unique = list(
        dict.fromkeys(
            f"{name}: {path}: {text}" if path else f"{name}: {text}" for path, text in faults
        )
    )
    more = len(unique) - MOST_LINES
    tail = [f"{name}: and {more} more faults"] if more > 0 else []
    raise StudyRefused("\n".join([" ".join(line.split()) for line in unique[:MOST_LINES]] + tail))
