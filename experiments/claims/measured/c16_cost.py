"""C16: insecurity costs energy, and the load that a partner shares is not shared apart."""

from experiments.claims.claim import Arms, Claim
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import standardised_difference
from sim.world.calendar import daily_life
from sim.world.protocols import laboratory as room

INSECURE = ("anxious", "avoidant", "disorganized")
DAYS, SETTLED = 30, 10
CLOSE = 0.7
LEAST, LEFT = 0.5, 0.1


def upkeep(laboratory: Laboratory, name: str):
    """Metabolic cost over waking time of a couple of two such people, mean of both [resting]."""
    pair = (laboratory.people(name, studied=True), laboratory.people(name, slot=1, studied=True))
    data = laboratory.run(*pair, daily_life(DAYS), since=SETTLED, variables=("metabolic_cost",))
    return data.metabolic_cost.mean("partner").values


def saved(laboratory: Laboratory, near: float):
    """Cost that the partner's buffer saves a secure person in an hour, near or apart.

    The same hour with common random numbers, once without the buffer, less once with it.
    """
    pair = (laboratory.people("secure", studied=True), laboratory.people("secure", slot=1))
    hour = room(60.0, proximity=near, contact=near)
    options = {"closeness": CLOSE, "variables": ("metabolic_cost",)}
    off = laboratory.shared._replace(social_baseline_on=0.0)
    without = laboratory.run(*pair, hour, **options, shared=off)
    gap = without - laboratory.run(*pair, hour, **options)
    return gap.metabolic_cost.sel(partner="A").values


def measure(laboratory: Laboratory) -> Arms:
    """Cost of living of four kinds of couples, and what company saves together and apart."""
    arms = {name: upkeep(laboratory, name) for name in ("secure", *INSECURE)}
    return arms | {"saved together": saved(laboratory, 1.0), "saved apart": saved(laboratory, 0.0)}


def effect(arms: Arms) -> float:
    """Smallest of: d over the secure couple, d of what is saved (each over 0.5), loss apart.

    The last is 1 where nine tenths of what is saved together is gone apart.
    """
    dear = [standardised_difference(arms[name], arms["secure"]) / LEAST for name in INSECURE]
    together, apart = arms["saved together"], arms["saved apart"]
    left = float(apart.mean()) / max(float(together.mean()), 1e-9)
    return min(*dear, standardised_difference(together, apart) / LEAST, (1.0 - left) / (1.0 - LEFT))


CLAIMS = (
    Claim(
        id="C16",
        title="Insecurity costs energy",
        question="What does living as an insecure couple cost, and what does company save?",
        source="Chronic vigilance is dear, and a trusted partner carries a part of the load.",
        statistic="smallest of d of cost over the secure couple / 0.5, d of what company saves / "
        "0.5, share of it gone apart / 0.9",
        floor=1.0,
        observed="states: metabolic cost, a budget that nobody has measured",
        evidence="unsupported",
        evidence_note="Social baseline theory is a framework; no metabolic measurement was found "
        "(E21).",
        ablation="social baseline off",
        ablate_shared={"social_baseline_on": 0.0},
        measure=measure,
        effect=effect,
    ),
)
