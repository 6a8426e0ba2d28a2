"""Whether a calendar that somebody built by hand may be lived through: shapes, ranges, length."""

from typing import Any

import numpy as np

from models.state import VARIABLES, Event, Situation
from sim.checks import shown
from sim.world.calendar import MOST_STEPS, Calendar


def check_calendar(calendar: Any) -> Calendar:
    """``calendar`` itself; ``ValueError`` in one line if it is none, or what is in it can't be.

    Every driver asks this before a run, so that a calendar may be put together in any way.
    """
    if not isinstance(calendar, Calendar):
        raise ValueError(f"calendar = {shown(calendar)}: must be a Calendar")
    steps = np.shape(calendar.kind)[0] if np.ndim(calendar.kind) == 1 else 0
    if not 1 <= steps <= MOST_STEPS:
        raise ValueError(
            f"calendar: kind has shape {np.shape(calendar.kind)}: must be one name a time step, "
            f"from 1 to {MOST_STEPS:,} time steps"
        )
    if np.asarray(calendar.kind).dtype.kind != "U":
        raise ValueError(f"calendar: kind = {shown(calendar.kind)}: must be names")
    _check(calendar.situation, Situation, (steps,), "one number a time step")
    _check(calendar.events, Event, (steps, 2), "one number a time step and partner")
    return calendar


def _check(values: Any, kind: Any, shape: tuple[int, ...], each: str) -> None:
    if not isinstance(values, kind):
        name = "events" if kind is Event else "situation"
        raise ValueError(f"calendar: {name} = {shown(values)}: must be of {kind.__name__}")
    for name, rule in VARIABLES[kind].items():
        field = getattr(values, name)
        numbers = isinstance(field, np.ndarray) and field.dtype.kind in "fiu"
        if not numbers or field.shape != shape or np.ma.is_masked(field):
            raise ValueError(
                f"calendar: {kind.__name__}.{name} = {shown(field)}: must be an array of numbers "
                f"of shape {shape}, {each}, none masked"
            )
        low, high = rule.range
        with np.errstate(invalid="ignore"):
            bad = ~np.isfinite(field) | (field < low) | (field > (np.inf if high is None else high))
        if bad.any():
            step = int(np.argwhere(bad)[0][0])
            rule_text = f"at least {low:g}" if high is None else f"in [{low:g}, {high:g}]"
            raise ValueError(
                f"calendar: {kind.__name__}.{name} = {float(field[bad][0]):g} in time step {step}: "
                f"must be {rule_text} ({rule.meaning})"
            )
