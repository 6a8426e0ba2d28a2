"""A finished study read back: means with intervals, and every couple's values."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from experiments.study import design
from experiments.study.cell import mcse
from experiments.study.faults import StudyRefused
from experiments.study.file import Study
from experiments.study.keys import keys
from experiments.study.life import calendar
from experiments.study.measures import MEASURES, columns
from experiments.study.reported import counted, is_share, reported
from experiments.study.scenario import canonical
from experiments.study.store import COPY, Store
from experiments.study.study import parse
from sim.statistics import NORMAL_95, wilson
from sim.world.addresses import PARTNERS
from sim.world.calendar import MINUTES_PER_DAY

MOST_VALUES = 20_000_000
"""Values that are read into one dataset; larger studies give means only."""


class Finished(NamedTuple):
    """A study read back. Arrays (cells, columns), nan where a cell is absent: ``means``, their
    Monte-Carlo standard ``errors``, ends ``low`` and ``high`` of 95 % intervals, ``counts`` of
    couples with a value.
    """

    study: Study
    record: dict[str, Any]
    names: list[str]
    rows: list[tuple[Any, ...]]
    keys: list[str]
    columns: list[tuple[str, str]]
    means: np.ndarray
    errors: np.ndarray
    low: np.ndarray
    high: np.ndarray
    counts: np.ndarray
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
    study = parse(store.text(), str(store.root / COPY))
    kinds = columns(study.plan.measures)
    found = reported(kinds)
    named, tables = list(keys(study, record["science"])), []
    means = np.full((len(named), len(found)), np.nan)
    errors, low, high = means.copy(), means.copy(), means.copy()
    counts, couples = np.zeros(means.shape, int), np.zeros(len(named), int)
    keep = len(named) * study.plan.replicates * len(kinds) <= MOST_VALUES
    for number, (key, _) in enumerate(named):
        stored = store.read(key)
        tables.append(stored.values if keep and stored else None)
        if stored is None:
            continue
        couples[number] = len(stored.values)
        for place, column in enumerate(counted(kinds, stored.values).T):
            at = number, place
            counts[at] = int(np.isfinite(column).sum())
            means[at], errors[at] = _mean(column)
            low[at], high[at] = _interval(found[place][0], means[at], errors[at], counts[at])
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
        low,
        high,
        counts,
        couples,
        values,
    )


def _mean(values: np.ndarray) -> tuple[float, float]:
    finite = values[np.isfinite(values)]
    return (float(finite.mean()), mcse(finite)) if len(finite) else (np.nan, np.nan)


def _interval(name: str, mean: float, error: float, n: int) -> tuple[float, float]:
    """Ends of a 95 % interval: Wilson's for a share, else normal; nan where there is none."""
    if is_share(name):
        return wilson(round(float(mean) * n), n)[1:3] if n else (np.nan, np.nan)
    reach = NORMAL_95 * error if np.isfinite(error) else np.nan
    return mean - reach, mean + reach


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
    last = {"long_name": "day on which the life ends, and with it the window that is measured"}
    coords: dict[str, Any] = {
        "condition": [f"c{number:0{digits}d}" for number in range(len(rows))],
        "dyad": np.arange(most),
        "partner": list(PARTNERS),
        "time": ("condition", last_days(study, rows), last | {"units": "days"}),
    }
    for place, (name, factor) in enumerate(zip(names, study.factors, strict=True)):
        about = {"long_name": f"setting: {factor.path}"}
        coords[name] = ("condition", [row[place] for row in rows], about)
    title = {"title": study.file.title, "Conventions": "CF-1.10", "seed": str(study.plan.seed)}
    return xr.Dataset(data, coords, title)


def last_days(study: Study, rows: list[Any]) -> list[float]:
    """The day on which the life of each cell ends; nan for a cell that can't be built."""
    paths, known, days = [factor.path for factor in study.factors], {}, []
    for row in rows:
        try:
            scenario = design.build(study.base, dict(zip(paths, row, strict=True)))
        except ValueError:
            days.append(float("nan"))
            continue
        plain = canonical(scenario)
        key = json.dumps([plain[name] for name in ("contexts", "repeat", "interventions")])
        if key not in known:
            known[key] = float(calendar(scenario).end[-1]) / MINUTES_PER_DAY
        days.append(known[key])
    return days
