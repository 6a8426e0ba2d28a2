"""Actor-partner interdependence (Kenny, Kashy and Cook 2006): in a diary, and at one time."""

from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from models.wording import one_of
from sim.checks import flag
from sim.series.checks import check_rank
from sim.series.copies import check_copies
from sim.series.likelihood import Fit, Rows, fit
from sim.series.panel import LEVEL, lagged_table
from sim.series.pieces import prepared

TERMS = ("intercept", "actor", "partner")
ERRORS = ("model", "couple")
LEAST = 4


def actor_partner(
    series: xr.DataArray,
    lag: int = 1,
    *,
    exchangeable: bool | None = None,
    errors: str = "model",
    copies: str = "refuse",
) -> pd.DataFrame:
    """Who carries over, and who is moved by whom, from one time to the next.

    Multilevel model by restricted maximum likelihood: each role has its own intercept, actor and
    partner effect, its own residual variance, and a random intercept; intercepts correlate within
    the couple, residuals within a time. Lags are within persons (from their mean). One row an
    effect: estimate, standard error, 95 % interval, p (Student's t).

    ``exchangeable``: one set of effects and variances for both partners, whichever is called
    first; unless given, so where the file did not tell partners apart (``attrs`` of
    ``read_series``). ``errors="couple"`` makes them robust against whatever else differs between
    couples, such as effects that vary (sandwich clustered by couple; needs some 30 couples).

    Missing answers: a row is used where one's own answer and both answers ``lag`` before are there,
    in one piece. ``attrs`` hold both covariance matrices, the log-likelihood, and how many couples
    had no usable row. In short panels actor effects come out too low (Nickell 1981).
    """
    series = prepared(series)
    check_copies(series, copies)
    frame = lagged_table(series, lag)
    labels = series["couple"].values.tolist()
    count = frame.groupby("couple").size()
    left = [label for label in labels if label not in count.index]
    names = [str(name) for name in series["partner"].values]
    table = _table(frame, names, _exchangeable(series, exchangeable), errors, random=True)
    why = f"couple {left[0]!r}: no two neighbouring times with answers" if left else ""
    table.attrs |= {"lag": lag, "left_out": len(left), "why": why}
    return table


def actor_partner_once(
    outcome: xr.DataArray,
    predictor: xr.DataArray,
    *,
    exchangeable: bool | None = None,
    errors: str = "model",
) -> pd.DataFrame:
    """The same at one time: each person's ``outcome`` from their own and the partner's predictor.

    Both (couple, partner), or with one time. Generalised least squares: a residual variance for
    each role (one if ``exchangeable``), correlated within the couple. Predictors are taken from
    the mean of all persons. A person is left out whose outcome, or one of both predictors, is
    missing; the partner stays.
    """
    y, x = (
        _one_time(name, data) for name, data in (("outcome", outcome), ("predictor", predictor))
    )
    if y.shape != x.shape or not np.array_equal(y["couple"], x["couple"]):
        raise ValueError("outcome and predictor: must be of the same couples, in the same order")
    names = [str(name) for name in y["partner"].values]
    own = x.values - np.nanmean(x.values)
    frames = [
        pd.DataFrame(
            {
                "couple": y["couple"].values,
                "time": 0.0,
                "first": float(who == 0),
                "second": float(who == 1),
                "now": y.values[:, who],
                "own": own[:, who],
                "other": own[:, 1 - who],
            }
        )
        for who in (0, 1)
    ]
    frame = pd.concat(frames, ignore_index=True)
    used = np.flatnonzero(np.isfinite(frame[["now", "own", "other"]].to_numpy()).all(axis=1))
    return _table(frame.iloc[used], names, _exchangeable(y, exchangeable), errors, random=False)


def _one_time(name: str, data: xr.DataArray) -> xr.DataArray:
    if not isinstance(data, xr.DataArray) or data.sizes.get("time", 1) != 1:
        raise ValueError(f"{name}: must be (couple, partner) of one time; take .isel(time=0)")
    data = data.squeeze("time", drop=True) if "time" in data.dims else data
    if data.dims != ("couple", "partner") or data.sizes["partner"] != 2:
        raise ValueError(f"{name} with dims {data.dims}: must be (couple, partner), 2 each")
    if np.isinf(data.values).any():
        raise ValueError(f"{name}: has values that are no finite number")
    return data.astype(float)


def _exchangeable(series: xr.DataArray, given: bool | None) -> bool:
    if given is None:
        return bool(series.attrs.get("exchangeable", 0))
    return flag("exchangeable", given)


def _table(
    frame: pd.DataFrame, names: list[str], exchangeable: bool, errors: str, random: bool
) -> pd.DataFrame:
    one_of("errors", errors, ERRORS)
    couples = frame["couple"].nunique()
    if couples < LEAST:
        raise ValueError(f"{couples} couples with usable answers: must be at least {LEAST}")
    check_rank(frame[["own", "other"]].to_numpy(), ("own lag", "partner's lag"), "(all)")
    found = fit(_rows(frame, exchangeable), exchangeable, random)
    terms = list(TERMS) if exchangeable else [f"{what} {name}" for what in TERMS for name in names]
    table = _tested(found, terms, errors, couples, len(frame), random)
    table.attrs = {
        "couples": couples,
        "rows": len(frame),
        "log_likelihood": found.loglik,
        "residual_covariance": found.residual.tolist(),
        "intercept_covariance": found.between.tolist(),
        "errors": errors,
        "exchangeable": exchangeable,
    }
    return table


def _rows(frame: pd.DataFrame, exchangeable: bool) -> Rows:
    """The long table in pairs of one couple and time."""
    both = frame.groupby(["couple", "time"], sort=False).ngroup().to_numpy()
    who = frame["second"].to_numpy(int)
    own = frame[["own", "other"]].to_numpy()
    columns = np.column_stack([np.ones(len(own)), own])
    if not exchangeable:  # intercepts, actors, partners: first and second in turn
        roles = frame[["first", "second"]].to_numpy()
        columns = (columns[:, :, None] * roles[:, None, :]).reshape(len(own), 6)
    times = int(both.max()) + 1
    design = np.zeros((times, 2, columns.shape[1]))
    outcome, there = np.zeros((times, 2)), np.zeros((times, 2), bool)
    couple = np.zeros(times, np.int64)
    design[both, who], outcome[both, who], there[both, who] = columns, frame["now"], True
    couple[both] = pd.factorize(frame["couple"])[0]
    return Rows(design, outcome, there, couple)


def _tested(
    found: Fit, terms: list[str], errors: str, couples: int, rows: int, random: bool
) -> pd.DataFrame:
    from scipy.stats import t

    covariance = found.covariance
    freedom = np.full(len(terms), float(rows - couples - len(terms)) if random else couples - 3.0)
    if random:  # an intercept is known as well as there are couples
        freedom[[term.startswith("intercept") for term in terms]] = couples - 1.0
    if errors == "couple":
        covariance = covariance @ (found.scores.T @ found.scores) @ covariance
        covariance *= couples / (couples - 1.0)
        freedom[:] = couples - 1.0
    spread = np.sqrt(covariance.diagonal())
    reach = t.ppf(0.5 + LEVEL / 2.0, freedom) * spread
    columns: dict[str, Any] = {
        "estimate": found.effects,
        "standard_error": spread,
        "low": found.effects - reach,
        "high": found.effects + reach,
        "p": 2.0 * t.sf(np.abs(found.effects) / spread, freedom),
    }
    return pd.DataFrame(columns, pd.Index(terms, name="effect"))
