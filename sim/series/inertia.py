"""Inertia and coordination (Butler; the same as stability and influence): own lag, partner's lag.

Equation::

    y(t) = c + inert * y(t - k) + coord * partner(t - k)
"""

import numpy as np
import xarray as xr

from sim.series.checks import check_duplicated, check_lag, check_length, check_rank

TERMS = ("intercept", "inertia", "coordination")


def detrended(series: xr.DataArray) -> xr.DataArray:
    """Without each person's straight line; what is left has mean 0."""
    from scipy.signal import detrend

    return series.copy(data=detrend(series.values, axis=series.dims.index("time")))


def inertia_coordination(series: xr.DataArray, lag: int = 1, detrend: bool = True) -> xr.Dataset:
    """Least squares for each person: (couple, partner) of intercept, inertia and coordination.

    Also ``explained`` (share of variance) and ``explained_alone`` (without the partner): their
    difference is what the partner adds, in the sample. ``modulus`` are the moduli of the couple's
    two eigenvalues: below 1 the pair comes back to rest. In short series inertia comes out too low
    (about (1 + 3 inertia) / length, Marriott and Pope 1954).

    Raises ``ValueError`` where ``lag`` is no lag, partners are copies, or predictors are not
    independent.
    """
    lag = check_lag(lag)
    check_length(series, lag + 5)
    check_duplicated(series)
    values = detrended(series).values if detrend else series.values
    cells = np.array(
        [
            [_person(values[row], who, lag, label) for who in (0, 1)]
            for row, label in enumerate(series["couple"].values.tolist())
        ]
    )
    return _labelled(cells, series, lag)


def _person(pair: np.ndarray, who: int, lag: int, label: object) -> np.ndarray:
    own, other, now = pair[who, :-lag], pair[1 - who, :-lag], pair[who, lag:]
    check_rank(np.column_stack([own, other]), ("own lag", "partner's lag"), label)
    both = _fitted(np.column_stack([np.ones_like(own), own, other]), now)
    alone = _fitted(np.column_stack([np.ones_like(own), own]), now)
    return np.array([*both[:-1], both[-1], alone[-1]])


def _fitted(columns: np.ndarray, now: np.ndarray) -> np.ndarray:
    """Coefficients and the share of variance explained."""
    slopes = np.linalg.lstsq(columns, now, rcond=None)[0]
    rest = now - columns @ slopes
    total = np.sum((now - now.mean()) ** 2)
    return np.append(slopes, 1.0 - rest @ rest / total if total > 0.0 else np.nan)


def _labelled(cells: np.ndarray, series: xr.DataArray, lag: int) -> xr.Dataset:
    names = (*TERMS, "explained", "explained_alone")
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
    return xr.Dataset(found, coords, {"lag": lag})


def _moduli(cells: np.ndarray) -> np.ndarray:
    (inert_a, coord_a), (inert_b, coord_b) = np.moveaxis(cells[..., 1:3], [1, 2], [0, 1])
    rows = np.stack([np.stack([inert_a, coord_a], -1), np.stack([coord_b, inert_b], -1)], -2)
    return np.sort(np.abs(np.linalg.eigvals(rows)), axis=-1)


def past_and_future(series: xr.DataArray, lag: int = 1) -> xr.Dataset:
    """What the partner's past adds to explaining one's own now, and what their future adds.

    Shares of variance beyond one's own lag: ``past`` from ``partner(t - k)``, ``future`` from
    ``partner(t + k)``, (couple, partner). A future that adds more than the past shows a lag that
    was taken for a lead, columns shifted against one another, or a partner who follows: then the
    model above puts influence on the wrong person.
    """
    lag = check_lag(lag)
    check_length(series, 2 * lag + 5)
    check_duplicated(series)
    values = detrended(series).values
    cells = np.array([[_added(pair, who, lag) for who in (0, 1)] for pair in values])
    coords = {"couple": series["couple"].values, "partner": series["partner"].values}
    data = {
        name: (("couple", "partner"), cells[..., place], {"units": "1", "long_name": name})
        for place, name in enumerate(("past", "future"))
    }
    return xr.Dataset(data, coords, {"lag": lag})


def _added(pair: np.ndarray, who: int, lag: int) -> list[float]:
    """Variance that the partner explains beyond the own lag, by their past and their future."""
    own, other = pair[who], pair[1 - who]
    now, before = own[lag:-lag], own[: -2 * lag]
    columns = np.column_stack([np.ones_like(now), before])
    alone = _fitted(columns, now)[-1]
    sides = (other[: -2 * lag], other[2 * lag :])
    return [float(_fitted(np.column_stack([columns, side]), now)[-1] - alone) for side in sides]
