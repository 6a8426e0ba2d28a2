"""Inertia and coordination (Butler; the same as stability and influence): own lag, partner's lag.

Equation::

    y(t) = c + inert * y(t - k) + coord * partner(t - k)
"""

from typing import Any

import numpy as np
import xarray as xr

from sim.checks import flag
from sim.series.checks import check_lag, check_length, check_rank, couple_by_couple, enough
from sim.series.copies import check_copies
from sim.series.pieces import numbers, prepared, together

TERMS = ("intercept", "inertia", "coordination")
ERRORS = ("inertia_se", "coordination_se")
LEAST = 5


def detrended(series: xr.DataArray) -> xr.DataArray:
    """Without each person's straight line in time; what is left has mean 0, missing stays so."""
    series = prepared(series)
    values = series.values
    if np.isfinite(values).all() and numbers(series)[-1] == 0:
        from scipy.signal import detrend

        return series.copy(data=detrend(values, axis=series.dims.index("time")))
    times = series["time"].values.astype(float)
    return series.copy(data=np.apply_along_axis(_level, -1, values, times - times.mean()))


def _level(own: np.ndarray, times: np.ndarray) -> np.ndarray:
    there = np.isfinite(own)
    if there.sum() < 3:
        return np.full_like(own, np.nan)
    return own - np.polyval(np.polyfit(times[there], own[there], 1), times)


def inertia_coordination(
    series: xr.DataArray, lag: int = 1, detrend: bool = True, copies: str = "refuse"
) -> xr.Dataset:
    """Least squares for each person: (couple, partner) of intercept, inertia and coordination.

    Also their standard errors ``inertia_se`` and ``coordination_se`` (independent errors assumed),
    ``explained`` (share of variance) and ``explained_alone`` (without the partner): their
    difference is what the partner adds, in the sample. ``modulus`` are the moduli of the couple's
    two eigenvalues: below 1 the pair comes back to rest. In short series inertia comes out too low
    (about (1 + 3 inertia) / length, Marriott and Pope 1954).

    Used are times at which one's own answer, and both answers ``lag`` steps before, are there and
    in the same piece; a straight line (``detrend``) is taken out over all pieces. Couples whose
    predictors do not vary or are not independent, or with fewer than 5 such times beyond the
    lag, are nan and told in ``attrs``. Raises ``ValueError`` where ``lag`` is no lag, partners are
    copies (see ``copies`` of ``check_copies``), or no couple can be estimated.
    """
    series = prepared(series)
    lag = check_lag(lag, series)
    check_length(series, lag + LEAST)
    check_copies(series, copies)
    flat = detrended(series) if flag("detrend", detrend) else series
    near = together(series, lag)

    def both(pair: np.ndarray, label: Any) -> np.ndarray:
        return np.array([_person(pair, who, lag, near, label) for who in (0, 1)])

    cells, left = couple_by_couple(flat, both, (2, len(TERMS) + len(ERRORS) + 2))
    return _labelled(cells, series, {"lag": lag, **left})


def _person(pair: np.ndarray, who: int, lag: int, near: np.ndarray, label: Any) -> np.ndarray:
    own, other, now = pair[who, :-lag], pair[1 - who, :-lag], pair[who, lag:]
    used = near & np.isfinite(own) & np.isfinite(other) & np.isfinite(now)
    own, other, now = own[used], other[used], now[used]
    enough(now, LEAST, label)
    check_rank(np.column_stack([own, other]), ("own lag", "partner's lag"), label)
    columns = np.column_stack([np.ones_like(own), own, other])
    both, alone = _fitted(columns, now), _fitted(columns[:, :2], now)
    rest = now - columns @ both[:-1]
    spread = np.linalg.inv(columns.T @ columns).diagonal()[1:]
    errors = np.sqrt(spread * (rest @ rest) / (len(now) - 3))
    return np.array([*both[:-1], *errors, both[-1], alone[-1]])


def _fitted(columns: np.ndarray, now: np.ndarray) -> np.ndarray:
    """Coefficients and the share of variance explained."""
    slopes = np.linalg.lstsq(columns, now, rcond=None)[0]
    rest = now - columns @ slopes
    total = np.sum((now - now.mean()) ** 2)
    return np.append(slopes, 1.0 - rest @ rest / total if total > 0.0 else np.nan)


def _labelled(cells: np.ndarray, series: xr.DataArray, about: dict[str, Any]) -> xr.Dataset:
    names = (*TERMS, *ERRORS, "explained", "explained_alone")
    found = {
        name: (("couple", "partner"), cells[..., place], {"units": "1", "long_name": name})
        for place, name in enumerate(names)
    }
    found["modulus"] = (
        ("couple", "eigenvalue"),
        _moduli(cells),
        {"units": "1", "long_name": "modulus"},
    )
    coords = {"couple": series["couple"].values, "partner": series["partner"].values}
    return xr.Dataset(found, coords, about)


def _moduli(cells: np.ndarray) -> np.ndarray:
    done = np.isfinite(cells).all(axis=(1, 2))
    found = np.full((len(cells), 2), np.nan)
    (inert_a, coord_a), (inert_b, coord_b) = np.moveaxis(cells[done][..., 1:3], [1, 2], [0, 1])
    rows = np.stack([np.stack([inert_a, coord_a], -1), np.stack([coord_b, inert_b], -1)], -2)
    found[done] = np.sort(np.abs(np.linalg.eigvals(rows)), axis=-1)
    return found


def past_and_future(series: xr.DataArray, lag: int = 1, copies: str = "refuse") -> xr.Dataset:
    """What the partner's past adds to explaining one's own now, and what their future adds.

    Shares of variance beyond one's own lag: ``past`` from ``partner(t - k)``, ``future`` from
    ``partner(t + k)``, (couple, partner). A future that adds more than the past shows a lag that
    was taken for a lead, columns shifted against one another, or a partner who follows: then the
    model above puts influence on the wrong person. Missing answers, pieces and couples left out as
    in ``inertia_coordination``.
    """
    series = prepared(series)
    lag = check_lag(lag, series)
    check_length(series, 2 * lag + LEAST)
    check_copies(series, copies)
    near = together(series, 2 * lag)

    def both(pair: np.ndarray, label: Any) -> np.ndarray:
        return np.array([_added(pair, who, lag, near, label) for who in (0, 1)])

    cells, left = couple_by_couple(detrended(series), both, (2, 2))
    coords = {"couple": series["couple"].values, "partner": series["partner"].values}
    data = {
        name: (("couple", "partner"), cells[..., place], {"units": "1", "long_name": name})
        for place, name in enumerate(("past", "future"))
    }
    return xr.Dataset(data, coords, {"lag": lag, **left})


def _added(pair: np.ndarray, who: int, lag: int, near: np.ndarray, label: Any) -> list[float]:
    """Variance that the partner explains beyond the own lag, by their past and their future."""
    own, other = pair[who], pair[1 - who]
    rows = np.column_stack([own[lag:-lag], own[: -2 * lag], other[: -2 * lag], other[2 * lag :]])
    rows = rows[near]
    rows = rows[np.isfinite(rows).all(axis=1)]
    enough(rows, LEAST, label)
    now, before, past, future = rows.T
    columns = np.column_stack([np.ones_like(now), before])
    alone = _fitted(columns, now)[-1]
    return [
        float(_fitted(np.column_stack([columns, side]), now)[-1] - alone) for side in (past, future)
    ]
