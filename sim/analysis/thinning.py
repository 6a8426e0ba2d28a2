"""Series thinned to a size that other programs read: means over as many days as it takes."""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import xarray as xr

MOST_ROWS = 50_000
"""Rows of a table with one row a person and time, before it is thinned."""
STEPS = (7, 28, 91, 364)
"""Days that are averaged, the first that makes the table short enough, or else the last."""
NEAR = 1e-9


def thinned(data: "xr.Dataset", most: int = MOST_ROWS) -> "tuple[xr.Dataset, str]":
    """``data`` with at most about ``most`` rows, and words for what a row is.

    Rows are counted over all dimensions. A bin of k days ends at a multiple of k (the last one at
    the last time) and holds the mean of what is finite; what has no time stays as it is.
    """
    who = "person" if "partner" in data.dims else "couple"
    if "time" not in data.dims:
        return data, f"one row a {who}"
    rows = int(np.prod([data.sizes[str(dim)] for dim in data.dims]))
    if rows <= most:
        return data, f"one row a {who} and time, as recorded"
    times, others = data["time"].values, rows // data.sizes["time"]
    for days in STEPS:
        ends = np.unique(np.ceil(times / days - NEAR))
        if others * len(ends) <= most or days == STEPS[-1]:
            break
    return averaged(data, days), f"one row a {who} and {days} days, means over them"


def averaged(data: "xr.Dataset", days: int) -> "xr.Dataset":
    """Means over bins of ``days``; ``time`` is the end of the bin."""
    times = data["time"].values
    bins = np.ceil(times / days - NEAR)
    starts = np.flatnonzero(np.diff(bins, prepend=bins[0] - 1.0))
    ends = times[np.append(starts[1:], len(times)) - 1]
    coords: dict[str, Any] = {"time": ("time", ends, data["time"].attrs)}
    fresh = data.drop_dims("time").assign_coords(coords)
    for name, values in data.data_vars.items():
        if "time" not in values.dims:
            continue
        axis = values.dims.index("time")
        finite = np.isfinite(values.values)
        counts = np.add.reduceat(finite, starts, axis=axis, dtype=int)
        sums = np.add.reduceat(np.where(finite, values.values, 0.0), starts, axis=axis)
        with np.errstate(invalid="ignore"):
            fresh[name] = (values.dims, np.where(counts > 0, sums / counts, np.nan), values.attrs)
    return fresh[list(data.data_vars)]
