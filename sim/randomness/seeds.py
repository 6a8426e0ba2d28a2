"""A seed where none is given, and a seed out of whatever NumPy takes for one."""

import secrets
from typing import Any

import numpy as np

SEED_SPAN = 2**53
"""Seeds made here lie below it: a table, a spreadsheet and JSON hold them to the last digit."""


def fresh_seed() -> int:
    """A seed from the operating system, in [0, 2^53): another one at each call."""
    return secrets.randbelow(SEED_SPAN)


def seed_from(source: Any) -> int:
    """A seed in [0, 2^53) from what ``numpy.random.default_rng`` takes for one, but integers.

    A ``Generator`` or ``BitGenerator`` is drawn from, so that the next seed from it is another
    one; a ``SeedSequence`` or a sequence of integers always gives the same.
    """
    if isinstance(source, (np.random.Generator, np.random.BitGenerator)):
        return int(np.random.default_rng(source).integers(SEED_SPAN))
    try:
        entropy = source if isinstance(source, np.random.SeedSequence) else _sequence(source)
    except (TypeError, ValueError, np.ma.MaskError) as fault:
        given = " ".join(repr(source).split())[:80]
        raise ValueError(
            f"rng = {given}: must be an integer in [0, 2^64), a sequence of integers, "
            "or a SeedSequence, BitGenerator or Generator of NumPy"
        ) from fault
    return int(entropy.generate_state(1, np.uint64)[0]) % SEED_SPAN


def _sequence(source: Any) -> np.random.SeedSequence:
    if isinstance(source, (str, bytes)):
        raise TypeError("a text is no sequence of integers")
    parts = list(source)
    if not parts or not all(isinstance(part, (int, np.integer)) for part in parts):
        raise TypeError("no sequence of integers")
    return np.random.SeedSequence([int(part) for part in parts])
