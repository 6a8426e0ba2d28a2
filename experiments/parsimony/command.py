"""``python -m experiments parsimony``: take every parameter away in turn, and say who misses it."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from experiments.claims.command import whole
from experiments.parsimony.needs import COUPLES, measured
from experiments.parsimony.page import mark, page, unneeded
from sim.provenance import ROOT

DOCS = ROOT / "docs" / "parsimony.md"


def answer(
    out: Path, seed: int, write_docs: bool, progress: Callable[[int, int], None]
) -> tuple[pd.DataFrame, list[str]]:
    """The table of needs, and a sentence; an interrupted run goes on where it stopped."""
    same = hashlib.sha256(f"{mark()} {seed} {COUPLES}".encode()).hexdigest()[:12]
    needs = measured(out / f"kept-{same}.json", seed, COUPLES, progress)
    frame = pd.DataFrame(
        {"parameter": list(needs), "needed by": [" ".join(w) for w in needs.values()]}
    )
    whole(out / "parsimony.csv", frame.to_csv(index=False, lineterminator="\n"))
    if write_docs:
        whole(DOCS, page(needs, seed))
    idle = ", ".join(unneeded(needs)) or "none"
    return frame, [f"Needed by nothing measured: {idle}."]
