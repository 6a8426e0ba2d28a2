"""Names of conditions: those given, checked, or made of who is in them. No two are alike."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from models.parameters import PartnerParameters
from sim.checks import shown
from sim.world.people import Person, label_of
from sim.world.population import Population, spread_of


def labels(
    people_a: Sequence[Person], people_b: Sequence[Person], given: Sequence[str] | None
) -> list[str]:
    """One name a condition: ``given`` after a check, or the two people's.

    Where two conditions would have one name, people of the same name are numbered (``person 1``,
    ``person 2``) by who they are, and then what is still alike, as with other shared parameters.
    """
    if given is not None:
        return checked(given, len(people_a))
    plain = [f"{label_of(x)}-{label_of(y)}" for x, y in zip(people_a, people_b, strict=True)]
    if len(set(plain)) == len(plain):
        return plain
    names = _by_who_they_are([*people_a, *people_b])
    half = len(people_a)
    return _numbered([f"{x}-{y}" for x, y in zip(names[:half], names[half:], strict=True)])


def checked(given: Sequence[str], count: int) -> list[str]:
    """The names given for ``count`` conditions; ``ValueError`` if they can't be told apart."""
    if isinstance(given, (str, bytes)) or np.ndim(np.asarray(given, dtype=object)) != 1:
        raise ValueError(f"conditions = {shown(given)}: must be a list of names, one a condition")
    names = list(given)
    if len(names) != count:
        raise ValueError(f"conditions: {len(names)} names for {count} conditions")
    check_unique("conditions", names)
    return names


def check_unique(field: str, names: Sequence[Any]) -> None:
    """Refuse names of which two are written alike, since couples and rows are found by them."""
    places: dict[str, int] = {}
    for place, name in enumerate(map(str, names), start=1):
        if place != places.setdefault(name, place):
            raise ValueError(
                f"{field}: '{name}' is given twice (places {places[name]} and {place}): "
                "names must differ"
            )


def _by_who_they_are(people: Sequence[Person]) -> list[str]:
    """Names of people, with a number behind a name that stands for several."""
    keys = [(label_of(person), _identity(person)) for person in people]
    different: dict[str, list[Any]] = {}
    for name, who in keys:
        known = different.setdefault(name, [])
        if who not in known:
            known.append(who)
    return [
        f"{name} {different[name].index(who) + 1}" if len(different[name]) > 1 else name
        for name, who in keys
    ]


def _identity(person: Person) -> Any:
    """What is equal for the same person or population, and for no other."""
    if isinstance(person, str):
        return person
    if isinstance(person, Population):
        return (_identity(person.centre), float(spread_of(person)))
    assert isinstance(person, PartnerParameters)
    return tuple(np.asarray(value, dtype=float).tobytes() for value in person)


def _numbered(names: list[str]) -> list[str]:
    """The names, those that are there several times with numbers that no other name has."""
    taken, seen = set(names), dict.fromkeys(names, 0)
    several = {name for name in names if names.count(name) > 1}
    made = []
    for name in names:
        new = name
        while name in several and new in taken:
            seen[name] += 1
            new = f"{name} {seen[name]}"
        taken.add(new)
        made.append(new)
    return made
