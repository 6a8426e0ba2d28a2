"""The engine that is always there: ``exchange`` as it is written, on rows of couples."""

from collections.abc import Callable
from typing import Any

import numpy as np

from models.couple import Exchange, exchange
from models.parameters import PartnerParameters, SharedParameters
from models.state import Couple, Luck
from sim.calendar import Calendar
from sim.noise import Purpose, normals
from sim.recording import DYAD_VARIABLES, Bins, is_signal

NOISE_STEPS = 64


def run(
    start: Couple,
    person_a: PartnerParameters,
    person_b: PartnerParameters,
    calendar: Calendar,
    shared: SharedParameters,
    seed: int,
    dyads: np.ndarray,
    luck_of: tuple[int, int],
    bins: Bins,
    names: tuple[str, ...],
    advance: Callable[[int], None],
) -> tuple[dict[str, np.ndarray], Couple]:
    """Run all couples over the calendar; weighted sums (bins, [2,] couples) of each variable.

    ``dyads`` are the addresses of the couples, ``luck_of`` whose stream A and B draw from.
    """
    couple = start
    sums = {name: np.zeros(_shape(name, bins.count, len(dyads))) for name in names}
    for first in range(0, len(calendar), NOISE_STEPS):
        steps = np.arange(first, min(first + NOISE_STEPS, len(calendar)))
        luck_a, luck_b = (luck(seed, dyads, who, steps) for who in luck_of)
        for row, step in enumerate(steps):
            result = exchange(
                couple, person_a, person_b, *calendar.at(step),
                Luck(*luck_a[:, row]), Luck(*luck_b[:, row]), shared,
            )  # fmt: skip
            couple = result.couple
            _add(sums, names, result, bins, step)
        advance(len(steps) * len(dyads))
    return sums, couple


def luck(seed: int, dyads: np.ndarray, who: int, steps: np.ndarray) -> np.ndarray:
    """Draws of one partner: shape (4, steps, couples)."""
    unique, back = np.unique(dyads, return_inverse=True)
    return normals(Purpose.EXCHANGE, seed, unique, who, steps[:, None])[:, :, back]


def _shape(name: str, count: int, couples: int) -> tuple[int, ...]:
    return (count, couples) if name in DYAD_VARIABLES else (count, 2, couples)


def _add(sums: dict[str, Any], names: tuple[str, ...], result: Exchange, bins: Bins, step) -> None:
    where = bins.index[step]
    for name in names:
        weight = (bins.signal_weight if is_signal(name) else bins.state_weight)[step]
        if weight == 0.0:
            continue
        if name in DYAD_VARIABLES:
            sums[name][where] += weight * getattr(result.couple.dyad, name)
        else:
            for who, value in enumerate(both(result, name)):
                sums[name][where, who] += weight * value


def both(result: Exchange, name: str) -> tuple[Any, Any]:
    """The values of a partner's variable in A and B."""
    if is_signal(name):
        way, field = name.split("_", 1)
        return tuple(getattr(getattr(result, f"{way}_{who}"), field) for who in "ab")
    return getattr(result.couple.a, name), getattr(result.couple.b, name)
