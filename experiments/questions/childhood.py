"""What does each kind of care make of a child, and what do many caregivers together?

Infants live with a caregiver of each regime, and their traits grow. Then a population of
caregivers, each a mixture of regimes, brings up a child of its own; every grown person is told
by the regime whose children behave most alike, and the mix stands beside the published one.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from experiments.runner.answers import course, labels_of, mean, share, table
from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.printed import Layout
from experiments.runner.progress import stages
from experiments.runner.question import Question
from experiments.runner.recorded import Recorded, recorded
from models.caregiving import REGIMES
from models.parameters import PartnerParameters
from sim.analysis.discriminant import nearest, spread_within
from sim.analysis.measures import Estimate, estimate, shown, spread
from sim.engines.ensemble import simulate
from sim.plots.bands import bands, confidence_intervals, panel_letters
from sim.plots.figures import subplots
from sim.plots.style import SERIES, paper
from sim.statistics import wilson
from sim.world.calendar import daily_life
from sim.world.childhood import caregivers, grow_up, growth
from sim.world.population import Population

QUESTION = Question(
    order=30,
    question="What does each kind of care make of a child, and many caregivers together?",
    expects=(
        "Disproved if the alarm's threshold of children under inconsistent, unavailable or "
        "frightening care does not end below that of children under consistent care. The mix "
        "of patterns is not calibrated and settles nothing."
    ),
    minutes=0.5,
    defaults={"dyads": 200, "days": 180},
    quick={"dyads": 20, "days": 60},
)

PATTERNS = {
    "consistent": "secure",
    "unavailable": "avoidant",
    "inconsistent": "resistant",
    "frightening": "disorganised",
}
"""What the literature on infants calls the pattern that goes with each regime of care."""
PUBLISHED = {"secure": 0.516, "avoidant": 0.147, "resistant": 0.102, "disorganised": 0.235}
PUBLISHED_LABEL = "published infants (Madigan et al. 2023)"
TRAITS = {
    "threshold": "Alarm threshold",
    "threat_store": "Threat predicted",
    "closeness_fear": "Fear of closeness",
    "protest": "Protest",
    "deactivation": "Deactivation",
    "oxytocin_reliability": "Oxytocin reliability",
}
SEEN = (
    "sent_warmth",
    "sent_contact",
    "sent_reassurance",
    "sent_demand",
    "sent_latency",
    "sent_clarity",
)
ADULT_DAYS, SETTLED = 24, 10
MIXED = "caregivers of all mixtures"
SHARE = "share of the children of caregivers of all mixtures who are told as of this regime"
LAYOUT = Layout(
    extras={
        "pattern": ("what the literature on infants calls it", ""),
        "published": (f"share of {PUBLISHED_LABEL}", ""),
    }
)


def run(configuration: RunConfiguration, progress: Callable[[int, int], None]) -> Outcome:
    """Simulate, measure, draw."""
    c = configuration
    names, pure = list(REGIMES), [Population(care) for care in REGIMES.values()]
    steps = stages(progress, growth=4 * c.days, grown=5 * c.days, adults=5 * ADULT_DAYS)
    common: dict[str, Any] = {"dyads": c.dyads, "seed": c.seed}
    traits = growth(pure, days=c.days, conditions=names, progress=steps("growth"), **common)
    mixed, weights = caregivers(c.dyads, c.seed)
    adults = grow_up([*pure, mixed], days=c.days, progress=steps("grown"), **common)
    seen = behaviour(adults, common, steps("adults"))
    classified = names_classified(seen[:-1], seen[-1])
    hits = {pattern: classified == regime for regime, pattern in PATTERNS.items()}
    shares = {name: Estimate(*wilson(int(own.sum()), len(own))) for name, own in hits.items()}
    data = dataset(traits, weights, classified)
    return Outcome(
        dataset=data,
        table=answers(traits, hits),
        figures={"childhood_growth": growth_figure(traits), "childhood_mix": mix_figure(shares)},
        notes=[verdict(traits), summary(shares)],
        recorded=children(data),
        layout=LAYOUT,
    )


def children(data: xr.Dataset) -> Recorded:
    """Traits of each child over the days; of mixed caregivers what came of their children."""
    grown = data[list(TRAITS)].expand_dims(partner=["child"]).transpose(..., "partner", "time")
    mixed = {
        f"{name}_{regime}": data[name]
        .sel(regime=regime, drop=True)
        .assign_attrs(
            data[name].attrs | {"long_name": f"{data[name].attrs['long_name']}: {regime}"}
        )
        for name in ("caregiver_weight", "told_as")
        for regime in REGIMES
    }
    couples = xr.Dataset(mixed).expand_dims(condition=[MIXED])
    return Recorded(recorded(grown).individual, recorded(couples, float(data.time[-1])).dyad)


def behaviour(adults: list[PartnerParameters], common: dict, progress) -> np.ndarray:
    """What an observer sees of the grown beside a secure partner: (groups, couples, signals)."""
    data = simulate(
        adults,
        "secure",
        calendar=daily_life(ADULT_DAYS),
        since=SETTLED,
        record="summary",
        variables=SEEN,
        progress=progress,
        **common,
    ).sel(partner="A")
    return np.stack([data[name].values for name in SEEN], axis=-1)


def names_classified(groups: np.ndarray, people: np.ndarray) -> np.ndarray:
    """For each of ``people`` the regime whose grown children behave most alike."""
    found = nearest(people[None], groups.mean(axis=1), spread_within(groups))[0]
    return np.array(list(REGIMES))[found]


def dataset(traits: xr.Dataset, weights: np.ndarray, classified: np.ndarray) -> xr.Dataset:
    """Growth under each regime, and of the mixed caregivers the weights and what came of them."""
    care = xr.DataArray(
        weights,
        {"regime": list(REGIMES), "dyad": traits.dyad},
        ("regime", "dyad"),
        attrs={"long_name": "weight of a regime in a mixed caregiver", "units": "1"},
    )
    as_grown = xr.DataArray(
        np.array([classified == regime for regime in REGIMES], float),
        care.coords,
        care.dims,
        attrs={"long_name": "grown child told as of this regime (1) or not (0)", "units": "1"},
    )
    return traits.assign(caregiver_weight=care, told_as=as_grown)


def answers(traits: xr.Dataset, hits: dict[str, np.ndarray]) -> pd.DataFrame:
    """Traits at the end of childhood by regime, each pattern's share in the mix; the bands."""
    rows, bands_shown = [], []
    for regime, pattern in PATTERNS.items():
        own = traits.sel(condition=regime)
        about: dict[str, Any] = {"pattern": pattern, "role": "child", "over": "children"}
        for name in TRAITS:
            values = own[name]
            labels = labels_of(values)
            rows.append(mean(regime, name, values.isel(time=-1), **about, **labels))
            bands_shown += course(regime, name, values, **about)
        rows.append(
            share(
                regime,
                "share",
                hits[pattern],
                published=PUBLISHED[pattern],
                meaning=SHARE,
                **about,
            )
        )
    return table(rows + bands_shown)


def summary(shares: dict[str, Estimate]) -> str:
    """What the mix is, and what it is not."""
    mix = ", ".join(f"{name} {found.mean:.0%}" for name, found in shares.items())
    return (
        f"Children of caregivers of all mixtures: {mix}. Not calibrated: nobody knows how "
        "regimes are mixed among caregivers, so agreement with the published mix proves nothing."
    )


def verdict(traits: xr.Dataset) -> str:
    """One sentence that says whether the expectation held, either way."""
    last = traits.threshold.isel(time=-1)
    safe = last.sel(condition="consistent")
    gaps = {name: estimate((safe - last.sel(condition=name)).values) for name in PATTERNS}
    low = all(gap.low > 0.0 for name, gap in gaps.items() if name != "consistent")
    shown_gaps = ", ".join(f"{n} {shown(g)}" for n, g in gaps.items() if n != "consistent")
    return (
        f"Care lowers the threshold below that of consistent care: {yes(low)} ({shown_gaps}; "
        "95 % bootstrap intervals over children)."
    )


def yes(fact: bool) -> str:
    """A fact in a word."""
    return "yes" if fact else "no"


def growth_figure(traits: xr.Dataset) -> Figure:
    """Six traits over the days of childhood, under each regime."""
    with paper():
        figure, axes = subplots(2, 3, figsize=(10.0, 5.6), sharex=True)
        for ax, (name, label) in zip(axes.flat, TRAITS.items(), strict=True):
            spreads = {
                str(care): spread(traits[name].sel(condition=care))
                for care in traits.condition.values
            }
            bands(traits.time, spreads, ax)
            ax.set(title=label, ylabel="level [0 to 1]", ylim=(0.0, 1.0))
        axes[0, 0].legend(title="care", loc="lower left")
        for ax in axes[1]:
            ax.set_xlabel("time with the caregiver [days]")
        panel_letters(axes)
        figure.supxlabel("lines: median of children; bands: their middle 80 %", fontsize=8)
    return figure


def mix_figure(shares: dict[str, Estimate]) -> Figure:
    """Patterns among the children of mixed caregivers beside the published ones."""
    with paper():
        figure, ax = subplots(figsize=(6.4, 3.4))
        confidence_intervals(shares, ax, label="model, all mixtures of care equally likely")
        rows = np.arange(len(shares))[::-1]
        look: dict[str, Any] = dict(
            color=SERIES[5], marker="D", linestyle="none", markersize=5, label=PUBLISHED_LABEL
        )
        ax.plot([PUBLISHED[name] for name in shares], rows - 0.2, **look)
        ax.set(xlabel="share of children [0 to 1]; bars: 95 % Wilson", xlim=(0.0, 1.0))
        ax.set_title("Patterns that grow, not calibrated to the published ones")
        ax.legend(loc="lower right")
    return figure
