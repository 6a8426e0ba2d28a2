"""Series of couples, simulated or imported: one labelled array (couple, partner, time).

What is wrong with a file is said in one line, with row and column as a spreadsheet counts them:
the header is row 1.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from models.parameters import unknown

COLUMNS = ("couple", "time", "partner", "value")
DIMS = ("couple", "partner", "time")


def read_series(path: str | Path) -> xr.DataArray:
    """A CSV with the columns couple, time, partner and value as (couple, partner, time).

    Each couple has two partners, with the same two names in all, and all have the same times,
    evenly spaced and in rising order. Raises ``ValueError`` with one line, row and column named,
    where a cell is empty or no number, a time is missing, doubled or out of order, a partner is
    missing, or the lengths differ.
    """
    frame = _read(Path(path))
    for column in ("time", "value"):
        frame[column] = _numbers(frame, column)
    for column in ("couple", "partner"):
        _no_gaps(frame, column)
    names = _partners(frame)
    return _array(frame, names, Path(path).name)


def _read(path: Path) -> pd.DataFrame:
    """The cells as text, empty where there is none, numbered as a spreadsheet does."""
    frame = _cells(path)
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise ValueError(f"{path.name}: {unknown(missing[0], frame.columns, 'column')}")
    frame = frame[list(COLUMNS)].fillna("").apply(lambda column: column.str.strip())
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    filled = (frame != "").any(axis=1)
    if not filled.any():
        raise ValueError(f"{path.name}: no rows below the header")
    return frame.loc[: int(frame.index[filled][-1])]  # blank lines at the end are no gap


def _cells(path: Path) -> pd.DataFrame:
    try:
        frame = pd.read_csv(
            path,
            dtype=str,
            keep_default_na=False,
            skipinitialspace=True,
            encoding="utf-8-sig",
            skip_blank_lines=False,
        )
    except OSError as fault:
        raise ValueError(f"{path}: cannot be read ({fault.strerror})") from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as fault:
        raise ValueError(f"{path.name}: is no CSV table ({str(fault).strip()})") from None
    if not isinstance(frame.index, pd.RangeIndex):
        raise ValueError(f"{path.name}, row 2: more cells than columns; is there a decimal comma?")
    return frame


def _numbers(frame: pd.DataFrame, column: str) -> pd.Series:
    numbers = pd.to_numeric(frame[column], errors="coerce").astype(float)
    bad = ~np.isfinite(numbers)
    if bad.any():
        _refuse(frame, int(numbers.index[bad][0]), column, "must be a finite number")
    return numbers


def _no_gaps(frame: pd.DataFrame, column: str) -> None:
    empty = frame[column] == ""
    if empty.any():
        _refuse(frame, int(frame.index[empty][0]), column, "must not be empty")


def _refuse(frame: pd.DataFrame, row: int, column: str, rule: str) -> None:
    text = frame.at[row, column]
    seen = "an empty cell" if text == "" else repr(text)
    raise ValueError(f"row {row}, column {column} = {seen}: {rule}")


def _partners(frame: pd.DataFrame) -> list[str]:
    """The two names of partners, in the order in which they come."""
    names = list(dict.fromkeys(frame["partner"]))
    if len(names) > 2:
        row = int(frame.index[frame["partner"] == names[2]][0])
        _refuse(frame, row, "partner", f"must be one of two names, {names[0]!r} or {names[1]!r}")
    for couple, rows in frame.groupby("couple", sort=False):
        if rows["partner"].nunique() < 2:
            raise ValueError(
                f"row {rows.index[0]}, column partner = {rows['partner'].iloc[0]!r}: couple "
                f"{couple!r} has one partner only, must have two"
            )
    return names


def _array(frame: pd.DataFrame, names: list[str], title: str) -> xr.DataArray:
    couples, values, clock = [], [], None
    for couple, rows in frame.groupby("couple", sort=False):
        pair = []
        for name in names:
            own = rows[rows["partner"] == name]
            _in_order(own)
            clock = own if clock is None else clock
            _same_times(own, clock)
            pair.append(own["value"].to_numpy(float))
        couples.append(couple)
        values.append(pair)
    assert clock is not None
    coordinates = {"couple": couples, "partner": names, "time": clock["time"].to_numpy(float)}
    about = {"long_name": f"value in {title}", "units": "as in the file"}
    return xr.DataArray(np.array(values), coordinates, DIMS, name="value", attrs=about)


def _in_order(own: pd.DataFrame) -> None:
    """Refuse times that do not rise, and gaps: steps longer than the usual one."""
    times = own["time"].to_numpy(float)
    steps = np.diff(times)
    who = f"(couple {own['couple'].iloc[0]!r}, partner {own['partner'].iloc[0]!r})"
    if (bad := steps <= 0.0).any():
        place = int(np.argmax(bad)) + 1
        rule = "is there twice" if steps[place - 1] == 0.0 else "must be later than the one before"
        raise ValueError(f"row {own.index[place]}, column time = {times[place]:g}: {rule} {who}")
    usual = float(steps.min()) if len(steps) else 0.0
    if (gap := np.abs(steps - usual) > 1e-6 * max(usual, 1e-300)).any():
        place = int(np.argmax(gap)) + 1
        raise ValueError(
            f"row {own.index[place]}, column time = {times[place]:g}: must follow "
            f"{times[place - 1]:g} by {usual:g}, a gap or an uneven step {who}"
        )


def _same_times(own: pd.DataFrame, clock: pd.DataFrame) -> None:
    """Refuse lengths that differ and times that are not those of the first series."""
    times, wanted = own["time"].to_numpy(float), clock["time"].to_numpy(float)
    couple, partner, row = own["couple"].iloc[0], own["partner"].iloc[0], int(own.index[-1])
    if len(times) != len(wanted):
        raise ValueError(
            f"row {row}, column time = {times[-1]:g}: couple {couple!r}, partner {partner!r} has "
            f"{len(times)} values, the first series has {len(wanted)}; lengths must be equal"
        )
    if not np.allclose(times, wanted):
        place = int(np.argmax(~np.isclose(times, wanted)))
        raise ValueError(
            f"row {own.index[place]}, column time = {times[place]:g}: must be {wanted[place]:g} as "
            "in the first series"
        )


def of_simulation(life: xr.Dataset, variable: str, condition: int | str = 0) -> xr.DataArray:
    """One variable of a simulated dataset as (couple, partner, time); time steps must be even."""
    if variable not in life:
        raise ValueError(unknown(variable, [str(name) for name in life.data_vars], "variable"))
    values = life[variable]
    if not {"partner", "time"} <= set(values.dims):
        raise ValueError(f"'{variable}' has dims {values.dims}: must have partner and time")
    if "condition" in values.dims:
        place = {"condition": condition}
        values = values.sel(place) if isinstance(condition, str) else values.isel(place)
    return regular(values.rename(dyad="couple").transpose(*DIMS))


def regular(series: xr.DataArray) -> xr.DataArray:
    """The series itself, if it is even in time, finite, and has two partners; else one line."""
    if series.dims != DIMS or series.sizes["partner"] != 2:
        raise ValueError(f"series with dims {series.dims}: must be (couple, partner, time), 2 each")
    steps = np.diff(series["time"].values)
    if len(steps) and not np.allclose(steps, steps[0], rtol=1e-6):
        raise ValueError("series: must be even in time; take one kind of time step, or days")
    if not np.isfinite(series.values).all():
        raise ValueError("series: has values that are no finite number")
    return series


def tidy(series: xr.DataArray) -> Any:
    """The series as a table that ``read_series`` reads again."""
    frame = series.rename("value").to_dataframe().reset_index()
    return frame.sort_values(["couple", "partner", "time"])[list(COLUMNS)]
