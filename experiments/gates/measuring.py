"""Measure the chosen gates over seeds; each finished gate of a seed is kept."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from experiments.gates.bands import BANDS, Band
from experiments.gates.cohort import FULL, QUICK, Cohort, Size
from experiments.runner.parts import NOT_KEPT, Parts

SEEDS = (11, 12, 13, 21, 22, 23)
"""No number was set while looking at them; 21 to 23 were first seen when all was settled."""
LEVEL = 0.95
GATES = tuple(dict.fromkeys(band.gate for band in BANDS))
Progress = Callable[[int, int], None]


class Row(NamedTuple):
    """One band and what was measured."""

    band: Band
    values: list[float]
    """One a seed."""

    @property
    def mean(self) -> float:
        """Mean over seeds, nan if one gave none."""
        return float(np.mean(self.values))

    @property
    def interval(self) -> tuple[float, float]:
        """Student's interval over seeds, as wide as three seeds make it; nan for fewer than two."""
        if len(self.values) < 2:
            return (np.nan, np.nan)
        error = float(np.std(self.values, ddof=1) / np.sqrt(len(self.values)))
        reach = float(stats.t.ppf(0.5 + LEVEL / 2.0, len(self.values) - 1)) * error
        return self.mean - reach, self.mean + reach

    @property
    def passes(self) -> bool:
        """Whether the mean lies in the band."""
        return self.band.holds(self.mean)


class Bench:
    """One seed's cohort, made when the first gate needs it."""

    def __init__(self, seed: int, size: Size, shared: Any = None) -> None:
        self.seed, self.size, self.shared = seed, size, shared

    @cached_property
    def cohort(self) -> Cohort:
        """The cohort of this seed."""
        return Cohort(self.seed, self.size, self.shared)

    def measure(self, gate: str) -> dict[str, float]:
        """What a gate measures, by the keys of its bands."""
        return module_of(gate).measure(self.cohort)


def module_of(gate: str) -> Any:
    """The module that measures a gate, such as ``G3``."""
    return import_module(f"experiments.gates.measured.{gate.lower()}")


# more than six arguments: what is measured, how, and who is told
def measured(
    gates: Sequence[str],
    seeds: Sequence[int],
    size: Size = FULL,
    parts: Parts = NOT_KEPT,
    progress: Progress = lambda done, total: None,
    shared: Any = None,
) -> list[Row]:
    """A row for each band of the ``gates``, with a value a seed."""
    total, done = len(gates) * len(seeds), 0
    found: dict[str, list[float]] = {band.id: [] for band in BANDS if band.gate in gates}
    progress(done, total)
    for seed in seeds:
        bench = Bench(seed, size, shared)
        for gate in gates:
            numbers = parts(f"{gate} {seed} {size}", partial(bench.measure, gate))
            for band in BANDS:
                if band.gate == gate:
                    found[band.id].append(float(numbers[band.key]))
            done += 1
            progress(done, total)
    return [Row(band, found[band.id]) for band in BANDS if band.gate in gates]


def chosen_size(quick: bool) -> Size:
    """How many couples a measurement takes."""
    return QUICK if quick else FULL
