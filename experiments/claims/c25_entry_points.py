"""C25: each architecture has its own entry point."""

import numpy as np
import xarray as xr

from experiments.claims.claim import Arms, Claim
from experiments.claims.laboratory import Laboratory
from models.parameters import PartnerParameters
from sim.calendar import daily_life
from sim.protocols import COURSE_DAYS, course

MATCHED = {
    "scanner": "discrepancy_recalibration",
    "reassurance_dependent": "fading_reassurance",
    "withdrawer": "graded_closeness",
    "merger": "interoceptive_training",
}
GENERIC = "verbal_reassurance"
AFTER = 30
INDEX = {"sent_demand": -1.0, "sent_latency": -1.0, "alarm": -1.0, "satisfaction": 1.0}
"""The one outcome for all cells: these, signed so that more is better, in sd of the untreated."""


def outcomes(laboratory: Laboratory, person: PartnerParameters, name: str | None) -> xr.Dataset:
    """Means over 30 days of everyday life after a course, or after as long without one."""
    earlier = course(name) if name else daily_life(COURSE_DAYS)
    data = laboratory.run(
        person, laboratory.people("secure", slot=1), earlier + daily_life(AFTER),
        since=COURSE_DAYS, variables=tuple(INDEX),
    )  # fmt: skip
    return data.sel(partner="A")


def gains(laboratory: Laboratory, person: PartnerParameters) -> dict[str, np.ndarray]:
    """Per couple, what each intervention adds to the index."""
    untreated = outcomes(laboratory, person, None)
    scale = {name: max(float(untreated[name].std()), 1e-9) for name in INDEX}
    table = {}
    for intervention in (*MATCHED.values(), GENERIC):
        treated = outcomes(laboratory, person, intervention)
        parts = [w * (treated[v] - untreated[v]).values / scale[v] for v, w in INDEX.items()]
        table[intervention] = np.mean(parts, axis=0)
    return table


def measure(laboratory: Laboratory) -> Arms:
    """Gain in the index, architecture by intervention."""
    return {
        f"{who}: {intervention}": values
        for who in MATCHED
        for intervention, values in gains(laboratory, laboratory.people(who, studied=True)).items()
    }


def equal(laboratory: Laboratory) -> Arms:
    """The same with one architecture, the secure one, under all four names."""
    same = gains(laboratory, laboratory.people("secure"))
    return {f"{who}: {name}": values for who in MATCHED for name, values in same.items()}


def effect(arms: Arms) -> float:
    """Smallest lead of the matched over mean mismatched and over generic, in sd of the lead."""
    margins = []
    for who, matched in MATCHED.items():
        others = [arms[f"{who}: {name}"] for name in MATCHED.values() if name != matched]
        for other in (np.mean(others, axis=0), arms[f"{who}: {GENERIC}"]):
            lead = arms[f"{who}: {matched}"] - other
            margins.append(float(lead.mean() / max(lead.std(ddof=1), 1e-9)))
    return min(margins)


CLAIMS = (
    Claim(
        id="C25",
        title="The entry point differs by architecture",
        question="Does each architecture gain most from the intervention made for it?",
        source="Each architecture is entered where its own mechanism lies.",
        statistic="smallest, over four architectures, lead of the matched over the mean mismatched "
        "and over generic reassurance, in sd",
        floor=0.0,
        observed="behaviour (demand, turning away) with alarm and satisfaction, one index for all",
        evidence="unsupported",
        evidence_note="The architectures are modelling archetypes that no study has found (S20).",
        ablation="architectures at equal parameters",
        measure=measure,
        effect=effect,
        ablate_measure=equal,
    ),
)
