"""Who predicts whom, over many couples: cross-lagged panel, actor-partner interdependence."""

from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from sim.series.checks import check_duplicated, check_lag, check_length, check_rank

HOW_TO_GET = 'actor_partner needs statsmodels: pip install -e ".[analysis]"'


def cross_lagged(series: xr.DataArray, lag: int = 1, first: int = 0) -> pd.DataFrame:
    """Standardised paths between two waves, over couples: own (stability) and partner's (cross).

    Waves ``first`` and ``first + lag``. One row a person: path, standard error, and the correlation
    of what is left of both at the second wave. Between persons: a path may come from stable
    differences alone (Hamaker et al. 2015); ``actor_partner`` takes persons' means apart.
    """
    lag = check_lag(lag)
    check_length(series, first + lag + 1)
    if series.sizes["couple"] < 6:
        raise ValueError(f"{series.sizes['couple']} couples: a panel must have at least 6")
    check_duplicated(series)
    before, after = (_standard(series.values[..., wave]) for wave in (first, first + lag))
    check_rank(before, ("first partner", "second partner"), "(all)")
    columns = np.column_stack([np.ones(len(before)), before])
    slopes = np.linalg.lstsq(columns, after, rcond=None)[0]
    rest = after - columns @ slopes
    spread = np.linalg.inv(columns.T @ columns).diagonal()
    errors = np.sqrt(np.outer(spread, (rest**2).sum(axis=0) / (len(rest) - 3)))
    left = float(np.corrcoef(rest.T)[0, 1])
    rows = [
        {
            "partner": name,
            "stability": slopes[1 + who, who],
            "stability_se": errors[1 + who, who],
            "cross": slopes[2 - who, who],
            "cross_se": errors[2 - who, who],
            "residual_correlation": left,
        }
        for who, name in enumerate(series["partner"].values)
    ]
    return pd.DataFrame(rows).set_index("partner")


def _standard(values: np.ndarray) -> np.ndarray:
    spread = values.std(axis=0, ddof=1)
    if (spread == 0.0).any():
        raise ValueError("cross_lagged: a wave on which all couples are equal tells nothing")
    return (values - values.mean(axis=0)) / spread


def lagged_table(series: xr.DataArray, lag: int = 1) -> pd.DataFrame:
    """One row a person and time: now, own and partner's lag (from the person's mean), roles."""
    lag = check_lag(lag)
    check_length(series, lag + 5)
    values = series.values - series.values.mean(axis=-1, keepdims=True)
    names = [str(name) for name in series["partner"].values]
    frames = []
    for who in (0, 1):
        now, own, other = (
            series.values[:, who, lag:],
            values[:, who, :-lag],
            values[:, 1 - who, :-lag],
        )
        frames.append(
            pd.DataFrame(
                {
                    "couple": np.repeat(series["couple"].values, now.shape[1]),
                    "role": names[who],
                    "first": float(who == 0),
                    "second": float(who == 1),
                    "now": now.ravel(),
                    "own": own.ravel(),
                    "other": other.ravel(),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def actor_partner(series: xr.DataArray, lag: int = 1) -> pd.DataFrame:
    """Actor-partner interdependence, two intercepts, a multilevel model by statsmodels.

    Each role has its own intercept, actor and partner effect, and a random intercept, correlated
    within the couple; lags are within persons. One row an effect: estimate, standard error,
    95 % interval, p. In short panels actor effects come out too low (Nickell 1981). Raises
    ``ValueError`` without statsmodels, naming the extra, or where the fit does not converge.
    """
    check_duplicated(series)
    frame = lagged_table(series, lag)
    check_rank(frame[["own", "other"]].to_numpy(), ("own lag", "partner's lag"), "(all)")
    fit = _mixed(frame)
    names = [str(name) for name in series["partner"].values]
    terms = [f"{what} {name}" for what in ("intercept", "actor", "partner") for name in names]
    confidence = np.asarray(fit.conf_int())[:6]
    return pd.DataFrame(
        {
            "estimate": np.asarray(fit.fe_params),
            "standard_error": np.asarray(fit.bse_fe),
            "low": confidence[:, 0],
            "high": confidence[:, 1],
            "p": np.asarray(fit.pvalues)[:6],
        },
        index=pd.Index(terms, name="effect"),
    )


def _mixed(frame: pd.DataFrame) -> Any:
    import warnings

    try:
        from statsmodels.regression.mixed_linear_model import (
            MixedLM,
        )
    except ImportError:
        raise ValueError(HOW_TO_GET) from None
    roles = frame[["first", "second"]].to_numpy()
    fixed = np.column_stack(
        [roles, roles * frame[["own"]].to_numpy(), roles * frame[["other"]].to_numpy()]
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what matters is asked for below: convergence
        fit = MixedLM(frame["now"].to_numpy(), fixed, groups=frame["couple"], exog_re=roles).fit(
            reml=True, method=["lbfgs", "powell"]
        )
    if not fit.converged:
        raise ValueError("actor_partner: the fit did not converge; are there enough couples?")
    return fit
