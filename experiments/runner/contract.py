"""The files that every run leaves, whatever it asks: see ``docs/howto/files.md``."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import xarray as xr

from experiments.runner import answers
from experiments.runner.printed import Layout, legend, markdown, printed
from experiments.runner.recorded import Kept, Recorded
from experiments.runner.table_file import write_table
from sim.analysis import exports
from sim.analysis.codebooks import About, codebook

TABLE, PRINTED, RESULTS = "table.csv", "table.md", "results.nc"
INDIVIDUAL, DYAD = "individual.csv", "dyad.csv"
FILES = (TABLE, PRINTED, RESULTS, INDIVIDUAL, DYAD) + tuple(
    f"{name}_codebook.csv" for name in ("table", "results", "individual", "dyad")
)
"""Every file that may be there."""


class Left(NamedTuple):
    """What a run leaves but its figures: ``labels`` become attributes of ``results.nc``."""

    question: str
    table: pd.DataFrame
    layout: Layout
    notes: Sequence[str]
    data: xr.Dataset
    labels: Mapping[str, Any]
    recorded: Recorded


def write(left: Left, folder: Path) -> dict[str, Any]:
    """Write all files of a run; what its record says of them."""
    write_table_files(left.table, left.layout, left.question, left.notes, folder)
    write_results(left.data, left.labels, folder)
    said = write_recorded(left.recorded, folder)
    named = {
        str(name): {key: str(values.attrs[key]) for key in ("long_name", "units")}
        for name, values in left.data.data_vars.items()
    }
    about = {"question": left.question, "notes": list(left.notes), "variables": named}
    return about | {"layout": left.layout.plain(), "recorded": said}


def write_table_files(
    table: pd.DataFrame, layout: Layout, title: str, notes: Sequence[str], folder: Path
) -> None:
    """``table.csv``, its codebook, and ``table.md`` made from it."""
    with_codebook(table, answers.COLUMNS | dict(layout.extras), folder / TABLE)
    text = markdown(title, printed(table, layout), [*legend(table), *notes])
    (folder / PRINTED).write_text(text, encoding="utf-8", newline="\n")


def write_recorded(recorded: Recorded, folder: Path) -> dict[str, str]:
    """``individual.csv`` and ``dyad.csv`` with codebooks; in words what each is, or why not."""
    said = {}
    for name, kept in zip((INDIVIDUAL, DYAD), recorded, strict=True):
        if isinstance(kept, Kept):
            with_codebook(kept.frame, kept.about, folder / name)
            said[name] = kept.words
        else:
            said[name] = f"not written: {kept}"
    return said


def write_results(data: xr.Dataset, labels: Mapping[str, Any], folder: Path) -> None:
    """``results.nc`` with its codebook."""
    data.assign_attrs({**data.attrs, **labels}).to_netcdf(folder / RESULTS, engine="h5netcdf")
    write_table(exports.of_variables(data), book_of(folder / RESULTS))


def with_codebook(table: pd.DataFrame, about: About, path: Path) -> None:
    """A table, and beside it what its columns are."""
    write_table(table, path)
    write_table(codebook(table, about), book_of(path))


def book_of(path: Path) -> Path:
    """The codebook beside a file: ``table_codebook.csv`` for ``table.csv``."""
    return path.with_name(f"{path.stem}_codebook.csv")
