"""All that a call of ``simulate`` asks for, once it is checked: what runs it and labels it."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from models.parameters import SharedParameters
from sim.engines.recording import Bins
from sim.world.calendar import Calendar


class Request(NamedTuple):
    """What was asked for: who, when, how, and what of it is kept."""

    people: tuple[list[Any], list[Any]]
    """A's and B's, one a condition."""
    shared_parameters: list[SharedParameters]
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

    @property
    def ends(self) -> bool:
        """Whether the last states are wanted."""
        return self.record == "summary"
