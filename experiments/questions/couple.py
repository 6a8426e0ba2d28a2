"""What happens between any two people?

Everyday life for as long as asked, then one talk about a topic of partner A's: how close they
get, how alarmed and how demanding or distant each is, and what each believes against what each
alarm predicts.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.question import Question
from models.architectures import ARCHITECTURES
from models.circuits.cingulate import turning_away
from sim.analysis.measures import spread
from sim.engines.ensemble import simulate
from sim.plots.bands import band, panel_letters, partners
from sim.plots.figures import subplots
from sim.plots.style import SERIES, paper
from sim.world.addresses import PARTNERS
from sim.world.population import around

QUESTION = Question(
    order=20,
    question="What happens between any two people?",
    expects="Nothing: it shows a couple and claims nothing about couples.",
    minutes=0.5,
    defaults={"dyads": 50, "days": 60},
    quick={"dyads": 10, "days": 7},
    partners={"a": "scanner", "b": "secure"},
)

VARIABLES = (
    "closeness",
    "alarm",
    "arousal",
    "affect",
    "belief",
    "threat_store",
    "safety_memory",
    "harm_memory",
    "satisfaction",
    "commitment",
    "hazard",
    "sent_warmth",
    "sent_contact",
    "sent_reassurance",
    "sent_demand",
    "sent_latency",
)


def run(configuration: RunConfiguration, progress: Callable[[int, int], None]) -> Outcome:
    """Simulate, measure, draw."""
    c = configuration
    people = [around(name, **c.overrides_of(slot)) for name, slot in ((c.a, "a"), (c.b, "b"))]
    names = [name_of(slot, who, c) for slot, who in (("A", c.a), ("B", c.b))]
    life = simulate(
        *people,
        days=c.days,
        dyads=c.dyads,
        seed=c.seed,
        variables=VARIABLES,
        conditions=[f"{c.a}-{c.b}"],
        progress=progress,
    )
    return Outcome(
        dataset=life,
        table=table(life, names),
        figures={"couple": overview(life, names)},
        notes=[summary(life), *changes(c)],
    )


def name_of(slot: str, preset: str, configuration: RunConfiguration) -> str:
    """``A: Secure``, with a star where parameters were changed."""
    star = "*" if configuration.overrides_of(slot.lower()) else ""
    return f"{slot}: {ARCHITECTURES[preset].label}{star}"


def changes(configuration: RunConfiguration) -> list[str]:
    """What the star stands for, if there is one."""
    found = []
    for slot in PARTNERS:
        own = configuration.overrides_of(slot.lower())
        values = ", ".join(f"{name} {value:g}" for name, value in own.items())
        found += [f"{slot} {values}"] if own else []
    return [f"* changed: {'; '.join(found)}"] if found else []


def table(life: xr.Dataset, names: list[str]) -> pd.DataFrame:
    """Means over couples and the last quarter of the days, one row a variable."""
    late = life.isel(time=slice(-max(life.sizes["time"] // 4, 1), None), condition=0)
    rows = []
    for name, values in late.data_vars.items():
        mean, error = values.mean(["time", "dyad"]), standard_error(values)
        row: dict[str, object] = {"variable": name, "meaning": values.attrs["long_name"]}
        if "partner" in values.dims:
            cells = zip(names, mean.values, error.values, strict=True)
            row |= {who: f"{m:.3f} ± {e:.3f}" for who, m, e in cells}
        else:
            row |= dict.fromkeys(names, f"{float(mean):.3f} ± {float(error):.3f}")
        rows.append(row)
    return pd.DataFrame(rows)


def standard_error(values: xr.DataArray) -> xr.DataArray:
    """Monte-Carlo standard error of the mean over couples."""
    couples = values.mean("time")
    return couples.std("dyad", ddof=1 if couples.sizes["dyad"] > 1 else 0) / np.sqrt(
        couples.sizes["dyad"]
    )


def summary(life: xr.Dataset) -> str:
    """One sentence on how long such couples stay together."""
    parted = 1.0 - np.exp(-life.hazard.isel(time=-1, condition=0))
    days = float(life.time[-1])
    return (
        f"After {days:.0f} days {float(parted.mean()):.0%} of such couples would have parted; "
        "± in the table is one Monte-Carlo standard error."
    )


def overview(life: xr.Dataset, names: list[str]) -> Figure:
    """Closeness, alarm, pursuit and distance, and the two stores of each partner."""
    one = life.isel(condition=0)
    turned_away = turning_away(one.sent_latency)
    with paper():
        figure, axes = subplots(2, 3, figsize=(11.0, 6.0), sharex=True)
        band(one.time, spread(one.closeness), axes[0, 0], color="0.15")
        axes[0, 0].set(ylabel="closeness [0 to 1]", title="Closeness", ylim=(0, 1))
        panels = (
            (axes[0, 1], one.alarm, "alarm [0 to 1]", "Alarm, over waking time"),
            (axes[1, 0], one.sent_demand, "demand [0 to 1]", "Demand shown"),
            (axes[1, 1], turned_away, "turning away [0 to 1]", "Turning away shown"),
        )
        for ax, values, label, title in panels:
            spreads = {slot: spread(values.sel(partner=slot)) for slot in PARTNERS}
            partners(one.time, spreads, names, ax)
            ax.set(ylabel=label, title=title, ylim=(0, 1))
        axes[0, 1].legend(loc="upper right")
        for ax, slot, who in zip((axes[0, 2], axes[1, 2]), PARTNERS, names, strict=True):
            stores(one.sel(partner=slot), ax)
            ax.set(ylabel="level [0 to 1]", title=f"The two stores of {who}", ylim=(0, 1))
        axes[0, 2].legend(loc="lower right")
        for ax in axes[1]:
            ax.set_xlabel("time [days]")
        panel_letters(axes)
        figure.supxlabel("lines: median of couples; bands: their middle 80 %", fontsize=8)
    return figure


def stores(one: xr.Dataset, ax) -> None:
    """What is believed beside what the alarm predicts, of one partner."""
    band(one.time, spread(one.belief), ax, color=SERIES[2], label="believes to be safe")
    look = {"color": SERIES[3], "linestyle": "--", "label": "alarm predicts threat"}
    band(one.time, spread(one.threat_store), ax, **look)
