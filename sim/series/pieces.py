"""Pieces of a series, and which values stand a lag apart within one."""

from typing import Any

import numpy as np
import xarray as xr

DIMS = ("couple", "partner", "time")


def prepared(series: Any) -> xr.DataArray:
    """The series if every analysis can take it: dims, two partners, even in time, no infinity.

    Missing answers (nan) may be in it. Else ``ValueError`` in one line.
    """
    if isinstance(series, xr.Dataset):
        names = ", ".join(map(str, series.data_vars))
        raise ValueError(f"series: is a dataset; take one of its variables ({names})")
    if not isinstance(series, xr.DataArray):
        raise ValueError(f"series: is a {type(series).__name__}, must be an xarray.DataArray")
    if series.dims != DIMS or series.sizes["partner"] != 2:
        raise ValueError(f"series with dims {series.dims}: must be (couple, partner, time), 2 each")
    if not series.sizes["couple"] or not series.sizes["time"]:
        raise ValueError("series: has no couples or no times; must have at least one of each")
    if series.dtype.kind not in "fiu":
        raise ValueError(f"series of {series.dtype}: must be numbers")
    if "time" not in series.coords or series["time"].dtype.kind not in "fiu":
        raise ValueError("series: must have times that are numbers")
    if np.isinf(series.values).any():
        raise ValueError("series: has values that are no finite number")
    if "couple" not in series.coords:
        series = series.assign_coords(couple=np.arange(series.sizes["couple"]))
    labels, counts = np.unique(series["couple"].values, return_counts=True)
    if (counts > 1).any():
        twice = labels[counts > 1].tolist()[0]
        raise ValueError(f"series: couple {twice!r} is there twice; each must have its own name")
    if "partner" in series.coords and len(set(series["partner"].values.tolist())) < 2:
        raise ValueError("series: both partners have one name; each must have their own")
    _even(series)
    return series if series.dtype.kind == "f" else series.astype(float)


def _even(series: xr.DataArray) -> None:
    times = series["time"].values.astype(float)
    steps = np.diff(times)[np.diff(numbers(series)) == 0]
    if not len(steps):
        return
    usual = float(np.median(steps))
    slack = 1e-6 * abs(usual) + 4.0 * float(np.spacing(np.abs(times).max()))
    if not (usual > 0.0 and (np.abs(steps - usual) <= slack).all()):
        raise ValueError(
            "series: must be even in time; take one kind of time step, or days, or cut it "
            "into pieces (coordinate 'piece')"
        )


def numbers(series: xr.DataArray) -> np.ndarray:
    """The piece each time lies in, as rising whole numbers; zeros if the series is uncut."""
    if "piece" not in series.coords:
        return np.zeros(series.sizes["time"], np.int64)
    if series["piece"].dims != ("time",):
        raise ValueError(f"piece: has dims {series['piece'].dims}, must be one for each time")
    labels = series["piece"].values
    return np.cumsum(np.append(0, (labels[1:] != labels[:-1]).astype(np.int64)))[: len(labels)]


def step(series: xr.DataArray) -> float:
    """The time between two neighbours within a piece."""
    within = np.diff(series["time"].values.astype(float))[np.diff(numbers(series)) == 0]
    return float(np.median(within)) if len(within) else 1.0


def together(series: xr.DataArray, lag: int) -> np.ndarray:
    """Whether times t and t + lag lie in one piece: shape (times - lag,)."""
    piece = numbers(series)
    same: np.ndarray = piece[lag:] == piece[:-lag]
    return same


def padded(series: xr.DataArray) -> np.ndarray:
    """The values with missing ones between pieces, as many as the longest piece is long."""
    piece = numbers(series)
    if piece[-1] == 0:
        return series.values
    lengths = np.bincount(piece)
    place = np.arange(len(piece)) + piece * int(lengths.max())
    wide = np.full((*series.shape[:2], int(place[-1]) + 1), np.nan)
    wide[..., place] = series.values
    return wide
