"""Statistics that every room uses."""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np

NORMAL_95 = 1.96
"""Half a 95 % interval in standard errors, where the estimate is normal."""


def standard_error(values: np.ndarray, few: float = np.nan) -> float:
    """Standard error of the mean of what is finite; ``few`` from fewer than two values."""
    some = values[np.isfinite(values)]
    return float(some.std(ddof=1) / np.sqrt(len(some))) if len(some) > 1 else few


class Share(NamedTuple):
    """A share, its interval and the count it comes from."""

    share: float
    low: float
    high: float
    n: int


def wilson(hits: int, n: int, level: float = 0.95) -> Share:
    """``hits`` of ``n`` with Wilson's score interval (1927, *J. Am. Stat. Assoc.* 22:209).

    Never outside 0 to 1, and of a width also where nothing, or everything, was hit. All nan where
    ``n`` is 0. ``ValueError`` for counts that are none.
    """
    for name, count in (("hits", hits), ("n", n)):
        whole = np.isscalar(count) and not isinstance(count, bool) and np.isfinite(count)
        if not whole or count != int(count) or count < 0:
            raise ValueError(f"{name} = {count!r}: must be a whole number of at least 0")
    if hits > n:
        raise ValueError(f"hits = {hits}: must be at most n = {n}")
    if not 0.0 < level < 1.0:
        raise ValueError(f"level = {level!r}: must be between 0 and 1")
    if n == 0:
        return Share(np.nan, np.nan, np.nan, 0)
    z, share = NormalDist().inv_cdf(0.5 + level / 2.0), hits / n
    scale = 1.0 + z**2 / n
    middle = (share + z**2 / (2.0 * n)) / scale
    reach = z * float(np.sqrt(share * (1.0 - share) / n + z**2 / (4.0 * n**2))) / scale
    # Rounding must not leave 1e-18 where nothing, or everything, was hit.
    low = 0.0 if hits == 0 else max(middle - reach, 0.0)
    high = 1.0 if hits == n else min(middle + reach, 1.0)
    return Share(share, low, high, int(n))
