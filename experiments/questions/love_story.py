"""Why does Petrarch's love come and go, and why can Scarlett and Rhett only miss each other?

Two stories that Rinaldi and his co-workers put into equations, under the tools for landscapes:
a limit cycle in the first, two basins and the smallest perturbation in the second.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.runner.answers import Row, row, table
from experiments.runner.answers import about as about_of
from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.printed import Layout
from experiments.runner.question import Question
from experiments.runner.recorded import NOTHING, Kept, Recorded
from models.classics import find
from sim.analysis.orbits import orbit
from sim.landscape import (
    Cycle,
    Perturbation,
    Search,
    System,
    basins,
    branch,
    equilibria,
    limit_cycle,
    nullclines,
    of_classic,
    smallest_perturbation,
)
from sim.plots.bands import panel_letters
from sim.plots.figures import subplots
from sim.plots.landscape import bifurcation, phase_plane
from sim.plots.style import PARTNER, paper, series

QUESTION = Question(
    order=100,
    question=(
        "Why does Petrarch's love come and go for twenty years, "
        "and why can Scarlett and Rhett only miss each other?"
    ),
    expects=(
        "Disproved if Petrarch's love settles without a push from outside, or if Scarlett and "
        "Rhett have an end at which both love alike."
    ),
    minutes=0.5,
    defaults={"dyads": 1, "days": 1},
    quick={"dyads": 1, "days": 1},
    sizes=False,
)

POET, WIND = "laura_petrarch", "gone_with_the_wind"
YEARS = 21.0
LONG = 60.0
ONE, TWO = ({k: v for k, v in look.items() if k != "label"} for look in PARTNER.values())


class Wind(NamedTuple):
    """What there is to say of Scarlett and Rhett."""

    system: System
    search: Search
    basin_map: xr.DataArray
    perturbation: Perturbation
    two_attractors: tuple[float, float]


def run(configuration: RunConfiguration, progress: Callable[[int, int], None]) -> Outcome:
    """Follow both couples, measure both landscapes, draw."""
    points = 61 if configuration.quick else 101
    poem = orbit(find(POET), YEARS, samples=2101)
    cycle = limit_cycle(of_classic(find(POET)), find(POET).start, LONG, 8.0)
    progress(1, 4)
    dulled = calm()
    progress(2, 4)
    wind = scarlett_and_rhett(points)
    progress(3, 4)
    figures = {"laura_and_petrarch": poets(poem, dulled), "gone_with_the_wind": lovers(wind)}
    progress(4, 4)
    data = joined(poem, wind)
    return Outcome(
        dataset=data,
        table=table(rows(cycle, dulled, wind)),
        figures=figures,
        notes=notes(cycle, wind),
        recorded=of_poets(poem),
        layout=Layout(("condition", "quantity", "role", "meaning"), (), digits=6),
    )


def calm() -> xr.Dataset:
    """Laura and a Petrarch whom inspiration does not dull: the ablation of the cycle's cause."""
    return orbit(find(POET), YEARS, parameters={"sublimation": 0.0}, samples=2101)


def scarlett_and_rhett(points: int) -> Wind:
    """Equilibria, basins, the push out of the worse attractor, and where a second exists."""
    system = of_classic(find(WIND))
    search = equilibria(system, 128)
    stable = np.array([point.state for point in search.stable])
    basin_map = basins(system, stable, LONG, points=points)
    perturbation = smallest_perturbation(system, stable[0], stable[-1], LONG, directions=32)
    return Wind(system, search, basin_map, perturbation, folds())


def folds() -> tuple[float, float]:
    """Reactiveness at which the second attractor appears, lowest and highest found from 1 to 40."""
    curve = branch(strength, rightmost(), 15.0, (1.0, 40.0))
    folds_found = [special.parameter for special in curve.special if special.kind == "fold"]
    return (min(folds_found), max(folds_found)) if folds_found else (np.nan, np.nan)


def strength(reactiveness: float) -> System:
    """Scarlett and Rhett with another reactiveness, in a box that holds their attractors."""
    changed = of_classic(find(WIND), reactiveness=reactiveness)
    return changed.within(rhett=(0.0, 20.0), scarlett=(0.0, 20.0))


def rightmost() -> np.ndarray:
    """The attractor at which Rhett loves most."""
    return equilibria(of_classic(find(WIND)), 64).stable[-1].state


def rows(cycle: Cycle, dulled: xr.Dataset, wind: Wind) -> list[Row]:
    """The answer in figures."""
    poet, story = "Laura and Petrarch", "Gone with the Wind"
    late = dulled.petrarch.sel(time=slice(YEARS - 4.0, None)).values
    found = [
        row(poet, "period", cycle.period, unit="years", meaning="period of the cycle"),
        row(poet, "stable", float(cycle.stable), meaning="1 if the cycle is stable, 0 if not"),
        *_swing(poet, "petrarch", cycle, 1, "Petrarch's love"),
        *_swing(poet, "laura", cycle, 0, "Laura's love"),
        row(poet, "swing without sublimation", np.ptp(late), meaning="of Petrarch's love"),
    ]
    for number, point in enumerate(wind.search.points):
        for who, value in zip(("rhett", "scarlett"), point.state, strict=True):
            about = {"role": who, "meaning": f"love of {who.title()} at a {point.kind}"}
            found.append(row(story, f"equilibrium {number + 1}, {point.kind}", value, **about))
    basin_map = wind.basin_map.attrs
    shares = dict(zip(basin_map["flag_meanings"].split(), basin_map["shares"], strict=True))
    for number, point in enumerate(wind.search.stable):
        words = f"share of the box that ends at Rhett {point.state[0]:.2f}"
        share = {"statistic": "share of area", "meaning": words}
        found.append(row(story, f"basin {number + 1}", shares[f"attractor_{number}"], **share))
    for who, value in zip(("rhett", "scarlett"), wind.perturbation.change, strict=True):
        about = {"role": who, "meaning": "change of both that swaps the ends"}
        found.append(row(story, "smallest perturbation", value, **about))
    words = "reactiveness from which there are two ends"
    return [*found, row(story, "fold", wind.two_attractors[0], meaning=words)]


def _swing(story: str, role: str, cycle: Cycle, place: int, words: str) -> list[Row]:
    ends = {"lowest": cycle.lowest[place], "highest": cycle.highest[place]}
    return [
        row(story, name, value, role=role, meaning=f"{name} value of {words} on the cycle")
        for name, value in ends.items()
    ]


def notes(cycle: Cycle, wind: Wind) -> list[str]:
    """What it means, and whether the expectation held."""
    gaps = [abs(point.state[0] - point.state[1]) for point in wind.search.stable]
    moves = "does" if cycle.found and cycle.stable else "does not"
    return [
        f"Petrarch's love {moves} cycle by itself. Inspiration makes him need her less, he cools, "
        "inspiration fades, and her beauty speaks again. Without that (sublimation 0) he settles.",
        f"Scarlett and Rhett have {len(gaps)} ends, and at the most equal one their loves are "
        f"{min(gaps):.1f} apart: each recoils where the other loves much.",
        "Shares count area in the box from 0 to 10, not real couples.",
    ]


def joined(poem: xr.Dataset, wind: Wind) -> xr.Dataset:
    """The poets' years and the basins of Scarlett and Rhett, side by side."""
    return poem.drop_attrs(deep=False).assign(
        basin_map=wind.basin_map.assign_attrs(_plain(wind.basin_map))
    )


def _plain(basin_map: xr.DataArray) -> dict[str, Any]:
    return {
        "shares": str(basin_map.attrs["shares"]),
        "flag_meanings": basin_map.attrs["flag_meanings"],
    }


def of_poets(poem: xr.Dataset) -> Recorded:
    """The poets' years, in the place of a couple's."""
    frame = poem.to_dataframe()[list(poem.data_vars)].reset_index()
    frame.insert(0, "couple", POET)
    frame.insert(0, "condition", "Laura and Petrarch")
    about = {"condition": ("name of the story", ""), "couple": ("name of the model", "")}
    about |= {"time": ("time since the start", "years")}
    about |= {str(name): about_of(x) for name, x in poem.data_vars.items()}
    return Recorded(NOTHING.individual, Kept(frame, about, "one row a time; basins: results.nc"))


# --- Figures --------------------------------------------------------------------------------------


def poets(poem: xr.Dataset, dulled: xr.Dataset) -> Figure:
    """The years, the loop that makes them, and what is left without it."""
    with paper():
        figure, axes = subplots(1, 3, figsize=(12.0, 3.8))
        years(poem, axes[0])
        late = poem.sel(time=slice(10, None))
        axes[1].plot(late.inspiration, late.petrarch, **ONE)
        _arrow(late, axes[1])
        axes[1].set(xlabel="inspiration", ylabel="Petrarch's love", title="The loop, year 10 on")
        axes[2].plot(poem.time, poem.petrarch, label="inspiration dulls her appeal", **ONE)
        axes[2].plot(dulled.time, dulled.petrarch, label="it does not", **TWO)
        axes[2].set(xlabel="time [years]", ylabel="Petrarch's love", title="Without sublimation")
        axes[2].legend(loc="upper right")
        panel_letters(axes)
    return figure


def years(poem: xr.Dataset, ax: Axes) -> None:
    """Both loves and inspiration over the years."""
    ax.plot(poem.time, poem.petrarch, label="Petrarch", **ONE)
    ax.plot(poem.time, poem.laura, label="Laura", **TWO)
    ax.plot(poem.time, poem.inspiration / 10, label="inspiration / 10", **series(2))
    ax.axhline(0.0, color="0.6", linewidth=0.8, zorder=0)
    ax.set(xlabel="time [years]", ylabel="love", title="Laura and Petrarch")
    ax.legend(loc="upper right")


def _arrow(path: xr.Dataset, ax: Axes) -> None:
    here, there = ((float(p.inspiration), float(p.petrarch)) for p in _at(path, 40, 48))
    ax.annotate("", xy=there, xytext=here, arrowprops={"arrowstyle": "-|>", "color": "0.1"})


def _at(path: xr.Dataset, *steps: int) -> list[xr.Dataset]:
    return [path.isel(time=step) for step in steps]


def lovers(wind: Wind) -> Figure:
    """The plane with its basins, two beginnings, and where a second attractor comes from."""
    with paper():
        figure, axes = subplots(1, 3, figsize=(12.5, 4.2))
        lines = nullclines(wind.system, points=len(wind.basin_map))
        phase_plane(lines, wind.search.points, wind.basin_map.values, ax=axes[0])
        axes[0].set(xlabel="Rhett's love", ylabel="Scarlett's love", title="Two ends, two basins")
        axes[0].legend(loc="upper right", frameon=True, framealpha=0.9, edgecolor="none")
        beginnings(axes[1])
        bifurcation(branch(strength, rightmost(), 15.0, (1.0, 30.0)), 0, axes[2])
        first = equilibria(of_classic(find(WIND)), 64).stable[0].state
        bifurcation(branch(strength, first, 15.0, (1.0, 30.0)), 0, axes[2])
        axes[2].set(xlabel="reactiveness to love", ylabel="Rhett's love at rest")
        axes[2].set_title("Where the second end comes from")
        _named_once(axes[2])
        panel_letters(axes)
    return figure


def beginnings(ax: Axes) -> None:
    """From indifference, and from a beginning in which Rhett already loves."""
    for start, words, look in (
        ({}, "from indifference", "-"),
        ({"rhett": 4.0}, "if he loves first", ":"),
    ):
        path = orbit(find(WIND), 14.0, start=start)
        ax.plot(path.time, path.rhett, look, color=ONE["color"], label=f"Rhett, {words}")
        ax.plot(path.time, path.scarlett, look, color=TWO["color"], label=f"Scarlett, {words}")
    ax.set(xlabel="time [mean times of forgetting]", ylabel="love")
    ax.set_title("Two beginnings")
    ax.legend(loc="center right", frameon=True, framealpha=0.85, edgecolor="none")


def _named_once(ax: Axes) -> None:
    handles, labels = ax.get_legend_handles_labels()
    unique = dict(zip(labels, handles, strict=True))
    ax.legend(unique.values(), unique.keys())
