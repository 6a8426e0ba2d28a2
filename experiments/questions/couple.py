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

from experiments.runner.answers import course, labels_of, mean, table
from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.printed import Layout
from experiments.runner.question import Question
from experiments.runner.recorded import recorded
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
PARTED = "probability that such a couple would have parted by the last day"
LAYOUT = Layout(("quantity",), ("who",), {"who": ("partner with name, or couple; *: changed", "")})


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
        table=answers(life, names),
        figures={"couple": overview(life, names)},
        notes=[summary(life), *changes(c)],
        recorded=recorded(life),
        layout=LAYOUT,
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


def answers(life: xr.Dataset, names: list[str]) -> pd.DataFrame:
    """Means over couples and the last quarter of the days; then the bands of the figure."""
    one = life.isel(condition=0)
    late = one.isel(time=slice(-max(one.sizes["time"] // 4, 1), None)).mean("time")
    condition = str(life.condition.values[0])
    rows = []
    for name, values in late.data_vars.items():
        about = labels_of(one[name])
        for role, who in zip(("", *PARTNERS), ("couple", *names), strict=True):
            if bool(role) == ("partner" in values.dims):
                own = values.sel(partner=role) if role else values
                rows.append(mean(condition, str(name), own, role=role, who=who, **about))
    parted = labels_of(one.hazard) | {"meaning": PARTED}
    share = -np.expm1(-one.hazard.isel(time=-1))
    rows.append(mean(condition, "parted", share, who="couple", **parted))
    return table([*rows, *bands_shown(one, condition, dict(zip(PARTNERS, names, strict=True)))])


def bands_shown(one: xr.Dataset, condition: str, names: dict[str, str]) -> list[dict[str, object]]:
    """What the figure shows, day by day."""
    rows = course(condition, "closeness", one.closeness, who="couple")
    away = turning_away(one.sent_latency).assign_attrs(long_name="turning away shown", units="1")
    seen = {name: one[name] for name in ("alarm", "sent_demand", "belief", "threat_store")}
    for name, values in {**seen, "turning_away": away}.items():
        for role, who in names.items():
            rows += course(condition, name, values.sel(partner=role), role=role, who=who)
    return rows


def summary(life: xr.Dataset) -> str:
    """One sentence on how long such couples stay together."""
    parted = 1.0 - np.exp(-life.hazard.isel(time=-1, condition=0))
    days = float(life.time[-1])
    return (
        f"After {days:.0f} days {float(parted.mean()):.0%} of such couples would have parted. "
        "Means are over the last quarter of the days."
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
