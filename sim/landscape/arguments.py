"""What the tools of the landscape may be asked: a system, states, durations; else one line."""

from typing import Any

import numpy as np

from sim.checks import in_range, numbers, shown, whole

MOST_STARTS = 2**20
MOST_POINTS = 2_000
"""Points along an axis of a plane at most: its square is what has to be kept."""
MOST_STEPS = 10_000_000
LONGEST = 1e9
"""Time at most: beyond it a typing error is more likely than a question."""


def check_system(system: Any) -> None:
    """Refuse what is no system; a couple or a model has to be made into one first."""
    if not all(hasattr(system, part) for part in ("rate", "kind", "names", "box")):
        raise ValueError(
            f"system = {shown(system)}: must be a System: of_classic(...) or of_couple(...)"
        )


def state_of(system: Any, name: str, given: Any) -> np.ndarray:
    """One state, finite, in the order of the system's names."""
    check_system(system)
    state = numbers(name, given)
    if state.shape != (len(system.names),) or not np.isfinite(state).all():
        raise ValueError(
            f"{name} = {shown(given)}: must be {len(system.names)} finite numbers "
            f"({', '.join(system.names)})"
        )
    return state


def states_of(system: Any, name: str, given: Any) -> np.ndarray:
    """States of shape (variables, ...); what is lost may be infinite."""
    check_system(system)
    states = numbers(name, given)
    if states.ndim < 1 or len(states) != len(system.names):
        raise ValueError(
            f"{name} of shape {states.shape}: must be ({len(system.names)} variables, ...)"
        )
    return states


def family_of(family: Any, value: float) -> Any:
    """The system that ``family`` gives at one value of its parameter."""
    if not callable(family):
        raise ValueError(f"family = {shown(family)}: must be a function of the parameter's value")
    system = family(value)
    try:
        check_system(system)
    except ValueError as fault:
        raise ValueError(f"family: {fault}") from None
    return system


def duration_of(system: Any, name: str, given: Any, low: float = 0.0) -> float:
    """A time of at least ``low``, bounded: for a map no more than ``MOST_STEPS`` steps."""
    check_system(system)
    high = float(MOST_STEPS) if system.kind == "map" else LONGEST
    return in_range(name, given, low, high, "units of time, or steps of a map")


def axes_of(system: Any, axes: Any) -> tuple[int, int]:
    """Numbers of two different variables."""
    check_system(system)
    most = len(system.names) - 1
    if np.shape(axes) != (2,) or isinstance(axes, str):
        raise ValueError(f"axes = {shown(axes)}: must be two numbers of variables, 0 to {most}")
    first, second = (whole("axes", axis, "number of a variable", 0, most) for axis in axes)
    if first == second:
        raise ValueError(f"axes = {shown(axes)}: must be two different variables")
    return first, second


def limits_of(given: Any) -> tuple[float, float]:
    """The lowest and the highest value of a parameter."""
    ends = numbers("limits", given)
    if ends.shape != (2,) or not np.isfinite(ends).all() or not ends[0] < ends[1]:
        raise ValueError(f"limits = {shown(given)}: must be two finite numbers, low below high")
    return float(ends[0]), float(ends[1])


def count_of(name: str, given: Any, what: str, most: int, low: int = 1) -> int:
    """A number of things that are worked through, bounded before any is made."""
    return whole(name, given, what, low, most)
