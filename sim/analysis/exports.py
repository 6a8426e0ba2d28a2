"""Tables in the layouts of dyadic research, each with its codebook.

============  ==================================================================================
layout        one row is
============  ==================================================================================
individual    a person (and a day, if there is time): own values
dyad          a couple: both partners' values side by side, suffixes ``_A`` and ``_B``
pairwise      a person: own values and, suffix ``_partner``, the other's: for actor-partner
              interdependence models (Kenny, Kashy and Cook 2006, *Dyadic Data Analysis*)
============  ==================================================================================

They take any dataset with dimensions ``condition, dyad`` and, by variable, ``partner`` and
``time``: what ``sim.simulate`` returns, or a study. ``role01`` is 0 for A and 1 for B: which is
which has a meaning only where the partners of a condition are distinguishable. Couples with the
same number use common random numbers over conditions, so that rows of different conditions are
paired, not independent.

The columns come in one order everywhere: condition, couple, person, role, time; then the number of
the couple and the role as a number; then what varied between conditions; then the measures.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from models.wording import one_of, short
from sim.analysis import codebooks
from sim.checks import file_path, shown
from sim.world.addresses import PARTNERS

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

NUMBERS = "%.9g"
KEYS = {
    "condition": ("name of the condition", ""),
    "couple": ("unique name of the couple: condition and couple number", ""),
    "person": ("unique name of the person: couple and role", ""),
    "role": ("which partner of the couple", ""),
    "time": ("time since the start, at the end of what is averaged", "days"),
    "dyad": ("number of the couple; the same number has common random numbers over conditions", ""),
    "role01": ("the role as a number: 0 = A, 1 = B", ""),
}
"""The columns that say whose a row is, in their order: meaning and unit."""
DIMS = ("condition", "dyad", "time")
"""Keys that are also dimensions of a dataset."""
SAME = "; one value, the same at all times"


def individual(data: "xr.Dataset") -> "pd.DataFrame":
    """One row a person (and time): own values; a couple's values stand in both rows."""
    _check_dataset(data)
    table = data.to_dataframe().reset_index()
    if "partner" not in table:
        raise ValueError("data has no dimension 'partner': nothing is known of single persons")
    table = table.rename(columns={"partner": "role"})
    if set(data["partner"].values) <= set(PARTNERS):
        table["role01"] = (table["role"] == PARTNERS[1]).astype(int)
    table["couple"] = _couple(table)
    table["person"] = table["couple"] + "-" + table["role"]
    return _ordered(_without_gaps(table, data), data)


def dyad(data: "xr.Dataset") -> "pd.DataFrame":
    """One row a couple (and time): ``x_A`` and ``x_B`` for what partners have."""
    import xarray as xr

    _check_dataset(data)
    flat = xr.Dataset(attrs=data.attrs)
    for name in map(str, data.data_vars):
        if "partner" not in data[name].dims:
            flat[name] = data[name]
            continue
        for slot in data["partner"].values.tolist():
            flat[f"{name}_{slot}"] = data[name].sel(partner=slot, drop=True)
    table = flat.to_dataframe().reset_index()
    table["couple"] = _couple(table)
    return _ordered(_without_gaps(table, flat), flat)


def pairwise(data: "xr.Dataset") -> "pd.DataFrame":
    """One row a person (and time): own values and the partner's as ``x_partner``."""
    _check_dataset(data)
    both = data.copy()
    for name in map(str, data.data_vars):
        if "partner" in data[name].dims:
            other = data[name].sel(partner=list(PARTNERS[::-1]))
            both[f"{name}_partner"] = other.assign_coords(partner=list(PARTNERS))
    return individual(both)


LAYOUTS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {"individual": individual, "dyad": dyad, "pairwise": pairwise}
)


def codebook(data: "xr.Dataset", layout: str) -> "pd.DataFrame":
    """What each column of a layout is: meaning, unit, range, missing cells."""
    return _codebook(LAYOUTS[one_of("layout", layout, LAYOUTS)](data), data)


def about(data: "xr.Dataset", names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Meaning and unit of columns of a layout of ``data``, by name."""
    return {name: _about(name, data) for name in names}


def write(data: "xr.Dataset", folder: Path) -> list[Path]:
    """Write all layouts, a netCDF file and their codebooks into ``folder``; the paths."""
    _check_dataset(data)
    folder = _made(folder)
    written = []
    for name, layout in LAYOUTS.items():
        written += [folder / f"{name}.csv", folder / f"{name}_codebook.csv"]
        table = layout(data)
        _csv(table, written[-2])
        _csv(_codebook(table, data), written[-1])
    written += [folder / "results.nc", folder / "results_codebook.csv"]
    described(data).to_netcdf(written[-2], engine="h5netcdf")
    _csv(of_variables(data), written[-1])
    return written


def described(data: "xr.Dataset") -> "xr.Dataset":
    """The dataset with its codebook among its attributes, as one text."""
    book: list[list[str]] = of_variables(data)[["name", "meaning", "unit"]].to_numpy().tolist()
    lines = [f"{name}: {text}" + (f" [{unit}]" if unit else "") for name, text, unit in book]
    return data.assign_attrs(codebook="\n".join(lines))


def of_variables(data: "xr.Dataset") -> "pd.DataFrame":
    """The codebook of a dataset itself: its coordinates, then its variables."""
    import pandas as pd

    books = []
    for name in [*map(str, data.coords), *map(str, data.data_vars)]:
        known = KEYS.get(name, (name, "")) if name in DIMS else (name, "")
        attrs = data[name].attrs
        said = str(attrs.get("long_name", known[0])), str(attrs.get("units", known[1]))
        frame = pd.DataFrame({name: data[name].values.ravel()})
        books.append(codebooks.codebook(frame, {name: said}))
    empty = pd.DataFrame(columns=list(codebooks.COLUMNS))
    return pd.concat(books, ignore_index=True) if books else empty


def _codebook(table: "pd.DataFrame", data: "xr.Dataset") -> "pd.DataFrame":
    return codebooks.codebook(table, about(data, map(str, table.columns)))


def _about(name: str, data: "xr.Dataset") -> tuple[str, str]:
    if name in KEYS:
        meaning, unit = KEYS[name]
        return meaning, str(data[name].attrs.get("units", unit)) if name in data.coords else unit
    stem, whose = name, ""
    for slot in data["partner"].values.tolist() if "partner" in data.dims else ():
        if name not in data and name.endswith(f"_{slot}"):
            stem, whose = name.removesuffix(f"_{slot}"), f", of partner {slot}"
    if name not in data and name.endswith("_partner"):
        stem, whose = name.removesuffix("_partner"), ", of the person's partner"
    attrs = data[stem].attrs if stem in data.variables else {}
    unit = str(attrs.get("units", ""))
    if "time" in data.dims and stem in data.data_vars and "time" not in data[stem].dims:
        whose += SAME
    return str(attrs.get("long_name", stem)) + whose, "" if unit == "1" else unit


def _couple(table: "pd.DataFrame") -> Any:
    return table["condition"].astype(str) + "-" + table["dyad"].astype(str)


def _without_gaps(table: "pd.DataFrame", data: "xr.Dataset") -> "pd.DataFrame":
    """Leave out couples that a condition does not have: rows without any value."""
    return table.dropna(how="all", subset=[n for n in map(str, data.data_vars) if n in table])


def _ordered(table: "pd.DataFrame", data: "xr.Dataset") -> "pd.DataFrame":
    first = [name for name in KEYS if name in table]
    variables = [name for name in map(str, data.data_vars) if name in table]
    settings = [name for name in table.columns if name not in {*first, *variables}]
    keys = [k for k in ("condition", "dyad", "time", "role") if k in table]
    _check_unique(table, [name for name in ("couple", "time", "role") if name in table])
    order = table.sort_values(keys, kind="stable")
    return order[first + settings + variables].reset_index(drop=True)


def _check_dataset(data: Any) -> None:
    import xarray as xr

    if not isinstance(data, xr.Dataset) or not {"condition", "dyad"} <= set(data.dims):
        given = f"dims {tuple(data.dims)}" if isinstance(data, xr.Dataset) else shown(data)
        raise ValueError(f"data = {given}: must be a Dataset with dims condition and dyad")
    if (
        "partner" in data.coords
        and len(set(data["partner"].values.tolist())) < data["partner"].size
    ):
        raise ValueError("data: both partners have one name; each must have their own")


def _made(folder: Any) -> Path:
    """The folder, made if it is not there; ``ValueError`` in one line if it can't be."""
    place = file_path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else fault
        raise ValueError(f"folder = {short(str(place), 200)}: must be a folder ({why})") from None
    return place


def _check_unique(table: "pd.DataFrame", keys: list[str]) -> None:
    """Refuse rows that their keys do not tell apart: elsewhere they would count as one couple."""
    twice = table.loc[table.duplicated(keys), keys]
    if len(twice):
        row = ", ".join(f"{name} {value}" for name, value in twice.iloc[0].items())
        raise ValueError(
            f"data: {len(twice)} rows are there twice by {', '.join(keys)}, the first: {row}; "
            "conditions and couples need names of their own (simulate(conditions=...))"
        )


def _csv(table: "pd.DataFrame", path: Path) -> None:
    table.to_csv(path, index=False, float_format=NUMBERS, lineterminator="\n", encoding="utf-8")
