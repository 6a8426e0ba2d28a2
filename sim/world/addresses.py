"""Who is who: the labels A and B, the numbers of couples, and whose random stream a partner uses.

Every driver, calendar and result takes them from here, so that they mean the same everywhere.
"""

from collections.abc import Sequence

import numpy as np

PARTNERS = ("A", "B")


def partner_index(owner: str) -> int:
    """0 for A, 1 for B."""
    if owner not in PARTNERS:
        raise ValueError(f"owner = '{owner}': must be 'A' or 'B'")
    return PARTNERS.index(owner)


def dyad_numbers(dyads: int | Sequence[int]) -> np.ndarray:
    """Addresses of the couples: ``range(dyads)``, or the numbers given."""
    if isinstance(dyads, (int, np.integer)) and not isinstance(dyads, bool):
        if dyads < 1:
            raise ValueError(f"dyads = {dyads}: must be at least 1 (couples)")
        return np.arange(dyads)
    ids = np.asarray(dyads)
    if ids.ndim != 1 or ids.dtype.kind not in "iu" or len(ids) == 0 or ids.min() < 0:
        raise ValueError(f"dyads = {dyads!r}: must be a whole number or a list of couple numbers")
    return ids


def stream_numbers(streams: Sequence[str]) -> tuple[int, int]:
    """Whose stream of random numbers A and B draw from, as 0 and 1."""
    if sorted(streams) != list(PARTNERS):
        raise ValueError(f"streams = {tuple(streams)}: must be ('A', 'B') or ('B', 'A')")
    return PARTNERS.index(streams[0]), PARTNERS.index(streams[1])
