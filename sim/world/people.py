"""What the user may pass as a person, turned into one parameter set a couple."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from models.cores import FIRST, Core, check_kind, core_of
from models.declare import declarations
from models.parameters import PartnerParameters
from sim.checks import shown
from sim.world.population import Population, around, draw, everyone

Person = str | PartnerParameters | Population
"""Parameters may be those of any core: each is a named tuple of its own."""


def label_of(person: Person) -> str:
    """Short name of a person or population, for the coordinate of the conditions."""
    if isinstance(person, str):
        return person
    if isinstance(person, Population):
        return person.label or "population"
    return "person"


def resolve(person: Any, seed: int, dyads: np.ndarray, partner: int, core: Core = FIRST) -> Any:
    """Parameters of ``person`` for each of ``dyads``: fields of shape (len(dyads),).

    A name stands for people spread around that preset, a ``Population`` for people around its
    centre, ``PartnerParameters`` for exactly this person (or, with arrays, one person a couple).
    """
    if isinstance(person, str):
        person = around(person, core=core)
    if isinstance(person, Population):
        return draw(person, seed, dyads, partner, core)
    if isinstance(person, core.PartnerParameters):
        check_everyone(person, dyads, core)
        return everyone(person, dyads)
    if core_of(person):
        check_kind("person", person, core.PartnerParameters, core)
    raise ValueError(
        f"person = {shown(person)}: must be one of {', '.join(core.architectures)}, "
        "a PartnerParameters or a Population"
    )


def check_people(person: Any, dyads: np.ndarray, core: Core = FIRST) -> None:
    """Refuse a person who is no person, before anybody is simulated."""
    if isinstance(person, core.PartnerParameters):
        check_everyone(person, dyads, core)
    else:
        resolve(person, 0, dyads[:1], 0, core)


def some_of(person: Any, some: Any) -> Any:
    """``person`` for a part of the couples: arrays of one value a couple are cut."""
    if not _is_parameters(person):
        return person
    fields: Any = [v if np.ndim(v) == 0 else np.asarray(v)[some] for v in person]
    return type(person)(*fields)


def check_everyone(person: Any, dyads: np.ndarray, core: Core = FIRST) -> None:
    """Refuse values out of range, and arrays that are not one value a couple."""
    for name, rule in declarations(core.PartnerParameters).items():
        given = getattr(person, name)
        values = _array(given)
        if values.dtype.kind not in "fiu" or np.ma.is_masked(given):
            raise ValueError(
                f"PartnerParameters.{name} = {shown(given)}: must be a number, none masked"
            )
        if values.shape not in ((), dyads.shape):
            raise ValueError(
                f"PartnerParameters.{name} has shape {values.shape}: must be one number, "
                f"or one a couple, {dyads.shape}"
            )
        low, high = rule.range
        bad = ~((values >= low) & (values <= high))
        if bad.any():
            raise ValueError(
                f"PartnerParameters.{name} = {float(values[bad].flat[0]):g}: must be in "
                f"[{low:g}, {high:g}] ({rule.meaning}, {rule.unit})"
            )


def _is_parameters(given: Any) -> bool:
    """Whether this is a person's parameters, of whatever core: a named tuple, and no list."""
    return hasattr(given, "_fields") and not isinstance(given, Population)


def _array(given: Any) -> np.ndarray:
    """``given`` as an array, which is none of numbers where it can't be one."""
    try:
        return np.asarray(given)
    except ValueError:  # lists of unequal lengths
        return np.array("")


def as_list(people: Person | Sequence[Person], count: int | None = None) -> list[Any]:
    """A list of people, one a condition; a single one is repeated ``count`` times."""
    several = isinstance(people, Sequence) and not (
        isinstance(people, (str, bytes, Population)) or _is_parameters(people)
    )
    listed = list(people) if several else [people]
    return listed * count if count is not None and len(listed) == 1 else listed
