"""``python -m experiments gates``: measure the gates, print the table, write what came out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from experiments.gates import tables
from experiments.gates.measuring import GATES, SEEDS, Row, chosen_size, measured
from experiments.runner import contract, manifest
from experiments.runner.folder import at_work, check_folder, replace_folder
from experiments.runner.parts import put
from experiments.runner.printed import legend, printed
from experiments.runner.provenance import versions
from experiments.runner.recorded import NOTHING
from experiments.runner.stopping import documenting
from experiments.runner.usable import check_file, copied, needs_docs
from models.wording import named, shown
from sim.checks import seed_number
from sim.provenance import ROOT

DOCS = ROOT / "docs" / "gates.md"
FIGURE = ROOT / "docs" / "figures" / "gates.png"
NAME = "gates"


class Asked(NamedTuple):
    """What was asked for, as the options of the command."""

    only: str | None
    quick: bool
    seeds: str | None
    out: Path
    json_file: Path | None
    write_docs: bool
    replace: bool

    @property
    def gates(self) -> list[str]:
        """The chosen gates in their order."""
        if self.only is None:
            return list(GATES)
        wanted = [named(word.strip().upper(), GATES, "gate") for word in self.only.split(",")]
        return [gate for gate in GATES if gate in wanted]

    @property
    def numbers(self) -> list[int]:
        """The seeds."""
        if self.seeds is None:
            return list(SEEDS[:1] if self.quick else SEEDS)
        words = [word.strip() for word in self.seeds.split(",")]
        if not all(word.isdecimal() for word in words):
            raise ValueError(f"--seeds = {shown(self.seeds)}: must be whole numbers with commas")
        found = [seed_number(int(word)) for word in words]
        if len(set(found)) < len(found):
            raise ValueError(f"--seeds = {shown(self.seeds)}: must differ")
        return found


def answer(
    asked: Asked, progress: Callable[[int, int], None]
) -> tuple[pd.DataFrame, list[str]] | None:
    """The table to print, and sentences about it; None if the folder holds the very same."""
    if asked.write_docs:
        needs_docs()
        if asked.only or asked.quick:
            raise ValueError(
                "--write-docs: needs all gates at full size; leave out --only, --quick"
            )
    about = _about(asked)
    if asked.json_file:
        check_file("--json", asked.json_file, asked.replace)
    same = check_folder(asked.out, about, asked.replace)
    if same and not asked.write_docs:
        if asked.json_file:
            copied(asked.out / "gates.json", asked.json_file, "--json")
        return None
    with at_work(asked.out, about, asked.replace) as place:
        size = chosen_size(asked.quick)
        rows = measured(asked.gates, asked.numbers, size, place.parts, progress)
        _write(rows, asked, about)
    if asked.json_file:
        copied(asked.out / "gates.json", asked.json_file, "--json")
    if asked.write_docs:
        from experiments.gates.page import page

        with documenting(asked.out):
            put(DOCS, page(rows, asked.numbers).encode())
            put(FIGURE, (asked.out / "gates.png").read_bytes())
    table = tables.table(rows)
    rough = [tables.ROUGH] * asked.quick
    told = [*legend(table), tables.sentence(rows), *tables.reasons(rows), *rough]
    return printed(table, tables.LAYOUT), told


def _about(asked: Asked) -> dict[str, Any]:
    """What tells one run from another."""
    from experiments.gates.page import mark

    return {
        "experiment": NAME,
        "only": asked.gates if asked.only else [],
        "quick": asked.quick,
        "seeds": asked.numbers,
        "source_hash": mark(),
        "versions": versions(),
    }


def _write(rows: list[Row], asked: Asked, about: dict[str, Any]) -> None:
    from experiments.gates.figure import figure
    from sim.plots.figures import write

    labels = {"source_hash": about["source_hash"], "seeds": str(about["seeds"])}
    data, notes = tables.dataset(rows, asked.numbers), [tables.sentence(rows)]
    left = contract.Left(
        tables.QUESTION, tables.table(rows), tables.LAYOUT, notes, data, labels, NOTHING
    )
    with replace_folder(asked.out, about) as fresh:
        write(figure(rows), fresh / NAME, dpi=150, kinds=("png",))
        record = about | {"command": _command(asked)} | contract.write(left, fresh)
        put(fresh / "gates.json", tables.as_json(rows).encode())
        manifest.write(fresh, record)


def _command(asked: Asked) -> str:
    """The command that repeats the run."""
    words = ["python -m experiments gates", *(["--quick"] if asked.quick else [])]
    words += [f"--only {','.join(asked.gates)}"] if asked.only else []
    return " ".join([*words, f"--seeds {','.join(map(str, asked.numbers))}"])
