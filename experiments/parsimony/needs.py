"""What each claim and the matrix of pairs lose without a parameter."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from experiments.claims.battery import all_claims
from experiments.claims.claim import Claim
from experiments.parsimony.knockouts import Knockout, knockouts
from experiments.runner.parts import Parts
from models.parameters import SharedParameters
from sim.analysis.cohorts import Laboratory
from sim.analysis.pairs import MEASURES, PAIRS
from sim.world.calendar import daily_life

COUPLES = 40
LOSS = 0.25
"""Share of an effect that must go for a claim to need a parameter."""
MATRIX = "pairs"
PAIR_COUPLES, PAIR_DAYS = 6, 28
SHIFT = 0.1
"""Change of the 36 pairs, in standard deviations over them, for the matrix to need it."""


def measured(
    parts: Parts, seed: int, couples: int, progress: Callable[[int, int], None]
) -> dict[str, list[str]]:
    """Parameter to the claims (and ``pairs``) that need it; finished ones are kept in ``parts``."""
    claims = all_claims()
    full = parts("full", partial(_effects, claims, Laboratory(couples, seed)))
    todo = list(knockouts())
    found: dict[str, set[str]] = {each.parameter: set() for each in todo}
    for number, each in enumerate(todo):
        laboratory = _without(each, Laboratory(couples, seed))
        without = parts(f"{each.parameter}, {each.what}", partial(_effects, claims, laboratory))
        found[each.parameter] |= set(lost(claims, full, without))
        progress(number + 1, len(todo))
    return {name: sorted(needed) for name, needed in found.items()}


def lost(claims: Mapping[str, Claim], full: dict, without: dict) -> list[str]:
    """The claims that no longer clear their floor or lose a quarter, and ``pairs`` if it moved."""
    names = [
        name
        for name, claim in claims.items()
        if not (without[name] > claim.floor and without[name] >= (1.0 - LOSS) * full[name])
    ]
    before, after = (np.array(effects[MATRIX]) for effects in (full, without))
    spread = before.std(axis=1, keepdims=True)
    moved = np.sqrt(np.mean(((after - before) / spread) ** 2, axis=1)).max()
    return names + [MATRIX] * bool(moved > SHIFT)


def _without(knockout: Knockout, laboratory: Laboratory) -> Laboratory:
    return Laboratory(
        laboratory.dyads,
        laboratory.seed,
        shared=SharedParameters()._replace(**knockout.shared),
        everyone=knockout.person,
    )


def _effects(claims: Mapping[str, Claim], laboratory: Laboratory) -> dict:
    """Effect of each claim, and the mean of each measure for all 36 pairs."""
    effects = {name: _effect(claim, laboratory) for name, claim in claims.items()}
    return effects | {MATRIX: _pairs(laboratory).tolist()}


def _effect(claim: Claim, laboratory: Laboratory) -> float:
    """The effect; minus infinity where it can't be computed."""
    with np.errstate(all="ignore"):
        effect = claim.effect(claim.measure(laboratory))
    return float(effect) if np.isfinite(effect) else -1e9


def _pairs(laboratory: Laboratory) -> np.ndarray:
    """Means over couples, partners and time: shape (measures, pairs)."""
    small = Laboratory(
        PAIR_COUPLES, laboratory.seed, shared=laboratory.shared, everyone=laboratory.everyone
    )
    first, second = zip(*PAIRS, strict=True)
    data = small.run(
        [small.people(name) for name in first],
        [small.people(name, slot=1) for name in second],
        daily_life(PAIR_DAYS),
        variables=MEASURES,
        conditions=[f"{a}-{b}" for a, b in PAIRS],
    )
    return np.array(
        [data[name].mean([d for d in data[name].dims if d != "condition"]) for name in MEASURES]
    )
