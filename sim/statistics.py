"""Statistics that every room uses."""

import numpy as np

NORMAL_95 = 1.96
"""Half a 95 % interval in standard errors, where the estimate is normal."""


def standard_error(values: np.ndarray, few: float = np.nan) -> float:
    """Standard error of the mean of what is finite; ``few`` from fewer than two values."""
    some = values[np.isfinite(values)]
    return float(some.std(ddof=1) / np.sqrt(len(some))) if len(some) > 1 else few
