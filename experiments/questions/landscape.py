"""Which couples have one attractor, and which have two?

All pairs of architectures, as maps of a few slow numbers over everyday days, noise
averaged and plasticity frozen (``sim.landscape.of_couple``): at the memories of a beginning, hurt,
and healed. Where two basins are found, the smallest perturbation that leads from the worse to the
better is measured in widths of the box; where there is one, how long it takes to come back.
"""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from experiments.runner.answers import row, table
from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.parts import NOT_KEPT, Parts
from experiments.runner.printed import Layout
from experiments.runner.question import Question
from experiments.runner.recorded import NOTHING, Kept, Recorded
from models.architectures import ARCHITECTURES
from models.parameters import PARAMETERS, PartnerParameters
from sim.landscape import System, equilibria, of_couple, settled, smallest_perturbation, sobol
from sim.plots.bands import panel_letters
from sim.plots.figures import subplots
from sim.plots.heat_maps import heat
from sim.plots.style import paper, series

QUESTION = Question(
    order=80,
    question="Which couples have one attractor, which two, and how large a push leads out?",
    expects=(
        "Disproved for a pair if starts from all over its box of closeness, expectations and "
        "tolerances end at different places. No pair is expected to have two: nothing was "
        "built in for it."
    ),
    minutes=5.0,
    defaults={"dyads": 32, "days": 7},
    quick={"dyads": 8, "days": 7},
    in_parts=True,
)

NAMES = tuple(ARCHITECTURES)
PAIRS = tuple(combinations_with_replacement(NAMES, 2))
MET = "as they meet"
MEMORIES: Mapping[str, Mapping[str, float]] = {
    MET: {},
    "hurt": {"harm_memory": 0.6, "safety_memory": 0.05},
    "healed": {"harm_memory": 0.02, "safety_memory": 0.6},
}
MEASURES = {
    "basins": ("attractors found", "1"),
    "equilibria": ("equilibria found, stable and unstable", "1"),
    "closeness": ("closeness at the best attractor", "1"),
    "half_time": ("time in which half of a small disturbance is gone", "d"),
    "repair": ("smallest perturbation out of the worst basin", "widths of the box"),
    "unsettled": ("share of starts that did not settle", "1"),
}
ANYBODY = "anybody"
LAYOUT = Layout(
    ("a", "b", "memories"),
    ("quantity",),
    {
        "a": ("architecture of A", ""),
        "b": ("architecture of B", ""),
        "memories": ("state of the memories", ""),
    },
)
STEPS = 12  # of the map in a bout of settling
ANYONE = 40
SHOWN = (("secure", "secure"), ("scanner", "withdrawer"), ("disorganized", "disorganized"))


def run(
    configuration: RunConfiguration, progress: Callable[[int, int], None], parts: Parts = NOT_KEPT
) -> Outcome:
    """Search all landscapes, then those of people drawn from the whole space of parameters."""
    c = configuration
    starts, anyone = (8, 10) if c.quick else (16, ANYONE)
    total = len(PAIRS) * len(MEMORIES) + anyone

    def searched(pair: tuple[str, str], memories: Mapping[str, float]) -> dict[str, float]:
        system = of_couple(*pair, days=c.days, draws=c.dyads, seed=c.seed, memories=memories)
        return measured(system, c.days, starts, c.seed)

    def attractors(a: PartnerParameters, b: PartnerParameters) -> int:
        system = of_couple(a, b, days=c.days, draws=c.dyads, seed=c.seed)
        return len(_settled(system, starts, c.seed).states)

    rows = []
    for pair in PAIRS:
        for label, memories in MEMORIES.items():
            found = parts(f"{pair}, {label}", partial(searched, pair, memories))
            rows.append((pair, label, found))
            progress(len(rows), total)
    strangers = []
    for number, couple in enumerate(anybody(anyone, c.seed)):
        strangers.append(parts(f"anybody {number}", partial(attractors, *couple)))
        progress(len(rows) + len(strangers), total)
    data = matrices(rows).merge(followed(c, starts))
    return Outcome(
        dataset=data,
        table=answers(rows),
        figures={"landscape": figure(data)},
        notes=notes(data, np.array(strangers)),
        recorded=of_couples(rows, np.array(strangers), c.days),
        layout=LAYOUT,
    )


def measured(system: System, days: float, starts: int, seed: int) -> dict[str, float]:
    """What the landscape of one couple looks like, as numbers."""
    attractors, search = _settled(system, starts, seed), equilibria(system, starts // 2, seed)
    found: dict[str, float] = {"basins": len(attractors.states), "equilibria": len(search.points)}
    found |= {"closeness": np.nan, "half_time": np.nan, "repair": np.nan}
    found["unsettled"] = attractors.unsettled + attractors.diverged
    if len(attractors.states):
        found["closeness"] = float(attractors.states[:, 0].max())
    if search.stable:
        slowest = max(float(np.abs(point.eigenvalues).max()) for point in search.stable)
        found["half_time"] = days * np.log(0.5) / np.log(slowest)
    if len(attractors.states) > 1:
        bad, good = (
            attractors.states[pick(attractors.states[:, 0])] for pick in (np.argmin, np.argmax)
        )
        found["repair"] = smallest_perturbation(system, bad, good, 10 * STEPS, directions=32).size
    return found


def followed(configuration: RunConfiguration, starts: int) -> xr.Dataset:
    """Closeness of three pairs from starts all over the box, one value a step of the map."""
    c, found = configuration, []
    for pair in SHOWN:
        system = of_couple(*pair, days=c.days, draws=c.dyads, seed=c.seed)
        path = [sobol(system, starts, c.seed).T]
        for _ in range(STEPS):
            path.append(system.rate(path[-1]))
        found.append(np.array(path)[:, 0].T)
    labels = [" and ".join(ARCHITECTURES[name].label for name in pair) for pair in SHOWN]
    about = {"long_name": "closeness on the way to rest", "units": "1"}
    coords = {"pair": labels, "day": np.arange(STEPS + 1) * c.days}
    return xr.Dataset({"way": (("pair", "start", "day"), np.array(found), about)}, coords)


def _settled(system: System, starts: int, seed: int) -> Any:
    return settled(system, sobol(system, starts, seed), STEPS)


def anybody(count: int, seed: int) -> list[tuple[PartnerParameters, PartnerParameters]]:
    """Couples of people drawn evenly from the declared ranges of all parameters."""
    random = np.random.default_rng(seed)
    rules = PARAMETERS[PartnerParameters].values()

    def person() -> PartnerParameters:
        return PartnerParameters(*(float(random.uniform(*rule.range)) for rule in rules))

    return [(person(), person()) for _ in range(count)]


def matrices(rows: list[Any]) -> xr.Dataset:
    """Each measure as a symmetric matrix of person by partner, one a state of the memories."""
    size = (len(MEMORIES), len(NAMES), len(NAMES))
    cells = {name: np.full(size, np.nan) for name in MEASURES}
    for (a, b), label, found in rows:
        which, row, column = list(MEMORIES).index(label), NAMES.index(a), NAMES.index(b)
        for name, value in found.items():
            cells[name][which, row, column] = cells[name][which, column, row] = value
    dims = ("memories", "person", "beside")
    about = {name: {"long_name": text, "units": unit} for name, (text, unit) in MEASURES.items()}
    variables = {name: (dims, values, about[name]) for name, values in cells.items()}
    labels = {"memories": list(MEMORIES), "person": list(NAMES), "beside": list(NAMES)}
    return xr.Dataset(variables, labels)


def answers(rows: list[Any]) -> pd.DataFrame:
    """One row a pair, state of the memories, and measure."""
    found = []
    for (a, b), label, values in rows:
        about: dict[str, Any] = {"a": a, "b": b, "memories": label}
        for name, value in values.items():
            text, unit = MEASURES[name]
            more = {"meaning": text, "unit": unit, **about}
            found.append(row(f"{a} and {b}, {label}", name, value, **more))
    return table(found)


def of_couples(rows: list[Any], strangers: np.ndarray, days: int) -> Recorded:
    """Landscapes one a row: of each pair and state of its memories, and of strangers."""
    pairs = [
        {"condition": label, "couple": f"{label}-{a}-{b}", "time": 0.0, "a": a, "b": b, **found}
        for (a, b), label, found in rows
    ]
    people = [
        {"condition": ANYBODY, "couple": f"{ANYBODY}-{number}", "time": 0.0, "basins": float(found)}
        for number, found in enumerate(strangers)
    ]
    about = {
        "condition": ("state of the memories; anybody: drawn from all parameters", ""),
        "couple": ("condition and both architectures, or number", ""),
        "time": ("always 0: a landscape is of no time", "days"),
        "a": ("architecture of A", ""),
        "b": ("architecture of B", ""),
    }
    words = f"one row a landscape, the map of {days} days; way of three pairs: results.nc"
    return Recorded(NOTHING.individual, Kept(pd.DataFrame(pairs + people), about | MEASURES, words))


def notes(data: xr.Dataset, strangers: np.ndarray) -> list[str]:
    """The results, the dull one included."""
    born = data.basins.sel(memories=MET).values[np.triu_indices(len(NAMES))]
    every = data.basins.values[:, *np.triu_indices(len(NAMES))]
    return [
        f"As they meet, {int((born == 1).sum())} of {born.size} pairs have one basin, "
        f"{int((born > 1).sum())} have two or more.",
        f"Over all states of the memories, {int((every > 1).sum())} of {every.size} landscapes "
        "have two or more basins.",
        f"Of {len(strangers)} couples drawn from the whole range of parameters, "
        f"{int((strangers > 1).sum())} have two or more basins, "
        f"{int((strangers == 0).sum())} come to no rest.",
        "Where there is one basin there is no smallest perturbation: every push fades, and the "
        "half-time says how soon. What moves the attractor is what has been learnt.",
        "--dyads is the number of couples that are averaged, --days the step of the map.",
    ]


def figure(data: xr.Dataset) -> Figure:
    """Trajectories to the attractor; where it lies; how far it moves; how soon one is back."""
    closeness = data.closeness
    moved = closeness.sel(memories="healed") - closeness.sel(memories="hurt")
    basins = data.basins.sel(memories=MET).values[np.triu_indices(len(NAMES))]
    count = f"{int((basins == 1).sum())} of {basins.size} pairs have one basin"
    panels = (
        (closeness.sel(memories=MET), f"Closeness at rest: {count}"),
        (moved, "Closeness gained if both are healed, not hurt"),
        (data.half_time.sel(memories=MET), "Days until half of the slowest push is gone"),
    )
    with paper():
        drawn, axes = subplots(2, 2, figsize=(10.5, 9.2))
        trajectories(data, axes[0, 0])
        for ax, (values, title) in zip(axes.flat[1:], panels, strict=True):
            heat(values.values, ax, "cividis")
            ax.set_title(title)
            label(ax)
        panel_letters(axes)
    return drawn


def label(ax: Any) -> None:
    """Names of the architectures on both axes."""
    labels = [ARCHITECTURES[name].label for name in NAMES]
    ax.set_xticks(range(len(NAMES)), labels, rotation=40, ha="right")
    ax.set_yticks(range(len(NAMES)), labels)


def trajectories(data: xr.Dataset, ax: Any) -> None:
    """Closeness over time from many starts, all of a pair in one colour."""
    for number, pair in enumerate(data.pair.values):
        lines = data.way.sel(pair=pair).values
        ax.plot(data.day, lines.T, linewidth=0.9, alpha=0.7, **series(number))
        ax.plot([], [], **series(number), label=pair)
    ax.set(xlabel="time [days]", ylabel="closeness [0 to 1]", ylim=(0, 1))
    ax.set_title("Closeness from starts all over the box")
    ax.legend(loc="upper right")
