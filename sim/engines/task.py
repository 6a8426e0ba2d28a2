"""What every engine is handed and what it gives back; an engine's ``prepare`` makes a ``Runner``.

    prepare(task: Task) -> Runner

A module of its own, so that an engine needs to know neither the registry nor another engine.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from models.cores import FIRST, Core
from sim.engines.recording import Bins
from sim.world.calendar import Calendar

Sums = dict[str, np.ndarray]
"""The weighted sums of each recorded variable, shape (bins, [2,] couples)."""
Runner = Callable[[Any, Any, Any, np.ndarray], tuple[Sums, Any]]
"""Runs couples: (start, people A, people B, numbers of the couples) to sums and last states."""


class Task(NamedTuple):
    """What is the same for all couples of a run that have the same shared parameters."""

    calendar: Calendar
    shared: Any
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
    core: Core = FIRST
    elapsed: int = 0
    """Time steps that the couples have lived through before: their random numbers go on."""
