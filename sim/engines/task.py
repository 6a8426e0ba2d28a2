"""What every engine is handed and what it gives back; an engine's ``prepare`` makes a ``Runner``.

    prepare(task: Task) -> Runner

A module of its own, so that an engine needs to know neither the registry nor another engine.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from models.parameters import PartnerParameters, SharedParameters
from models.state import Couple
from sim.engines.recording import Bins
from sim.world.calendar import Calendar

Sums = dict[str, np.ndarray]
"""The weighted sums of each recorded variable, shape (bins, [2,] couples)."""
Runner = Callable[[Couple, PartnerParameters, PartnerParameters, np.ndarray], tuple[Sums, Couple]]
"""Runs couples: (start, people A, people B, numbers of the couples) to sums and last states."""


class Task(NamedTuple):
    """What is the same for all couples of a run that have the same shared parameters."""

    calendar: Calendar
    shared: SharedParameters
    seed: int
    streams: tuple[int, int]
    """Whose stream of random numbers A and B draw from."""
    bins: Bins
    names: tuple[str, ...]
    advance: Callable[[int], None]
    """Told how many couple-exchanges were done; may raise to stop the run."""
    precision: str = "float64"
    couples: int = 1
    """The most couples that a call will bring."""
