"""What makes an estimate meaningless although it can be computed."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import xarray as xr

from models.wording import shown
from sim.checks import is_whole, plain

ALIKE = 1e-9
SHOWN = 5


def check_lag(lag: Any, series: xr.DataArray | None = None) -> int:
    """``lag`` if it is a lag; a lead would let the future predict the past."""
    number = plain(lag)
    if not is_whole(number) or number < 1:
        raise ValueError(
            f"lag = {shown(lag)}: must be a whole number of at least 1 (steps into the past; below "
            "1 the present or the future would predict)"
        )
    if series is not None and number >= series.sizes["time"]:
        times = series.sizes["time"]
        raise ValueError(f"lag = {shown(number)}: must be below {times}, the length of the series")
    return int(number)


def check_length(series: xr.DataArray, least: int) -> None:
    """Refuse series that are too short to estimate anything."""
    if series.sizes["time"] < least:
        raise ValueError(f"series of {series.sizes['time']} values: must have at least {least}")


def check_rank(predictors: np.ndarray, names: Sequence[str], whose: Any) -> None:
    """Refuse predictors of which one follows from the others (shape: values, predictors)."""
    spread = predictors.std(axis=0)
    flat = [name for name, size in zip(names, spread, strict=True) if size < ALIKE]
    if flat:
        raise ValueError(f"couple {whose!r}: '{flat[0]}' does not vary, nothing can be estimated")
    scaled = (predictors - predictors.mean(axis=0)) / spread
    if np.linalg.matrix_rank(scaled, tol=1e-7 * len(scaled) ** 0.5) < len(names):
        raise ValueError(
            f"couple {whose!r}: {' and '.join(names)} are not independent (rank deficient); is one "
            "partner a copy of the other?"
        )


def enough(values: np.ndarray, least: int, whose: Any) -> None:
    """Refuse to estimate from fewer than ``least`` rows."""
    if len(values) < least:
        raise ValueError(f"couple {whose!r}: {len(values)} usable times, must be at least {least}")


def couple_by_couple(
    series: xr.DataArray, estimate: Callable[[np.ndarray, Any], np.ndarray], shape: tuple[int, ...]
) -> tuple[np.ndarray, dict[str, Any]]:
    """``estimate(pair, label)`` for each couple, nan where it raises, and what was left out.

    The second result goes into ``attrs``: ``left_out`` (how many couples), ``why`` (a line on the
    first few). Raises the first reason if nothing can be estimated at all.
    """
    cells = np.full((series.sizes["couple"], *shape), np.nan)
    reasons = []
    for row, label in enumerate(series["couple"].values.tolist()):
        try:
            cells[row] = estimate(series.values[row], label)
        except ValueError as fault:
            reasons.append(str(fault))
    if reasons and len(reasons) == len(cells):
        more = f" (and {len(reasons) - 1} more couples)" if len(reasons) > 1 else ""
        raise ValueError(f"{reasons[0]}{more}")
    rest = [f"and {len(reasons) - SHOWN} more"] if len(reasons) > SHOWN else []
    return cells, {"left_out": len(reasons), "why": "; ".join([*reasons[:SHOWN], *rest])}
