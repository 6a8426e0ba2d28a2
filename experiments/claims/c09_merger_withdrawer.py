"""C09: merger with withdrawer reinforces itself beyond what each brings along."""

from collections.abc import Callable

import numpy as np
import xarray as xr

from experiments.claims.claim import Arms, Claim
from experiments.claims.laboratory import Laboratory
from experiments.claims.tools import margin
from models.state import Signal
from sim.calendar import Calendar, daily_life
from sim.protocols import scripted

DAYS, SETTLED = 60, 20
FIRST, SECOND = ("merger", "secure"), ("withdrawer", "secure")
WAYS = {"demand": ("sent_demand", "A"), "withdrawal": ("sent_latency", "B")}
SENT = tuple(f"sent_{name}" for name in Signal._fields)
Life = Callable[[str, str], Calendar]


def lived(laboratory: Laboratory, life: Life) -> dict[tuple[str, str], xr.Dataset]:
    """Mean signals sent in everyday life, by pair, after the first weeks."""
    return {
        (a, b): laboratory.run(
            laboratory.people(a, studied=True), laboratory.people(b, slot=1), life(a, b),
            since=SETTLED, variables=SENT,
        )
        for a in FIRST
        for b in SECOND
    }  # fmt: skip


def interactions(runs: dict[tuple[str, str], xr.Dataset]) -> Arms:
    """What the pair has beyond the sum of each with a secure partner, in demand and latency."""
    arms = {}
    for way, (name, partner) in WAYS.items():
        pair, merger, withdrawer, neither = (
            runs[a, b][name].sel(partner=partner).values for a in FIRST for b in SECOND
        )
        arms[way] = pair - merger - withdrawer + neither
    return arms


def measure(laboratory: Laboratory) -> Arms:
    """Interaction of the pair, each hearing the other."""
    return interactions(lived(laboratory, lambda a, b: daily_life(DAYS)))


def averaged(laboratory: Laboratory) -> Arms:
    """The same, each hearing at every exchange the mean signal of the other's kind of person.

    The mean is taken over both partners that this kind of person has lived with.
    """
    runs = lived(laboratory, lambda a, b: daily_life(DAYS))

    def life(a: str, b: str) -> Calendar:
        of_a = spoken(xr.concat([runs[a, other] for other in SECOND], "pair"), "A")
        of_b = spoken(xr.concat([runs[other, b] for other in FIRST], "pair"), "B")
        return scripted(scripted(daily_life(DAYS), "A", **of_b), "B", **of_a)

    return interactions(lived(laboratory, life))


def spoken(runs: xr.Dataset, partner: str) -> dict[str, float]:
    """Script of the mean signal that ``partner`` sent."""
    mean = {name: float(runs[f"sent_{name}"].sel(partner=partner).mean()) for name in Signal._fields}
    heard_by = "B" if partner == "A" else "A"
    shown = float(runs.sent_warmth.sel(partner=heard_by).mean())
    mean["latency"] -= 1.0
    accuracy = float(np.clip(mean.pop("mirroring") / shown, 0.0, 1.0))
    return {f"help_{name}": value for name, value in mean.items()} | {"help_accuracy": accuracy}


def effect(arms: Arms) -> float:
    """Both interactions above 0: the smaller margin in sd."""
    return min(margin(arms[way]) for way in WAYS)


CLAIMS = (
    Claim(
        id="C09",
        title="Merger with withdrawer reinforces itself",
        question="Is this pair more than the sum of what each does beside a secure partner?",
        source="One reaches for the state of somebody who leaves when reached for.",
        statistic="smaller interaction (pair - merger with secure - secure with withdrawer + two "
        "secure) of the merger's demand and the withdrawer's reply latency, in sd",
        floor=0.0,
        observed="behaviour: demand and reply latency as sent, in everyday life",
        evidence="unsupported",
        evidence_note="Demand and withdrawal do go together, but that a merger exists as a type "
        "was not found (S14, S20).",
        ablation="each hears the mean signal of the partner's kind of person in place of the "
        "partner",
        measure=measure,
        effect=effect,
        ablate_measure=averaged,
    ),
)
