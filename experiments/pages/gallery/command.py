"""``python -m experiments gallery``: draw every figure and the film into one folder."""

import base64
import os
import shlex
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from experiments.runner import manifest
from experiments.runner.folder import at_work, check_folder, replace_folder
from experiments.runner.manifest import RECORD, read
from experiments.runner.parts import Parts
from experiments.runner.stopping import documenting
from experiments.runner.usable import needs_docs
from sim.provenance import ROOT

DOCS = ROOT / "docs" / "figures"
FILM = "exchange.gif"
DPI = 100
Progress = Callable[[int, int], None]


class Size(NamedTuple):
    """Couples a figure, days of the matrix, and turns of the film (None: all)."""

    dyads: int
    days: int
    turns: int | None


FULL, QUICK = Size(200, 120, None), Size(12, 8, 2)


# more than six arguments: one for each option of the command
def answer(
    out: Path,
    quick: bool,
    seed: int,
    write_docs: bool,
    replace: bool,
    progress: Progress,
) -> list[str]:
    """Draw all into ``out``; the names of the files, none if they are there already.

    ``write_docs`` copies them into the docs. A stopped run goes on with the next figure.
    """
    from sim.checks import seed_number

    if quick and write_docs:
        raise ValueError("--write-docs: needs the full gallery; leave out --quick")
    if write_docs:
        needs_docs()
    seed_number(seed)
    size = QUICK if quick else FULL
    about = _about(size, seed, quick)
    same = check_folder(out, about, replace)
    if not same:
        os.environ["MPLBACKEND"] = "Agg"  # figures go to files; no window, no display needed
        with at_work(out, about, replace) as place:
            _draw(out, size, about, place.parts, progress)
    past = read(out)
    files = sorted(past.files - {RECORD}) if past else []
    if write_docs:
        with documenting(out):
            _copy(out, files)
    return [] if same else files


def _draw(out: Path, size: Size, about: dict[str, Any], parts: Parts, progress: Progress) -> None:
    with replace_folder(out, about) as fresh:
        _draw_all(fresh, size, about["seed"], parts, progress)
        manifest.write(fresh, about)


def _draw_all(folder: Path, size: Size, seed: int, parts: Parts, progress: Progress) -> None:
    from experiments.pages.gallery.figures import FIGURES, drawn
    from experiments.pages.gallery.film import film
    from sim.analysis.cohorts import Laboratory
    from sim.plots.figures import write

    laboratory, total = Laboratory(size.dyads, seed), len(FIGURES) + 2

    def figure(name: str) -> dict[str, str]:
        picture = drawn(name, laboratory, size.days)
        return _files(lambda place: write(picture, place / name, DPI, bbox_inches="tight"))

    for number, name in enumerate(FIGURES):
        progress(number, total)
        _put(folder, parts(name, partial(figure, name)))
    progress(len(FIGURES), total)
    _put(folder, parts(FILM, lambda: _files(lambda place: film(place / FILM, seed, size.turns))))
    progress(total, total)


def _files(make: Callable[[Path], None]) -> dict[str, str]:
    """The files that ``make`` puts into a folder: name to bytes, as text."""
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        found = sorted(Path(folder).iterdir())
        return {path.name: base64.b64encode(path.read_bytes()).decode() for path in found}


def _put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_bytes(base64.b64decode(text))


def _about(size: Size, seed: int, quick: bool) -> dict[str, Any]:
    """What repeats the gallery, and tells it from another one."""
    from experiments.runner.provenance import versions
    from sim.provenance import code_hash, source_hash

    words = ["python", "-m", "experiments", "gallery", "--seed", str(seed)]
    return {
        "experiment": "gallery",
        "command": shlex.join(words + ["--quick"] * quick),
        "seed": seed,
        "size": size._asdict(),
        "source_hash": source_hash(),
        "code_hash": code_hash("experiments.pages.gallery.command"),
        "versions": versions(),
    }


def _copy(out: Path, files: list[str]) -> None:
    """The pictures that the documentation shows."""
    (DOCS / "gallery").mkdir(parents=True, exist_ok=True)
    for name in files:
        if name.endswith(".png"):
            shutil.copyfile(out / name, DOCS / "gallery" / name)
    shutil.copyfile(out / FILM, DOCS / FILM)
