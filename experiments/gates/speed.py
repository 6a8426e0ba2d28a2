"""G13, speed of both cores at time steps that suffice: ``python -m experiments.gates.speed``.

A core that needs finer steps is slower than its steps a second say. So each core's steps of
everyday life are halved until halving them once more moves nothing by 0.2 standard deviations
between couples, the band of G1; at those steps simulated couple-days a second are compared, in
turns, compiled, on one thread.
"""

import argparse
import statistics
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from experiments.gates.measured.g1 import WATCHED
from models.cores import NAMES, core_named
from sim import simulate
from sim.world.calendar import Calendar, daily_life
from sim.world.cutting import cut, halved

PAIRS = (("secure", "secure"), ("anxious", "avoidant"), ("scanner", "withdrawer"))
LIMIT = 0.2
MOST_HALVINGS = 6
ROUNDS = 3
Shift = tuple[float, str]


class Speed(NamedTuple):
    """What a core needs and does."""

    core: str
    steps_a_day: float
    shift: float
    """Largest standardised difference that halving these steps makes."""
    of: str
    """What is moved most."""
    converged: bool
    rates: list[float]
    """Couple-days a second, one a round."""


def sufficient(core: str, days: int, couples: int) -> tuple[Calendar, Shift, bool]:
    """Everyday life in steps that suffice, how far halving them moves what, and whether it does."""
    calendar = cut(daily_life(days), core_named(core).longest_step)
    before = levels(core, calendar, couples)
    for _ in range(MOST_HALVINGS):
        finer = halved(calendar)
        after = levels(core, finer, couples)
        moved = worst(before, after)
        if moved[0] < LIMIT:
            return calendar, moved, True
        calendar, before = finer, after
    return calendar, moved, False


def levels(core: str, calendar: Calendar, couples: int) -> dict[str, np.ndarray]:
    """Means over the second half of the days, one a couple and partner, by pair and variable."""
    a, b = zip(*PAIRS, strict=True)
    how: dict[str, Any] = {"core": core, "record": "daily", "variables": list(WATCHED)}
    how |= {"calendar": calendar, "dyads": couples, "seed": 1, "threads": 1}
    data = simulate(list(a), list(b), **how)
    half = data.isel(time=slice(data.sizes["time"] // 2, None)).mean("time")
    return {
        f"{' and '.join(pair)}: {name}": half[name].isel(condition=k).values
        for k, pair in enumerate(PAIRS)
        for name in WATCHED
    }


def worst(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> Shift:
    """The largest standardised difference over partners, pairs and variables, and which it is."""
    found = []
    for name, before in one.items():
        by_partner = zip(np.atleast_2d(before.T), np.atleast_2d(other[name].T), strict=True)
        found += [(abs(np.mean(y - x)) / np.std(x), name) for x, y in by_partner]
    size, name = max(found)
    return float(size), name


def measured(days: int, couples: int, rounds: int = ROUNDS) -> list[Speed]:
    """Both cores at their sufficient steps, timed in turns."""
    needed = {core: sufficient(core, days, couples) for core in NAMES}
    rates: dict[str, list[float]] = {core: [] for core in NAMES}
    for _ in range(rounds):
        for core in NAMES:
            rates[core].append(days * couples / seconds(core, needed[core][0], couples))
    return [
        Speed(core, len(cut(life, core_named(core).longest_step)) / days, *moved, good, rates[core])
        for core, (life, moved, good) in needed.items()
    ]


def seconds(core: str, calendar: Calendar, couples: int) -> float:
    """One run of one pair, summary only."""
    begin = time.perf_counter()
    simulate(
        *PAIRS[1], calendar=calendar, dyads=couples, seed=1, core=core, record="summary", threads=1
    )
    return time.perf_counter() - begin


def lines(found: Sequence[Speed]) -> list[str]:
    """What was measured, in words; the ratio is G13."""
    said = []
    for one in found:
        note = "" if one.converged else f", still not below {LIMIT}"
        said.append(
            f"{one.core:6s} {statistics.median(one.rates):8.0f} couple-days a second "
            f"({min(one.rates):.0f} to {max(one.rates):.0f}), {one.steps_a_day:.0f} steps a day; "
            f"halving moves {one.of} by d {one.shift:.2f}{note}"
        )
    first, second = (one.rates for one in found)
    ratios = [b / a for a, b in zip(first, second, strict=True)]
    return [*said, f"second over first: {statistics.median(ratios):.2f}, must be at least 1"]


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Speed of both cores at steps that suffice.")
    parser.add_argument("--days", type=int, default=40)
    parser.add_argument("--couples", type=int, default=1000)
    asked: Any = parser.parse_args(words)
    print("\n".join(lines(measured(asked.days, asked.couples))))


if __name__ == "__main__":
    main()
