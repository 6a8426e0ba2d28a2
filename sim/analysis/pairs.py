"""All pairs of architectures, and what each person does beside each other one, as a matrix."""

from collections.abc import Iterator
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import xarray as xr

from models.architectures import ARCHITECTURES
from models.circuits.cingulate import turning_away
from sim.statistics import standard_error

NAMES = tuple(ARCHITECTURES)
PAIRS = tuple(combinations_with_replacement(NAMES, 2))
"""36 pairs of eight: who is A makes no difference."""
MEASURES = ("closeness", "alarm", "sent_demand", "sent_latency", "satisfaction", "threat_store")
"""What a record needs, day by day, to make a matrix of it."""
TITLES = {
    "closeness": "Closeness",
    "alarm": "Alarm",
    "sent_demand": "Demand shown",
    "turning_away": "Turning away shown",
    "repair": "Repair after the other was cold",
    "satisfaction": "Satisfaction",
    "change": "Change of the threat store",
}


def matrices(life: xr.Dataset) -> xr.Dataset:
    """Mean and Monte-Carlo standard error of each measure of ``life``: person by partner.

    ``life`` is a record of ``PAIRS``, one a condition; its last quarter counts.
    """
    late = of_couples(life)
    found = {}
    for name, title in TITLES.items():
        if name not in late:
            continue
        cells = np.full((len(NAMES), len(NAMES), 2), np.nan)
        for who, other, values in in_cells(late[name]):
            cells[NAMES.index(who), NAMES.index(other)] = _mean_and_error(values)
        about = {"long_name": title, "units": "1"}
        found[name] = (("person", "beside", "statistic"), cells, about)
    coords = {"person": list(NAMES), "beside": list(NAMES), "statistic": ["mean", "mcse"]}
    return xr.Dataset(found, coords)


def of_couples(life: xr.Dataset) -> xr.Dataset:
    """Each couple's measures in the last quarter of ``life``, of which ``matrices`` is the mean."""
    quarter = max(life.sizes["time"] // 4, 1)
    late = life.isel(time=slice(-quarter, None)).mean("time")
    late["turning_away"] = turning_away(late.sent_latency)
    first, last = (life.threat_store.isel(time=when, drop=True) for when in (0, -1))
    late["change"] = last - first
    about = {name: {"long_name": title, "units": "1"} for name, title in TITLES.items()}
    return late.assign({n: late[n].assign_attrs(own) for n, own in about.items() if n in late})


def in_cells(values: xr.DataArray) -> Iterator[tuple[str, str, Any]]:
    """Who, beside whom, and one value a couple; of two alike, the second partner's."""
    for row, (a, b) in enumerate(PAIRS):
        for slot, who, other in ((0, a, b), (1, b, a))[a == b :]:
            yield who, other, _cell(values.isel(condition=row), slot)


def _mean_and_error(values: np.ndarray) -> tuple[float, float]:
    """Mean over the couples that have a value, and its Monte-Carlo standard error."""
    some = values[np.isfinite(values)]
    return some.mean() if len(some) else np.nan, standard_error(some)


def _cell(values: xr.DataArray, slot: int) -> Any:
    return values.isel(partner=slot).values if "partner" in values.dims else values.values
