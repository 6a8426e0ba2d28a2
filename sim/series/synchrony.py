"""Synchrony, and the null it must beat: couples of people who never met."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import xarray as xr

from models.wording import shown
from sim.checks import seed_number, whole
from sim.series.checks import check_length
from sim.series.copies import check_copies
from sim.series.pieces import numbers, padded, prepared

LONGEST, MOST_DRAWS = 10**7, 10**6
Statistic = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Of the first partners' and the second partners' series (couples, times): one curve a couple."""


def windowed_correlation(
    series: xr.DataArray, window: int, most: int, step: int = 1, copies: str = "refuse"
) -> xr.DataArray:
    """Correlation within moving windows at each lead: (couple, lead, window).

    Boker et al. 2002. At a lead above 0 the first partner's window is compared with the
    second's ``lead`` steps later. Windows are nan in which one does not vary, an answer is missing,
    or which reach over two pieces; ``attrs["undefined"]`` is their share.
    """
    series = prepared(series)
    check_copies(series, copies)
    window, most, step = _checked(window, most, step)
    check_length(series, window + 2 * most + 1)
    first, second = series.values[:, 0], series.values[:, 1]
    shifts = np.arange(-most, most + 1)
    found = np.stack([_windows(first, second, int(k), window, most, step) for k in shifts], axis=1)
    starts = np.arange(found.shape[-1]) * step + most
    found = np.where(_whole(numbers(series), starts, shifts, window), found, np.nan)
    coords = {
        "couple": series["couple"].values,
        "lead": shifts,
        "window": series["time"].values[starts],
    }
    about = {
        "long_name": "correlation within a window",
        "units": "1",
        "length": window,
        "undefined": float(np.isnan(found).mean()),
    }
    return xr.DataArray(found, coords, ("couple", "lead", "window"), attrs=about)


def _whole(piece: np.ndarray, starts: np.ndarray, shifts: np.ndarray, window: int) -> np.ndarray:
    """Whether both windows lie in one piece: (lead, window)."""
    first = piece[starts]
    later = starts + shifts[:, None]
    inside = (first == piece[starts + window - 1]) & (first == piece[later])
    whole: np.ndarray = inside & (first == piece[later + window - 1])
    return whole


def _checked(window: Any, most: Any, step: Any) -> tuple[int, int, int]:
    """Lengths of windows, in steps; a series as long as that is not held in memory."""
    return (
        whole("window", window, "steps in a window", 3, LONGEST),
        whole("most", most, "steps of the largest lead", 0, LONGEST),
        whole("step", step, "steps from window to window", 1, LONGEST),
    )


def _windows(
    first: np.ndarray, second: np.ndarray, shift: int, window: int, most: int, step: int
) -> np.ndarray:
    # Both margins are left out at every lead, so that all leads are measured on as many windows.
    last = first.shape[-1] - most
    one = _cut(first[:, most:last], window, step)
    two = _cut(second[:, most + shift : last + shift], window, step)
    return _correlation(one, two)


def _cut(values: np.ndarray, window: int, step: int) -> np.ndarray:
    return np.lib.stride_tricks.sliding_window_view(values, window, axis=-1)[:, ::step]


def _correlation(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Pearson's r along the last axis."""
    one, two = (x - x.mean(axis=-1, keepdims=True) for x in (one, two))
    sizes = np.sqrt((one**2).sum(axis=-1) * (two**2).sum(axis=-1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(sizes > 0.0, (one * two).sum(axis=-1) / sizes, np.nan)


def correlation_curve(window: int, most: int, step: int = 1) -> Statistic:
    """Mean absolute windowed correlation at each shift from ``-most`` to ``most``."""
    window, most, step = _checked(window, most, step)

    def statistic(first: np.ndarray, second: np.ndarray) -> np.ndarray:
        if first.shape[-1] < window + 2 * most + 1:
            raise ValueError(
                f"series of {first.shape[-1]} values: must have at least {window + 2 * most + 1}"
            )
        curves = [
            _mean(np.abs(_windows(first, second, shift, window, most, step)), axis=-1)
            for shift in range(-most, most + 1)
        ]
        return np.stack(curves, axis=-1)

    return statistic


def _mean(values: np.ndarray, axis: int) -> np.ndarray:
    """Mean of what is there; nan, without a warning, where nothing is."""
    there = np.isfinite(values)
    with np.errstate(invalid="ignore"):
        mean: np.ndarray = np.where(there, values, 0.0).sum(axis=axis) / there.sum(axis=axis)
    return mean


class Null(NamedTuple):
    """A statistic of real couples beside that of surrogates.

    ``observed`` is the mean over real couples; ``surrogates`` (draws, ...) the same mean in each
    reshuffling; ``low`` and ``high`` their middle 95 %; ``p`` the share of reshufflings at or
    above the observed (one-sided, never 0).
    """

    observed: np.ndarray
    surrogates: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p: np.ndarray


def surrogate_null(
    series: xr.DataArray,
    statistic: Statistic,
    draws: int = 200,
    seed: int = 1,
    copies: str = "refuse",
) -> Null:
    """The statistic of real couples against couples of shuffled partners, nobody with their own.

    What is left in the surrogates is what any two people share: the day, the task, the trend.
    Needs at least 4 couples; with few, few reshufflings differ. Where partners are exchangeable
    shuffling keeps firsts with seconds. Couples for which the statistic is nan (too many missing
    answers) are left out of each mean; where it is nan for all, ``p`` is nan. Between pieces the
    statistic sees missing answers.
    """
    series = prepared(series)
    if series.sizes["couple"] < 4:
        raise ValueError(f"{series.sizes['couple']} couples: surrogates need at least 4")
    draws = whole("draws", draws, "reshufflings", 1, MOST_DRAWS)
    random = np.random.default_rng(seed_number(seed))
    check_copies(series, copies)
    values = padded(series)
    first, second = values[:, 0], values[:, 1]
    observed = _mean(_curves(statistic, first, second), axis=0)
    others = [derangement(len(first), random) for _ in range(draws)]
    null = np.array([_mean(statistic(first, second[other]), axis=0) for other in others])
    low, high = np.quantile(null, [0.025, 0.975], axis=0)
    p = (1.0 + (null >= observed).sum(axis=0)) / (1.0 + draws)
    known = np.isfinite(observed) & np.isfinite(null).all(axis=0)
    return Null(observed, null, low, high, np.where(known, p, np.nan))


def _curves(statistic: Statistic, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """What ``statistic`` makes of the couples, if that is numbers, some for each."""
    if not callable(statistic):
        raise ValueError(f"statistic = {shown(statistic)}: must be a function of two arrays")
    curves = np.asarray(statistic(first, second))
    if curves.dtype.kind not in "fiub" or curves.shape[:1] != first.shape[:1]:
        raise ValueError(f"statistic: must give numbers for each of {len(first)} couples")
    return curves


def derangement(count: int, random: np.random.Generator) -> np.ndarray:
    """A reordering in which nobody keeps their place, each as likely as another."""
    # Drawing again until it fits keeps all equally likely, which mending a permutation would not;
    # more than one in three fits, however many couples there are.
    while True:
        order = random.permutation(count)
        if (order != np.arange(count)).all():
            return order
