"""Which intervention reaches which architecture? (claim C25 as a heat map)

Each architecture lives with a secure partner and gets a course of twenty sessions in half a year;
a cell is what the intervention takes off the common index of complaints, against as long without.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.claims.measured.c25_entry_points import MATCHED, OFFERED, gains
from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.question import Question
from models.architectures import ARCHITECTURES
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import estimate
from sim.plots.figures import subplots
from sim.plots.heat_maps import heat
from sim.plots.style import paper
from sim.world.protocols import PROTOCOLS

QUESTION = Question(
    order=50,
    question="Which intervention reaches which architecture?",
    expects=(
        "Disproved if for any architecture the intervention made for it does no better than "
        "the mean of the others or than generic reassurance."
    ),
    minutes=2.0,
    defaults={"dyads": 200, "days": 217},
    quick={"dyads": 20, "days": 217},
)


def run(configuration: RunConfiguration, progress: Callable[[int, int], None]) -> Outcome:
    """Measure every cell with its confidence interval, draw the matrix."""
    laboratory = Laboratory(configuration.dyads, configuration.seed)
    found = gains(laboratory, {who: laboratory.people(who) for who in MATCHED})
    progress(1, 1)
    cells = [[estimate(found[who][name])[:3] for name in OFFERED] for who in MATCHED]
    dataset = xr.Dataset(
        {
            "gain": (
                ("architecture", "intervention", "statistic"),
                np.array(cells),
                {"long_name": "complaints taken away by a course", "units": "sd"},
            )
        },
        {
            "architecture": list(MATCHED),
            "intervention": list(OFFERED),
            "statistic": ["mean", "low", "high"],
        },
    )
    return Outcome(
        dataset=dataset,
        table=table(dataset),
        figures={"intervention_matrix": figure(dataset)},
        notes=["Brackets: 95 % bootstrap interval over couples. The matched ones are framed."],
    )


def table(dataset: xr.Dataset) -> pd.DataFrame:
    """One row an architecture, one column an intervention."""
    rows = []
    for who in dataset.architecture.values:
        row: dict[str, object] = {"architecture": who}
        for name in dataset.intervention.values:
            mean, low, high = dataset.gain.sel(architecture=who, intervention=name).values
            row[str(name)] = f"{mean:+.2f} [{low:+.2f}, {high:+.2f}]"
        rows.append(row)
    return pd.DataFrame(rows)


def figure(dataset: xr.Dataset) -> Figure:
    """Heat map with numbers; the intervention made for an architecture is framed."""
    with paper():
        drawn, ax = subplots(figsize=(8.4, 4.4))
        heat(dataset.gain.sel(statistic="mean").values, ax, "PuOr_r")
        for row, matched in enumerate(MATCHED.values()):
            corner = (OFFERED.index(matched) - 0.5, row - 0.5)
            ax.add_patch(Rectangle(corner, 1, 1, fill=False, edgecolor="black", linewidth=2.2))
        titles = [PROTOCOLS[name].title for name in OFFERED]
        ax.set_xticks(range(len(OFFERED)), titles, rotation=25, ha="right")
        ax.set_yticks(range(len(MATCHED)), [ARCHITECTURES[name].label for name in MATCHED])
        ax.set_title("Complaints taken away by a course of 20 sessions [sd]; framed: matched")
    return drawn
