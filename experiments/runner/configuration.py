"""The configuration of a run: checked once, before anything is simulated, then never changed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from experiments.runner.registry import Experiment, find

PARTNERS = ("a", "b")
FLAGS = {"overrides": "set"}
SIZES = ("seed", "dyads", "days")

Seed = Annotated[int, Field(ge=0, le=2**64 - 1, description="random seed")]
Dyads = Annotated[int, Field(ge=1, le=1_000_000, description="simulated couples")]
Days = Annotated[int, Field(ge=1, le=36_525, description="simulated days")]


class RunConfiguration(BaseModel):
    """One run, as the experiment receives it.

    ``a`` and ``b`` are empty where the experiment chooses its couples; ``overrides`` maps
    ``a.parameter`` or ``b.parameter`` to a value. Build it with ``configure``, which fills in the
    experiment's defaults and reports faults one a line.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    seed: Seed = 1
    dyads: Dyads
    days: Days
    quick: bool = False
    out: Path
    a: str = ""
    b: str = ""
    overrides: dict[str, float] = {}

    def overrides_of(self, partner: str) -> dict[str, float]:
        """Parameter name to value for ``partner``, 'a' or 'b'."""
        start = f"{partner}."
        own = {k: v for k, v in self.overrides.items() if k.startswith(start)}
        return {key.removeprefix(start): value for key, value in own.items()}

    def parameters(self) -> dict[str, Any]:
        """Everything that decides the result: all fields except the folder, as plain values."""
        idle = set() if find(self.name).sizes else {"dyads", "days"}
        return self.model_dump(mode="json", exclude={"out"} | idle)


def configure(name: str, settings: Sequence[str] = (), **given: Any) -> RunConfiguration:
    """The configuration of experiment ``name``, from what was ``given`` and its defaults.

    ``settings`` are texts such as ``a.vagal_tone=0.4``; a value ``None`` stands for not given.
    Raises ``ValueError`` with one line a fault.
    """
    experiment = find(name)
    given = {key: value for key, value in given.items() if value is not None}
    overrides, faults = _parse(settings)
    faults += _uninvited(experiment, given, overrides) + _oversized(experiment, given)
    size = experiment.quick if given.get("quick") else experiment.defaults
    fields = {"out": Path("results") / name, **size, **experiment.partners, **given}
    configuration = _build({"name": name, "overrides": overrides, **fields}, faults)
    faults += _people(fields, overrides) if experiment.partners else []
    if faults or configuration is None:
        raise ValueError("\n".join(faults))
    return configuration


def _build(fields: dict[str, Any], faults: list[str]) -> RunConfiguration | None:
    """The configuration, or ``None`` with its faults appended to ``faults``."""
    try:
        return RunConfiguration(**fields)
    except ValidationError as wrong:
        faults += [_line(error) for error in wrong.errors(include_url=False)]
        return None


def _line(error: Any) -> str:
    """One line for one of pydantic's errors: flag, value, rule, meaning."""
    name = str(error["loc"][0])
    flag = f"--{FLAGS.get(name, name)} = {error['input']}"
    field = RunConfiguration.model_fields.get(name)
    if field is None:
        return f"{flag}: no such setting"
    meaning = f" ({field.description})" if field.description else ""
    return f"{flag}: {_rule(error)}{meaning}"


def _rule(error: Any) -> str:
    limits = error.get("ctx", {})
    if error["type"] == "greater_than_equal":
        return f"must be at least {limits['ge']}"
    if error["type"] == "less_than_equal":
        return f"must be at most {limits['le']}"
    if error["type"].startswith("int_"):
        return "must be a whole number"
    return str(error["msg"])


def _parse(settings: Sequence[str]) -> tuple[dict[str, float], list[str]]:
    """``a.vagal_tone=0.4`` and its like as a mapping, and the faults found on the way."""
    overrides: dict[str, float] = {}
    faults: list[str] = []
    for text in settings:
        key, _, value = (part.strip() for part in text.partition("="))
        partner, _, parameter = key.partition(".")
        if partner not in PARTNERS or not parameter or not value:
            faults.append(f"--set {text}: must read a.PARAMETER=VALUE or b.PARAMETER=VALUE")
        elif key in overrides:
            faults.append(f"--set {key} = {value}: must be given once")
        else:
            _number(key, value, overrides, faults)
    return overrides, faults


def _number(key: str, value: str, overrides: dict[str, float], faults: list[str]) -> None:
    try:
        overrides[key] = float(value)
    except ValueError:
        faults.append(f"--set {key} = {value}: must be a number")


def _uninvited(
    experiment: Experiment, given: Mapping[str, Any], overrides: Mapping[str, float]
) -> list[str]:
    """One line for each partner or parameter given to an experiment that chooses its own."""
    if experiment.partners:
        return []
    rule = f"'{experiment.name}' chooses its couples itself; use the experiment 'couple'"
    named = [f"--{partner} = {given[partner]}: {rule}" for partner in PARTNERS if partner in given]
    return named + [f"--set {key} = {value:g}: {rule}" for key, value in overrides.items()]


def _oversized(experiment: Experiment, given: Mapping[str, Any]) -> list[str]:
    """One line for each size given to an experiment in which nothing is drawn."""
    rule = f"'{experiment.name}' solves equations; it draws no couples and simulates no days"
    named = [] if experiment.sizes else [size for size in SIZES if size in given]
    return [f"--{size} = {given[size]}: {rule}" for size in named]


def _people(fields: Mapping[str, Any], overrides: Mapping[str, float]) -> list[str]:
    """What the model has to say against the partners and their parameters."""
    faults = []
    for partner in PARTNERS:
        fault = _refusal(fields[partner])
        faults += [f"--{partner} = {fields[partner]}: {fault}"] if fault else []
    for key, value in overrides.items():
        fault = _refusal(None, **{key.partition(".")[2]: value})
        if fault:
            faults.append(_as_setting(key, value, fault))
    return faults


def _refusal(name: str | None, **overrides: float) -> str:
    """The model's one line against an architecture or a parameter; empty if it has none."""
    from models.architectures import architecture, override
    from models.parameters import PartnerParameters

    try:
        if name is not None:
            architecture(name)
        override(PartnerParameters(), **overrides)
    except ValueError as fault:
        return str(fault)
    return ""


def _as_setting(key: str, value: float, fault: str) -> str:
    """The model's line, with the flag in place of the parameter's class."""
    parameter = key.partition(".")[2]
    owned = f"PartnerParameters.{parameter}"
    if fault.startswith(owned):
        return f"--set {key}{fault.removeprefix(owned)}"
    return f"--set {key} = {value:g}: {fault}"
