"""``python -m experiments parsimony``: take every parameter away in turn, and say who misses it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.claims.command import whole
from experiments.parsimony.needs import COUPLES, measured
from experiments.parsimony.page import mark, page, unneeded
from experiments.runner.folder import at_work, check_folder, replace_folder
from experiments.runner.manifest import RECORD
from experiments.runner.provenance import versions
from experiments.runner.usable import needs_docs
from sim.provenance import ROOT

DOCS = ROOT / "docs" / "parsimony.md"
TABLE = "parsimony.csv"
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
        whole(DOCS, page(needs, seed))
    if same:
        return None
    idle = ", ".join(unneeded(needs)) or "none"
    return _frame(needs), [f"Needed by nothing measured: {idle}."]


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
    with replace_folder(out, about) as fresh:
        whole(fresh / TABLE, _frame(needs).to_csv(index=False, lineterminator="\n"))
        whole(fresh / RECORD, json.dumps(about | {"files": [TABLE]}, indent=2) + "\n")


def _read(out: Path) -> Needs:
    """The needs as a finished run wrote them."""
    rows = pd.read_csv(out / TABLE, keep_default_na=False).itertuples(index=False)
    return {name: needed.split() for name, needed in rows}


def _frame(needs: Needs) -> pd.DataFrame:
    return pd.DataFrame(
        {"parameter": list(needs), "needed by": [" ".join(w) for w in needs.values()]}
    )
