"""C25: each architecture has its own entry point."""

import numpy as np

from experiments.claims.claim import Arms, Claim
from models.parameters import PartnerParameters
from sim.analysis.cohorts import Laboratory
from sim.analysis.probes import days_of
from sim.world.calendar import daily_life, separation
from sim.world.protocols import COURSE_DAYS, course

MATCHED = {
    "scanner": "discrepancy_recalibration",
    "reassurance_dependent": "fading_reassurance",
    "withdrawer": "graded_closeness",
    "merger": "interoceptive_training",
}
GENERIC = "verbal_reassurance"
OFFERED = (*MATCHED.values(), GENERIC)
AFTER, APART = 30, 7
DOMAINS = ("alarm", "demand", "turning away", "emptiness")
"""One index for all cells: the presenting complaint of each architecture, equally weighted."""


def complaints(
    laboratory: Laboratory, person: PartnerParameters, name: str | None
) -> dict[str, np.ndarray]:
    """Per couple: 30 days of everyday life after a course (or as long without), a week apart."""
    earlier = course(name) if name else daily_life(COURSE_DAYS)
    data = laboratory.run(
        person,
        laboratory.people("secure", slot=1),
        earlier + daily_life(AFTER) + separation(APART),
        record="daily",
        since=days_of(earlier),
        variables=("alarm", "affect", "sent_demand", "sent_latency"),
    ).sel(partner="A")
    together, apart = data.isel(time=slice(0, -APART)), data.isel(time=slice(-APART, None))
    mean = together.mean("time")
    found = (mean.alarm, mean.sent_demand, mean.sent_latency)
    empty = mean.affect - apart.affect.mean("time")
    return dict(zip(DOMAINS, (x.values for x in (*found, empty)), strict=True))


def gains(
    laboratory: Laboratory, people: dict[str, PartnerParameters]
) -> dict[str, dict[str, np.ndarray]]:
    """Per couple, by how much each intervention lowers the index of each architecture.

    A complaint counts in standard deviations over all untreated couples of all architectures.
    """
    untreated = {who: complaints(laboratory, person, None) for who, person in people.items()}
    scale = {
        what: float(np.concatenate([found[what] for found in untreated.values()]).std()) + 1e-9
        for what in DOMAINS
    }
    return {
        who: {name: _gain(laboratory, person, name, untreated[who], scale) for name in OFFERED}
        for who, person in people.items()
    }


def _gain(laboratory: Laboratory, person, name: str, before, scale) -> np.ndarray:
    after = complaints(laboratory, person, name)
    return np.mean([(before[what] - after[what]) / scale[what] for what in DOMAINS], axis=0)


def measure(laboratory: Laboratory) -> Arms:
    """Gain in the index, architecture by intervention."""
    return named(gains(laboratory, {who: laboratory.people(who, studied=True) for who in MATCHED}))


def equal(laboratory: Laboratory) -> Arms:
    """The same with one architecture, the secure one, under all four names."""
    same = gains(laboratory, {"secure": laboratory.people("secure")})["secure"]
    return named(dict.fromkeys(MATCHED, same))


def named(table: dict[str, dict[str, np.ndarray]]) -> Arms:
    """Cells of the matrix by name."""
    return {f"{who}: {name}": v for who, row in table.items() for name, v in row.items()}


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
        observed="behaviour (demand, turning away) and states (alarm, affect lost apart)",
        evidence="unsupported",
        evidence_note="The architectures are modelling archetypes that no study has found (E20).",
        ablation="architectures at equal parameters",
        measure=measure,
        effect=effect,
        ablate_measure=equal,
    ),
)
