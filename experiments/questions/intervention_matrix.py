"""Which intervention reaches which architecture? (claim C25 as a heat map)

Each architecture lives with a secure partner and gets a course of twenty sessions in half a year;
a cell is what the intervention takes off the common index of complaints, against as long without.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.claims.measured.c25_entry_points import AFTER, APART, MATCHED, OFFERED, gains
from experiments.runner.answers import mean, table
from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.printed import Layout
from experiments.runner.question import Question
from experiments.runner.recorded import recorded
from models.architectures import ARCHITECTURES
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import estimate
from sim.plots.figures import subplots
from sim.plots.heat_maps import heat
from sim.plots.style import paper
from sim.world.protocols import COURSE_DAYS, PROTOCOLS

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

GAIN = "complaints taken away by a course"
LAST_DAY = float(COURSE_DAYS + AFTER + APART)
LAYOUT = Layout(
    ("architecture",),
    ("intervention",),
    {
        "architecture": ("who is helped", ""),
        "intervention": ("what the course is of", ""),
    },
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
                {"long_name": GAIN, "units": "sd"},
            )
        },
        {
            "architecture": list(MATCHED),
            "intervention": list(OFFERED),
            "statistic": ["mean", "low", "high"],
        },
    )
    matched = ", ".join(f"{who} and {name}" for who, name in MATCHED.items())
    return Outcome(
        dataset=dataset,
        table=answers(found),
        figures={"intervention_matrix": figure(dataset)},
        notes=[
            "A gain of 1 is a standard deviation over untreated couples of all architectures. Made "
            f"for each other, framed in the figure: {matched}."
        ],
        recorded=recorded(of_couples(found), LAST_DAY),
        layout=LAYOUT,
    )


def answers(found: dict[str, dict[str, np.ndarray]]) -> pd.DataFrame:
    """One row an architecture and intervention."""
    rows = []
    for who in MATCHED:
        for name in OFFERED:
            about: dict[str, Any] = {"architecture": who, "intervention": name, "unit": "sd"}
            rows.append(
                mean(f"{who}, {name}", "gain", found[who][name], role="A", meaning=GAIN, **about)
            )
    return table(rows)


def of_couples(found: dict[str, dict[str, np.ndarray]]) -> xr.Dataset:
    """Each person's gain; they are A, the other is secure and not measured."""
    values = np.array([found[who][name] for who in MATCHED for name in OFFERED])
    conditions = [f"{who}, {name}" for who in MATCHED for name in OFFERED]
    coords = {"condition": conditions, "dyad": np.arange(values.shape[1]), "partner": ["A"]}
    about = {"long_name": GAIN, "units": "sd"}
    return xr.Dataset({"gain": (tuple(coords), values[..., None], about)}, coords)


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
