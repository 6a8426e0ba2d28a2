"""Rows of ``table.csv``: a number each, with its interval, its spread and what they are.

Every run has the same columns; what a run adds stands after them and is explained in the codebook.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from sim.analysis.measures import Estimate, estimate, spread
from sim.statistics import wilson

COLUMNS = {
    "condition": ("what was compared: a couple, an arm, a regime of care, a claim, a model", ""),
    "quantity": ("what the number is of", ""),
    "role": ("whose it is: a partner; empty where it is the couple's or nobody's", ""),
    "time": ("time since the start; empty where the number is of no single time", "days"),
    "statistic": ("what the number is: mean, median, share, difference, index ...", ""),
    "estimate": ("the number", "see unit"),
    "low": ("lower end of the interval; empty without one", "see unit"),
    "high": ("upper end of the interval; empty without one", "see unit"),
    "interval": ("what low and high are: level, kind, and over what", ""),
    "n": ("how many gave a value", "see over"),
    "over": ("of what n is the number", ""),
    "sd": ("standard deviation between those n; not the error of the estimate", "see unit"),
    "unit": ("unit of estimate, low, high and sd; empty: none", ""),
    "shown": ("1: stands in the printed table; 0: behind a figure", ""),
    "meaning": ("what the quantity means", ""),
}
"""The columns of every ``table.csv`` in their order: meaning and unit."""
NUMERIC = ("time", "estimate", "low", "high", "n", "sd", "shown")
BOOTSTRAP = "95 % percentile bootstrap over {}"
WILSON = "95 % Wilson score"
MIDDLE = "middle 80 % of {}"
GAP = float("nan")

Row = dict[str, Any]


def row(condition: str, quantity: str, number: float, **more: Any) -> Row:
    """One number; ``more``: other columns by their names, and columns of a run's own."""
    found: Row = dict.fromkeys(COLUMNS, "") | dict.fromkeys(NUMERIC, GAP)
    found |= {"shown": 1, "statistic": "value"}
    return found | {"condition": condition, "quantity": quantity, "estimate": float(number)} | more


def mean(condition: str, quantity: str, values: Any, **more: Any) -> Row:
    """Mean of one value a couple, its bootstrap interval, and the couples' standard deviation."""
    return of_estimate(condition, quantity, estimate(values), values, **more)


def of_estimate(
    condition: str, quantity: str, found: Estimate, values: Any = (), **more: Any
) -> Row:
    """A mean that was estimated before (``sim.analysis.measures.estimate``) from ``values``."""
    over = more.pop("over", "couples")
    low, high = (found.low, found.high) if found.couples > 1 else (GAP, GAP)
    more = {"statistic": "mean", "interval": BOOTSTRAP.format(over), "sd": sd_of(values)} | more
    if found.couples < 2:
        more["interval"] = ""
    return row(
        condition, quantity, found.mean, low=low, high=high, n=found.couples, over=over, **more
    )


def share(condition: str, quantity: str, hits: Any, **more: Any) -> Row:
    """Share of those who have a property, from one 1 or 0 each, with Wilson's interval."""
    known = np.asarray(hits, float)
    known = known[np.isfinite(known)]
    found = wilson(int(known.sum()), len(known))
    kind = {"statistic": "share", "over": "couples", "interval": WILSON if len(known) else ""}
    ends = {"low": found.low, "high": found.high, "n": found.n}
    return row(condition, quantity, found.share, **ends, **(kind | more))


def sd_of(values: Any) -> float:
    """Standard deviation between those who have a value; nan for fewer than two."""
    known = np.asarray(values, float)
    known = known[np.isfinite(known)]
    return float(known.std(ddof=1)) if len(known) > 1 else GAP


def course(condition: str, quantity: str, values: xr.DataArray, **more: Any) -> list[Row]:
    """What a figure's band shows: median and middle 80 % of couples, one row a time."""
    over = more.pop("over", "couples")
    middle, low, high = spread(values)
    known = np.isfinite(values.transpose("dyad", "time").values).sum(axis=0)
    labels = {"meaning": values.attrs.get("long_name", ""), "unit": values.attrs.get("units", "")}
    kind = {"statistic": "median", "interval": MIDDLE.format(over), "over": over, "shown": 0}
    kind |= labels | more
    times = values["time"].values
    return [
        row(condition, quantity, m, low=a, high=b, time=float(t), n=int(k), **kind)
        for m, a, b, t, k in zip(middle, low, high, times, known, strict=True)
    ]


def labels_of(values: xr.DataArray) -> dict[str, str]:
    """Meaning and unit of a labelled array, as columns of a row."""
    meaning, unit = about(values)
    return {"meaning": meaning, "unit": unit}


def about(values: xr.DataArray) -> tuple[str, str]:
    """Meaning and unit of a labelled array, as a codebook takes them."""
    return str(values.attrs["long_name"]), str(values.attrs["units"])


def table(rows: Iterable[Row]) -> pd.DataFrame:
    """Rows as a table: the columns of every run, then those that this run adds."""
    found = list(rows)
    extra = dict.fromkeys(name for one in found for name in one if name not in COLUMNS)
    frame = pd.DataFrame(found, columns=[*COLUMNS, *extra])
    frame["unit"] = frame["unit"].replace("1", "")  # dimensionless
    return frame.astype(dict.fromkeys(NUMERIC[:-1], float) | {"shown": int})


def read(path: Path) -> pd.DataFrame:
    """A ``table.csv`` read back: empty texts are empty texts, empty numbers nan."""
    texts: Any = dict.fromkeys((name for name in COLUMNS if name not in NUMERIC), str)
    frame = pd.read_csv(path, dtype=texts)
    words = [name for name in frame if frame[name].dtype.kind not in "iufb"]
    return frame.fillna(dict.fromkeys([*texts, *words], ""))


def check(frame: pd.DataFrame, extras: Mapping[str, tuple[str, str]]) -> None:
    """Refuse a table that is not of this form, in one line."""
    if missing := [name for name in COLUMNS if name not in frame]:
        raise TypeError(
            f"table has no {' and no '.join(missing)}: experiments.runner.answers makes its rows"
        )
    if unknown := [str(name) for name in frame if name not in COLUMNS and name not in extras]:
        raise TypeError(f"table has a column '{unknown[0]}' that the layout's extras don't explain")
    if texts := [name for name in NUMERIC if frame[name].dtype.kind not in "iuf"]:
        raise TypeError(f"table column '{texts[0]}': must hold numbers")
