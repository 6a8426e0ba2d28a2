"""From sums of a run to a labelled dataset that says what it is and how it came about."""

import json
from typing import Any

import numpy as np
import xarray as xr

from models.parameters import PartnerParameters, plain
from sim.engines.recording import DYAD_VARIABLES, TALK, Bins, declaration, is_signal
from sim.engines.request import Request
from sim.provenance import source_hash, version
from sim.world.addresses import PARTNERS
from sim.world.calendar import MINUTES_PER_DAY
from sim.world.population import Population


def assemble(
    request: Request, sums: dict[str, np.ndarray], ends: dict[str, np.ndarray]
) -> xr.Dataset:
    """Dataset with dims (condition, dyad, partner, time) from the weighted sums of an engine.

    ``ends`` holds the last values of states, which become ``<state>_end``. The sums are used up.
    """
    record, bins = request.record, request.bins
    data = {name: _variable(name, sums.pop(name), bins, record) for name in request.names}
    data |= {f"{name}_end": _end(name, values) for name, values in ends.items()}
    coords: dict[str, Any] = {
        "condition": request.labels,
        "dyad": request.dyads,
        "partner": list(PARTNERS),
    }
    if record != "summary":
        about = {"units": "days", "long_name": "time since the start, at the end of the bin"}
        coords["time"] = ("time", bins.time / MINUTES_PER_DAY, about)
    if record in ("trajectory", "daily_and_talks"):
        coords["kind"] = ("time", _kinds(request))
    dataset = xr.Dataset(data, coords, _attributes(request))
    dataset["dyad"].attrs["long_name"] = "number of the couple, its address for random numbers"
    dataset["partner"].attrs["long_name"] = "partner"
    return dataset


def _kinds(request: Request) -> np.ndarray:
    """What each bin is: the context of its time step, or ``day``."""
    kind, bins = request.calendar.kind, request.bins
    if request.record == "trajectory":
        return kind[-bins.count :]
    last = np.searchsorted(request.calendar.end, bins.time)
    return np.where(kind[last] == TALK, TALK, "day")


def _variable(name: str, sums: np.ndarray, bins: Bins, record: str) -> xr.Variable:
    total = bins.total(is_signal(name))
    with np.errstate(invalid="ignore"):
        sums /= total.reshape(-1, *[1] * (sums.ndim - 2))
    meaning, unit = declaration(name)
    how = "of each time step" if record == "trajectory" else _mean_of(name)
    about = {"long_name": meaning, "units": unit, "cell_methods": f"time: {how}"}
    variable = xr.Variable(_dimensions(name, "time"), sums, about).transpose(*_order(name, "time"))
    return variable.isel(time=0) if record == "summary" else variable


def _end(name: str, values: np.ndarray) -> xr.Variable:
    """The value of a state after the last time step."""
    meaning, unit = declaration(name)
    about = {"long_name": f"{meaning}, at the end", "units": unit, "cell_methods": "time: point"}
    return xr.Variable(_dimensions(name), values, about).transpose(*_order(name))


def _dimensions(name: str, *time: str) -> list[str]:
    """The dimensions in which an engine leaves a variable."""
    partner = [] if name in DYAD_VARIABLES else ["partner"]
    return ["condition", *time, *partner, "dyad"]


def _order(name: str, *time: str) -> list[str]:
    """The dimensions in which users get a variable."""
    partner = [] if name in DYAD_VARIABLES else ["partner"]
    return ["condition", "dyad", *partner, *time]


def _mean_of(name: str) -> str:
    return "mean over contact" if is_signal(name) else "mean over waking time"


def _attributes(request: Request) -> dict[str, Any]:
    people_a, people_b = request.people
    return {
        "title": "Pairbond: simulated couples",
        "Conventions": "CF-1.8",
        "created_by": f"pairbond {version()}",
        "source_hash": source_hash(),
        "seed": str(request.seed),
        "engine": request.engine,
        "precision": request.precision,
        "record": request.record,
        "intervals": len(request.calendar),
        "people_a": json.dumps([describe(person) for person in people_a]),
        "people_b": json.dumps([describe(person) for person in people_b]),
        "shared": json.dumps([one._asdict() for one in request.shared_parameters]),
    }


def describe(person: Any) -> Any:
    """What a person is, as plain data: a preset's name, or all parameters."""
    if isinstance(person, Population):
        return {"spread": float(person.spread), "centre": plain(person.centre)._asdict()}
    if isinstance(person, PartnerParameters):
        fields = person._asdict().items()
        return {k: float(v) if np.ndim(v) == 0 else "one value a couple" for k, v in fields}
    return person
