"""One picture a classic model: what it is best known for."""

from collections.abc import Callable
from math import pi, sqrt
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from models.classics import coupled_oscillator as oscillator
from models.classics import find
from models.classics import fraley_stability as fraley
from sim.analysis.orbits import DivergesError, orbit
from sim.landscape import branch, equilibria, nullclines, of_classic
from sim.plots.figures import subplots
from sim.plots.landscape import bifurcation, phase_plane
from sim.plots.style import PARTNER, paper, series

ONE, TWO = ({k: v for k, v in look.items() if k != "label"} for look in PARTNER.values())


def gallery() -> Figure:
    """All panels in the order of ``models.classics.CLASSICS``."""
    with paper():
        figure, axes = subplots(5, 3, figsize=(11.5, 15.0))
        for ax, draw in zip(axes.flat, PANELS, strict=True):
            draw(ax)
            keyed(ax)
        for letter, ax in zip("abcdefghijklmno", axes.flat, strict=True):
            ax.set_title(f"({letter})  {ax.get_title(loc='left')}", loc="left")
        return figure


def keyed(ax: Axes) -> None:
    """A small legend that names each thing once."""
    handles, labels = ax.get_legend_handles_labels()
    unique = dict(zip(labels, handles, strict=True))
    ax.legend(
        list(unique.values()),
        list(unique),
        fontsize=7.0,
        handlelength=1.8,
        frameon=True,
        framealpha=0.85,
        edgecolor="none",
    )


def lines(ax: Axes, name: str, until: float, names: dict[str, str], **given: Any) -> None:
    """Some variables of a model against time, each with its label."""
    path = orbit(find(name), until, samples=1001, **given)
    for look, (variable, label) in zip((ONE, TWO, series(2)), names.items(), strict=False):
        ax.plot(path.time, path[variable], label=label, **look)
    ax.set_xlabel(f"time [{path.time.attrs['units']}]" if name == "laura_petrarch" else "time")
    ax.set_title(find(name).title)


def strogatz(ax: Axes) -> None:
    """Love and hate in turn."""
    lines(ax, "strogatz", 20.0, {"romeo": "Romeo", "juliet": "Juliet"})
    ax.set(title="Strogatz 1988: she cools as he warms", ylabel="love")


def secure_couple(ax: Axes) -> None:
    """Growth to a plateau."""
    lines(ax, "secure_couple", 12.0, {"partner_1": "partner 1", "partner_2": "partner 2"})
    ax.set(title="Rinaldi 1998: secure, growing to a plateau", ylabel="love")


def laura_petrarch(ax: Axes) -> None:
    """The cycle of twenty years."""
    lines(ax, "laura_petrarch", 21.0, {"petrarch": "Petrarch", "laura": "Laura"})
    path = orbit(find("laura_petrarch"), 21.0)
    ax.plot(path.time, path.inspiration / 10, label="inspiration / 10", **series(2))
    ax.set(title="Rinaldi 1998: Laura and Petrarch", ylabel="love")


def gone_with_the_wind(ax: Axes) -> None:
    """Two attractors and a saddle between them."""
    system = of_classic(find("gone_with_the_wind"))
    phase_plane(nullclines(system), equilibria(system, 64).points, ax=ax)
    ax.set(title="Rinaldi et al. 2013: two ends", xlabel="Rhett's love", ylabel="Scarlett's love")


def insecure_biased(ax: Axes) -> None:
    """A cycle, and rest once nobody flatters."""
    for label, chosen, look in (
        ("insecure and biased", {}, ONE),
        ("insecure, not biased", {"bias_1": 0.0, "bias_2": 0.0}, TWO),
    ):
        path = orbit(find("insecure_biased"), 300.0, parameters=chosen, samples=3001)
        ax.plot(path.partner_1, path.partner_2, label=label, **look)
    ax.plot(0, 0, "o", color="0.1", label="start: indifference")
    ax.set(title="Rinaldi et al. 2015: love that cycles", xlabel="love of 1", ylabel="love of 2")


def talk(ax: Axes) -> None:
    """Which order of turns makes the talk unstable."""
    steep = {
        "wife_by_positive": 0.9,
        "wife_by_negative": 0.9,
        "husband_by_positive": -0.9,
        "husband_by_negative": -0.9,
    }
    for name, label, look in (
        ("gottman_simultaneous", "both at once", ONE),
        ("gottman_sequential", "she speaks first", TWO),
    ):
        path = orbit(find(name), 60, parameters=steep)
        ax.plot(path.time, path.wife, label=label, **look)
    ax.set(title="Gottman, Murray: the order of turns", xlabel="turn", ylabel="wife [points]")


def ruin(ax: Axes) -> None:
    """Two talks that begin a hair apart, on either side of the saddle."""
    steep = {"wife_by_negative": 1.0, "husband_by_negative": 1.0}
    for begin, look in ((-0.95, ONE), (-1.05, TWO)):
        start = {"wife": begin, "husband": begin}
        path = followed("gottman_sequential", 14, start=start, parameters=steep)
        ax.plot(path.time, path.wife, "o", markersize=3, label=f"both start at {begin:g}", **look)
    ax.axhline(-1.0, color="0.5", linewidth=0.8, linestyle=":", label="saddle")
    ax.set(title="Gottman, Murray: beyond the saddle", xlabel="turn", ylabel="wife [points]")
    ax.set_ylim(-12, 4)


def followed(name: str, until: float, **given: Any) -> Any:
    """A trajectory, until it diverged if it did."""
    try:
        return orbit(find(name), until, **given)
    except DivergesError as far:
        return far.orbit


def liebovitch(ax: Axes) -> None:
    """The pitchfork as feedback grows."""

    def family(c: float) -> Any:
        return of_classic(find("liebovitch"), feedback_1=c, feedback_2=c)

    branches = {
        begin: branch(family, np.full(2, begin), 2.0, (0.2, 2.5)) for begin in (1.915, -1.915)
    }
    bifurcation(branch(family, np.zeros(2), 2.0, (0.2, 2.5)), 0, ax)
    for one in branches.values():
        bifurcation(one._replace(special=()), 0, ax)
    ax.set(title="Liebovitch et al. 2008: taking sides", xlabel="feedback c [1/time]")
    ax.set_ylabel("stance at rest")


def delayed(ax: Axes) -> None:
    """Below and above the critical delay."""
    critical = pi / (6 * sqrt(3))
    for factor, look in ((0.9, ONE), (1.5, TWO)):
        chosen = {"delay": factor * critical}
        path = orbit(find("liebovitch_delay"), 40.0, parameters=chosen, samples=801)
        ax.plot(path.time, path.actor_1, label=f"{factor:g} times the critical delay", **look)
    ax.set(title="The same with delay: a cycle", xlabel="time", ylabel="stance of actor 1")


def triangle(ax: Axes) -> None:
    """The strange attractor."""
    path = orbit(find("sprott_triangle"), 150.0, samples=15001, rtol=1e-8)
    late = path.sel(time=slice(20, None))
    ax.plot(late.romeo_juliet, late.juliet, color=ONE["color"], linewidth=0.4, label="one orbit")
    ax.set(title="Sprott 2004: chaos in a triangle", xlabel="Romeo's love for Juliet")
    ax.set_ylabel("Juliet's love for Romeo")


def effort(ax: Axes) -> None:
    """The saddle: one effort is right, and it is more than one would like."""
    system = of_classic(find("rey_effort")).within(feeling=(0.0, 5.0), effort=(0.0, 4.0))
    phase_plane(nullclines(system), equilibria(system, 32).points, ax=ax)
    preferred = find("rey_effort").parameters.preferred_effort
    ax.axhline(preferred, color="0.3", linestyle=":", label="preferred effort")
    ax.set(title="Rey 2010: the effort gap", xlabel="feeling", ylabel="effort")


def inertia(ax: Axes) -> None:
    """What is left of a mood, one's own and the partner's."""
    names = {"partner_1": "who was upset", "partner_2": "the partner"}
    lines(ax, "inertia_coordination", 60, names, start={"partner_2": 0.0})
    ax.set(title="Butler, Barnard: inertia, coordination", xlabel="step of 2 s")
    ax.set_ylabel("feeling, detrended")


def derivatives(ax: Axes) -> None:
    """How much GLLA stretches a period."""
    true = np.linspace(42.0, 120.0, 200)
    found = [oscillator.period_of(oscillator.expected_stiffness(t)) for t in true]
    ax.plot(true, np.array(found) / true, label="estimated / true, embed 5, spacing 5", **ONE)
    ax.plot(50, 53.51782 / 50, "o", color="0.1", label="published: 53.518 for 50")
    ax.axhline(1.0, color="0.5", linewidth=0.8, linestyle=":")
    ax.set(title="Coupled oscillator: the bias of GLLA", xlabel="true period [samples]")
    ax.set_ylabel("ratio")


def panic(ax: Axes) -> None:
    """Staying teaches safety, escaping teaches danger, calm days teach nothing."""
    days = (("stays", 0.7, 0.1), ("escapes", 0.7, 0.3), ("a calm day", 0.4, 0.3))
    for number, (label, fear, escape) in enumerate(days):
        chosen = {"peak_fear": fear, "peak_escape": escape}
        path = orbit(find("panic_schema"), 20, parameters=chosen)
        ax.plot(path.time, path.arousal_schema, label=label, **series(number))
    ax.set(title="Robinaugh et al.: what a day teaches", xlabel="day", ylim=(0, 1))
    ax.set_ylabel("belief that arousal is dangerous")


def retest(ax: Axes) -> None:
    """With a prototype something stays."""
    years = np.arange(21)
    for number, (label, loading) in enumerate((("revisionist", 0.0), ("prototype", 0.6))):
        values = fraley.curve(years, fraley.Stability(loading=loading))
        ax.plot(years, values, label=label, **series(number))
    ax.set(title="Fraley 2002: how stable is attachment?", xlabel="occasion", ylim=(0, 1))
    ax.set_ylabel("correlation with the start")


PANELS: tuple[Callable[[Axes], None], ...] = (
    strogatz,
    secure_couple,
    laura_petrarch,
    gone_with_the_wind,
    insecure_biased,
    talk,
    ruin,
    liebovitch,
    delayed,
    triangle,
    effort,
    inertia,
    derivatives,
    panic,
    retest,
)
