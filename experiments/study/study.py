"""A study file, read and checked as a whole: every fault at once, each on a line."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, TypeGuard

from pydantic import BaseModel, Field, ValidationError

from experiments.study.cell import MeasureName, Plan, StopRule
from experiments.study.faults import StudyRefused
from experiments.study.fields import Frozen
from experiments.study.measures import MEASURES
from experiments.study.messages import lines, named, shown
from experiments.study.scenario import Scenario
from models.parameters import unknown

LARGEST_FILE = 5_000_000
MOST_LINES = 40
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


class Study(NamedTuple):
    """A checked study: the file's text, its base scenario as plain data, plan and factors."""

    file: StudyFile
    text: str
    base: dict[str, Any]
    plan: Plan
    factors: list[Any]


def load(path: Path) -> Study:
    """Read and check a study file; ``StudyRefused`` with one line a fault."""
    return parse(_text(path), path.name)


def parse(text: str, name: str) -> Study:
    """Check the text of a study file that is called ``name``."""
    raw = _toml(text, name)
    faults: list[tuple[str, str]] = []
    file = _valid(StudyFile, raw, faults)
    faults = [(named(path, raw), message) for path, message in faults]
    draft = _draft(raw)
    from experiments.study.checks import check
    from experiments.study.design import factors_of

    factors = factors_of(draft, faults)
    faults += check(draft, factors)
    faults += _plan_faults(raw)
    if faults:
        _refuse(name, faults)
    assert isinstance(file, StudyFile)
    plan = Plan(
        seed=file.seed, replicates=file.replicates, measures=tuple(file.measures),
        window=file.window, stop=file.stop,
    )  # fmt: skip
    return Study(file, text, draft.base, plan, factors)


def _draft(raw: dict[str, Any]) -> Draft:
    """The parts of a study file, each checked by itself, so that no fault hides another."""
    base = {key: raw[key] for key in Scenario.model_fields if key in raw}
    blocks = raw.get("vary", [])
    blocks = blocks if isinstance(blocks, list) else []
    sound = [_alone(Vary, block) for block in blocks]
    others = [b for b, vary in zip(blocks, sound, strict=True) if vary is None]
    paths = [b["path"] for b in others if isinstance(b, dict) and isinstance(b.get("path"), str)]
    window = raw.get("window")
    return Draft(
        base, _alone(Scenario, base), [vary for vary in sound if vary is not None], paths,
        _alone(Design, raw.get("design", {})),
        float(window) if _is_number(window) and 0 < window <= MOST_DAYS else None,
    )  # fmt: skip


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _alone(kind: Any, raw: Any) -> Any:
    """The model of one part, or None; its faults were reported with the whole file's."""
    return _valid(kind, raw, [])


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise StudyRefused(f"{path}: must be a study file of at most 5 MB")
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        byte = f"byte {fault.object[fault.start]:#04x} at position {fault.start}"
        raise StudyRefused(f"{path.name}: must be UTF-8 text; {byte} is not") from fault
    except OSError as fault:
        near = _near_file(path)
        raise StudyRefused(f"{path}: can't be read ({fault.strerror}){near}") from fault


def _near_file(path: Path) -> str:
    folder = path.parent
    names = [p.name for p in folder.glob("*.toml")] if folder.is_dir() else []
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


def _valid(kind: type[BaseModel], raw: Any, faults: list[tuple[str, str]]) -> BaseModel | None:
    """The model, or None with its faults appended."""
    try:
        return kind.model_validate(raw)
    except ValidationError as wrong:
        faults += [(path, _hinted(kind, path, message)) for path, message in lines(wrong)]
    except (OverflowError, RecursionError):
        faults.append(("", "holds a number too large or tables too deep"))
    return None


def _hinted(kind: type[BaseModel], path: str, message: str) -> str:
    """A message with what the schema knows: the nearest key, the range, the meaning."""
    from experiments.study.schema import field_at, keys_at

    above, _, last = path.rpartition(".")
    if message == "no such key":
        return unknown(last[:60], keys_at(kind, above), "key")
    about = field_at(kind, path)
    limits = [about.get("minimum"), about.get("maximum")]
    if message.startswith(("must be at least", "must be at most")) and None not in limits:
        message = f"must be in [{limits[0]:g}, {limits[1]:g}]" + message[message.index(", got") :]
    meaning = about.get("description", "")
    return f"{message} ({meaning})" if meaning else message


def _plan_faults(raw: dict[str, Any]) -> list[tuple[str, str]]:
    measures = raw.get("measures")
    names = [n for n in measures if isinstance(n, str)] if isinstance(measures, list) else []
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    faults = [("measures", f"'{name}' is named twice") for name in twice if name in MEASURES]
    stop = _alone(StopRule, raw["stop"]) if "stop" in raw else None
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


__all__ = ["Design", "Draft", "Study", "StudyFile", "Vary", "load", "parse", "shown"]
