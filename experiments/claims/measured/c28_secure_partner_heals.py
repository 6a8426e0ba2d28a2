"""C28: a secure partner heals over months, whether the couple are dating or live together."""

from experiments.claims.claim import Arms, Claim
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import standardised_difference
from sim.analysis.probes import mixed
from sim.world.calendar import daily_life

INSECURE = ("anxious", "avoidant", "disorganized")
YEAR = 365
STAGES = {"dating": (3 / 7, 0.15), "long-term": (1.0, 0.4)}
"""Share of days together, and closeness at the start."""


def healed(laboratory: Laboratory, partner, together: float, closeness: float):
    """How far the threat store has sunk below the childhood template after a year."""
    person = mixed(laboratory, INSECURE, studied=True)
    year = daily_life(YEAR, together)
    data = laboratory.run(
        person, partner, year, closeness=closeness, since=YEAR - 1, variables=("threat_store",)
    )
    return person.template_threat - data.threat_store_end.sel(partner="A").values


def measure(laboratory: Laboratory) -> Arms:
    """Healing beside a secure and beside an insecure partner, in both stages."""
    partners = {
        "secure": laboratory.people("secure", slot=1),
        "insecure": mixed(laboratory, INSECURE, slot=1, block=len(INSECURE)),
    }
    return {
        f"{stage}, {name} partner": healed(laboratory, partner, *circumstances)
        for stage, circumstances in STAGES.items()
        for name, partner in partners.items()
    }


def effect(arms: Arms) -> float:
    """Smallest of: healing beside the secure partner, and its lead over the insecure one."""
    margins = []
    for stage in STAGES:
        secure, insecure = (arms[f"{stage}, {who} partner"] for who in ("secure", "insecure"))
        margins += [
            standardised_difference(secure, 0.0 * secure),
            standardised_difference(secure, insecure),
        ]
    return min(margins)


CLAIMS = (
    Claim(
        id="C28",
        title="A secure partner heals over months",
        question="Does life with a secure partner lower learnt threat, dating as well as married?",
        source="A secure partner changes the insecure circuit over months, at any stage.",
        statistic="smallest, over dating and long-term, of threat lost below the template beside "
        "a secure partner and its lead over an insecure partner, d",
        floor=0.0,
        observed="states: the threat store",
        evidence="mixed",
        evidence_note="Attachment changes in adult relationships, slowly and with a pull back to "
        "a prototype (E1, A13, B36); a brain basis is unmeasured.",
        ablation="corrective rule off",
        ablate_shared={"corrective_rule_on": 0.0},
        measure=measure,
        effect=effect,
    ),
)
