"""From sums of a run to a labelled dataset that says what it is and how it came about."""

import json
from typing import Any

import numpy as np
import xarray as xr

from models.cores import FIRST, Core
from models.parameters import plain
from sim.engines.recording import TALK, Bins, declaration, in_contact
from sim.engines.request import Request
from sim.provenance import second_hash, source_hash, version
from sim.world.addresses import PARTNERS
from sim.world.calendar import MINUTES_PER_DAY
from sim.world.population import Population, spread_of


def assemble(
    request: Request, sums: dict[str, np.ndarray], ends: dict[str, np.ndarray]
) -> xr.Dataset:
    """Dataset with dims (condition, dyad, partner, time) from the weighted sums of an engine.

    ``ends`` holds the last values of states, which become ``<state>_end``. The sums are used up.
    """
    record, bins = request.record, request.bins
    core = request.core
    data = {n: _variable(n, sums.pop(n), bins, record, core) for n in request.names}
    data |= {f"{name}_end": _end(name, values, core) for name, values in ends.items()}
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


def _variable(name: str, sums: np.ndarray, bins: Bins, record: str, core: Core) -> xr.Variable:
    contact = in_contact(name, core)
    total = bins.total(contact)
    with np.errstate(invalid="ignore"):
        sums /= total.reshape(-1, *[1] * (sums.ndim - 2))
    meaning, unit = declaration(name, core)
    how = "mean over contact" if contact else "mean over waking time"
    how = "of each time step" if record == "trajectory" else how
    about = {"long_name": meaning, "units": unit, "cell_methods": f"time: {how}"}
    partner = name not in core.dyad_variables
    variable = xr.Variable(_dimensions(partner, "time"), sums, about)
    variable = variable.transpose(*_order(partner, "time"))
    return variable.isel(time=0) if record == "summary" else variable


def _end(name: str, values: np.ndarray, core: Core) -> xr.Variable:
    """The value of a state after the last time step."""
    meaning, unit = declaration(name, core)
    partner = name not in core.dyad_variables
    about = {"long_name": f"{meaning}, at the end", "units": unit, "cell_methods": "time: point"}
    return xr.Variable(_dimensions(partner), values, about).transpose(*_order(partner))


def _dimensions(partner: bool, *time: str) -> list[str]:
    """The dimensions in which an engine leaves a variable, of partners or of the couple."""
    return ["condition", *time, *(["partner"] * partner), "dyad"]


def _order(partner: bool, *time: str) -> list[str]:
    """The dimensions in which users get a variable, of partners or of the couple."""
    return ["condition", "dyad", *(["partner"] * partner), *time]


def _attributes(request: Request) -> dict[str, Any]:
    people_a, people_b = request.people
    return {
        "title": "Pairbond: simulated couples",
        "Conventions": "CF-1.8",
        "created_by": f"pairbond {version()}",
        "source_hash": source_hash() if request.core is FIRST else second_hash(),
        "seed": str(request.seed),
        "engine": request.engine,
        "precision": request.precision,
        "record": request.record,
        "core": request.core.name,
        "intervals": len(request.calendar),
        "elapsed": len(request.calendar) + (request.start.elapsed if request.start else 0),
        "people_a": json.dumps([describe(person) for person in people_a]),
        "people_b": json.dumps([describe(person) for person in people_b]),
        "shared": json.dumps([one._asdict() for one in request.shared_parameters]),
    }


def describe(person: Any) -> Any:
    """What a person is, as plain data: a preset's name, or all parameters."""
    if isinstance(person, Population):
        return {"spread": float(spread_of(person)), "centre": plain(person.centre)._asdict()}
    if hasattr(person, "_asdict"):
        fields = person._asdict().items()
        return {k: float(v) if np.ndim(v) == 0 else "one value a couple" for k, v in fields}
    return person
