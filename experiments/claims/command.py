"""``python -m experiments claims``: judge the claims, print the table, write what came out."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.provenance import ROOT

if TYPE_CHECKING:
    import pandas as pd

    from experiments.claims.claim import Claim, Verdict
    from experiments.claims.findings import Comparison

DOCS = ROOT / "docs" / "claims.md"
SHOWN = ("C04", "C12", "C15", "C23", "C28")


# more than six arguments: one for each option of the command
def answer(
    only: str | None,
    quick: bool,
    seed: int,
    out: Path,
    json_file: Path | None,
    write_docs: bool,
    progress: Callable[[int, int], None],
) -> "tuple[object, list[str]]":
    """Judge the chosen claims into ``out``; the table to print, and sentences about it."""
    if only and write_docs:
        raise ValueError("--write-docs: needs all claims; leave out --only")
    os.environ["MPLBACKEND"] = "Agg"  # figures go to files; no window, no display needed
    import pandas as pd

    from experiments.claims.battery import FULL, QUICK, chosen, rows, run
    from experiments.claims.findings import compare_all
    from sim.analysis.cohorts import Laboratory

    claims, size = chosen(only), QUICK if quick else FULL
    store = out / "kept"
    pairs = []
    for claim, verdict in run(claims, size, seed, store, progress):
        pairs.append((claim, verdict))
        _draw(claim, verdict, out)
    table = rows(verdict for _, verdict in pairs)
    frame = pd.DataFrame(table)
    whole(out / "claims.csv", frame.to_csv(index=False, lineterminator="\n"))
    text = json.dumps(table, indent=2) + "\n"
    for path in {out / "claims.json", *([json_file] if json_file else [])}:
        whole(path, text)
    found = [] if only else compare_all(Laboratory(size.dyads, seed))
    whole(out / "findings.csv", _findings(found).to_csv(index=False, lineterminator="\n"))
    if write_docs:
        from experiments.claims.page import page

        whole(DOCS, page(pairs, found, size, seed))
        _copy_figures(out)
    return frame, [_sentence(frame), *(f"{c.finding.title}: {c.word}." for c in found)]


def _findings(found: "list[Comparison]") -> "pd.DataFrame":
    """One row an inconvenient finding."""
    import pandas as pd

    names = ("id", "title", "effect", "ci_low", "ci_high", "verdict", "source")
    rows = [
        (c.finding.id, c.finding.title, c.effect, c.ci_low, c.ci_high, c.word, c.finding.source)
        for c in found
    ]
    return pd.DataFrame(rows, columns=list(names))


def _copy_figures(out: Path) -> None:
    """The five figures that the README shows."""
    for name in SHOWN:
        (DOCS.parent / "figures" / f"{name}.png").write_bytes((out / f"{name}.png").read_bytes())


def _draw(claim: "Claim", verdict: "Verdict", out: Path) -> None:
    from experiments.claims.figures import claim_figure
    from sim.plots.figures import write

    out.mkdir(parents=True, exist_ok=True)
    write(claim_figure(claim, verdict), out / claim.id, dpi=150, kinds=("png",))


def whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


def _sentence(frame: "pd.DataFrame") -> str:
    failing = ", ".join(frame.id[~frame.holds]) or "none"
    return f"{int(frame.holds.sum())} of {len(frame)} claims hold; not holding: {failing}."
