"""People spread around a preset: each person a point of their own, drawn with an address."""

from typing import Any, NamedTuple

import numpy as np

from models.cores import FIRST, Core, check_kind, core_named, core_of
from models.declare import declarations
from models.parameters import check
from sim.checks import in_range
from sim.randomness.noise import Purpose, normals

DEFAULT_SPREAD = FIRST.default_spread
MOST_SPREAD = 3.0
DRAWS_PER_BLOCK = 4


class Population(NamedTuple):
    """People around ``centre``, with standard deviation ``spread`` on the logit of each range.

    At 0.25 a parameter in the middle of its range varies by some 6 % of the range, and less near
    an end, so that no draw leaves the range and none needs a clip. In the second core each
    parameter has a standard deviation of its own, and ``spread`` multiplies all of them.
    """

    centre: Any
    """Parameters of a person, of either core."""
    spread: float | None = None
    """None: that of the centre's core, 0.25 in the first and 1 in the second."""
    label: str = ""


def around(
    name: str, spread: float | None = None, *, core: Any = FIRST, **overrides: float
) -> Population:
    """People around the preset ``name``; ``spread`` is the core's own unless given."""
    core = core_named(core)
    spread = core.default_spread if spread is None else spread
    check_spread(spread)
    centre = core.architecture(name, **overrides)
    return Population(centre, spread, core.architectures[name].label)


def draw(
    people: Population, seed: int, dyads: np.ndarray, partner: int, core: Core | None = None
) -> Any:
    """One person for each entry of ``dyads`` (int array): fields of the shape of ``dyads``.

    A person depends on (seed, dyad, partner) alone, so that more couples change nobody. ``core``
    None is that of the centre.
    """
    core = core or core_of(people.centre) or FIRST
    check_kind("centre", people.centre, core.PartnerParameters, core)
    check(people.centre)
    spread = spread_of(people, core)
    check_spread(spread)
    rules = declarations(core.PartnerParameters)
    random_numbers = person_draws(len(rules), seed, dyads, partner)
    values = [
        _spread(
            getattr(people.centre, name),
            rule.range,
            spread * core.spreads.get(name, 1.0) * z,
        )
        for (name, rule), z in zip(rules.items(), random_numbers, strict=True)
    ]
    return core.PartnerParameters(*values)


def spread_of(people: Population, core: Core | None = None) -> float:
    """The spread of ``people``: their own, or that of their core."""
    core = core or core_of(people.centre) or FIRST
    return core.default_spread if people.spread is None else people.spread


def check_spread(spread: float) -> None:
    """Refuse a spread that is no number, or beyond what a logit can use."""
    in_range("spread", spread, 0.0, MOST_SPREAD, "sd on the logit of a range")


def everyone(person: Any, dyads: np.ndarray) -> Any:
    """The same person in each of ``dyads``; arrays of one value a couple pass as they are."""
    return type(person)(*(np.broadcast_to(v, dyads.shape).astype(float) for v in person))


def person_draws(
    count: int, seed: int, dyads: np.ndarray, partner: int, first: int = 0
) -> np.ndarray:
    """``count`` standard normals a person, from step ``first`` of their address: (count, ...)."""
    steps = range(first, first - (-count // DRAWS_PER_BLOCK))
    draws = [normals(Purpose.PERSON, seed, dyads, partner, step) for step in steps]
    return np.concatenate(draws)[:count]


def _spread(centre: float, limits: tuple[float, float], shift: np.ndarray) -> np.ndarray:
    """Move ``centre`` by ``shift`` on the logit of its range; an end of the range stays put."""
    low, high = limits
    share = (centre - low) / (high - low)
    if share in (0.0, 1.0):
        return np.full_like(shift, centre)
    # Odds times e^shift: the logit moved by the shift, without taking a logarithm.
    odds = share / (1.0 - share) * np.exp(shift)
    return low + (high - low) * odds / (1.0 + odds)
