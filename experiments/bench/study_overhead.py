"""What the runner adds to the bare engine: ``python -m experiments.bench.study_overhead``.

Both compute the same cells in this process, in turns, cell by cell: once through ``simulate``
alone, once from the piece of a study to the cell on disk. Processor time, so that other users of
the machine don't count.
"""

import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np

from experiments.study import cell as cells
from experiments.study import design
from experiments.study.file import Study
from experiments.study.life import calendar
from experiments.study.measures import needed
from experiments.study.people import people
from experiments.study.runner import StudyConfiguration, piece_of
from experiments.study.store import Store
from experiments.study.study import parse
from experiments.study.work import work
from sim.engines.ensemble import simulate

STUDY = """
title = "Overhead"
question = "What does the runner add?"
expects = "Less than a tenth."
replicates = 4000
measures = ["closeness", "alarm", "demand", "withdrawal", "satisfaction"]
[people.a]
preset = "scanner"
[people.b]
preset = "withdrawer"
[contexts.life]
kind = "daily_life"
days = 90
[[vary]]
path = "people.a.overrides.vagal_tone"
low = 0.1
high = 0.9
steps = 9
"""


def bare(study: Study, row: design.Row) -> float:
    """Seconds for the couples of a cell through ``simulate`` alone."""
    start = time.process_time()
    scenario = design.build(study.base, {study.factors[0].path: row[0]})
    dyads = np.arange(study.plan.replicates)
    simulate(
        *(people(scenario, who, study.plan.seed, dyads) for who in (0, 1)),
        calendar=calendar(scenario),
        dyads=len(dyads),
        seed=study.plan.seed,
        threads=1,
        engine=cells.ENGINE,
        variables=needed(study.plan.measures),
    )
    return time.process_time() - start


def whole(study: Study, row: design.Row, store: Store) -> float:
    """Seconds from a row of the design to a cell on disk."""
    start = time.process_time()
    work(piece_of(study, (row,), StudyConfiguration(Path("x.toml"), store.root), store))
    return time.process_time() - start


def measure() -> tuple[float, float]:
    """Median seconds a cell, bare and whole."""
    study = parse(STUDY, "overhead.toml")
    with tempfile.TemporaryDirectory() as folder:
        store, rows = Store(Path(folder)), list(design.rows(study))
        whole(study, rows[0], store)  # imports and compiles
        pairs = [(bare(study, row), whole(study, row, store)) for row in rows[1:]]
    return median(p[0] for p in pairs), median(p[1] for p in pairs)


if __name__ == "__main__":
    alone, runner = measure()
    print(
        f"bare {alone:.2f} s, with the runner {runner:.2f} s: {100 * (runner / alone - 1):+.1f} %"
    )
