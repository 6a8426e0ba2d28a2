"""Figures of ``earned_security``: when and with whom, who, and relapse."""

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from models.architectures import ARCHITECTURES
from models.parameters import PARAMETERS, PartnerParameters
from sim.analysis.measures import Estimate, Spread
from sim.plots.bands import bands, confidence_intervals, panel_letters
from sim.plots.figures import subplots
from sim.plots.style import ARCHITECTURE, SERIES, paper
from sim.statistics import wilson


def course_figure(dataset: xr.Dataset) -> Figure:
    """Share that has earned security over time: by company, and by person beside the secure."""
    with paper():
        figure, (left, right) = subplots(1, 2, figsize=(11.5, 4.0), sharey=True)
        bands(dataset.time, shares(dataset), left)
        for who in dataset.person.values:
            share = dataset.earned.sel(person=who).isel(arm=0).mean("dyad")
            label = ARCHITECTURES[str(who)].label
            right.plot(dataset.time, share, label=label, markersize=4.5, **ARCHITECTURE[str(who)])
        left.set(title="With whom (all insecure people; bands: 95 % Wilson)", ylim=(-0.02, 1.02))
        left.set_ylabel("share that has earned security [0 to 1]")
        right.set_title("Who, beside a secure partner, no course")
        for ax in (left, right):
            ax.set_xlabel("time together [months]")
        left.legend(loc="upper left")
        right.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
        panel_letters([left, right])
    return figure


def shares(dataset: xr.Dataset) -> dict[str, Spread]:
    """Share of all people that has earned security: by company, middle, low and high over time."""
    found: dict[str, Spread] = {}
    for arm in dataset.arm.values:
        values = dataset.earned.sel(arm=arm).transpose("time", "person", "dyad").values
        middle, low, high, _ = zip(*(_share(some) for some in values), strict=True)
        found[str(arm)] = (middle, low, high)
    return found


def _share(values: np.ndarray) -> Estimate:
    """Share of ones among what is known, with Wilson's interval."""
    known = values[np.isfinite(values)]
    return Estimate(*wilson(int(known.sum()), len(known)))


def who_figure(found: dict[str, Estimate]) -> Figure:
    """Which parameters go with getting there, within each kind of people."""
    rules = PARAMETERS[PartnerParameters]
    named = {f"{rules[name].meaning}": value for name, value in found.items()}
    with paper():
        figure, ax = subplots(figsize=(7.0, 3.4))
        confidence_intervals(named, ax)
        ax.set_xlabel("correlation within presets; bars: 95 % bootstrap over people")
        ax.set_title("Who earns security beside a secure partner")
    return figure


def relapse_figure(dataset: xr.Dataset) -> Figure:
    """Share that is still secure after each strike, at once and three months later."""
    with paper():
        figure, ax = subplots(figsize=(7.4, 3.2))
        for number, when in enumerate(dataset.when.values):
            after = dataset.earned_after.sel(when=when)
            still = {
                str(name): _share(after.sel(strike=name).values) for name in dataset.strike.values
            }
            look = {"color": SERIES[0]} if number == 0 else {"color": SERIES[5], "mfc": "white"}
            fmt = "o" if number == 0 else "s"
            confidence_intervals(
                still, ax, shift=0.12 - 0.24 * number, label=str(when), fmt=fmt, **look
            )
        ax.set_xlim(-0.02, 1.02)
        ax.set_xlabel(
            "share of insecure people who are secure by the measure [0 to 1]; bars: 95 % Wilson"
        )
        ax.set_title("What brings relapse, and whether it lasts")
        ax.legend(loc="lower right")
    return figure
