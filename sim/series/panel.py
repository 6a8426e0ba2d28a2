"""Who predicts whom, over many couples: lagged tables, cross-lagged panel."""

import numpy as np
import pandas as pd
import xarray as xr

from sim.checks import whole
from sim.series.checks import check_lag, check_length, check_rank
from sim.series.copies import check_copies
from sim.series.pieces import prepared, together

LEVEL = 0.95
LEAST_COUPLES = 6


def cross_lagged(
    series: xr.DataArray, lag: int = 1, first: int = 0, copies: str = "refuse"
) -> pd.DataFrame:
    """Standardised paths between two waves, over couples: own (stability) and partner's (cross).

    Waves ``first`` and ``first + lag``. One row a person: path, standard error, 95 % interval, and
    the correlation of what is left of both at the second wave. The errors count that the spreads
    are estimated too, and need neither normal answers nor equal variances (delta method on all
    covariances). Couples with a missing answer in either wave are left out and counted in
    ``attrs``. Between persons: a path may come from stable differences alone (Hamaker et al.
    2015); ``actor_partner`` takes persons' means apart.
    """
    series = prepared(series)
    lag = check_lag(lag, series)
    first = whole("first", first, "a wave", 0, series.sizes["time"] - 1)
    check_length(series, first + lag + 1)
    check_copies(series, copies)
    waves = series.values[..., [first, first + lag]]
    there = np.isfinite(waves).all(axis=(1, 2))
    waves = waves[there]
    if len(waves) < LEAST_COUPLES:
        raise ValueError(
            f"{len(waves)} couples: a panel must have at least {LEAST_COUPLES} with both waves"
        )
    table = _paths(waves, [str(name) for name in series["partner"].values])
    missing = int((~there).sum())
    why = f"{missing} couples miss an answer in one of the waves" if missing else ""
    table.attrs = {"lag": lag, "couples": len(waves), "left_out": missing, "why": why}
    return table


def _paths(waves: np.ndarray, names: list[str]) -> pd.DataFrame:
    from scipy.stats import t

    before, after = _standard(waves[..., 0]), _standard(waves[..., 1])
    check_rank(before, ("first partner", "second partner"), "(all)")
    columns = np.column_stack([np.ones(len(before)), before])
    slopes = np.linalg.lstsq(columns, after, rcond=None)[0]
    rest = after - columns @ slopes
    errors = _errors(before, after, slopes[1:])
    left = float(np.corrcoef(rest.T)[0, 1])
    reach = float(t.ppf(0.5 + LEVEL / 2.0, len(before) - 3))
    rows = []
    for who, name in enumerate(names):
        row: dict[str, object] = {"partner": name}
        for term, place in (("stability", who), ("cross", 1 - who)):
            path, error = slopes[1 + place, who], errors[place, who]
            row |= {term: path, f"{term}_se": error}
            row |= {f"{term}_low": path - reach * error, f"{term}_high": path + reach * error}
        rows.append(row | {"residual_correlation": left})
    return pd.DataFrame(rows).set_index("partner")


def _errors(before: np.ndarray, after: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """Standard errors of standardised slopes (predictor, outcome), from couples' influences.

    With all variables standardised, one couple moves the slopes by ``P^-1 x e`` and, since the
    spreads are estimated, by ``(x^2 b - b y^2) / 2`` (Jones and Waller 2015's delta method).
    """
    count = len(before)
    inverse = np.linalg.inv(before.T @ before / count)
    rest = after - before @ slopes
    moved = np.einsum("pq,nq,no->npo", inverse, before, rest)
    moved += 0.5 * (before**2)[:, :, None] * slopes - 0.5 * (after**2)[:, None, :] * slopes
    moved -= moved.mean(axis=0)
    errors: np.ndarray = np.sqrt((moved**2).sum(axis=0) / (count * (count - 3.0)))
    return errors


def _standard(values: np.ndarray) -> np.ndarray:
    spread = values.std(axis=0, ddof=1)
    if (spread == 0.0).any():
        raise ValueError("cross_lagged: a wave on which all couples are equal tells nothing")
    return (values - values.mean(axis=0)) / spread


def lagged_table(series: xr.DataArray, lag: int = 1) -> pd.DataFrame:
    """One row a person and time: now, own and partner's lag (from the person's mean), roles.

    Rows in which one of the three is missing, or the two times lie in different pieces, are not
    there. ``first`` and ``second`` are 1 for the partner of that place.
    """
    series = prepared(series)
    lag = check_lag(lag, series)
    check_length(series, lag + 1 if "piece" in series.coords else lag + 5)
    count = np.isfinite(series.values).sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):
        mean = np.nansum(series.values, axis=-1, keepdims=True) / count
    values, near = series.values - mean, together(series, lag)
    names = [str(name) for name in series["partner"].values]
    frames = []
    for who in (0, 1):
        now, own, other = (
            series.values[:, who, lag:],
            values[:, who, :-lag],
            values[:, 1 - who, :-lag],
        )
        used = near & np.isfinite(now) & np.isfinite(own) & np.isfinite(other)
        couple, time = np.nonzero(used)
        frames.append(
            pd.DataFrame(
                {
                    "couple": series["couple"].values[couple],
                    "time": series["time"].values[lag:][time],
                    "role": names[who],
                    "first": float(who == 0),
                    "second": float(who == 1),
                    "now": now[used],
                    "own": own[used],
                    "other": other[used],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)
