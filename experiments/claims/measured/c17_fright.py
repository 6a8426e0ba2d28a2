"""C17: fright without solution, where the haven is itself the alarm."""

from typing import Any

import numpy as np
import xarray as xr

from experiments.claims.claim import Arms, Claim
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import standardised_difference
from sim.world.calendar import daily_life
from sim.world.protocols import laboratory as room
from sim.world.protocols import scripted

STUDIED, CONTROL = "disorganized", "secure"
DAYS, SETTLED = 20, 10
SCARE = scripted(room(20.0), help_warmth=-0.6, help_demand=0.8, threat=0.5)
KIND: dict[str, Any] = {"help_warmth": 0.5, "help_contact": 0.5}
HIGH, LEAST = 0.5, 0.5


def torn(laboratory: Laboratory, person, partner) -> Arms:
    """Everyday means of the lower of the two drives and of freezing."""
    data = laboratory.run(
        person,
        partner,
        daily_life(DAYS),
        since=SETTLED,
        variables=("approach", "avoidance", "freeze"),
    ).sel(partner="A")
    lower = np.minimum(data.approach.values, data.avoidance.values)
    return {"lower drive": lower, "freeze": data.freeze.values}


def scared(laboratory: Laboratory, person, partner, near: float) -> xr.Dataset:
    """The partner frightens them for 20 min; an hour with a kind partner or apart, then a day."""
    hour = scripted(room(60.0, 2.0, near, near), **KIND)
    calendar = daily_life(DAYS) + SCARE + hour + daily_life(1)
    data = laboratory.run(
        person, partner, calendar, since=DAYS, record="trajectory", variables=("alarm", "cortisol")
    )
    return data.sel(partner="A")


def aftermath(data: xr.Dataset) -> Arms:
    """Alarm during the scare and in the second half of the hour; cortisol, highest and next day."""
    first, hour = len(SCARE), len(SCARE) + 30
    alarm, cortisol = data.alarm.values, data.cortisol.values
    return {
        "alarm in the scare": alarm[:, first // 2 : first].mean(axis=1),
        "alarm left": alarm[:, hour - 15 : hour].mean(axis=1),
        "cortisol at its peak": cortisol[:, : hour + 1].max(axis=1),
        "cortisol next day": cortisol[:, -1],
    }


def measure(laboratory: Laboratory) -> Arms:
    """Drives, freezing and what is left after a scare, of the disorganised and the secure."""
    partner = laboratory.people("secure", slot=1)
    arms: dict[str, np.ndarray] = {}
    for name in (STUDIED, CONTROL):
        person = laboratory.people(name, studied=name == STUDIED)
        found = dict(torn(laboratory, person, partner))
        for where, near in (("near", 1.0), ("apart", 0.0)):
            after = aftermath(scared(laboratory, person, partner, near))
            found |= {f"{measured}, {where}": values for measured, values in after.items()}
        arms |= {f"{name}: {measured}": values for measured, values in found.items()}
    return arms


def effect(arms: Arms) -> float:
    """Smallest of the claim's parts, each over its floor.

    Lower drive and freeze at least 0.5, freeze above the secure by d 0.5; after the scare at least
    half of the alarm left both near and apart; the day after at least half of the cortisol above
    the secure person's.
    """
    mean = {name: float(values.mean()) for name, values in arms.items()}
    own = f"{STUDIED}: "
    parts = [mean[own + name] / HIGH for name in ("lower drive", "freeze")]
    parts.append(standardised_difference(arms[own + "freeze"], arms[f"{CONTROL}: freeze"]) / LEAST)
    parts += [
        mean[f"{own}alarm left, {where}"] / mean[f"{own}alarm in the scare, {where}"] / HIGH
        for where in ("near", "apart")
    ]
    rest = mean[f"{CONTROL}: cortisol next day, near"]
    raised = mean[own + "cortisol at its peak, near"] - rest
    parts.append((mean[own + "cortisol next day, near"] - rest) / max(raised, 1e-3) / HIGH)
    return min(parts)


CLAIMS = (
    Claim(
        id="C17",
        title="Fright without solution",
        question="What if the one who should resolve the alarm is the one who sets it off?",
        source="Both drives are high and block each other, and neither going near nor going away "
        "ends the alarm.",
        statistic="smallest of lower drive, freeze, share of the alarm left near and apart, share "
        "of cortisol left after 24 h (each over 0.5), d of freeze over the secure / 0.5",
        floor=1.0,
        observed="states: drives, alarm and cortisol; freezing is seen as stillness and unclarity",
        evidence="mixed",
        evidence_note="Described in infants (Main and Hesse 1990); stability is modest and a "
        "permanent alarm unsupported (E18).",
        ablation="closeness as a threat off: fear and pain of closeness at secure values",
        ablate_person={"closeness_fear": 0.03, "anticipated_pain": 0.08},
        measure=measure,
        effect=effect,
        axis=lambda arm: arm.split(": ")[1].split(",")[0].split(" ")[0],
    ),
)
