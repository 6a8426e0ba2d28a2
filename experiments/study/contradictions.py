"""What the fields of a scenario alone can't know: parts that contradict one another."""

from typing import Any

from experiments.study.life import calendar
from experiments.study.scenario import Choice, Person, Scenario, Spread, Triangular, Uniform
from models.parameters import PARAMETERS, PartnerParameters, unknown


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
    rules = PARAMETERS[PartnerParameters]
    found = []
    for name, shared in person.distributions.items():
        here = f"{path}.distributions.{name}"
        if name not in rules:
            found.append((here, unknown(name, rules, "parameter")))
        elif getattr(person.overrides, name) is not None:
            found.append((here, "is given twice: as an override and as a distribution"))
        else:
            found += [(here, line) for line in _distribution_faults(shared, *rules[name].range)]
    return found


def _distribution_faults(shared: Any, low: float, high: float) -> list[str]:
    values = (
        shared.values
        if isinstance(shared, Choice)
        else list(shared.model_dump(exclude={"kind"}).values())
    )
    values = values[:1] if isinstance(shared, Spread) else values
    bad = [v for v in values if not low <= v <= high]
    if bad:
        return [f"must be in [{low:g}, {high:g}], got {bad[0]:g}"]
    if isinstance(shared, Spread) and shared.median in (low, high):
        return [f"median must be inside ({low:g}, {high:g}), got {shared.median:g}"]
    if isinstance(shared, (Uniform, Triangular)) and not (
        values == sorted(values) and shared.low < shared.high
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
