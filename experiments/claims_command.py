"""``python -m experiments claims``: judge the claims, print the table, write what came out."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from experiments.claims.claim import Claim, Verdict

DOCS = Path(__file__).resolve().parent.parent / "docs" / "claims.md"


def answer(
    only: str | None, quick: bool, seed: int, out: Path, json_file: Path | None, write_docs: bool,
    progress: Callable[[int, int], None],
) -> "tuple[object, list[str]]":  # fmt: skip
    """Judge the chosen claims into ``out``; the table to print, and sentences about it."""
    os.environ["MPLBACKEND"] = "Agg"  # figures go to files; no window, no display needed
    import pandas as pd

    from experiments.claims.battery import FULL, QUICK, chosen, rows, run

    claims, size = chosen(only), QUICK if quick else FULL
    store = out / "kept"
    pairs = []
    for claim, verdict in run(claims, size, seed, store, progress):
        pairs.append((claim, verdict))
        _draw(claim, verdict, out)
    table = rows(verdict for _, verdict in pairs)
    frame = pd.DataFrame(table)
    _whole(out / "claims.csv", frame.to_csv(index=False, lineterminator="\n"))
    text = json.dumps(table, indent=2) + "\n"
    for path in {out / "claims.json", *([json_file] if json_file else [])}:
        _whole(path, text)
    if write_docs:
        from experiments.claims.page import page

        _whole(DOCS, page(pairs, size, seed))
    return frame, [_sentence(frame)]


def _draw(claim: "Claim", verdict: "Verdict", out: Path) -> None:
    from matplotlib import pyplot as plt

    from experiments.claims.figures import claim_figure

    out.mkdir(parents=True, exist_ok=True)
    figure = claim_figure(claim, verdict)
    figure.savefig(out / f"{claim.id}.png", dpi=150, metadata={"Software": None})
    plt.close(figure)


def _whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


def _sentence(frame: "pd.DataFrame") -> str:
    failing = ", ".join(frame.id[~frame.holds]) or "none"
    return f"{int(frame.holds.sum())} of {len(frame)} claims hold; not holding: {failing}."
