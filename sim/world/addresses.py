"""Who is who: the labels A and B, the numbers of couples, and whose random stream a partner uses.

Every driver, calendar and result takes them from here, so that they mean the same everywhere.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.checks import is_number, shown, whole
from sim.randomness.noise import DYAD_BITS

MOST_COUPLES = 10_000_000
"""In one run: the numbers of so many couples are still made in no time."""
MOST_NUMBER = 2**DYAD_BITS
"""Numbers of couples are addresses of random numbers, which reach so far."""
PARTNERS = ("A", "B")


def partner_index(owner: str) -> int:
    """0 for A, 1 for B."""
    if not isinstance(owner, str) or owner not in PARTNERS:
        raise ValueError(f"owner = {shown(owner)}: must be 'A' or 'B'")
    return PARTNERS.index(owner)


def dyad_numbers(dyads: int | Sequence[int], name: str = "dyads") -> np.ndarray:
    """Addresses of the couples: ``range(dyads)``, or the numbers given, each once.

    ``name`` is that of the argument, for the line that refuses it.
    """
    if is_number(dyads) or isinstance(dyads, bool):
        count = whole(name, dyads, "couples")
        _check_count(count, name)
        return np.arange(count)
    ids = _ids(dyads, name)
    _check_count(len(ids), name)
    numbers, counts = np.unique(ids, return_counts=True)
    if counts.max() > 1:
        twice = numbers[counts > 1][0]
        raise ValueError(f"{name}: couple {twice} is given {counts.max()} times; once is enough")
    return ids


def _check_count(count: int, name: str) -> None:
    if count > MOST_COUPLES:
        raise ValueError(
            f"{name} = {shown(count)}: must be at most {MOST_COUPLES:,} couples in one run; "
            "take several, with couple numbers of their own"
        )


def _ids(dyads: Any, name: str) -> np.ndarray:
    """Numbers of couples as given, as whole numbers."""
    rule = "must be a whole number or a list of couple numbers in [0, 2^56)"
    try:
        ids = np.asarray(dyads)
    except (TypeError, ValueError) as fault:
        raise ValueError(f"{name} = {shown(dyads)}: {rule}") from fault
    masked = isinstance(dyads, np.ma.MaskedArray) and np.ma.getmaskarray(dyads).any()
    if masked or ids.ndim != 1 or ids.dtype.kind not in "iu" or len(ids) == 0:
        raise ValueError(f"{name} = {shown(dyads)}: {rule}")
    if ids.min() < 0 or ids.max() >= MOST_NUMBER:
        wrong = ids[(ids < 0) | (ids >= MOST_NUMBER)][0]
        raise ValueError(f"{name} = ... {wrong} ...: {rule}")
    return ids


def stream_numbers(streams: Sequence[str]) -> tuple[int, int]:
    """Whose stream of random numbers A and B draw from, as 0 and 1."""
    whose = list(streams) if isinstance(streams, (list, tuple, np.ndarray)) else None
    if whose not in ([*PARTNERS], [*PARTNERS[::-1]]):
        raise ValueError(f"streams = {shown(streams)}: must be ('A', 'B') or ('B', 'A')")
    return PARTNERS.index(streams[0]), PARTNERS.index(streams[1])
