"""C18: avoidance is neither coldness nor lack of need, but need that is not shown."""

import numpy as np

from experiments.claims.claim import Arms, Claim
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import DEMAND_CUT, standardised_difference
from sim.world.calendar import daily_life

STUDIED, CONTROL = "avoidant", "secure"
DAYS, SETTLED = 30, 10
LEAST = 0.5
MEASURES = ("need", "arousal", "sent_contact", "sent_demand")


def measure(laboratory: Laboratory) -> Arms:
    """Need and arousal inside, approach and demand as shown, in a month with a secure partner."""
    partner = laboratory.people("secure", slot=1)
    arms: dict[str, np.ndarray] = {}
    for name in (STUDIED, CONTROL):
        data = laboratory.run(
            laboratory.people(name, studied=name == STUDIED),
            partner,
            daily_life(DAYS),
            since=SETTLED,
            variables=MEASURES,
        ).sel(partner="A")
        arms |= {f"{name}: {measured}": data[measured].values for measured in MEASURES}
    return arms


def effect(arms: Arms) -> float:
    """Smallest of the claim's margins, each above 0 where its part holds, in sd.

    Need not below the secure, approach shown below by d 0.5, arousal above by d 0.5 under a calm
    exterior: an observer would not code the mean exchange as a demand.
    """
    need, arousal, touch = (
        standardised_difference(arms[f"{STUDIED}: {name}"], arms[f"{CONTROL}: {name}"])
        for name in ("need", "arousal", "sent_contact")
    )
    demand = arms[f"{STUDIED}: sent_demand"]
    calm = (DEMAND_CUT - float(demand.mean())) / max(float(demand.std(ddof=1)), 1e-9)
    return min(need, -touch - LEAST, arousal - LEAST, calm)


CLAIMS = (
    Claim(
        id="C18",
        title="Avoidance is not lack of need",
        question="Is somebody who shows no need for closeness without it?",
        source="The need for closeness is intact, only its expression is inhibited, and the body "
        "works hard under a calm exterior.",
        statistic="smallest of d of need, -d of touch shown - 0.5, d of arousal - 0.5, demand "
        "shown below an observer's cut in sd, avoidant against secure",
        floor=0.0,
        observed="behaviour (touch offered, demand shown) and states (need, arousal)",
        evidence="supported",
        evidence_note="Deactivation shows under load and in physiology (Mikulincer and Shaver "
        "2007); oxytocin and vagal accounts of it are not measured (E2, E10).",
        ablation="inhibition off: deactivation at the secure value",
        ablate_person={"deactivation": 0.08},
        measure=measure,
        effect=effect,
    ),
)
