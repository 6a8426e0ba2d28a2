"""What a claim is, and how one is judged: effect, confidence interval, ablation, robustness."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from models.parameters import PartnerParameters, SharedParameters, unknown
from sim.analysis.cohorts import Laboratory

Arms = Mapping[str, np.ndarray]
"""Name of an arm (or of one of its measures) to one value a couple."""


class Measured(Protocol):
    """Whatever makes one number of arms."""

    @property
    def effect(self) -> Callable[[Arms], float]:
        """The number."""


RESAMPLES = 1000
EVIDENCE = ("supported", "mixed", "contested", "unsupported")


@dataclass(frozen=True)
class Claim:
    """One of the articles' claims, as an experiment.

    ``measure(laboratory)`` gives one value a couple for each arm; ``effect(arms)`` makes one
    number of them, which must exceed ``floor``. ``ablate_shared`` and ``ablate_person`` turn the
    mechanism off, after which at least half of the effect must be gone. ``observed`` says
    whether the statistic is computed on behaviour that an observer could record, or on states.
    """

    id: str
    title: str
    question: str
    source: str
    statistic: str
    floor: float
    observed: str
    evidence: str
    evidence_note: str
    ablation: str
    measure: Callable[[Laboratory], Arms]
    effect: Callable[[Arms], float]
    ablate_shared: Mapping[str, float] = field(default_factory=dict)
    ablate_person: Mapping[str, float] = field(default_factory=dict)
    ablate_measure: Callable[[Laboratory], Arms] | None = None
    dyads: int = 500
    fragile: str = ""
    axis: Callable[[str], str] = lambda arm: "value a couple"
    """Name of an arm to what it measures: arms that measure the same share an axis."""

    def __post_init__(self) -> None:
        """Refuse a slip of the pen in one line that names the claim."""
        kinds = (("ablate_shared", SharedParameters), ("ablate_person", PartnerParameters))
        for field_, kind in kinds:
            for name in getattr(self, field_):
                if name not in kind._fields:
                    raise ValueError(
                        f"{self.id}: {field_}: {unknown(name, kind._fields, 'parameter')}"
                    )
        if self.evidence not in EVIDENCE:
            raise ValueError(
                f"{self.id}: evidence = '{self.evidence}': must be one of {', '.join(EVIDENCE)}"
            )


@dataclass(frozen=True)
class Verdict:
    """What came out."""

    id: str
    title: str
    effect: float
    ci_low: float
    ci_high: float
    floor: float
    holds: bool
    ablated_effect: float
    ablation_kills: bool
    robust_sign: float
    robust_floor: float
    evidence: str
    arms: Arms = field(repr=False, default_factory=dict)
    ablated_arms: Arms = field(repr=False, default_factory=dict)


def judge(claim: Claim, laboratory: Laboratory, draws: int, dyads_a_draw: int) -> Verdict:
    """Measure a claim at the presets, under its ablation and over draws of parameters."""
    arms = claim.measure(laboratory)
    effect = claim.effect(arms)
    low, high = confidence_interval(claim, arms, laboratory.seed)
    without = laboratory.ablated(claim.ablate_shared, claim.ablate_person)
    ablated_arms = (claim.ablate_measure or claim.measure)(without)
    ablated = claim.effect(ablated_arms)
    effects = robustness(claim, replace(laboratory, dyads=dyads_a_draw, draws=draws))
    return Verdict(
        claim.id,
        claim.title,
        effect,
        low,
        high,
        claim.floor,
        holds=bool(low > claim.floor),
        ablated_effect=ablated,
        ablation_kills=bool(ablated <= 0.5 * effect),
        robust_sign=float(np.mean(effects > 0.0)),
        robust_floor=float(np.mean(effects > claim.floor)),
        evidence=claim.evidence,
        arms=arms,
        ablated_arms=ablated_arms,
    )


def confidence_interval(claim: Measured, arms: Arms, seed: int) -> tuple[float, float]:
    """95 % percentile bootstrap over couples; arms resampled together (common random numbers)."""
    count = len(next(iter(arms.values())))
    rng = np.random.default_rng(seed)
    effects = []
    for _ in range(RESAMPLES):
        chosen = rng.integers(0, count, count)
        effects.append(claim.effect({name: values[chosen] for name, values in arms.items()}))
    low, high = np.nanpercentile(effects, [2.5, 97.5])
    return float(low), float(high)


def robustness(claim: Claim, laboratory: Laboratory) -> np.ndarray:
    """The effect in each draw of parameters around the presets, shape (draws,)."""
    arms = claim.measure(laboratory)
    shape = (laboratory.draws, laboratory.dyads)
    effects = [
        claim.effect({name: values.reshape(shape)[draw] for name, values in arms.items()})
        for draw in range(laboratory.draws)
    ]
    return np.nan_to_num(np.array(effects), nan=-np.inf)
