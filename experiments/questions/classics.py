"""Do the classic couple models give here what their papers say?

Thirteen published models, each with its best-known picture, and each figure that its paper or a
closed form gives beside the one found here.
"""

from collections.abc import Callable

import pandas as pd
import xarray as xr

from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.question import Question
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


def run(configuration: RunConfiguration, progress: Callable[[int, int], None]) -> Outcome:
    """Compute every figure, draw every picture."""
    rows, all_checks = [], checks(configuration.quick)
    for check in all_checks:
        rows.append(measured(check))
        progress(len(rows), len(all_checks) + 1)
    table = pd.DataFrame(rows)
    orbits = {name: recorded(name) for name in CLASSICS}
    progress(len(all_checks) + 1, len(all_checks) + 1)
    return Outcome(
        dataset=joined(orbits),
        table=table,
        figures={"classics": gallery()},
        notes=notes(table),
        tidy=tidy(orbits),
    )


def measured(check: Check) -> dict[str, object]:
    """One row: the published figure, ours, how far apart and whether that is near enough."""
    ours = check.ours()
    gap = abs(ours - check.published)
    agree = gap <= check.tolerance
    return {
        "model": check.model,
        "quantity": check.quantity,
        "from": check.origin,
        "published": f"{check.published:.9g}",
        "ours": f"{ours:.9g}",
        "apart": f"{gap:.1e}",
        "allowed": f"{check.tolerance:.0e}",
        "holds": "yes" if agree else "no",
    }


def recorded(name: str) -> xr.Dataset:
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


def tidy(orbits: dict[str, xr.Dataset]) -> pd.DataFrame:
    """One row a value: model, variable, time, value."""
    frames = []
    for name, path in orbits.items():
        for variable, values in path.data_vars.items():
            frame = pd.DataFrame({"time": path.time.values, "value": values.values})
            frame.insert(0, "variable", str(variable))
            frame.insert(0, "model", name)
            frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def notes(table: pd.DataFrame) -> list[str]:
    """How many hold, and which do not."""
    missed = table[table.holds == "no"]
    names = "; ".join(f"{row.model}, {row.quantity}" for row in missed.itertuples())
    return [
        f"{len(table) - len(missed)} of {len(table)} figures hold"
        + (f"; missed: {names}." if names else "."),
        "Figures of inertia and coordination are printed with three digits in their paper, and "
        "their eigenvalues can be no nearer than that. The orbit of Rey's model leaves its saddle "
        "unless effort is exactly right: its record ends where it diverges.",
    ]
