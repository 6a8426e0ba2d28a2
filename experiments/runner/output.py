"""What a run leaves behind: data, tables, figures and the record that repeats them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from experiments.runner.configuration import RunConfiguration
from experiments.runner.folder import RECORD, replace_folder
from experiments.runner.provenance import Provenance
from experiments.runner.registry import find
from experiments.runner.table_file import write_table
from sim.plots.figures import KINDS, write

DPI = 150  # of PNG
FIGURE_NAME = re.compile(r"[a-z0-9][a-z0-9_]*")


@dataclass(frozen=True)
class Outcome:
    """What an experiment gives back.

    ``dataset`` is labelled: each variable has ``units`` and ``long_name``. ``table`` is the answer
    in a few rows; ``figures`` go by the names of their files; ``notes`` are sentences for the
    reader. ``tidy`` replaces the long table made from the dataset where another layout serves.
    """

    dataset: xr.Dataset
    table: pd.DataFrame
    figures: Mapping[str, Figure] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    tidy: pd.DataFrame | None = None

    def __post_init__(self) -> None:
        for name, variable in self.dataset.data_vars.items():
            if missing := {"units", "long_name"} - set(variable.attrs):
                raise TypeError(f"variable '{name}' has no {' and no '.join(sorted(missing))}")
        for name in self.figures:
            if not FIGURE_NAME.fullmatch(name):
                raise TypeError(f"figure name '{name}': use lower-case letters, digits and _")


def save(
    outcome: Outcome, configuration: RunConfiguration, provenance: Provenance, folder: Path
) -> None:
    """Write everything into ``folder``, or nothing.

    All files but ``timing.json`` are the same bytes whenever the same run is repeated.
    """
    record = _record(outcome, configuration, provenance)
    with replace_folder(folder) as fresh:
        _write_dataset(outcome.dataset, record, fresh / "results.nc")
        write_table(outcome.table, fresh / "table.csv")
        tidy = long_table(outcome.dataset) if outcome.tidy is None else outcome.tidy
        write_table(tidy, fresh / "tidy.csv")
        kinds = ("png",) if configuration.quick else KINDS  # a look needs no file for a journal
        for name, figure in outcome.figures.items():
            write(figure, fresh / name, DPI, kinds)
        _write_json(_timing(provenance), fresh / "timing.json")
        files = sorted(path.name for path in fresh.iterdir())
        _write_json({**record, "files": files}, fresh / RECORD)


def long_table(dataset: xr.Dataset) -> pd.DataFrame:
    """One row a value: the variable's name, its coordinates, the value."""
    frames = [_rows(str(name), variable) for name, variable in dataset.data_vars.items()]
    if not frames:
        return pd.DataFrame(columns=["variable", "value"])
    table = pd.concat(frames, ignore_index=True)
    return table[["variable", *map(str, dataset.sizes), "value"]]


def _rows(name: str, variable: xr.DataArray) -> pd.DataFrame:
    bare = variable.reset_coords(drop=True)
    if bare.ndim == 0:
        return pd.DataFrame({"variable": [name], "value": [bare.item()]})
    frame = bare.to_dataframe("value").reset_index()
    frame.insert(0, "variable", name)
    return frame


def _record(
    outcome: Outcome, configuration: RunConfiguration, provenance: Provenance
) -> dict[str, Any]:
    """All that decides the result, and what the columns mean."""
    experiment = find(configuration.name)
    variables = outcome.dataset.data_vars
    return {
        "experiment": experiment.name,
        "question": experiment.question,
        "expects": experiment.expects,
        "command": provenance.command,
        "parameters": configuration.parameters(),
        "source_hash": provenance.source_hash,
        "versions": provenance.versions,
        "notes": list(outcome.notes),
        "variables": {
            str(name): {key: str(variable.attrs[key]) for key in ("long_name", "units")}
            for name, variable in variables.items()
        },
    }


def _write_dataset(dataset: xr.Dataset, record: Mapping[str, Any], path: Path) -> None:
    labels = {
        "title": record["question"],
        "Conventions": "CF-1.10",
        "created_by": f"pairbond {record['versions']['pairbond']}",
        "command": record["command"],
        "seed": str(record["parameters"]["seed"]),  # 64 bits, more than a netCDF int holds
        "parameters_json": json.dumps(record["parameters"], sort_keys=True),
        "source_hash": record["source_hash"],
    }
    dataset.assign_attrs(dataset.attrs | labels).to_netcdf(path, engine="h5netcdf")


def _timing(provenance: Provenance) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"finished": now, "wall_seconds": round(provenance.wall_seconds, 2)}


def _write_json(content: Mapping[str, Any], path: Path) -> None:
    text = json.dumps(content, indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
