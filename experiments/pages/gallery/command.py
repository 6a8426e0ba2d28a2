"""``python -m experiments gallery``: draw every figure and the film into one folder."""

import json
import os
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from experiments.runner.folder import RECORD, check_folder, replace_folder
from sim.provenance import ROOT

DOCS = ROOT / "docs" / "figures"
FILM = "exchange.gif"
DPI = 100


class Size(NamedTuple):
    """Couples a figure, days of the matrix, and turns of the film (None: all)."""

    dyads: int
    days: int
    turns: int | None


FULL, QUICK = Size(200, 120, None), Size(12, 8, 2)


def answer(
    out: Path, quick: bool, seed: int, write_docs: bool, progress: Callable[[int, int], None]
) -> list[str]:
    """Draw all into ``out``; the names of the files. ``write_docs`` copies them into the docs."""
    from sim.checks import seed_number

    if quick and write_docs:
        raise ValueError("--write-docs: needs the full gallery; leave out --quick")
    check_folder(out)
    seed_number(seed)
    os.environ["MPLBACKEND"] = "Agg"  # figures go to files; no window, no display needed
    size = QUICK if quick else FULL
    with replace_folder(out) as fresh:
        _draw_all(fresh, size, seed, progress)
        files = sorted(path.name for path in fresh.iterdir())
        record = _record(size, seed, quick) | {"files": files}
        (fresh / RECORD).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    if write_docs:
        _copy(out, files)
    return files


def _draw_all(folder: Path, size: Size, seed: int, progress: Callable[[int, int], None]) -> None:
    from experiments.pages.gallery.figures import FIGURES, drawn
    from experiments.pages.gallery.film import film
    from sim.analysis.cohorts import Laboratory
    from sim.plots.figures import write

    laboratory, total = Laboratory(size.dyads, seed), len(FIGURES) + 2
    for number, name in enumerate(FIGURES):
        progress(number, total)
        write(drawn(name, laboratory, size.days), folder / name, DPI, bbox_inches="tight")
    progress(len(FIGURES), total)
    film(folder / FILM, seed, size.turns)
    progress(total, total)


def _record(size: Size, seed: int, quick: bool) -> dict[str, Any]:
    """What repeats the gallery."""
    from experiments.runner.provenance import versions
    from sim.provenance import source_hash

    words = ["python", "-m", "experiments", "gallery", "--seed", str(seed)]
    return {
        "command": shlex.join(words + ["--quick"] * quick),
        "seed": seed,
        "size": size._asdict(),
        "source_hash": source_hash(),
        "versions": versions(),
    }


def _copy(out: Path, files: list[str]) -> None:
    """The pictures that the documentation shows."""
    (DOCS / "gallery").mkdir(parents=True, exist_ok=True)
    for name in files:
        if name.endswith(".png"):
            shutil.copyfile(out / name, DOCS / "gallery" / name)
    shutil.copyfile(out / FILM, DOCS / FILM)
