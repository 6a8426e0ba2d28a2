"""Published findings that are inconvenient for the essays: does the model agree with them?

Each is measured like a claim, but nothing was chosen so that it comes out one way. Satisfaction
and the two indices of attachment are states here, where the studies used questionnaires.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from experiments.claims.claim import Arms, confidence_interval
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import standardised_difference
from sim.analysis.probes import days_of, mixed
from sim.world.calendar import Calendar, daily_life
from sim.world.protocols import COURSE_DAYS, SESSIONS, course, scripted, session

INSECURE = ("anxious", "avoidant")
DAYS, LAST = 90, 30
MEAN_WARMTH, SWING = 0.4, 0.4
HALF = COURSE_DAYS // 2


@dataclass(frozen=True)
class Finding:
    """One finding: what was published, and a number above 0 where the model agrees.

    ``within`` marks a null finding: the model agrees if the interval lies within plus and minus
    that much.
    """

    id: str
    title: str
    published: str
    source: str
    statistic: str
    measure: Callable[[Laboratory], Arms]
    effect: Callable[[Arms], float]
    why: str
    within: float = 0.0


@dataclass(frozen=True)
class Comparison:
    """What came out for a finding."""

    finding: Finding
    effect: float
    ci_low: float
    ci_high: float

    @property
    def word(self) -> str:
        """Agrees, disagrees, or undecided, by the interval alone."""
        if self.finding.within:
            reach = self.finding.within
            if -reach < self.ci_low and self.ci_high < reach:
                return "agrees"
            return "disagrees" if self.ci_low > reach or self.ci_high < -reach else "undecided"
        if self.ci_low > 0.0:
            return "agrees"
        return "disagrees" if self.ci_high < 0.0 else "undecided"


def compare_all(laboratory: Laboratory) -> list[Comparison]:
    """Every finding with a 95 % bootstrap interval over couples; what two share is run once."""
    runs = {measure: measure(laboratory) for measure in dict.fromkeys(f.measure for f in FINDINGS)}
    return [compare(finding, runs[finding.measure], laboratory.seed) for finding in FINDINGS]


def compare(finding: Finding, arms: Arms, seed: int) -> Comparison:
    """The finding's number with its interval."""
    low, high = confidence_interval(finding, arms, seed)
    return Comparison(finding, finding.effect(arms), low, high)


# --- fluctuation ----------------------------------------------------------------------------------


def fluctuating(swing: float) -> Calendar:
    """Everyday life with a partner whose warmth jumps from day to day around the same mean."""
    cold, warm = (
        scripted(daily_life(1), help_warmth=MEAN_WARMTH + sign * swing) for sign in (-1, 1)
    )
    return (cold + warm) * (DAYS // 2)


def measure_fluctuation(laboratory: Laboratory) -> Arms:
    """Satisfaction in the last month, steady minus fluctuating, of secure and insecure people."""
    people = {"secure": laboratory.people("secure"), "insecure": mixed(laboratory, INSECURE)}
    return {
        f"{who}, loss of satisfaction": _satisfied(laboratory, person, fluctuating(0.0))
        - _satisfied(laboratory, person, fluctuating(SWING))
        for who, person in people.items()
    }


def _satisfied(laboratory: Laboratory, person: Any, calendar: Calendar) -> np.ndarray:
    data = laboratory.run(
        person,
        laboratory.people("secure", slot=1),
        calendar,
        since=DAYS - LAST,
        variables=("satisfaction",),
    )
    return data.satisfaction.sel(partner="A").values


def fluctuation_effect(arms: Arms) -> float:
    """By how much more the secure lose, in standard deviations of the loss."""
    return standardised_difference(
        arms["secure, loss of satisfaction"], arms["insecure, loss of satisfaction"]
    )


# --- violation ------------------------------------------------------------------------------------


def measure_violation(laboratory: Laboratory) -> Arms:
    """Mean positive surprise in the sessions of a course, and what the threat store has lost."""
    person = laboratory.people("anxious")
    data = laboratory.run(
        person,
        laboratory.people("secure", slot=1),
        course("live_correction"),
        record="trajectory",
        variables=("surprise", "threat_store"),
    ).sel(partner="A")
    treated = data.surprise.isel(time=data.kind.values == "session")
    lost = data.threat_store.isel(time=0) - data.threat_store.isel(time=-1)
    return {"violation": treated.clip(min=0.0).mean("time").values, "outcome": lost.values}


def violation_effect(arms: Arms) -> float:
    """Correlation over people of the size of the violation with the outcome."""
    return float(np.corrcoef(arms["violation"], arms["outcome"])[0, 1])


# --- softening ------------------------------------------------------------------------------------


def softened(event: bool) -> Calendar:
    """A course while calm; with ``event``, two sessions at half-time are live and the partner's."""
    gap = COURSE_DAYS // SESSIONS
    calendar = None
    for number in range(SESSIONS):
        live = event and number in (SESSIONS // 2, SESSIONS // 2 + 1)
        part = daily_life(gap) + session("graded_closeness" if live else "calm_correction")
        calendar = part if calendar is None else calendar + part
    assert calendar is not None
    return calendar


def measure_softening(laboratory: Laboratory) -> Arms:
    """Fall of anxiety and avoidance in each half of the course, with and without the event."""
    found = {}
    for name, event in (("softening", True), ("none", False)):
        data = laboratory.run(
            mixed(laboratory, INSECURE),
            laboratory.people("secure", slot=1),
            softened(event),
            record="daily",
            variables=("threat_store", "protest", "deactivation", "closeness_pain"),
        ).sel(partner="A")
        for index, values in indices(data).items():
            middle, end = values[:, values.shape[1] // 2 - 1], values[:, -1]
            found[f"{index}, first half, {name}"] = values[:, 0] - middle
            found[f"{index}, second half, {name}"] = middle - end
    return found


def indices(data: xr.Dataset) -> dict[str, np.ndarray]:
    """Anxiety and avoidance as far as the model has them; arrays (couples, days)."""
    return {
        "anxiety": 0.5 * (data.threat_store.values + data.protest.values),
        "avoidance": 0.5 * (data.deactivation.values + data.closeness_pain.values),
    }


def softening_effect(arms: Arms) -> float:
    """Share of anxiety's whole fall that the event explains, less one half.

    Above 0, most of the fall of anxiety comes with the event, as published.
    """
    falls = {
        name: arms[f"anxiety, first half, {name}"].mean()
        + arms[f"anxiety, second half, {name}"].mean()
        for name in ("softening", "none")
    }
    return float((falls["softening"] - falls["none"]) / max(abs(falls["softening"]), 1e-9) - 0.5)


def steadiness_effect(arms: Arms) -> float:
    """Smaller of avoidance's falls in the two halves without an event, as a share of both.

    Less one quarter: above 0 the fall is steady in the sense that no half has three quarters.
    """
    first, second = (arms[f"avoidance, {half} half, none"].mean() for half in ("first", "second"))
    whole = first + second
    return float(min(first, second) / whole - 0.25) if whole > 0.0 else -1.0


# --- who leads ------------------------------------------------------------------------------------


def measure_lead(laboratory: Laboratory) -> Arms:
    """Changes of satisfaction and of anxiety in the first and in the second half of a course."""
    life = course("live_correction") + daily_life(HALF)
    data = laboratory.run(
        mixed(laboratory, INSECURE),
        mixed(laboratory, INSECURE, slot=1, block=2),
        life,
        record="daily",
        variables=("satisfaction", "threat_store"),
    ).sel(partner="A")
    last = int(days_of(life)) - 1
    found = {}
    for label, name in (("satisfaction", "satisfaction"), ("anxiety", "threat_store")):
        values = data[name].values
        found[f"{label}, early change"] = values[:, HALF] - values[:, 1]
        found[f"{label}, later change"] = values[:, last] - values[:, HALF]
    return found


def lead_effect(arms: Arms) -> float:
    """Cross-lagged path from satisfaction to anxiety minus the reverse, both sign-reversed.

    Standardised, each with the outcome's own early change held constant.
    """
    scaled = {name: (x - x.mean()) / max(float(x.std()), 1e-12) for name, x in arms.items()}
    early = np.column_stack([scaled[f"{x}, early change"] for x in ("satisfaction", "anxiety")])
    to_anxiety, to_satisfaction = (
        np.linalg.lstsq(early, scaled[f"{x}, later change"], rcond=None)[0]
        for x in ("anxiety", "satisfaction")
    )
    return float(-to_anxiety[0] + to_satisfaction[1])


FINDINGS = (
    Finding(
        "F1",
        "Fluctuation hurts the secure more",
        "Partners' fluctuating security lowers the satisfaction of secure people most.",
        "B37: Girme et al. 2018",
        "satisfaction lost to day-to-day swings of warmth at equal mean, secure minus insecure, d",
        measure_fluctuation,
        fluctuation_effect,
        "satisfaction follows what was received less what the partner was expected to give, and "
        "alarm costs nothing by itself",
    ),
    Finding(
        "F2",
        "The size of the violation does not predict the outcome",
        "In exposure, how far expectation was violated does not predict who improves.",
        "B28: Pittig et al. 2023",
        "correlation over people of mean positive surprise in the sessions with threat store lost; "
        "agrees if within 0.15 of zero",
        measure_violation,
        violation_effect,
        "the rule writes in proportion to surprise, while people who expect the worst are also "
        "the most alarmed, so that both signs are possible",
        within=0.15,
    ),
    Finding(
        "F3",
        "Anxiety falls only after a softening event",
        "In emotionally focused therapy anxiety falls only in couples that reach the event.",
        "B26: Burgess Moser et al. 2016",
        "share of anxiety's fall over the course that needs two live sessions at half-time, "
        "less one half",
        measure_softening,
        softening_effect,
        "predicted threat sinks from the first day beside a warm partner, event or not, while "
        "protest rises because it is answered; two sessions in half a year change neither much",
    ),
    Finding(
        "F4",
        "Avoidance falls steadily",
        "Avoidance declines over the whole course, event or not.",
        "B26: Burgess Moser et al. 2016",
        "smaller of its falls in the two halves as a share of both, less one quarter",
        measure_softening,
        steadiness_effect,
        "the habit of hiding approach does fade steadily, but the link from closeness to pain "
        "grows wherever an alarmed person is disappointed, and outweighs it in this cohort",
    ),
    Finding(
        "F5",
        "Satisfaction leads attachment",
        "Early change of satisfaction drives later change of anxiety more than the reverse.",
        "B27: Benson et al. 2013",
        "cross-lagged path satisfaction to anxiety minus the reverse, standardised, sign reversed",
        measure_lead,
        lead_effect,
        "satisfaction is a read-out here: nothing in the partner's learning depends on it",
    ),
)
