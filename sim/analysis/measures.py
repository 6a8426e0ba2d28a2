"""Statistics on what an observer could record: coding, lagged influence, confidence intervals."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import xarray as xr

DEMAND_CUT = 0.25
LATENCY_CUT = 2.0
FEW = 10
RESAMPLES = 1000
TINY = 1e-12
"""Below it a difference is rounding."""


Spread = tuple[Any, Any, Any]
"""Middle, low and high of couples, arrays of shape (time,)."""


class Estimate(NamedTuple):
    """A mean over couples, its bootstrap confidence interval, and how many couples gave a value."""

    mean: float
    low: float
    high: float
    couples: int


def coded(values: np.ndarray, cut: float) -> np.ndarray:
    """An observer's yes or no: 1.0 where the behaviour is at least ``cut``."""
    return (values >= cut).astype(float)


def lagged_influence(cause: np.ndarray, effect: np.ndarray, own: np.ndarray) -> np.ndarray:
    """How far the partner's coded act raises the probability of one's own at the next exchange.

    Per couple, the coefficient of ``cause`` (t-1) in a linear probability model of ``effect``
    (t) that also holds one's own graded behaviour ``own`` at t-1 and t-2 (so that it is no mere
    persistence; Allison and Liker 1982) with the cohort's mean at each exchange taken out (so
    that it is no mere time of day). Arrays (couples, exchanges). A couple that shows the cause
    or its absence fewer than ``FEW`` times counts as 0: there was nothing to influence.
    """
    rare = np.minimum(cause.sum(axis=1), (1.0 - cause).sum(axis=1)) < FEW
    cause, effect, own = (x - x.mean(axis=0, keepdims=True) for x in (cause, effect, own))
    slopes = np.array([_slope(*rows) for rows in zip(cause, effect, own, strict=True)])
    return np.where(rare, 0.0, slopes)


def _slope(cause: np.ndarray, effect: np.ndarray, own: np.ndarray) -> float:
    columns = [cause[1:-1], own[1:-1], own[:-2], np.ones(len(own) - 2)]
    return float(np.linalg.lstsq(np.column_stack(columns), effect[2:], rcond=None)[0][0])


def estimate(
    values: np.ndarray, seed: int = 0, statistic: Callable = np.mean, level: float = 0.95
) -> Estimate:
    """Mean over couples, percentile bootstrap confidence interval (Efron and Tibshirani 1993).

    ``statistic`` takes an array and an ``axis``, as ``np.mean`` does.
    """
    values = np.asarray(values, float)
    values = values[np.isfinite(values)]
    if len(values) < 2 or np.ptp(values) == 0.0:
        middle = float(statistic(values)) if len(values) else float("nan")
        return Estimate(middle, middle, middle, len(values))
    # Instead of scipy.stats.bootstrap, bit for bit: importing scipy.stats takes longer than
    # everything that an experiment asks of it.
    drawn = np.random.default_rng(seed).integers(0, len(values), (RESAMPLES, len(values)))
    ordered = np.sort(statistic(values[drawn], axis=-1))
    tail = 0.5 * (1.0 - level)
    low, high = (_quantile(ordered, share) for share in (tail, 1.0 - tail))
    return Estimate(float(statistic(values)), low, high, len(values))


def _quantile(ordered: np.ndarray, share: float) -> float:
    """Linear between the two neighbours, in the order of operations of ``scipy.stats.quantile``."""
    place = share * len(ordered) + (1.0 - share)
    before, part = int(place) - 1, place % 1.0
    after = min(before + 1, len(ordered) - 1)
    return float((1.0 - part) * ordered[before] + part * ordered[after])


def shown(effect: Estimate) -> str:
    """An estimate with its interval, for a table."""
    return f"{effect.mean:+.3f} [{effect.low:+.3f}, {effect.high:+.3f}]"


def spread(values: "xr.DataArray", over: str = "dyad") -> Spread:
    """Median and the middle 80 % of couples."""
    gaps = bool(values.isnull().any())  # to leave them out takes ten times as long
    low, middle, high = values.quantile([0.1, 0.5, 0.9], over, skipna=gaps).values
    return middle, low, high


def mean_spread(values: np.ndarray) -> Spread:
    """Mean over couples (the first axis), and the middle 80 % of them."""
    low, high = np.quantile(values, [0.1, 0.9], axis=0)
    return values.mean(axis=0), low, high


def standardised_difference(one: np.ndarray, two: np.ndarray) -> float:
    """Cohen's d, the standardised mean difference: over the pooled standard deviation.

    Without any spread it is 0 where the means are equal, and infinite where they are not.
    """
    one, two = np.asarray(one, float), np.asarray(two, float)
    pooled = float(np.sqrt(0.5 * (one.var(ddof=1) + two.var(ddof=1))))
    gap = float(one.mean() - two.mean())
    if pooled > TINY:
        return gap / pooled
    return float(np.sign(gap)) * np.inf if abs(gap) > TINY else 0.0
