"""A finished study as tables: one row a cell and measure, and every couple's values."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from experiments.study.cell import mcse
from experiments.study.command import keys
from experiments.study.faults import StudyRefused
from experiments.study.file import Study
from experiments.study.measures import MEASURES, columns
from experiments.study.reported import about, counted, reported
from experiments.study.store import COPY, Store
from experiments.study.study import parse
from sim.world.addresses import PARTNERS

MOST_VALUES = 20_000_000
"""Values that are read into one dataset; larger studies give means only."""


class Finished(NamedTuple):
    """A study read back. ``means`` and ``errors``: (cells, columns); absent cells are NaN."""

    study: Study
    record: dict[str, Any]
    names: list[str]
    rows: list[tuple[Any, ...]]
    keys: list[str]
    columns: list[tuple[str, str]]
    means: np.ndarray
    errors: np.ndarray
    couples: np.ndarray
    values: xr.Dataset | None

    @property
    def complete(self) -> int:
        """Cells that are there."""
        return int((self.couples > 0).sum())

    def settings(self) -> pd.DataFrame:
        """One row a cell, one column a factor."""
        return pd.DataFrame(self.rows, columns=self.names)

    def column(self, measure: str, slot: str = "") -> int:
        """Place of a measure among the columns."""
        return self.columns.index((measure, slot))


def read(folder: Path) -> Finished:
    """Read the store in ``folder``; ``StudyRefused`` if there is none or nothing is finished."""
    store = Store(folder)
    record = store.record()
    try:
        study = parse((store.root / COPY).read_text(encoding="utf-8"), COPY)
    except OSError as fault:
        raise StudyRefused(f"{folder}: {COPY} can't be read ({fault.strerror})") from fault
    kinds = columns(study.plan.measures)
    found = reported(kinds)
    named, tables = list(keys(study, record["science"])), []
    means = np.full((len(named), len(found)), np.nan)
    errors, couples = means.copy(), np.zeros(len(named), int)
    keep = len(named) * study.plan.replicates * len(kinds) <= MOST_VALUES
    for number, (key, _) in enumerate(named):
        stored = store.read(key)
        tables.append(stored.values if keep and stored else None)
        if stored is None:
            continue
        couples[number] = len(stored.values)
        for place, column in enumerate(counted(kinds, stored.values).T):
            means[number, place], errors[number, place] = _mean(column)
    if not couples.any():
        raise StudyRefused(f"{folder}: no cell of this study is finished")
    rows, names = [row for _, row in named], short_names([f.path for f in study.factors])
    values = dataset(study, names, rows, tables, int(couples.max())) if keep else None
    return Finished(
        study,
        record,
        names,
        rows,
        [key for key, _ in named],
        found,
        means,
        errors,
        couples,
        values,
    )


def _mean(values: np.ndarray) -> tuple[float, float]:
    finite = values[np.isfinite(values)]
    return (float(finite.mean()), mcse(finite)) if len(finite) else (np.nan, np.nan)


def short_names(paths: list[str]) -> list[str]:
    """Column names for paths: ``people.a.overrides.vagal_tone`` becomes ``a_vagal_tone``."""
    short = []
    for path in paths:
        parts = [p for p in path.split(".") if p not in ("people", "overrides")]
        parts = parts[1:] if parts[0] in ("contexts", "events", "interventions") else parts
        short.append("_".join(parts if len(parts) > 1 else ["start", *parts]))
    return [
        s if short.count(s) == 1 else p.replace(".", "_") for s, p in zip(short, paths, strict=True)
    ]


def tidy(finished: Finished) -> pd.DataFrame:
    """One row a cell and measure: settings, mean, Monte-Carlo standard error, couples."""
    frames = []
    settings = finished.settings()
    for place, (measure, slot) in enumerate(finished.columns):
        frame = pd.DataFrame({"cell": np.arange(len(settings)), "key": finished.keys})
        frame = pd.concat([frame, settings], axis=1)
        frame["measure"], frame["partner"] = measure, slot
        frame["mean"], frame["mcse"] = finished.means[:, place], finished.errors[:, place]
        frame["couples"] = finished.couples
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def codebook(finished: Finished) -> pd.DataFrame:
    """What each column of the tidy table is."""
    factors = zip(finished.names, finished.study.factors, strict=True)
    measures = list(dict.fromkeys(name for name, _ in finished.columns))
    rows = [
        ("cell", "number of the cell in the order of the design", ""),
        ("key", "name of the cell's folder", ""),
        *((name, factor.path, "") for name, factor in factors),
        ("measure", "what was measured: " + "; ".join(measures), ""),
        ("partner", "A, B, or empty where it is the couple's", ""),
        ("mean", "mean over couples for which it is defined", "unit of the measure"),
        ("mcse", "Monte-Carlo standard error of that mean", "unit of the measure"),
        ("couples", "couples simulated; 0 if the cell is missing or failed", ""),
        *((name, about(name).meaning, about(name).unit) for name in measures),
    ]
    return pd.DataFrame(rows, columns=["column or measure", "meaning", "unit"])


def dataset(
    study: Study, names: list[str], rows: list[Any], tables: list[Any], most: int
) -> xr.Dataset:
    """Every couple's values: dims condition, dyad, partner; settings as coordinates."""
    found = columns(study.plan.measures)
    cube = np.full((len(rows), most, len(found)), np.nan)
    for number, table in enumerate(tables):
        if table is not None:
            cube[number, : len(table)] = table
    data: dict[str, Any] = {}
    for name in study.plan.measures:
        measure = MEASURES[name]
        about = {"long_name": measure.meaning, "units": measure.unit}
        places = [k for k, (n, _) in enumerate(found) if n == name]
        values = cube[..., places[0]] if measure.of_couple else cube[..., places]
        dims = ("condition", "dyad") if measure.of_couple else ("condition", "dyad", "partner")
        data[name] = (dims, values, about)
    digits = len(str(len(rows)))
    coords: dict[str, Any] = {
        "condition": [f"c{number:0{digits}d}" for number in range(len(rows))],
        "dyad": np.arange(most),
        "partner": list(PARTNERS),
    }
    for place, (name, factor) in enumerate(zip(names, study.factors, strict=True)):
        about = {"long_name": f"setting: {factor.path}"}
        coords[name] = ("condition", [row[place] for row in rows], about)
    title = {"title": study.file.title, "Conventions": "CF-1.10", "seed": str(study.plan.seed)}
    return xr.Dataset(data, coords, title)
