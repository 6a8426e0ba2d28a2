"""Statistics of couples as studies take them; arrays have the shape (time, partner, couple)."""

from typing import Any

import numpy as np
from scipy import signal

Array = np.ndarray
FIVE = 5
"""Fewer cold turns than this say nothing about what follows one."""
SHIFT = 7
"""Couples by which partners are shuffled for a control."""


def correlation(one: Array, other: Array) -> float:
    """Pearson's correlation over everything in the two arrays."""
    return float(np.corrcoef(np.ravel(one), np.ravel(other))[0, 1])


def difference(one: Array, other: Array) -> float:
    """Standardised mean difference, one less other (Cohen's d)."""
    pooled = 0.5 * (np.var(one) + np.var(other))
    return float((np.mean(one) - np.mean(other)) / np.sqrt(pooled))


def observed(values: Array, random: np.random.Generator, reliability: float = 0.8) -> Array:
    """Values as an instrument of this reliability gives them: with an error added."""
    error = values.std() * np.sqrt(1.0 / reliability - 1.0)
    return values + error * random.standard_normal(values.shape)


def standardised(predictors: Array, outcome: Array) -> tuple[Array, float]:
    """Standardised slopes and adjusted R² of an ordinary least squares regression.

    ``predictors`` of shape (cases, predictors), ``outcome`` of shape (cases,).
    """
    x = (predictors - predictors.mean(0)) / predictors.std(0)
    y = (outcome - outcome.mean()) / outcome.std()
    slopes = np.linalg.lstsq(x, y, rcond=None)[0]
    unexplained = ((y - x @ slopes) ** 2).mean()
    cases, count = x.shape
    return slopes, float(1.0 - unexplained * (cases - 1) / (cases - count - 1))


def within(values: Array) -> Array:
    """Deviations from each person's own mean over time."""
    return values - values.mean(0)


def tracking(perceived: Array, shown: Array) -> float:
    """Correlation over time within persons, of what one perceives with what the partner shows."""
    m, f = within(perceived), within(shown[:, ::-1])
    return float((m * f).sum() / np.sqrt((m**2).sum() * (f**2).sum()))


def inertia_and_coordination(values: Array) -> tuple[float, float]:
    """Slopes of one's next value on one's own and on the partner's present one, pooled."""
    own, other, after = values[:-1].ravel(), values[:-1, ::-1].ravel(), values[1:].ravel()
    slopes = np.linalg.lstsq(np.stack([own, other], 1), after, rcond=None)[0]
    return float(slopes[0]), float(slopes[1])


def shuffled(values: Array) -> Array:
    """The same with each A beside the B of another couple."""
    return np.stack([values[:, 0], np.roll(values[:, 1], SHIFT, -1)], 1)


def detrended(values: Array) -> Array:
    """Without each person's own mean and straight trend over time."""
    return signal.detrend(values, axis=0)


def positive_to_negative(face: Array, cut: float) -> float:
    """Turns with a face above ``cut`` for each one below minus ``cut``."""
    return float((face > cut).mean() / max((face < -cut).mean(), 1e-3))


def reciprocity(face: Array, cut: float) -> float:
    """How much likelier a negative turn is after the partner's, beyond one's own base rate."""
    negative = face < -cut
    before, after = negative[:-1, ::-1], negative[1:]
    enough = before.sum(0) > FIVE
    if not enough.any():
        return float("nan")
    answered = (before & after).sum(0) / np.maximum(before.sum(0), 1)
    return float((answered - after.mean(0))[enough].mean())


def lagged(cause: Array, effect: Array) -> float:
    """Slope of ``effect`` on ``cause`` a step before, given its own past, times the cause's sd.

    Both of shape (time, couple), within couples.
    """
    x, y = within(cause), within(effect)
    past = np.stack([y[:-1].ravel(), x[:-1].ravel()], 1)
    slopes: Any = np.linalg.lstsq(past, y[1:].ravel(), rcond=None)[0]
    return float(slopes[1] * x.std())


def blocks(values: Array, length: int) -> Array:
    """Means over ``length`` steps at a time."""
    whole = len(values) // length * length
    return values[:whole].reshape(-1, length, *values.shape[1:]).mean(1)


DIARY = (
    "own_a",
    "own_b",
    "partner_a",
    "partner_b",
    "same_day",
    "between",
    "between_a",
    "between_b",
)
"""Own lag one and the partner's, of A and B; correlation of the same day within couples, and of
persons' means between couples; share of variance between persons."""


def diary(values: Array) -> Array:
    """The numbers of ``DIARY`` of daily answers, nan where one is missing."""
    deviations, own, partner, shares = values - np.nanmean(values, 0), [], [], []
    for who in (0, 1):
        y = deviations[1:, who].ravel()
        before = [deviations[:-1, who].ravel(), deviations[:-1, 1 - who].ravel()]
        known = np.isfinite(y + before[0] + before[1])
        x = np.stack([part[known] for part in before], 1)
        slopes = np.linalg.lstsq(x, y[known], rcond=None)[0]
        own.append(slopes[0])
        partner.append(slopes[1])
        shares.append(between_persons(values[:, who]))
    a, b = deviations[:, 0].ravel(), deviations[:, 1].ravel()
    known = np.isfinite(a + b)
    means = np.nanmean(values, 0)
    same, between = correlation(a[known], b[known]), correlation(means[0], means[1])
    return np.array([*own, *partner, same, between, *shares])


def between_persons(values: Array) -> float:
    """Share of variance between persons, by one-way analysis of variance; shape (time, person)."""
    count = np.isfinite(values).sum(0)
    inside = np.nansum((values - np.nanmean(values, 0)) ** 2) / (count.sum() - len(count))
    outside = np.nanmean(values, 0).var(ddof=1) - inside / count.mean()
    return float(outside / (outside + inside))
