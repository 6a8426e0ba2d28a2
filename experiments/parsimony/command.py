"""``python -m experiments parsimony``: take every parameter away in turn, and say who misses it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from experiments.claims.command import whole
from experiments.parsimony.needs import COUPLES, measured
from experiments.parsimony.page import mark, page, unneeded
from experiments.runner import answers, contract, manifest
from experiments.runner.folder import at_work, check_folder, replace_folder
from experiments.runner.printed import Layout, printed
from experiments.runner.provenance import versions
from experiments.runner.recorded import NOTHING
from experiments.runner.stopping import documenting
from experiments.runner.usable import needs_docs
from sim.provenance import ROOT

DOCS = ROOT / "docs" / "parsimony.md"
QUESTION = "What is each parameter needed for?"
COMMAND = "python -m experiments parsimony"
MEANS = "claims and figures that lose half of their effect without the parameter"
LAYOUT = Layout(extras={"needed_by": ("ids of claims; pairs: the matrix of pairs", "")})
Needs = dict[str, list[str]]


def answer(
    out: Path, seed: int, write_docs: bool, replace: bool, progress: Callable[[int, int], None]
) -> tuple[pd.DataFrame, list[str]] | None:
    """The table of needs, and a sentence; an interrupted run goes on where it stopped.

    None if the folder holds the very same table already.
    """
    if write_docs:
        needs_docs()
    about = _about(seed)
    same = check_folder(out, about, replace)
    if not same:
        with at_work(out, about, replace) as place:
            needs = measured(place.parts, seed, COUPLES, progress)
            _write(needs, about, out)
    elif write_docs:
        needs = _read(out)
    if write_docs:
        with documenting(out):
            whole(DOCS, page(needs, seed))
    if same:
        return None
    return printed(_table(needs), LAYOUT), [_sentence(needs)]


def _about(seed: int) -> dict[str, Any]:
    """What tells one run from another."""
    return {
        "experiment": "parsimony",
        "seed": seed,
        "couples": COUPLES,
        "source_hash": mark(),
        "versions": versions(),
    }


def _write(needs: Needs, about: dict[str, Any], out: Path) -> None:
    labels = {"source_hash": about["source_hash"], "seed": str(about["seed"])}
    table, notes = _table(needs), [_sentence(needs)]
    left = contract.Left(QUESTION, table, LAYOUT, notes, _dataset(needs), labels, NOTHING)
    with replace_folder(out, about) as fresh:
        record = about | {"command": f"{COMMAND} --seed {about['seed']}"}
        record |= contract.write(left, fresh)
        manifest.write(fresh, record)


def _read(out: Path) -> Needs:
    """The needs as a finished run wrote them."""
    rows = answers.read(out / contract.TABLE)
    return {str(one.condition): str(one.needed_by).split() for one in rows.itertuples()}


def _table(needs: Needs) -> pd.DataFrame:
    """A row a parameter: how much needs it, and what."""
    return answers.table(
        answers.row(
            name, "needs", len(by), statistic="count", needed_by=" ".join(by), meaning=MEANS
        )
        for name, by in needs.items()
    )


def _dataset(needs: Needs) -> xr.Dataset:
    counts = np.array([len(by) for by in needs.values()])
    about = {"long_name": MEANS, "units": "1"}
    return xr.Dataset({"needs": ("parameter", counts, about)}, {"parameter": list(needs)})


def _sentence(needs: Needs) -> str:
    return f"Needed by nothing measured: {', '.join(unneeded(needs)) or 'none'}."
