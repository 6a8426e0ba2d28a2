"""Series out of simulated datasets, checks of arrays built by hand, and back to a table."""

from typing import Any

import numpy as np
import xarray as xr

from models.wording import named, shown, unknown
from sim.series.pieces import prepared
from sim.series.read import DIMS


def of_simulation(life: xr.Dataset, variable: str, condition: int | str = 0) -> xr.DataArray:
    """One variable of a simulated dataset as (couple, partner, time); time steps must be even.

    ``condition`` is a number or a name that only one condition has. Couples that the condition
    does not have are left out.
    """
    if not isinstance(life, xr.Dataset):
        raise ValueError(f"life = {shown(life)}: must be a dataset that simulate made")
    named(variable, [str(name) for name in life.data_vars], "variable")
    values = life[variable]
    if not {"partner", "time"} <= set(values.dims):
        raise ValueError(f"'{variable}' has dims {values.dims}: must have partner and time")
    if "condition" in values.dims:
        values = values.isel(condition=_place(values, condition))
    values = values.rename(dyad="couple").transpose(*DIMS)
    there = np.isfinite(values.values).any(axis=(1, 2))
    return regular(values.isel(couple=np.flatnonzero(there)))


def _place(values: xr.DataArray, condition: int | str) -> int:
    names = [str(name) for name in values["condition"].values]
    if isinstance(condition, str):
        if names.count(condition) > 1:
            raise ValueError(
                f"condition = {condition!r}: {names.count(condition)} conditions have this name; "
                "give its number"
            )
        if condition not in names:
            raise ValueError(unknown(condition, names, "condition"))
        return names.index(condition)
    whole = isinstance(condition, int | np.integer) and not isinstance(condition, bool)
    if not whole or not -len(names) <= condition < len(names):
        raise ValueError(f"condition = {condition!r}: must be a name or in 0 to {len(names) - 1}")
    return int(condition)


def regular(series: xr.DataArray) -> xr.DataArray:
    """The series itself, if it is even in time, finite, and has two partners; else one line."""
    prepared(series)
    if not np.isfinite(series.values).all():
        raise ValueError("series: has values that are no finite number")
    return series


def tidy(series: xr.DataArray | xr.Dataset) -> Any:
    """The series as a table that ``read_series`` reads again.

    Missing answers are empty cells (``missing="keep"``), pieces a column (``day="piece"``).
    """
    if not isinstance(series, xr.DataArray | xr.Dataset):
        raise ValueError(f"series = {shown(series)}: must be what read_series gave")
    data = series.rename("value").to_dataset() if isinstance(series, xr.DataArray) else series
    names = [str(name) for name in data.data_vars]
    frame = data.to_dataframe().reset_index()
    if "person" in frame:
        frame["partner"] = frame["person"]
    extra = [name for name in ("piece", "time_within") if name in frame]
    if "person" not in frame:  # else the order of the two is what tells first from second
        frame = frame.sort_values(["couple", "partner", "time"])
    return frame[["couple", "time", "partner", *names, *extra]]
