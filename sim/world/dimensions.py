"""People as points on anxiety and avoidance, the two dimensions of adult attachment.

Types are regions of this plane and no kinds of people (Fraley and Shaver 2000); what lies outside
it (temper, wishes, chance) is each person's own.
"""

from typing import Any, NamedTuple

import numpy as np

from models.cores import Core, core_named
from models.declare import declarations
from sim.checks import in_range
from sim.world.population import person_draws

REACH = 0.35
"""How far one standard deviation on a dimension leads towards its preset. Assumed."""
CENTRE = 0.8
"""[sd] Where the secure preset lies below the mean of both dimensions. Assumed."""
TOGETHER = 0.2
"""Correlation of anxiety and avoidance, Cameron, Finnegan and Morry 2012."""
FIRST_ADDRESS = 1000
"""Steps of the address: those of people around presets begin at 0."""
ROWS = ("secure", "anxious", "avoidant")


class Sample(NamedTuple):
    """People, one a couple, and where they lie."""

    people: Any
    anxiety: np.ndarray
    """[sd]"""
    avoidance: np.ndarray
    """[sd]"""


def on_dimensions(
    dyads: Any, seed: int, partner: int, assortment: float = 0.0, core: str | Core = "second"
) -> Sample:
    """One person a couple: anxiety and avoidance standard normal, the rest spread around them.

    Parameters
    ----------
    dyads
        Numbers of the couples (int array): who somebody is depends on (seed, couple, partner)
        alone.
    partner
        0 for A, 1 for B.
    assortment
        Correlation between the partners on both dimensions, in [0, 1).
    """
    in_range("assortment", assortment, 0.0, 0.99, "correlation between partners")
    core, dyads = core_named(core), np.asarray(dyads)
    own = person_draws(len(core.PartnerParameters._fields) + 2, seed, dyads, partner, FIRST_ADDRESS)
    common = person_draws(2, seed, dyads, 0, 2 * FIRST_ADDRESS)
    dimensions = np.sqrt(assortment) * common + np.sqrt(1.0 - assortment) * own[:2]
    anxiety = dimensions[0]
    avoidance = TOGETHER * anxiety + np.sqrt(1.0 - TOGETHER**2) * dimensions[1]
    values = [
        _value(core, name, anxiety, avoidance, draw)
        for name, draw in zip(core.PartnerParameters._fields, own[2:], strict=True)
    ]
    return Sample(core.PartnerParameters(*values), anxiety, avoidance)


def _value(core: Core, name: str, anxiety: Any, avoidance: Any, draw: Any) -> np.ndarray:
    """A parameter of each person: from the secure row towards the others, and an own draw."""
    low, high = declarations(core.PartnerParameters)[name].range
    places = [getattr(core.architecture(row), name) for row in ROWS]
    secure, anxious, avoidant = (np.log((p - low) / (high - p)) for p in places)
    towards = (anxious - secure) * (anxiety + CENTRE) + (avoidant - secure) * (avoidance + CENTRE)
    spread = core.default_spread * core.spreads.get(name, 1.0)
    logit = secure + REACH * towards + spread * draw
    return low + (high - low) / (1.0 + np.exp(-logit))
