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

from experiments.runner import contract, manifest
from experiments.runner.answers import check
from experiments.runner.configuration import RunConfiguration
from experiments.runner.folder import replace_folder
from experiments.runner.printed import Layout
from experiments.runner.provenance import Provenance, identity
from experiments.runner.recorded import NOTHING, Recorded
from experiments.runner.registry import find
from sim.plots.figures import KINDS, write

DPI = 150  # of PNG
FIGURE_NAME = re.compile(r"[a-z0-9][a-z0-9_]*")


@dataclass(frozen=True)
class Outcome:
    """What an experiment gives back.

    ``dataset`` is labelled: each variable has ``units`` and ``long_name``. ``table`` is the answer
    in numbers (``experiments.runner.answers``), ``layout`` how it is printed; ``figures`` go by
    the names of their files; ``notes`` are sentences for the reader. ``recorded`` is what is known
    of persons and couples.
    """

    dataset: xr.Dataset
    table: pd.DataFrame
    figures: Mapping[str, Figure] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    recorded: Recorded = NOTHING
    layout: Layout = field(default_factory=Layout)

    def __post_init__(self) -> None:
        for name, variable in self.dataset.data_vars.items():
            if missing := {"units", "long_name"} - set(variable.attrs):
                raise TypeError(f"variable '{name}' has no {' and no '.join(sorted(missing))}")
        check(self.table, self.layout.extras)
        for name in self.figures:
            if not FIGURE_NAME.fullmatch(name):
                raise TypeError(f"figure name '{name}': use lower-case letters, digits and _")


def save(
    outcome: Outcome,
    configuration: RunConfiguration,
    provenance: Provenance,
    folder: Path,
    replace: bool = False,
) -> None:
    """Write everything into ``folder``, or nothing.

    All files but ``timing.json`` are the same bytes whenever the same run is repeated. Raises
    ``FolderRefused`` if the folder holds another run that is not to be replaced.
    """
    record = _record(configuration, provenance)
    with replace_folder(folder, identity(configuration, provenance), replace) as fresh:
        left = contract.Left(
            record["question"],
            outcome.table,
            outcome.layout,
            outcome.notes,
            outcome.dataset,
            _labels(record),
            outcome.recorded,
        )
        record |= contract.write(left, fresh)
        kinds = ("png",) if configuration.quick else KINDS  # a look needs no file for a journal
        for name, figure in outcome.figures.items():
            write(figure, fresh / name, DPI, kinds)
        _write_json(_timing(provenance), fresh / "timing.json")
        manifest.write(fresh, record)


def _record(configuration: RunConfiguration, provenance: Provenance) -> dict[str, Any]:
    """All that decides the result."""
    experiment = find(configuration.name)
    return {
        "experiment": experiment.name,
        "question": experiment.question,
        "expects": experiment.expects,
        "command": provenance.command,
        "parameters": configuration.parameters(),
        "source_hash": provenance.source_hash,
        "code_hash": provenance.code_hash,
        "versions": provenance.versions,
    }


def _labels(record: Mapping[str, Any]) -> dict[str, str]:
    """What the dataset's attributes say of its origin."""
    return {
        "title": record["question"],
        "Conventions": "CF-1.10",
        "created_by": f"pairbond {record['versions']['pairbond']}",
        "command": record["command"],
        "seed": str(record["parameters"]["seed"]),  # 64 bits, more than a netCDF int holds
        "parameters_json": json.dumps(record["parameters"], sort_keys=True),
        "source_hash": record["source_hash"],
    }


def _timing(provenance: Provenance) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"finished": now, "wall_seconds": round(provenance.wall_seconds, 2)}


def _write_json(content: Mapping[str, Any], path: Path) -> None:
    text = json.dumps(content, indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
