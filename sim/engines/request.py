"""All that a call of ``simulate`` asks for, once it is checked: what runs it and labels it."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from models.cores import FIRST, Core
from sim.engines.recording import Bins
from sim.engines.starting import Start
from sim.world.calendar import Calendar


class Request(NamedTuple):
    """What was asked for: who, when, how, and what of it is kept."""

    people: tuple[list[Any], list[Any]]
    """A's and B's, one a condition."""
    shared_parameters: list[Any]
    """One set a condition."""
    labels: list[str]
    """Names of the conditions."""
    dyads: np.ndarray
    calendar: Calendar
    seed: int
    streams: tuple[int, int]
    closeness: float
    record: str
    bins: Bins
    names: tuple[str, ...]
    """Variables to record."""
    engine: str
    precision: str
    threads: int
    chunk: int
    """The most couples taken at a time."""
    advance: Callable[[int], None]
    core: Core = FIRST
    ends: tuple[str, ...] = ()
    """States of which the values after the last time step are wanted."""
    start: Start | None = None
    """The states in which the couples begin; None: those of people who are new to each other."""
