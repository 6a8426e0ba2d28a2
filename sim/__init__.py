"""The machinery: random numbers, time, people, drivers, recording. Equations live in ``models``."""

from importlib import import_module
from typing import Any

from sim import former_names

former_names.install()
_WHERE = {
    "simulate": "sim.engines.ensemble",
    "CoupleModel": "sim.engines.mesa_model",
    "Calendar": "sim.world.calendar",
    "daily_life": "sim.world.calendar",
    "conversation": "sim.world.calendar",
    "separation": "sim.world.calendar",
    "Population": "sim.world.population",
    "around": "sim.world.population",
}
__all__ = list(_WHERE)


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for, so that ``import sim`` stays light."""
    if name not in _WHERE:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
