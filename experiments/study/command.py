"""``python -m experiments study``: check, foresee, run, go on, look, repeat one cell."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.runner.program import typed
from experiments.runner.stopping import telling
from experiments.study.faults import (
    MOST_COUNTED,
    StoreUnwritable,
    StudyRefused,
    StudyStopped,
)
from experiments.study.keys import keys

if TYPE_CHECKING:
    from experiments.study.file import Study
    from experiments.study.runner import StudyConfiguration
    from experiments.study.store import Store

Say = Callable[[str], None]
SHORTEST_KEY = 6
MOST_WORKERS = 1024
BYTES_A_NUMBER, BLOCK = 20, 4096


# more than six arguments: one for each option of the command
def answer(
    path: Path,
    out: Path | None,
    workers: int,
    dask: str | None,
    modes: dict[str, bool],
    only: str | None,
    replace: bool,
    bar: Any,
    say: Say,
) -> None:
    """Do with the study at ``path`` what was asked; ``modes``: resume, status, dry_run."""
    from experiments.study import study as reading
    from experiments.study.executors import check_dask
    from experiments.study.runner import StudyConfiguration
    from experiments.study.store import Store

    if [*modes.values(), only is not None].count(True) > 1:
        raise StudyRefused("--resume, --status, --dry-run, --only: give at most one of them")
    if not 1 <= workers <= MOST_WORKERS:
        raise StudyRefused(f"--workers = {workers}: must be in [1, {MOST_WORKERS}] (processes)")
    study = reading.load(path)
    if dask is not None:
        check_dask(dask)
    configuration = StudyConfiguration(
        path, out or Path("results") / "studies" / path.stem, workers, dask
    )
    store = Store(configuration.out)
    if modes["dry_run"]:
        foresee(study, configuration, say)
    elif modes["status"]:
        status(study, store, say)
    elif only is not None:
        repeat(study, configuration, store, only, replace, say)
    else:
        complete(study, configuration, store, modes["resume"], replace, bar, say)


# more than six arguments: one for each option, and what they are about
def complete(
    study: "Study",
    configuration: "StudyConfiguration",
    store: "Store",
    resume: bool,
    replace: bool,
    bar: Any,
    say: Say,
) -> None:
    """Run what is missing and say how it went."""
    from experiments.study import place, tables
    from experiments.study.runner import run

    place.check(configuration.out, study.text, store, resume, replace)
    tables.check_names(store)
    start = time.perf_counter()
    with telling(lambda: kept(store)):
        with store.writing():
            store.root.mkdir(parents=True, exist_ok=True)
        with store.locked():
            store.sweep()
            if replace and not resume:
                place.clear(store)
            store.write_study(study.text, record(study, configuration.path))
            try:
                with bar as progress:
                    tally = run(study, configuration, store, progress)
            except StoreUnwritable as fault:
                raise StoreUnwritable(f"{fault}; finished cells are kept: --resume") from fault
            finally:
                store.sweep()
            if tally.computed or tally.reused:
                tables.of_study(store)
    seconds = time.perf_counter() - start
    say(
        f"{tally.computed} cells computed, {tally.reused} kept, {tally.failed} failed, "
        f"{seconds:.0f} s: {configuration.out}"
    )
    if tally.failed:
        lines = "\n".join(f["command"] + f"   # {f['error']}" for f in store.failures()[:5])
        raise StudyStopped(
            f"{tally.failed} cells failed; see {configuration.out / 'failures'}:\n{lines}",
            min(tally.failed, MOST_COUNTED),
        )
    say(f"Next: {typed()} report {configuration.out}")


def kept(store: "Store") -> str:
    """What was kept, for somebody who has just stopped a study."""
    count = store.count()
    if count:
        cells = "1 finished cell is" if count == 1 else f"{count} finished cells are"
        return f"{cells} kept; go on with --resume."
    return "no cell was finished yet; the same command begins again."


def record(study: "Study", path: Path) -> dict[str, Any]:
    """What a store says of its study, but for the text: the same wherever it runs."""
    from experiments.runner.provenance import versions
    from experiments.study import design
    from experiments.study.cell import science_hash
    from experiments.study.place import digest
    from sim.provenance import source_hash

    return {
        "name": path.stem,
        "command": f"python -m experiments study {path.name}",
        "cells": design.count(study),
        "digest": digest(study.text),
        "factors": [f._asdict() for f in study.factors],
        "science": science_hash(),
        "source_hash": source_hash(),
        "versions": versions(),
    }


# --- looking --------------------------------------------------------------------------------------


def status(study: "Study", store: "Store", say: Say) -> None:
    """Count cells by what became of them."""
    from experiments.study import design

    counts = {"complete": 0, "missing": 0, "damaged": 0}
    failed = {failure["key"] for failure in store.failures()}
    lost = 0
    for key, _ in keys(study):
        state = store.state(key)
        counts[state] += 1
        lost += state != "complete" and key in failed
    say(
        f"{design.count(study)} cells: "
        + ", ".join(f"{n} {name}" for name, n in counts.items())
        + f"; {lost} of them failed last time"
    )


def foresee(study: "Study", configuration: "StudyConfiguration", say: Say) -> None:
    """Cells, time and disk beforehand; runs a few couples to know the speed, writes nothing."""
    from experiments.study import design
    from experiments.study.measures import columns
    from experiments.study.runner import piece_size

    cells, plan = design.count(study), study.plan
    seconds = cells * _seconds_a_cell(study) / configuration.workers
    start = clock(_start_up(configuration.workers))
    numbers = plan.replicates * len(columns(plan.measures))
    disk = cells * (BLOCK + BLOCK * -(-(numbers * BYTES_A_NUMBER + 2000) // BLOCK))
    most = f", up to {plan.stop.most} by the stop rule" if plan.stop else ""
    say(f"cells    {cells:,}, in pieces of {piece_size(study, configuration.workers)}")
    say(f"couples  {cells * plan.replicates:,} ({plan.replicates} a cell{most})")
    say(
        f"time     about {clock(seconds)} with {configuration.workers} worker(s) like this one, "
        f"plus about {start} to start"
    )
    say(f"disk     about {disk / 1e6:,.1f} MB in {configuration.out}")


def _start_up(workers: int) -> float:
    """Seconds until cells are computed, from what this process needed to import and compile.

    Several workers do the same once more, side by side, after this process has started them.
    """
    return time.process_time() * (1 if workers == 1 else 2)


def _seconds_a_cell(study: "Study") -> float:
    from itertools import islice

    from experiments.study import design
    from experiments.study.cell import Cell, compute

    plan = study.plan.model_copy(
        update={"replicates": min(study.plan.replicates, 64), "stop": None}
    )
    paths = [factor.path for factor in study.factors]
    cells = [
        Cell(design.build(study.base, dict(zip(paths, row, strict=True))), plan)
        for row in islice(design.rows(study), 8)
    ]
    compute([cells[0]._replace(plan=plan.model_copy(update={"replicates": 1}))])  # warm up
    start = time.perf_counter()
    compute(cells)
    each = (time.perf_counter() - start) / len(cells)
    return each * study.plan.replicates / plan.replicates


def clock(seconds: float) -> str:
    """A duration in words."""
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


# --- one cell -------------------------------------------------------------------------------------


def repeat(
    study: "Study",
    configuration: "StudyConfiguration",
    store: "Store",
    only: str,
    replace: bool,
    say: Say,
) -> None:
    """Compute one cell here and now, keep it, and show its means."""
    from experiments.study import place
    from experiments.study.cell import mcse, science_hash
    from experiments.study.runner import piece_of
    from experiments.study.work import work

    key, row = _found(study, only)
    place.check(configuration.out, study.text, store, True, replace)
    with store.writing():
        store.root.mkdir(parents=True, exist_ok=True)
    with store.locked():
        store.write_study(study.text, record(study, configuration.path))
        tally, _ = work(piece_of(study, (row,), configuration, store))
        store.sweep()
    for factor, value in zip(study.factors, row, strict=True):
        say(f"{factor.path} = {value}")
    if tally.failed:
        about = next(f for f in store.failures() if f["key"] == key)
        raise StudyStopped("".join(about["traceback"]).rstrip(), 1)
    stored = store.read(key)
    assert stored is not None and science_hash()
    for (name, slot), values in zip(stored.columns, stored.values.T, strict=True):
        values = values[values == values]
        mean = values.mean() if len(values) else float("nan")
        say(f"{name + (' ' + slot if slot else ''):24s} {mean: .4f}  MCSE {mcse(values):.4f}")


def _found(study: "Study", only: str) -> tuple[str, tuple[Any, ...]]:
    if len(only) < SHORTEST_KEY or set(only) - set("0123456789abcdef"):
        raise StudyRefused(
            f"--only = {only}: must be a cell's key, at least its first {SHORTEST_KEY} digits"
        )
    for key, row in keys(study):
        if key.startswith(only):
            return key, row
    raise StudyRefused(f"--only = {only}: no such cell in this study with this model source")


def default_workers() -> int:
    """One worker a processor."""
    from sim.engines.registry import cores

    return cores()


def print_schema() -> None:
    """The JSON schema of study files."""
    from experiments.study.schema import text

    sys.stdout.write(text())
