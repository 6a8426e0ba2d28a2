"""C27: attunement is not warmth; being mirrored accurately changes what warmth alone does not."""

import numpy as np

from experiments.claims.claim import Arms, Claim
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import standardised_difference
from sim.world.calendar import daily_life
from sim.world.protocols import scripted

LEARNER = "anxious"
DAYS = 180
ACCURACY = {"accurate": 0.9, "inaccurate": 0.1}
TRAITS = ("threshold", "oxytocin_reliability", "vagal_tone")
WARMTH = 0.5


def improved(laboratory: Laboratory, accuracy: float) -> dict[str, np.ndarray]:
    """Gain in each trait over half a year with someone equally warm, who mirrors so accurately."""
    person = laboratory.people(LEARNER, studied=True)
    life = scripted(daily_life(DAYS), help_warmth=WARMTH, help_contact=0.3, help_accuracy=accuracy)
    data = laboratory.run(person, laboratory.people("secure", slot=1), life, variables=TRAITS)
    before = {"threshold": "amygdala_threshold"}
    return {
        name: data[f"{name}_end"].sel(partner="A").values - getattr(person, before.get(name, name))
        for name in TRAITS
    }


def measure(laboratory: Laboratory) -> Arms:
    """Gain in three slow traits under accurate and under inaccurate mirroring."""
    gains = {name: improved(laboratory, accuracy) for name, accuracy in ACCURACY.items()}
    return {f"{trait}, {name}": gains[name][trait] for trait in TRAITS for name in ACCURACY}


def effect(arms: Arms) -> float:
    """The smallest d of accurate over inaccurate mirroring among the three traits."""
    return min(
        standardised_difference(arms[f"{trait}, accurate"], arms[f"{trait}, inaccurate"])
        for trait in TRAITS
    )


CLAIMS = (
    Claim(
        id="C27",
        title="Attunement is not warmth",
        question="Does being read accurately do more than being treated warmly?",
        source="What matters is to be mirrored accurately; warmth that misses does not heal.",
        statistic="smallest d of accurate over inaccurate mirroring, at equal warmth, in gains of "
        "threshold, oxytocin reliability and vagal tone",
        floor=0.5,
        observed="states: three slow traits",
        evidence="contested",
        evidence_note="Mirror neurons are no substrate of attunement (E9); oxytocin reliability "
        "is not measurable in living people (E2, E3).",
        ablation="mirroring off: accurate or not makes no difference",
        ablate_shared={"mirroring_on": 0.0},
        measure=measure,
        effect=effect,
    ),
)
