"""The classic couple models, each in one file, all answering to the same tools."""

from models.classics import (
    coupled_oscillator,
    fraley_stability,
    gone_with_the_wind,
    gottman,
    inertia_coordination,
    insecure_biased,
    laura_petrarch,
    liebovitch,
    panic_schema,
    rey_effort,
    secure_couple,
    sprott_triangle,
    strogatz,
)
from models.classics.classic import Classic
from models.wording import named

_LIST = (
    strogatz.MODEL,
    secure_couple.MODEL,
    laura_petrarch.MODEL,
    gone_with_the_wind.MODEL,
    insecure_biased.MODEL,
    gottman.SIMULTANEOUS,
    gottman.SEQUENTIAL,
    liebovitch.LIEBOVITCH,
    liebovitch.DELAYED,
    sprott_triangle.MODEL,
    rey_effort.MODEL,
    inertia_coordination.MODEL,
    coupled_oscillator.MODEL,
    panic_schema.MODEL,
    fraley_stability.MODEL,
)

CLASSICS: dict[str, Classic] = {model.name: model for model in _LIST}
"""Name to model; two models come in two forms."""


def find(name: str) -> Classic:
    """The model ``name``; ``ValueError`` naming the nearest if there is none."""
    return CLASSICS[named(name, CLASSICS, "classic model")]


__all__ = ["CLASSICS", "Classic", "find"]
