"""Initial conditions: the state in which a partner enters a relationship, a table of data."""

from typing import Any

from models.second.parameters import PartnerParameters
from models.second.state import Couple, DyadState, PartnerState, RandomNumbers

WARMTH = 0.35
"""[warmths] Warmth shown, expected and felt at the start of a couple: people court. Assumed."""
NEED = 0.5
"""Need of closeness at the start. Assumed; forgotten within a day."""
SEASON = 0.25
"""[warmths] Standard deviation of strain at the start: that of the season."""


def initial_state(
    parameters: PartnerParameters, draws: Any = None, warmth: Any = WARMTH
) -> PartnerState:
    """A partner at rest, new to the other; every field has the shape of the parameters.

    ``draws`` is six standard normals (``RandomNumbers``): where chance of one's own stands at the
    start, in its stationary distribution. Without them it stands at its mean. ``warmth`` [warmths]
    is what is shown and expected at first.
    """
    nothing = 0.0 * parameters.vagal_tone
    z = RandomNumbers(*(6 * (0.0,))) if draws is None else draws
    return PartnerState(
        warmth_shown=nothing + warmth,
        bid=nothing,
        demand=nothing,
        withdrawal=nothing,
        misreading=nothing + z.misreading,
        evidence=nothing,
        arousal=nothing,
        load=nothing,
        need=nothing + NEED,
        expected_warmth=nothing + warmth,
        expected_variance=nothing + parameters.vigilance,
        safety_memory=nothing,
        tolerance=nothing,
        sentiment=nothing + warmth,
        satisfaction=nothing + warmth,
        strain=nothing + SEASON * z.strain,
        wish=nothing + z.wish,
        alternatives=nothing + z.alternatives,
        disengagement=nothing,
        integration_gained=nothing,
    )


# more than six arguments: what is A's and what is B's
def initial_couple(
    a: PartnerParameters,
    b: PartnerParameters,
    closeness: Any = 0.5,
    draws_a: Any = None,
    draws_b: Any = None,
) -> Couple:
    """Two partners who have just met, at ``closeness`` in (0, 1)."""
    nothing = 0.0 * a.vagal_tone
    dyad = DyadState(closeness=nothing + closeness, age=nothing, hazard=nothing)
    return Couple(initial_state(a, draws_a), initial_state(b, draws_b), dyad)
