"""From a scenario to its people: presets, overrides, and what is drawn from distributions."""

from typing import Any

import numpy as np

from experiments.study.fields import given
from experiments.study.scenario import Choice, Person, Scenario, Spread, Triangular, Uniform
from models.architectures import architecture
from models.parameters import PARAMETERS, PartnerParameters, SharedParameters
from sim.randomness.noise import Purpose, normals, uniforms
from sim.world.population import Population, draw

FIRST_DRAW = 1_000_000
"""Steps of purpose SAMPLE from here on belong to the distributions of a study."""


def shared_parameters(scenario: Scenario) -> SharedParameters:
    """The shared parameters of a scenario."""
    return SharedParameters()._replace(**given(scenario.shared))


def people(scenario: Scenario, partner: int, seed: int, dyads: np.ndarray) -> PartnerParameters:
    """Partner 0 or 1 for each couple number of ``dyads``; exactly the centre if nothing spreads.

    People are drawn here and not by ``sim.simulate``, which would draw them twice: once to check.
    """
    person = (scenario.people.a, scenario.people.b)[partner]
    crowd = centre(person)
    if person.spread:
        crowd = draw(Population(crowd, person.spread), seed, dyads, partner)
    names = PartnerParameters._fields
    values = {
        name: _values(name, shared, seed, dyads, partner, FIRST_DRAW + names.index(name))
        for name, shared in person.distributions.items()
    }
    return crowd._replace(**values)


def centre(person: Person) -> PartnerParameters:
    """The preset with its overrides, before anything is drawn."""
    return architecture(person.preset, **given(person.overrides))


def _values(
    name: str, shared: Any, seed: int, dyads: np.ndarray, partner: int, step: int
) -> np.ndarray:
    """One value a couple, from a draw whose address is (seed, couple, partner, parameter)."""
    if isinstance(shared, Spread):
        low, high = PARAMETERS[PartnerParameters][name].range
        shift = normals(Purpose.SAMPLE, seed, dyads, partner, step)[0] * shared.spread
        odds = (shared.median - low) / (high - shared.median) * np.exp(shift)
        return low + (high - low) * odds / (1.0 + odds)
    u = uniforms(Purpose.SAMPLE, seed, dyads, partner, step)[0]
    if isinstance(shared, Choice):
        return np.array(shared.values)[(u * len(shared.values)).astype(int)]
    if isinstance(shared, Uniform):
        return shared.low + (shared.high - shared.low) * u
    return _triangular(shared, u)


def _triangular(shared: Triangular, u: np.ndarray) -> np.ndarray:
    width, left, right = (
        shared.high - shared.low,
        shared.mode - shared.low,
        shared.high - shared.mode,
    )
    rising, falling = (
        shared.low + np.sqrt(u * width * left),
        shared.high - np.sqrt((1.0 - u) * width * right),
    )
    return np.where(u < left / width, rising, falling)
