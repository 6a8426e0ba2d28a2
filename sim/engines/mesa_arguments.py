"""What a couple model may be given by Mesa's tools: seeds of text boxes, values taken apart."""

from collections.abc import Callable
from typing import Any

import numpy as np

from models.cores import FIRST, Core
from sim.checks import is_number, seed_number, shown
from sim.randomness.seeds import fresh_seed, seed_from
from sim.world.people import resolve
from sim.world.population import Population


def singly(people: Any) -> list[Any]:
    """One parameter set of plain floats for each couple."""
    return [type(people)(*row) for row in zip(*(f.tolist() for f in people), strict=True)]


def singular(couple: Any) -> Any:
    """A couple of plain floats, from floats or from arrays of one number."""
    parts = (type(part)(*(float(np.ravel(value)[0]) for value in part)) for part in couple)
    return type(couple)(*parts)


def person_of(
    name: str, person: Any, seed: int, numbers: np.ndarray, who: int, core: Core = FIRST
) -> Any:
    """Who is partner ``name`` in each couple."""
    if isinstance(person, (core.PartnerParameters, Population)):
        return resolve(person, seed, numbers, who, core)
    return in_one_piece(name, lambda: resolve(person, seed, numbers, who, core))


def in_one_piece(name: str, look: Callable[[], Any]) -> Any:
    """What ``look`` gives; a fault says what a batch run makes of a value that has parts."""
    try:
        return look()
    except ValueError as fault:
        remedy = (
            f"Mesa's batch_run takes what has parts apart: put it in a list, {{'{name}': [...]}}"
        )
        raise ValueError(f"{fault}; {remedy}") from fault


def seed_of(seed: Any, rng: Any) -> int:
    """The seed: the number given, drawn from the source given, or drawn."""
    if seed is not None and rng is not None:
        raise ValueError(
            f"seed = {shown(seed)}, rng = {shown(rng)}: two names of one thing, give one"
        )
    if seed is None and rng is None:
        return fresh_seed()
    name, given = ("rng", rng) if seed is None else ("seed", seed)
    if isinstance(given, str) and given.strip().isdecimal():
        return seed_number(int(given), name)
    if name == "rng" and not isinstance(given, str) and not is_number(given):
        return seed_from(given)
    return seed_number(given, name)
