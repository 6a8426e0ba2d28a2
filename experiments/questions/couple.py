"""What happens between any two people?

Everyday life for as long as asked, then one talk about a topic of partner A's: how close they
get, how alarmed and how demanding or distant each is, and what each believes against what each
alarm predicts.
"""

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from experiments.runner.answers import about, course, labels_of, mean, sd_of, table
from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.printed import Layout
from experiments.runner.question import Question
from experiments.runner.recorded import recorded
from models.architectures import ARCHITECTURES
from models.circuits.cingulate import turning_away
from sim.analysis.measures import Estimate, estimate, spread
from sim.engines.ensemble import simulate
from sim.plots.bands import band, panel_letters, partners
from sim.plots.figures import subplots
from sim.plots.forest import forest_plot
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
WHO = {"who": ("partner with name, or couple; *: changed", "")}
LAYOUT = Layout(("quantity",), ("who",), WHO)
COMPARED = Layout(("quantity", "role"), ("condition", "statistic"), WHO, hidden=("who",))
GAP = "difference_"
COMMON = (
    "A difference is that couple minus the first, pair by pair: couple 7 of each has the same "
    "random numbers. An interval that holds 0 leaves the sign open."
)
OVER = "pairs of couples with the same random numbers"


def run(configuration: RunConfiguration, progress: Callable[[int, int], None]) -> Outcome:
    """Simulate, measure, draw; side by side with each couple of ``vs``."""
    c = configuration
    couples = [c, *c.arms()]
    life = simulate(
        [around(one.a, **one.overrides_of("a")) for one in couples],
        [around(one.b, **one.overrides_of("b")) for one in couples],
        days=c.days,
        dyads=c.dyads,
        seed=c.seed,
        variables=VARIABLES,
        conditions=[f"{c.a}-{c.b}", *c.vs],
        progress=progress,
    )
    names = [names_of(one) for one in couples]
    first = life.isel(condition=[0])
    rows, figures = answers(first, names[0]), {"couple": overview(first, names[0])}
    notes, dataset = [summary(first), *changes(c)], life
    if c.vs:
        changed = differences(life)
        arms = [answers(life.isel(condition=[k]), names[k]) for k in range(1, len(couples))]
        rows = pd.concat([rows, *arms, compared(changed)], ignore_index=True)
        figures["couple_compared"] = forest(changed, life)
        notes.append(COMMON)
        dataset = life.merge(changed)
    return Outcome(
        dataset=dataset,
        table=rows,
        figures=figures,
        notes=notes,
        recorded=recorded(life),
        layout=COMPARED if c.vs else LAYOUT,
    )


def names_of(configuration: RunConfiguration) -> list[str]:
    """How the partners of a couple are called."""
    c = configuration
    return [name_of(slot, who, c) for slot, who in (("A", c.a), ("B", c.b))]


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
    late = last_quarter(one)
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


def last_quarter(life: xr.Dataset) -> xr.Dataset:
    """Mean of each couple over the last quarter of the days."""
    return life.isel(time=slice(-max(life.sizes["time"] // 4, 1), None)).mean("time")


def differences(life: xr.Dataset) -> xr.Dataset:
    """Each other couple minus the first, pair by pair: dims arm, dyad and, of a person, partner.

    Couple 7 has the same random numbers and the same people, but for what differs, in every arm.
    """
    late = last_quarter(life)
    late["parted"] = -np.expm1(-life.hazard.isel(time=-1))
    found = {}
    for name, values in late.data_vars.items():
        known, unit = (PARTED, "1") if name == "parted" else about(life[str(name)])
        gap = (values - values.isel(condition=0)).isel(condition=slice(1, None))
        labels = {"long_name": f"difference from the first couple: {known}", "units": unit}
        found[f"{GAP}{name}"] = gap.rename(condition="arm").assign_attrs(labels)
    return xr.Dataset(found).drop_vars("condition", errors="ignore")


def compared(changed: xr.Dataset) -> pd.DataFrame:
    """The mean of each difference, with its interval over pairs of couples."""
    rows = []
    for name, arm, role in each(changed):
        values = chosen(changed, name, arm, role)
        more = labels_of(changed[name]) | {"role": role, "who": role or "couple"}
        quantity = name.removeprefix(GAP)
        rows.append(mean(arm, quantity, values, statistic="difference", over=OVER, **more))
    return table(rows)


def each(changed: xr.Dataset) -> Iterator[tuple[str, str, str]]:
    """Variable, arm and role ('' for the couple's) of every difference."""
    for name, values in changed.data_vars.items():
        roles = PARTNERS if "partner" in values.dims else ("",)
        yield from product([str(name)], map(str, changed.arm.values), roles)


def chosen(changed: xr.Dataset, name: str, arm: str, role: str) -> xr.DataArray:
    """One value a couple."""
    own = changed[name].sel(arm=arm)
    return own.sel(partner=role) if role else own


def forest(changed: xr.Dataset, life: xr.Dataset) -> Figure:
    """Each difference in standard deviations between the couples of the first arm."""
    first = last_quarter(life.isel(condition=0))
    lines: dict[str, list[Estimate]] = {}
    for name, arm, role in each(changed):
        quantity = name.removeprefix(GAP)
        if quantity in first:
            own = first[quantity].sel(partner=role) if role else first[quantity]
            scaled = chosen(changed, name, arm, role) / (sd_of(own) or np.nan)
            found = estimate(scaled.values)
            lines.setdefault(f"{quantity.replace('_', ' ')} {role}".strip(), []).append(found)
    with paper():
        figure, ax = subplots(figsize=(6.4, 0.24 * len(lines) * len(changed.arm) ** 0.5 + 1.4))
        forest_plot(lines, [str(arm) for arm in changed.arm.values], ax)
        ax.set_title(f"Difference from {life.condition.values[0]}, couple by couple")
        ax.set_xlabel("standard deviations between couples; 95 % interval over pairs of couples")
    return figure


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
