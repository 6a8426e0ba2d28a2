"""C08: the merger has no reading of its own; what is felt is the partner's, and gone with them."""

import numpy as np

from experiments.claims.claim import Arms, Claim
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import standardised_difference
from sim.world.calendar import daily_life, separation

STUDIED, CONTROL = "merger", "secure"
SETTLED, DAYS, APART = 5, 30, 7  # days
TIMES, LEAST = 2.0, 0.5


def share_explained(laboratory: Laboratory, name: str) -> np.ndarray:
    """Share of variance of felt affect that the partner's warmth explains, exchange by exchange.

    Squared correlation over 25 days of affect in the gap after an exchange with the warmth that
    the secure partner sent in it. In the exchange itself one still feels what was read before it.
    """
    data = laboratory.run(
        laboratory.people(name, studied=name == STUDIED),
        laboratory.people("secure", slot=1),
        daily_life(DAYS),
        record="trajectory",
        since=SETTLED,
        variables=("affect", "sent_warmth"),
    )
    met = np.flatnonzero(data.kind.values == "exchange")
    felt = data.affect.sel(partner="A").values[:, met + 1]
    shown = data.sent_warmth.sel(partner="B").values[:, met]
    felt, shown = (x - x.mean(axis=1, keepdims=True) for x in (felt, shown))
    common = (felt * shown).sum(axis=1) ** 2
    return common / np.maximum((felt**2).sum(axis=1) * (shown**2).sum(axis=1), 1e-12)


def emptied(laboratory: Laboratory, name: str) -> np.ndarray:
    """Felt affect in a week of everyday life minus that of the next week, apart without contact."""
    data = laboratory.run(
        laboratory.people(name, studied=name == STUDIED),
        laboratory.people("secure", slot=1),
        daily_life(DAYS) + separation(APART),
        record="daily",
        variables=("affect",),
        since=DAYS - APART,
    )
    affect = data.affect.sel(partner="A").values
    return affect[:, :APART].mean(axis=1) - affect[:, APART:].mean(axis=1)


def measure(laboratory: Laboratory) -> Arms:
    """Share explained by the partner and loss of affect when apart, merger and secure."""
    names = (STUDIED, CONTROL)
    shares = {f"{name}: share explained": share_explained(laboratory, name) for name in names}
    return shares | {f"{name}: affect lost apart": emptied(laboratory, name) for name in names}


def effect(arms: Arms) -> float:
    """Smaller of: ratio of the shares explained / 2, d of the affect lost apart / 0.5."""
    share, control = (arms[f"{name}: share explained"].mean() for name in (STUDIED, CONTROL))
    lost = standardised_difference(
        *(arms[f"{name}: affect lost apart"] for name in (STUDIED, CONTROL))
    )
    return float(min(share / max(control, 1e-9) / TIMES, lost / LEAST))


CLAIMS = (
    Claim(
        id="C08",
        title="The merger has no reading of its own",
        question="Whose feelings does the merger feel, and what is left when alone?",
        source="The partner's state drowns the own body's signal, so that alone there is little "
        "to feel.",
        statistic="smaller of: share of felt affect explained by the partner's warmth, merger over "
        "secure, / 2; d of the affect lost in a week apart, merger over secure, / 0.5",
        floor=1.0,
        observed="state: felt affect; behaviour: the partner's warmth as sent",
        evidence="contested",
        evidence_note="Reduced interoception is contradicted for anxious people, so this is a "
        "weight of self against other, a separate parameter (E14); no target in numbers exists.",
        ablation="interoception at the secure value",
        ablate_person={"interoception": 0.85},
        measure=measure,
        effect=effect,
        axis=lambda arm: arm.split(": ")[1],
    ),
)
