"""Why do a scanner and a withdrawer chase each other, and what does a secure partner change?

Four couples with common random numbers: scanner with withdrawer, each of the two with a secure
partner, and two secure partners. Everyday life gives the trajectories; a first stretch of it,
exchange by exchange, gives the lagged influence of demand on withdrawal and back; and one talk
about a topic of partner A's, after all those days, shows the loop turn by turn. Long because the
main question has three stages, each with its own measure and panel.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from experiments.runner.answers import course, labels_of, mean, table
from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.progress import stages
from experiments.runner.question import Question
from experiments.runner.recorded import recorded
from models.circuits.cingulate import turning_away
from models.parameters import SharedParameters
from sim.analysis.measures import (
    DEMAND_CUT,
    LATENCY_CUT,
    coded,
    estimate,
    lagged_influence,
    spread,
)
from sim.engines.ensemble import simulate
from sim.plots.bands import bands, confidence_intervals, panel_letters, sent_and_heard
from sim.plots.figures import new_figure, subplots
from sim.plots.style import PARTNER, paper
from sim.world.calendar import MINUTES_PER_DAY, conversation, daily_life

QUESTION = Question(
    order=10,
    question=(
        "Why do a scanner and a withdrawer chase each other, and what does a secure partner change?"
    ),
    expects=(
        "Disproved if, over the couples, the 95 % interval of either lagged effect (demand on "
        "withdrawal, withdrawal on demand) covers zero, or if a pair with a secure partner "
        "shows an effect as large."
    ),
    minutes=1.0,
    defaults={"dyads": 200, "days": 120},
    quick={"dyads": 20, "days": 14},
)

PAIRS = {
    "scanner with withdrawer": ("scanner", "withdrawer"),
    "scanner with secure": ("scanner", "secure"),
    "secure with withdrawer": ("secure", "withdrawer"),
    "secure with secure": ("secure", "secure"),
}
CUTS = {
    "… if the withdrawer hears nothing": {"channel_ab": 0.0},
    "… if the scanner hears nothing": {"channel_ba": 0.0},
}
LAG_DAYS = 60
TOO_FEW = ["This was a quick run: too few couples and days to settle it either way."]
TALK_MINUTES = 15.0
HEAT = 0.4  # a disagreement, not a fight: at full heat everybody demands
LEAD = "scanner with withdrawer"
TALKS = ("scanner with withdrawer", "scanner with secure", "secure with withdrawer")
EFFECTS = (
    (
        "withdrawal_upon_demand",
        "B",
        "change in the probability that B turns away at the next exchange, after A demanded",
    ),
    (
        "demand_upon_withdrawal",
        "A",
        "change in the probability that A demands at the next exchange, after B turned away",
    ),
)
"""The lagged effects in the order of ``influence``: name, whose, meaning."""
EVERYDAY = (
    "closeness",
    "alarm",
    "arousal",
    "satisfaction",
    "threat_store",
    "safety_memory",
    "sent_warmth",
    "sent_demand",
    "sent_latency",
    "sent_contact",
    "sent_reassurance",
)
IN_TALK = ("alarm", "arousal", "sent_demand", "sent_latency", "sent_warmth", "heard_warmth")


def run(configuration: RunConfiguration, progress: Callable[[int, int], None]) -> Outcome:
    """Simulate, measure, draw."""
    c = configuration
    share = stages(progress, everyday=1.1 * c.days, exchanges=1.5 * min(c.days, LAG_DAYS))
    common: dict[str, Any] = {"dyads": c.dyads, "seed": c.seed}
    first, second = zip(*PAIRS.values(), strict=True)
    life = simulate(
        first,
        second,
        calendar=daily_life(c.days) + conversation(TALK_MINUTES, heat=HEAT),
        record="daily_and_talks",
        conditions=list(PAIRS),
        variables=EVERYDAY + IN_TALK,
        progress=share("everyday"),
        **common,
    )
    everyday = life[list(EVERYDAY)].isel(time=slice(0, c.days)).drop_vars("kind")
    talk = life[list(IN_TALK)].isel(time=slice(c.days, None))
    lagged = influences(min(c.days, LAG_DAYS), common, share("exchanges"))
    return Outcome(
        dataset=dataset(everyday, talk, lagged),
        table=answers(everyday, lagged, talk),
        figures={
            "scanner_withdrawer": overview(everyday, lagged, talk),
            "conflict_talk": talk_figure(talk),
        },
        notes=[verdict(lagged)] + TOO_FEW * c.quick,
        recorded=recorded(of_couples(everyday, lagged)),
    )


def influences(days: int, common: dict, progress) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Per couple, withdrawal of B upon demand of A and demand of A upon withdrawal of B."""
    shared = [SharedParameters()] * len(PAIRS)
    shared += [SharedParameters(**cut) for cut in CUTS.values()]
    pairs = [*PAIRS.values(), *[PAIRS[LEAD]] * len(CUTS)]
    first, second = zip(*pairs, strict=True)
    data = simulate(
        first,
        second,
        conditions=[*PAIRS, *CUTS],
        shared=shared,
        days=days,
        record="trajectory",
        variables=("sent_demand", "sent_latency"),
        progress=progress,
        **common,
    )
    met = data.isel(time=data.kind.values == "exchange")
    demand = met.sent_demand.sel(partner="A").values
    latency = met.sent_latency.sel(partner="B").values
    return {
        name: influence(demand[row], latency[row]) for row, name in enumerate(data.condition.values)
    }


def influence(demand: np.ndarray, latency: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both lagged influences from graded behaviour (couples, exchanges), coded by an observer."""
    demands, withdraws = coded(demand, DEMAND_CUT), coded(latency, LATENCY_CUT)
    return (
        lagged_influence(demands, withdraws, latency),
        lagged_influence(withdraws, demands, demand),
    )


def answers(everyday: xr.Dataset, lagged: dict, talk: xr.Dataset) -> pd.DataFrame:
    """The answer: means over the last quarter of the days, by pair; then the figures' bands."""
    late = everyday.isel(time=slice(-max(everyday.sizes["time"] // 4, 1), None)).mean("time")
    shown = (("closeness", ""), *((n, s) for n in ("alarm", "satisfaction") for s in "AB"))
    rows = []
    for name, effects in lagged.items():
        for quantity, role in shown if name in PAIRS else ():
            one, about = late[quantity].sel(condition=name), labels_of(everyday[quantity])
            one = one.sel(partner=role) if role else one
            rows.append(mean(name, quantity, one, role=role, **about))
        for (quantity, role, meaning), values in zip(EFFECTS, effects, strict=True):
            rows.append(mean(name, quantity, values, role=role, meaning=meaning))
    for name in PAIRS:
        rows += course(name, "closeness", everyday.closeness.sel(condition=name))
    for name in TALKS:
        own = talk.sel(condition=name)
        rows += course(name, "talk_sent_demand", own.sent_demand.sel(partner="A"), role="A")
        away = turning_away(own.sent_latency.sel(partner="B"))
        away = away.assign_attrs(long_name="turning away shown in the talk", units="1")
        rows += course(name, "talk_turning_away", away, role="B")
    return table(rows)


def of_couples(everyday: xr.Dataset, lagged: dict) -> xr.Dataset:
    """Everyday life with both lagged effects of each couple."""
    found = {}
    for place, (name, _, meaning) in enumerate(EFFECTS):
        values = np.array([lagged[pair][place] for pair in PAIRS])
        found[name] = (("condition", "dyad"), values, {"long_name": meaning, "units": "1"})
    return everyday.assign(found)


def verdict(lagged: dict[str, tuple[np.ndarray, np.ndarray]]) -> str:
    """One sentence that says whether the expectation held, either way."""
    effects = {name: [estimate(x) for x in pair] for name, pair in lagged.items()}
    lead = effects[LEAD]
    others = [effects[name] for name in PAIRS if name != LEAD]
    clear = all(e.low > 0.0 for e in lead)
    largest = all(other[k].mean < lead[k].mean for other in others for k in (0, 1))
    cut_a, cut_b = (effects[name] for name in CUTS)
    gone = cut_a[0].mean < 0.5 * lead[0].mean and cut_b[1].mean < 0.5 * lead[1].mean
    holds = "holds" if clear and largest and gone else "does NOT hold"
    return (
        f"Pursue-withdraw {holds}: both lagged effects clear of zero: {_yes(clear)}; larger than "
        f"in every pair with a secure partner: {_yes(largest)}; less than half of it is left "
        f"when the channel is cut: {_yes(gone)}."
    )


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"


def dataset(everyday: xr.Dataset, talk: xr.Dataset, lagged: dict) -> xr.Dataset:
    """Everyday life, the talk (dimension ``turn``) and the lagged effects, in one file."""
    turns = talk.rename(time="turn").drop_vars("kind")
    turns = turns.rename({name: f"talk_{name}" for name in turns.data_vars})
    both = xr.DataArray(
        np.array([pair for pair in lagged.values()]),
        coords={
            "arm": list(lagged),
            "effect": ["withdrawal upon demand", "demand upon withdrawal"],
            "dyad": everyday.dyad,
        },
        dims=("arm", "effect", "dyad"),
        attrs={"long_name": "change in probability at the next exchange", "units": "1"},
    )
    return everyday.merge(turns).assign(lagged_influence=both)


def overview(everyday: xr.Dataset, lagged: dict, talk: xr.Dataset) -> Figure:
    """The main figure: the loop in numbers, in everyday life and in one talk."""
    with paper():
        figure = new_figure(figsize=(8.8, 6.4))
        above, below = list(figure.subfigures(2, 1))  # type: ignore[arg-type]
        upper = above.subplots(1, 2, width_ratios=(1.15, 1.0))
        lower = below.subplots(1, 2, sharey=True)
        closeness_panel(everyday, upper[0])
        influence_panel(lagged, upper[1])
        loop_panel(talk, lower[0])
        away_panel(talk, lower[1])
        panel_letters([*upper, *lower])
    return figure


def closeness_panel(everyday: xr.Dataset, ax) -> None:
    """Closeness over the days, by pair."""
    spreads = {
        str(name): spread(everyday.closeness.sel(condition=name))
        for name in everyday.condition.values
    }
    bands(everyday.time, spreads, ax)
    ax.set(xlabel="time [days]", ylabel="closeness [0 to 1]", ylim=(0.0, 1.0))
    ax.set_title("Closeness: median and middle 80 % of couples")
    ax.legend(loc="upper right")


def influence_panel(lagged: dict, ax) -> None:
    """Lagged effects in both directions, with confidence intervals."""
    directions = ("B turns away after A demanded", "A demands after B turned away")
    for number, (direction, slot) in enumerate(zip(directions, ("B", "A"), strict=True)):
        estimates = {pair: estimate(values[number]) for pair, values in lagged.items()}
        look = {"color": PARTNER[slot]["color"], "fmt": "os"[number], "label": direction}
        confidence_intervals(estimates, ax, shift=(0.14, -0.14)[number], **look)
    ax.set(xlabel="change in probability at the next exchange\n(bars: 95 % bootstrap over couples)")
    ax.set_title("Each sets off the other")
    ax.legend(loc="center right")


def loop_panel(talk: xr.Dataset, ax) -> None:
    """The scanner's demand in the talk, beside the withdrawer and beside a secure partner."""
    demands = {name: spread(talk.sent_demand.sel(condition=name, partner="A")) for name in TALKS}
    bands(talk_minutes(talk), demands, ax)
    ax.set(xlabel="time in the talk [min]", ylabel="demand [0 to 1]", ylim=(0.0, 1.0))
    ax.set_title("A talk about A's topic: A's demand")
    ax.legend(loc="upper right")


def away_panel(talk: xr.Dataset, ax) -> None:
    """The withdrawer's turning away in the talk, beside the scanner and a secure partner."""
    turned_away = {
        name: spread(turning_away(talk.sent_latency.sel(condition=name, partner="B")))
        for name in TALKS
    }
    bands(talk_minutes(talk), turned_away, ax)
    ax.set(xlabel="time in the talk [min]", ylabel="turning away [0 to 1]", ylim=(0.0, 1.0))
    ax.tick_params(labelleft=True)
    ax.set_title("The same talk: B's turning away")
    ax.legend(loc="upper right")


def talk_minutes(talk: xr.Dataset) -> np.ndarray:
    """Time since the talk began [min]."""
    return ((talk.time - talk.time[0]) * MINUTES_PER_DAY).values


def talk_figure(talk: xr.Dataset) -> Figure:
    """One couple's talk: what was sent and heard, alarm and arousal of both."""
    one = talk.sel(condition=LEAD).isel(dyad=0)
    minutes = talk_minutes(talk)
    with paper():
        figure, axes = subplots(3, 1, figsize=(7.6, 7.4), sharex=True)
        directions = (("B", "A", "withdrawer"), ("A", "B", "scanner"))
        for ax, (slot, other, who) in zip(axes[:2], directions, strict=True):
            sent = one.sent_warmth.sel(partner=slot).values
            sent_and_heard(minutes, sent, one.heard_warmth.sel(partner=other).values, slot, ax)
            ax.axhline(0.0, color="0.7", linewidth=0.8, zorder=0)
            ax.set(ylabel="warmth [-1 to 1]", title=f"The {who}'s warmth, as sent and as heard")
            ax.legend(loc="upper right", ncols=2)
        for slot, who in (("A", "scanner"), ("B", "withdrawer")):
            axes[2].plot(minutes, one.alarm.sel(partner=slot), **_line(slot, f"{who}: alarm"))
            arousal = _line(slot, f"{who}: arousal") | {"linewidth": 0.9, "alpha": 0.7}
            axes[2].plot(minutes, one.arousal.sel(partner=slot), **arousal)
        axes[2].set(xlabel="time in the talk [min]", ylabel="level [0 to 1]", ylim=(0.0, 1.0))
        axes[2].set_title("Alarm (thick) and arousal (thin)")
        axes[2].legend(loc="lower right", ncols=2)
        panel_letters(axes)
    return figure


def _line(slot: str, name: str) -> dict:
    return PARTNER[slot] | {"label": name}
