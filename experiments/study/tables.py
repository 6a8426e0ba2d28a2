"""What a study leaves for other programs: the same files and columns as every other run."""

import json
import tempfile
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from experiments.runner import answers, contract, manifest
from experiments.runner.answers import Row, row
from experiments.runner.manifest import RECORD
from experiments.runner.printed import Layout
from experiments.runner.recorded import NOTHING, Recorded, recorded
from experiments.study.analysis import Analysis, analyse
from experiments.study.cell import science_hash
from experiments.study.faults import StudyRefused
from experiments.study.reported import about, is_share
from experiments.study.store import Store
from experiments.study.table import Finished, read

PAGE = "report.html"
OF_A_PAGE = "<h2>Where it comes from, and how to repeat it</h2>"
MOST_PRINTED = 120
"""Cells in the printed table; all are in the file."""
MOST_PEOPLE = 200_000
"""Persons in ``individual.csv``: beyond it they are in ``results.nc`` only."""
NORMAL = "95 % normal, from the Monte-Carlo standard error over couples"
EVERY = "all cells"
INDICES = {
    "ST": ("total Sobol index: share of variance with interactions", "95 % normal bootstrap"),
    "S1": ("first-order Sobol index: share of variance alone", "95 % normal bootstrap"),
    "mu_star": ("mean absolute elementary effect (Morris)", "95 % normal bootstrap"),
    "mu": ("mean elementary effect (Morris)", ""),
    "sigma": ("standard deviation of elementary effects (Morris)", ""),
    "pawn": ("median Kolmogorov-Smirnov distance (PAWN)", ""),
    "dummy": ("what inputs without influence exceed in 5 % of samples (PAWN)", ""),
}
"""What a sensitivity index is, and its interval."""


def of_study(store: Store) -> None:
    """Read a study that has just run, and write its tables."""
    finished = read(store.root)
    with store.writing():
        write(finished, analyse(finished), store)
        store.sweep()


def write(finished: Finished, analysis: Analysis | None, store: Store, page: bool = False) -> None:
    """Write the files of the contract beside the study's own, each whole.

    ``page``: a page will stand beside them.
    """
    check_names(store)
    notes = [*warnings(finished), *(analysis.notes if analysis is not None else [])]
    with tempfile.TemporaryDirectory() as made:
        fresh = Path(made)
        record = _written(finished, analysis, notes, fresh)
        files = sorted(path.name for path in fresh.iterdir())
        shown = [PAGE] if page or (store.root / PAGE).exists() else []
        record["files"] = sorted([*files, *shown])
        old = mine(store) - {*record["files"], RECORD}
        # The record first: a file that it does not name would be taken for somebody else's.
        store.put_file(RECORD, _json(record).encode())
        for name in files:
            store.put_file(name, (fresh / name).read_bytes())
        for name in old:
            (store.root / name).unlink(missing_ok=True)


def check_names(store: Store) -> None:
    """Refuse to overwrite what carries a name of ours and was not written by a run of ours."""
    ours = mine(store)
    if OF_A_PAGE in _text_of(store.root / PAGE):
        ours.add(PAGE)  # of a version that kept no record of it
    for name in (*contract.FILES, RECORD, PAGE):
        if name not in ours and (store.root / name).exists():
            raise StudyRefused(
                f"{store.root / name}: must be a file of this study, which would write it; it was "
                "not made by a run: move it away"
            )


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def mine(store: Store) -> set[str]:
    """Names of files that a run of ours made in the folder of a study."""
    past = manifest.read(store.root)
    return past.files & {*contract.FILES, RECORD, PAGE} if past else set()


def warnings(finished: Finished) -> list[str]:
    """What a reader must know before trusting the figures."""
    lines = []
    lost = len(finished.rows) - finished.complete
    if lost:
        lines.append(f"{lost} of {len(finished.rows)} cells are missing or failed.")
    if finished.record["science"] != science_hash():
        lines.append(
            "The model has changed since this study ran: running it again gives other numbers."
        )
    return lines


def _written(
    finished: Finished, analysis: Analysis | None, notes: list[str], fresh: Path
) -> dict[str, Any]:
    """All files but the record, which is returned."""
    record = _record(finished)
    data = finished.values if finished.values is not None else means(finished)
    labels = {"source_hash": record["source_hash"], "command": record["command"]}
    rows, layout = table(finished, analysis), layout_of(finished, analysis)
    question, known = finished.study.file.question, people(finished)
    left = contract.Left(question, rows, layout, notes, data, labels, known)
    return record | contract.write(left, fresh)


def _record(finished: Finished) -> dict[str, Any]:
    """What made the study, under the names that every run uses."""
    file, kept = finished.study.file, finished.record
    return {
        "experiment": kept["name"],
        "question": file.question,
        "expects": file.expects,
        "command": kept["command"],
        "parameters": {
            **finished.study.plan.model_dump(mode="json", exclude_none=True),
            "design": file.design.model_dump(mode="json", exclude_none=True),
        },
        "source_hash": kept["source_hash"],
        "science": kept["science"],
        "versions": kept["versions"],
    }


# --- table.csv ------------------------------------------------------------------------------------


def table(finished: Finished, analysis: Analysis | None = None) -> pd.DataFrame:
    """A row a cell and measure; then, of a sample, what sensitivity analysis made of it."""
    sampled = analysis is not None and bool(analysis.tables)
    shown = (np.arange(len(finished.rows)) < (0 if sampled else MOST_PRINTED)).astype(int)
    settings = finished.settings().assign(key=finished.keys)
    frames = [
        pd.concat([_cells(finished, place).assign(shown=shown), settings], axis=1)
        for place in range(len(finished.columns))
    ]
    made = pd.concat(frames).sort_index(kind="stable")  # the measures of a cell together
    if analysis is not None:
        rows = sensitivity(finished, analysis)
        indices = answers.table(one | {"input": str(one["input"])} for one in rows)
        made = pd.concat([made, indices]) if len(indices) else made.assign(input="")
    made = made.reset_index(drop=True)
    words = [n for n in made if n not in answers.COLUMNS and made[n].dtype.kind not in "iufb"]
    return made.fillna(dict.fromkeys(words, ""))


def _cells(finished: Finished, place: int) -> pd.DataFrame:
    """One measure of all cells."""
    name, slot = finished.columns[place]
    n, share, measure = finished.counts[:, place], is_share(name), about(name)
    low, high = finished.low[:, place], finished.high[:, place]
    with np.errstate(invalid="ignore"):  # an infinite error, of one couple
        spread = np.where(n > 1, finished.errors[:, place] * np.sqrt(n), np.nan)
    columns: dict[str, Any] = {
        "condition": conditions(len(finished.rows)),
        "quantity": name,
        "role": slot,
        "time": np.nan,
        "statistic": "share" if share else "mean",
        "estimate": finished.means[:, place],
        "low": low,
        "high": high,
        "interval": np.where(np.isfinite(low), answers.WILSON if share else NORMAL, ""),
        "n": n.astype(float),
        "over": "couples",
        "sd": np.nan if share else spread,
        "unit": "" if measure.unit == "1" else measure.unit,
        "shown": 1,
        "meaning": measure.meaning,
    }
    return pd.DataFrame(columns)[list(answers.COLUMNS)]


def sensitivity(finished: Finished, analysis: Analysis) -> Iterable[Row]:
    """One row a measure, input and index; indices of fewer samples are not printed."""
    columns = {analysis.title(column): column for column in finished.columns}
    for (title, (name, slot)), (found, shown) in product(
        columns.items(), ((analysis.tables, 1), (analysis.convergence, 0))
    ):
        frame = found.get(title)
        if frame is None:
            continue
        for one in frame.reset_index().to_dict("records"):
            for index in INDICES:
                if index in one:
                    yield _index(one, index, name, slot, len(finished.rows)) | {"shown": shown}


def _index(one: dict[Any, Any], index: str, name: str, slot: str, cells: int) -> Row:
    meaning, interval = INDICES[index]
    more: dict[str, Any] = {"role": slot, "statistic": index, "meaning": meaning}
    more |= {"n": one.get("samples", cells)}
    more |= {"over": "base samples" if "samples" in one else "cells"}
    if f"{index}_low" in one:
        ends = {"low": one[f"{index}_low"], "high": one[f"{index}_high"]}
        more |= ends | {"interval": f"{interval} over cells"}
    return row(EVERY, name, one[index], input=one["input"], **more)


def layout_of(finished: Finished, analysis: Analysis | None) -> Layout:
    """Cells by their settings; of a sample, inputs by their indices."""
    paths = [factor.path for factor in finished.study.factors]
    extras = {name: (path, "") for name, path in zip(finished.names, paths, strict=True)}
    extras["key"] = ("name of the cell's folder", "")
    if analysis is None:
        return Layout(("condition", *finished.names), extras=extras, hidden=("key",))
    extras["input"] = ("what is varied, of which the index is", "")
    if not analysis.tables:
        return Layout(("condition", *finished.names), extras=extras, hidden=("key", "input"))
    hidden = ("key", *finished.names)
    return Layout(("quantity", "role", "input"), ("statistic",), extras, hidden=hidden)


# --- individual.csv, dyad.csv, results.nc ---------------------------------------------------------


def people(finished: Finished) -> Recorded:
    """Every couple's values, if they are few enough."""
    data = finished.values
    if data is None:
        return Recorded("too many couples to keep in one table", NOTHING.dyad)
    count = 2 * data.sizes["condition"] * data.sizes["dyad"]
    if count > MOST_PEOPLE:
        why = f"{count:,} persons are more than {MOST_PEOPLE:,}; results.nc has them"
        return Recorded(why, why)
    return recorded(data)


def means(finished: Finished) -> xr.Dataset:
    """The means of a study that is too large to hold every couple."""
    data: dict[str, Any] = {}
    for place, (name, slot) in enumerate(finished.columns):
        labels = {"long_name": f"mean of: {about(name).meaning}", "units": about(name).unit}
        key = f"{name}_{slot}" if slot else name
        data[key] = ("condition", finished.means[:, place], labels)
    return xr.Dataset(data, {"condition": conditions(len(finished.rows))})


def conditions(count: int) -> list[str]:
    """Names of the cells of a study, in order."""
    digits = len(str(count))
    return [f"c{number:0{digits}d}" for number in range(count)]


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
