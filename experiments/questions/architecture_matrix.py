"""What does each architecture do beside each other one?

All pairs, everyday life. Each cell is one partner beside one other: alarm, demand, turning
away, repair after a cold or demanding exchange of the other's, satisfaction, closeness, and the
change of the threat store from the start to the end.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from experiments.runner.answers import labels_of, mean, table
from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.printed import Layout
from experiments.runner.progress import stages
from experiments.runner.question import Question
from experiments.runner.recorded import recorded
from models.architectures import ARCHITECTURES
from sim.analysis.measures import DEMAND_CUT
from sim.analysis.pairs import (
    MEASURES,
    NAMES,
    PAIRS,
    TITLES,
    in_cells,
    matrices,
    of_couples,
)
from sim.engines.ensemble import simulate
from sim.plots.bands import panel_letters
from sim.plots.figures import subplots
from sim.plots.heat_maps import heat
from sim.plots.style import paper

QUESTION = Question(
    order=40,
    question="What does each architecture do beside each other one?",
    expects="Nothing: it shows all pairs.",
    minutes=1.0,
    defaults={"dyads": 100, "days": 365},
    quick={"dyads": 8, "days": 28},
)

DIVERGING = ("change",)
"""What may be above or below zero: shown in colours that part there."""
ACTS = ("sent_warmth", "sent_demand")
LAYOUT = Layout(
    ("person", "beside"),
    ("quantity",),
    {"person": ("whose state or behaviour", ""), "beside": ("who the partner is", "")},
)
WEEKS = 4
"""At the end, in which repair is observed."""


def run(configuration: RunConfiguration, progress: Callable[[int, int], None]) -> Outcome:
    """Simulate all pairs, put them in a matrix, draw it."""
    c = configuration
    share = stages(progress, life=1, ruptures=1)
    life = lived(c, variables=MEASURES, progress=share("life"))
    last = lived(
        c,
        record="trajectory",
        since=max(c.days - WEEKS * 7, 0),
        variables=ACTS,
        progress=share("ruptures"),
    )
    repair = repaired_exchanges(last)
    matrix, late = matrices(life.assign(repair=repair)), of_couples(life.assign(repair=repair))
    once = late[["repair", "change"]]
    return Outcome(
        dataset=matrix,
        table=answers(late),
        figures={"architecture_matrix": figure(matrix)},
        notes=["Whose state or behaviour, and beside whom. Last quarter of the days."],
        recorded=recorded(life.assign(once)),
        layout=LAYOUT,
    )


def lived(configuration: RunConfiguration, **options: Any) -> xr.Dataset:
    """All pairs, with common random numbers however they are recorded."""
    c = configuration
    first, second = zip(*PAIRS, strict=True)
    names = [f"{a}-{b}" for a, b in PAIRS]
    return simulate(
        first, second, conditions=names, days=c.days, dyads=c.dyads, seed=c.seed, **options
    )


def repaired_exchanges(last: xr.Dataset) -> xr.DataArray:
    """How often one is warm without demand right after the other was cold or demanding.

    On what both showed in the exchanges of the last weeks; NaN where that never happened.
    """
    met = last.isel(time=np.flatnonzero(last.kind.values == "exchange"))
    bad = (met.sent_warmth < 0.0) | (met.sent_demand >= DEMAND_CUT)
    bad = bad.transpose(..., "partner", "time")
    before = bad.values[..., ::-1, :-1]  # the other's last exchange
    mended = before & ~bad.values[..., 1:]
    with np.errstate(invalid="ignore"):
        share = mended.sum(axis=-1) / before.sum(axis=-1)
    return bad.isel(time=0, drop=True).astype(float).copy(data=share)


def answers(late: xr.Dataset) -> pd.DataFrame:
    """One row a cell and measure."""
    rows = []
    for name in filter(late.__contains__, TITLES):
        for who, beside, values in in_cells(late[name]):
            about = {"person": who, "beside": beside, **labels_of(late[name])}
            rows.append(mean(f"{who} beside {beside}", name, values, **about))
    return table(rows)


def figure(matrix: xr.Dataset) -> Figure:
    """A heat map a measure."""
    labels = [ARCHITECTURES[name].label for name in NAMES]
    with paper():
        drawn, axes = subplots(2, 4, figsize=(17.0, 8.6), sharex=True, sharey=True)
        for ax, (name, title) in zip(axes.flat, TITLES.items(), strict=False):
            colours = "PuOr_r" if name in DIVERGING else "cividis"
            heat(matrix[name].sel(statistic="mean").values, ax, colours)
            ax.set_title(f"{title} [-1 to 1]" if name in ("satisfaction", "change") else title)
            ax.set_xticks(range(len(NAMES)), labels, rotation=40, ha="right")
            ax.set_yticks(range(len(NAMES)), labels)
        for ax in axes[1]:
            ax.set_xlabel("beside")
        axes[0, -1].tick_params(labelbottom=True)
        axes[-1, -1].remove()
        panel_letters(axes.flat[:-1])
    return drawn
