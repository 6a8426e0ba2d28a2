"""``python -m experiments claims``: judge the claims, print the table, write what came out."""

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.runner import manifest
from experiments.runner.folder import Workplace, at_work, check_folder, replace_folder
from experiments.runner.parts import put
from experiments.runner.stopping import documenting
from experiments.runner.usable import check_file, copied, needs_docs
from sim.provenance import ROOT

if TYPE_CHECKING:
    import pandas as pd

    from experiments.claims.battery import Size
    from experiments.claims.claim import Claim, Verdict
    from experiments.claims.findings import Comparison

DOCS = ROOT / "docs" / "claims.md"
SHOWN = ("C04", "C12", "C15", "C23", "C28")
WRITING = tuple(f"experiments.claims.{name}" for name in ("battery", "findings", "figures"))
"""What decides a file here beside the claims themselves."""
Progress = Callable[[int, int], None]


class Asked(NamedTuple):
    """What was asked for, as the options of the command."""

    only: str | None
    quick: bool
    seed: int
    out: Path
    json_file: Path | None
    write_docs: bool
    replace: bool


class Judged(NamedTuple):
    """What came out: verdicts and findings, as they are and as a table."""

    pairs: "list[tuple[Claim, Verdict]]"
    found: "list[Comparison]"
    table: list[dict[str, Any]]
    couples: int

    @property
    def numbers(self) -> "pd.DataFrame":
        """The rows of ``table.csv``."""
        from experiments.claims.tables import of_claims

        return of_claims(self.pairs, self.found, self.couples)

    @property
    def text(self) -> str:
        """The table as JSON."""
        return json.dumps(self.table, indent=2) + "\n"


def answer(asked: Asked, progress: Progress) -> "tuple[pd.DataFrame, list[str]] | None":
    """Judge the chosen claims; the table to print, and sentences about it.

    None if the folder holds the very same judgements already. A stopped run goes on with the next
    claim, and so does one after which only some claims have changed.
    """
    from experiments.claims.battery import FULL, QUICK, chosen

    if asked.only and asked.write_docs:
        raise ValueError("--write-docs: needs all claims; leave out --only")
    if asked.write_docs:
        needs_docs()
    claims, size = chosen(asked.only), QUICK if asked.quick else FULL
    about = _about(asked, claims)
    if asked.json_file:
        check_file("--json", asked.json_file, asked.replace)
    same = check_folder(asked.out, about, asked.replace)
    if same and not asked.write_docs:
        if asked.json_file:
            copied(asked.out / "claims.json", asked.json_file, "--json")
        return None
    os.environ["MPLBACKEND"] = "Agg"  # figures go to files; no window, no display needed
    told = partial(_kept, claims, size, asked.seed)
    with at_work(asked.out, about, asked.replace, told) as place:
        judged = _judge(claims, size, asked, place, progress)
        _write(judged, about, asked.out)
    if asked.json_file:
        copied(asked.out / "claims.json", asked.json_file, "--json")
    if asked.write_docs:
        from experiments.claims.page import page

        with documenting(asked.out):
            whole(DOCS, page(judged.pairs, judged.found, size, asked.seed))
            _copy_figures(asked.out)
    return _told(judged)


def _about(asked: Asked, claims: "dict[str, Claim]") -> dict[str, Any]:
    """What tells one run of the claims from another."""
    from experiments.claims.sources import of_all
    from experiments.runner.provenance import versions

    return {
        "experiment": "claims",
        "only": list(claims) if asked.only else [],
        "quick": asked.quick,
        "seed": asked.seed,
        "source_hash": of_all(*WRITING),
        "versions": versions(),
    }


def _judge(
    claims: "dict[str, Claim]", size: "Size", asked: Asked, place: Workplace, progress: Progress
) -> Judged:
    from experiments.claims.battery import rows, run
    from experiments.claims.findings import FINDINGS, Comparison, compare_all
    from sim.analysis.cohorts import Laboratory

    pairs = list(run(claims, size, asked.seed, _store(place), progress))
    laboratory = Laboratory(size.dyads, asked.seed)

    def compared() -> list[tuple[float, float, float]]:
        return [(one.effect, one.ci_low, one.ci_high) for one in compare_all(laboratory)]

    numbers = [] if asked.only else place.parts("findings", compared)
    found = [Comparison(one, *three) for one, three in zip(FINDINGS, numbers, strict=False)]
    return Judged(pairs, found, rows(verdict for _, verdict in pairs), size.dyads)


def _store(place: Workplace) -> Path:
    """Verdicts, which stay: a claim that has not changed is not judged again."""
    return place.work / "claims"


def _kept(claims: "dict[str, Claim]", size: "Size", seed: int, place: Workplace) -> str:
    """What was kept, for somebody who has just stopped the run."""
    from experiments.claims.battery import path_of

    if place.done:
        return place.told()
    count = sum(path_of(_store(place), c, size, seed).exists() for c in claims.values())
    if not count:
        return place.told()
    return f"{count} of {len(claims)} claims are judged and kept; the same command goes on."


def _write(judged: Judged, about: dict[str, Any], out: Path) -> None:
    from experiments.claims import tables
    from experiments.runner import contract

    question, notes = tables.QUESTION, [_sentence(judged)]
    data, kept = tables.dataset(judged.pairs), tables.recorded(judged.pairs)
    labels = {"source_hash": about["source_hash"], "seed": str(about["seed"])}
    with replace_folder(out, about) as fresh:
        for claim, verdict in judged.pairs:
            _draw(claim, verdict, fresh)
        left = contract.Left(question, judged.numbers, tables.LAYOUT, notes, data, labels, kept)
        record = about | {"command": _command(about)} | contract.write(left, fresh)
        whole(fresh / "claims.json", judged.text)
        manifest.write(fresh, record)


def _command(about: dict[str, Any]) -> str:
    """The command that repeats the run."""
    words = ["python -m experiments claims", *(["--quick"] if about["quick"] else [])]
    words += [f"--only {','.join(about['only'])}"] if about["only"] else []
    return " ".join([*words, f"--seed {about['seed']}"])


def _told(judged: Judged) -> "tuple[pd.DataFrame, list[str]]":
    from experiments.claims.tables import LAYOUT
    from experiments.runner.printed import legend, printed

    rows = printed(judged.numbers, LAYOUT)
    return rows, [*legend(judged.numbers), _sentence(judged)]


def _copy_figures(out: Path) -> None:
    """The five figures that the gallery page shows."""
    for name in SHOWN:
        (DOCS.parent / "figures" / f"{name}.png").write_bytes((out / f"{name}.png").read_bytes())


def _draw(claim: "Claim", verdict: "Verdict", out: Path) -> None:
    from experiments.claims.figures import claim_figure
    from sim.plots.figures import write

    write(claim_figure(claim, verdict), out / claim.id, dpi=150, kinds=("png",))


def whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    put(path, text.encode())


def _sentence(judged: Judged) -> str:
    failing = ", ".join(verdict.id for _, verdict in judged.pairs if not verdict.holds) or "none"
    count = sum(verdict.holds for _, verdict in judged.pairs)
    return f"{count} of {len(judged.pairs)} claims hold; not holding: {failing}."
