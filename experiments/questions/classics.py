"""Do the classic couple models give here what their papers say?

Thirteen published models, each with its best-known picture, and each figure that its paper or a
closed form gives beside the one found here.
"""

from collections.abc import Callable

import pandas as pd
import xarray as xr

from experiments.runner.answers import Row, row, table
from experiments.runner.answers import about as about_of
from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.printed import Layout
from experiments.runner.question import Question
from experiments.runner.recorded import NOTHING, Kept, Recorded
from models.classics import CLASSICS
from sim.analysis.orbits import DivergesError, orbit
from sim.analysis.published_figures import Check, checks
from sim.plots.classics import gallery

QUESTION = Question(
    order=90,
    question="Do the classic couple models give here what their papers say?",
    expects="Disproved for a model if a published figure is missed in its last digit.",
    minutes=1.0,
    defaults={"dyads": 1, "days": 1},
    quick={"dyads": 1, "days": 1},
    sizes=False,
)

SHOWN = {"strogatz": 20.0, "laura_petrarch": 21.0, "insecure_biased": 200.0}
"""How long an orbit to record, where 40 units of time are not right."""
LAYOUT = Layout(
    ("condition", "quantity"),
    (),
    {
        "published": ("the figure in the paper, or its closed form", ""),
        "apart": ("distance between both", ""),
        "allowed": ("distance up to which it holds", ""),
        "holds": ("whether it is near enough", ""),
        "source": ("where the figure stands", ""),
    },
    digits=9,
)


def run(configuration: RunConfiguration, progress: Callable[[int, int], None]) -> Outcome:
    """Compute every figure, draw every picture."""
    rows, all_checks = [], checks(configuration.quick)
    for check in all_checks:
        rows.append(measured(check))
        progress(len(rows), len(all_checks) + 1)
    found = table(rows)
    orbits = {name: trajectory(name) for name in CLASSICS}
    progress(len(all_checks) + 1, len(all_checks) + 1)
    return Outcome(
        dataset=joined(orbits),
        table=found,
        figures={"classics": gallery()},
        notes=notes(found),
        recorded=of_models(orbits),
        layout=LAYOUT,
    )


def measured(check: Check) -> Row:
    """One row: ours, the published figure, how far apart and whether that is near enough."""
    ours = check.ours()
    gap = abs(ours - check.published)
    return row(
        check.model,
        check.quantity,
        ours,
        published=check.published,
        apart=gap,
        allowed=check.tolerance,
        holds="yes" if gap <= check.tolerance else "no",
        source=check.origin,
    )


def trajectory(name: str) -> xr.Dataset:
    """The trajectory of a model from its own initial state, until it diverges if it does."""
    try:
        return orbit(CLASSICS[name], SHOWN.get(name, 40.0))
    except DivergesError as far:
        return far.orbit


def joined(orbits: dict[str, xr.Dataset]) -> xr.Dataset:
    """All orbits in one dataset: each model has its own time, each variable its model's name."""
    parts = []
    for name, path in orbits.items():
        fresh = {str(v): f"{name}_{v}" for v in path.data_vars} | {"time": f"{name}_time"}
        parts.append(path.drop_attrs(deep=False).rename(fresh))
    return xr.merge(parts)


def of_models(orbits: dict[str, xr.Dataset]) -> Recorded:
    """Each model's trajectory in columns of its own; a model stands in the place of a couple."""
    frames, about = [], {"condition": ("name of the model", ""), "couple": ("the same", "")}
    about["time"] = ("time since the start", "the model's own unit")
    for name, path in orbits.items():
        fresh = {str(v): f"{name}_{v}" for v in path.data_vars}
        frame = path.to_dataframe()[list(fresh)].rename(columns=fresh).reset_index()
        about |= {fresh[str(v)]: about_of(x) for v, x in path.data_vars.items()}
        frames.append(frame.assign(condition=name, couple=name))
    joined = pd.concat(frames, ignore_index=True)[list(about)]
    words = "one row a model and time; a model's variables are empty in the rows of others"
    return Recorded(NOTHING.individual, Kept(joined, about, words))


def notes(found: pd.DataFrame) -> list[str]:
    """How many hold, and which do not."""
    missed = found[found.holds == "no"]
    names = "; ".join(f"{one.condition}, {one.quantity}" for one in missed.itertuples())
    return [
        f"{len(found) - len(missed)} of {len(found)} figures hold"
        + (f"; missed: {names}." if names else "."),
        "Figures of inertia and coordination are printed with three digits in their paper, and "
        "their eigenvalues can be no nearer than that. The orbit of Rey's model leaves its saddle "
        "unless effort is exactly right: its record ends where it diverges.",
    ]
