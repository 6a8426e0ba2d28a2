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
    ``a.parameter`` or ``b.parameter`` to a value. ``vs`` are couples to compare with, each by what
    alone is different in it: ``b=secure`` or ``a.parameter=value``. Build it with ``configure``,
    which fills in the experiment's defaults and reports faults one a line.
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
    vs: tuple[str, ...] = ()

    def overrides_of(self, partner: str) -> dict[str, float]:
        """Parameter name to value for ``partner``, 'a' or 'b'."""
        start = f"{partner}."
        own = {k: v for k, v in self.overrides.items() if k.startswith(start)}
        return {key.removeprefix(start): value for key, value in own.items()}

    def parameters(self) -> dict[str, Any]:
        """Everything that decides the result: all fields except the folder, as plain values."""
        idle = set() if find(self.name).sizes else {"dyads", "days"}
        idle |= set() if self.vs else {"vs"}
        return self.model_dump(mode="json", exclude={"out"} | idle)

    def arms(self) -> list["RunConfiguration"]:
        """The couples of ``vs``, each as a configuration of its own."""
        found = []
        for text in self.vs:
            key, _, value = text.partition("=")
            if key in PARTNERS:
                change: dict[str, Any] = {key: value}
            else:
                change = {"overrides": {**self.overrides, key: float(value)}}
            found.append(self.model_copy(update={**change, "vs": ()}))
        return found


def configure(
    name: str, settings: Sequence[str] = (), vs: Sequence[str] = (), **given: Any
) -> RunConfiguration:
    """The configuration of experiment ``name``, from what was ``given`` and its defaults.

    ``settings`` are texts such as ``a.vagal_tone=0.4``, ``vs`` such texts or ``b=secure``; a value
    ``None`` stands for not given. Raises ``ValueError`` with one line a fault.
    """
    experiment = find(name)
    given = {key: value for key, value in given.items() if value is not None}
    overrides, faults = _parse(settings)
    given |= {"vs": _arms(experiment, vs, faults)} if vs else {}
    faults += _uninvited(experiment, given, overrides) + _oversized(experiment, given)
    size = experiment.quick if given.get("quick") else experiment.defaults
    fields = {"out": Path("results") / name, **size, **experiment.partners, **given}
    configuration = _build({"name": name, "overrides": overrides, **fields}, faults)
    faults += _people(fields, overrides) if experiment.partners else []
    faults += _alike(configuration) if configuration and vs and not faults else []
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


def _arms(experiment: Experiment, texts: Sequence[str], faults: list[str]) -> tuple[str, ...]:
    """What each ``--vs`` changes, in one spelling; faults are appended to ``faults``."""
    if not experiment.partners:
        faults += [f"--vs {text}: {_chooses(experiment)}" for text in texts]
        return ()
    found = []
    for text in texts:
        key, _, value = (part.strip() for part in text.partition("="))
        if key in PARTNERS and value:
            fault = _refusal(value)
            faults += [f"--vs {key} = {value}: {fault}"] if fault else []
        else:
            value = _setting(text, key, value, faults)
        found.append(f"{key}={value}")
    faults += [f"--vs {arm}: must be given once" for arm in _twice(found)]
    return tuple(found)


def _setting(text: str, key: str, value: str, faults: list[str]) -> str:
    """The value of ``--vs a.parameter=value`` in one spelling."""
    own, wrong = _parse([text])
    if wrong and "must read" in wrong[0]:
        wrong = [f"--vs {text}: must read a=WHO, b=WHO or a.PARAMETER=VALUE (or b.)"]
    wrong = [line.replace("--set ", "--vs ", 1) for line in wrong]
    if not wrong and (fault := _refusal(None, **{key.partition(".")[2]: own[key]})):
        wrong = [_as_setting(key, own[key], fault, "--vs")]
    faults += wrong
    return value if wrong else repr(own[key])


def _twice(names: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]


def _alike(configuration: RunConfiguration) -> list[str]:
    """One line for each ``--vs`` that changes nothing."""
    from models.architectures import architecture

    def people(c: RunConfiguration) -> list[Any]:
        return [architecture(getattr(c, who), **c.overrides_of(who)) for who in PARTNERS]

    own = people(configuration)
    pairs = zip(configuration.vs, configuration.arms(), strict=True)
    return [
        f"--vs {text}: changes nothing in this couple" for text, arm in pairs if people(arm) == own
    ]


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
    rule = _chooses(experiment)
    named = [f"--{partner} = {given[partner]}: {rule}" for partner in PARTNERS if partner in given]
    return named + [f"--set {key} = {value:g}: {rule}" for key, value in overrides.items()]


def _chooses(experiment: Experiment) -> str:
    return f"'{experiment.name}' chooses its couples itself; use the experiment 'couple'"


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


def _as_setting(key: str, value: float, fault: str, flag: str = "--set") -> str:
    """The model's line, with the flag in place of the parameter's class."""
    parameter = key.partition(".")[2]
    owned = f"PartnerParameters.{parameter}"
    if fault.startswith(owned):
        return f"{flag} {key}{fault.removeprefix(owned)}"
    return f"{flag} {key} = {value:g}: {fault}"
