"""C09: merger with withdrawer reinforces itself beyond what each brings along."""

from itertools import product
from typing import Any

import numpy as np
import xarray as xr

from experiments.claims.claim import Arms, Claim
from models.state import Signal
from sim.analysis.cohorts import Laboratory
from sim.world.calendar import daily_life
from sim.world.protocols import scripted

DAYS, SETTLED = 42, 14
FIRST, SECOND = ("merger", "secure"), ("withdrawer", "secure")
DIRECTIONS = {"demand": ("sent_demand", "A"), "withdrawal": ("sent_latency", "B")}
SENT = tuple(f"sent_{name}" for name in Signal._fields)
Pairs = dict[tuple[str, str], xr.Dataset]
Scripts = dict[tuple[str, str], dict[str, Any]]
"""What a hearer (A or B) is told in place of a partner of some kind: the fields of a script."""


def lived(laboratory: Laboratory, scripts: Scripts, deaf: str = "") -> Pairs:
    """Mean signals sent in everyday life, by pair, after the first weeks.

    Each one named in ``deaf`` hears at every exchange the script of the partner's kind of person.
    """
    runs: Pairs = {}
    for a, b in product(FIRST, SECOND):
        life = daily_life(DAYS)
        for hearer in deaf:
            life = scripted(life, hearer, **scripts[hearer, b if hearer == "A" else a])
        runs[a, b] = laboratory.run(
            laboratory.people(a, studied=True),
            laboratory.people(b, slot=1),
            life,
            since=SETTLED,
            variables=SENT,
        )
    return runs


def usual(runs: Pairs) -> Scripts:
    """The mean signal of each kind of person beside a secure partner, as a script."""
    to_a = {("A", b): script(runs["secure", b], "B", "A") for b in SECOND}
    return to_a | {("B", a): script(runs[a, "secure"], "A", "B") for a in FIRST}


def script(run: xr.Dataset, speaker: str, hearer: str) -> dict[str, Any]:
    """The script of what ``speaker`` sent in the mean."""
    sent = run.sel(partner=speaker).mean()
    mean = {name: float(sent[f"sent_{name}"]) for name in Signal._fields}
    mean["latency"] -= 1.0
    shown = float(run.sent_warmth.sel(partner=hearer).mean())
    mean["accuracy"] = float(np.clip(mean.pop("mirroring") / max(shown, 1e-9), 0.0, 1.0))
    return {f"help_{name}": value for name, value in mean.items()}


def above_secure(runs: Pairs, direction: str) -> tuple[np.ndarray, np.ndarray]:
    """What the pair has more than two secure people, and what both have, each with a secure one."""
    name, partner = DIRECTIONS[direction]
    pair, merger, withdrawer, neither = (
        runs[names][name].sel(partner=partner).values for names in product(FIRST, SECOND)
    )
    return pair - neither, merger + withdrawer - 2.0 * neither


def measure(laboratory: Laboratory, deaf: str = "") -> Arms:
    """Interaction of the pair, and what of it is there only because each hears the other.

    The latter is the interaction minus that of the same pairs when both hear, in place of the
    partner, what such a partner sends in the mean to somebody secure.
    """
    live = lived(laboratory, {})
    scripts = usual(live)
    runs = lived(laboratory, scripts, deaf) if deaf else live
    unheard = lived(laboratory, scripts, "AB")
    arms: dict[str, np.ndarray] = {}
    for direction in DIRECTIONS:
        (pair, both), (pair_unheard, both_unheard) = (
            above_secure(x, direction) for x in (runs, unheard)
        )
        arms[f"{direction}, sum of each"] = both
        arms[f"{direction}, interaction"] = pair - both
        arms[f"{direction}, by hearing"] = pair - both - (pair_unheard - both_unheard)
    return arms


def averaged(laboratory: Laboratory) -> Arms:
    """The same with one of the two hearing a mean signal: of both cuts the one that leaves more."""
    return max((measure(laboratory, deaf) for deaf in "AB"), key=effect)


def effect(arms: Arms) -> float:
    """Both interactions, and both parts that come of hearing, above 0: the smallest.

    As shares of what the two have in sum, each with a secure partner. Not in sd, because a mean
    signal takes the differences between couples away too.
    """
    parts = ("interaction", "by hearing")
    return float(
        min(
            arms[f"{direction}, {part}"].mean()
            / max(abs(arms[f"{direction}, sum of each"].mean()), 1e-9)
            for direction in DIRECTIONS
            for part in parts
        )
    )


CLAIMS = (
    Claim(
        id="C09",
        title="Merger with withdrawer reinforces itself",
        question="Is this pair more than the sum of what each does beside a secure partner?",
        source="One reaches for the state of somebody who leaves when reached for.",
        statistic="smallest of: interaction (pair - merger with secure - secure with withdrawer + "
        "two secure) of the merger's demand and of the withdrawer's latency, and the part of each "
        "that is gone when both hear a mean signal instead; as shares of the sum",
        floor=0.0,
        observed="behaviour: demand and reply latency as sent, in everyday life",
        evidence="unsupported",
        evidence_note="Demand and withdrawal do go together, but that a merger exists as a type "
        "was not found (E14, E20).",
        ablation="one partner hears the mean signal of the other's kind of person (the weaker of "
        "the two cuts counts)",
        measure=measure,
        effect=effect,
        axis=lambda arm: arm.split(", ")[0],
        ablate_measure=averaged,
        fragile="The part that comes of hearing is about a tenth of the sum, and in the draws "
        "all parameter draws share one script of the mean signal, which shifts it at random.",
    ),
)
