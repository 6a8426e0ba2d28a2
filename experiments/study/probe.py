"""Earned security in a study: the standard rupture after the life that a cell describes (S25)."""

from functools import cache
from typing import Any

import xarray as xr

from sim.analysis.ruptures import (
    VARIABLES,
    Reading,
    Yardstick,
    earned,
    read,
    rupture,
    yardstick,
)
from sim.engines.ensemble import simulate
from sim.world.calendar import MINUTES_PER_DAY, Calendar, daily_life

SECURE_COUPLES = 400


def ruptured(a: Any, b: Any, life: Calendar, common: dict[str, Any]) -> dict[str, xr.DataArray]:
    """A's readings in a rupture after ``life``, and whether they make earned security."""
    end = float(life.end[-1]) / MINUTES_PER_DAY
    first = _reading(a, b, rupture(), 0.0, common)
    last = _reading(a, b, life + rupture(), end, common)
    found = last._asdict() | {"earned": earned(last, first, secure_limits())}
    shape = (len(common["conditions"]), len(common["dyads"]))
    return {
        f"rupture_{name}": xr.DataArray(values.reshape(shape), dims=("condition", "dyad"))
        for name, values in found.items()
    }


def _reading(a: Any, b: Any, calendar: Calendar, since: float, common: dict[str, Any]) -> Reading:
    data = simulate(
        a, b, calendar=calendar, since=since, record="trajectory", variables=VARIABLES, **common
    ).sel(partner="A")
    people = data.stack(person=("condition", "dyad")).transpose("person", "time")
    return read(people)


@cache
def secure_limits() -> Yardstick:
    """Where secure people lie after a day together: the same yardstick for every study."""
    data = simulate(
        "secure",
        "secure",
        calendar=daily_life(1) + rupture(),
        since=1.0,
        record="trajectory",
        variables=VARIABLES,
        dyads=SECURE_COUPLES,
        seed=1,
    )
    return yardstick(read(data.isel(condition=0).sel(partner="A")))
