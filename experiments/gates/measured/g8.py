"""G8, claims in small: what the articles say of learning, need, closeness, freeze and presence."""

import numpy as np

from experiments.gates.calendars import absence, meeting, with_events
from experiments.gates.cohort import Cohort
from experiments.gates.lives import Couples, pairs
from experiments.gates.measured import lessons
from experiments.gates.statistics import correlation, difference
from models.cores import core_named
from sim.world.calendar import daily_life, joined
from sim.world.cutting import cut

DOSE = 0.7
"""[warmths] Warmth of a dose of reassurance."""
DANGER = 0.4


def measure(cohort: Cohort) -> dict[str, float]:
    """All rows of the gate."""
    parts = (learning, reassurance, silence, closeness, merging, moments)
    return {key: float(value) for part in parts for key, value in part(cohort).items()}


def learning(cohort: Cohort) -> dict[str, float]:
    """Live, calm and spoken correction; return in another place; words and conduct."""
    before = lessons.histories(cohort)
    arms = lessons.taught(before)
    level = {kind: lessons.alarm(couples).mean() for kind, couples in arms.items()}
    first, base = lessons.alarm(before).mean(), lessons.safety(before)
    gained = {kind: lessons.safety(couples) - base for kind, couples in arms.items()}
    lost = first - level["live"]
    there = [lessons.alarm(x, lessons.ELSEWHERE).mean() for x in (before, arms["live"])]
    told = before.copy()
    told.live(lessons.words(30.0), ["alarm"])
    moved = lessons.satisfaction(told) - lessons.satisfaction(before)
    acts, spread = lessons.conduct(before), lessons.conduct(before).std()
    return {
        "safety": gained["live"] / max(gained["calm"], 1e-6),
        "alarm": (level["nothing"] - level["live"]) / max(level["nothing"] - level["calm"], 1e-3),
        "calm_beyond_talk": level["talk"] - level["calm"],
        "alarm_lost": lost,
        "returned": 1.0 - (there[0] - there[1]) / lost,
        "words_belief": (moved / (1.0 - lessons.satisfaction(before))).mean(),
        "words_alarm": abs(lessons.alarm(told).mean() - first) / lost,
        "words_acts": np.abs(lessons.conduct(told) - acts).mean() / spread,
        "live_acts": (lessons.conduct(arms["live"]) - lessons.conduct(arms["nothing"])).mean()
        / spread,
    }


def beside(cohort: Cohort, a: str, b: str, days: int) -> Couples:
    """Couples of two presets after some days of everyday life."""
    count = cohort.size.pair
    couples = pairs([a] * count, [b] * count, cohort.seed, 60_000, cohort.shared)
    couples.live(daily_life(days), ["alarm"])
    return couples


def reassurance(cohort: Cohort) -> dict[str, float]:
    """Relief of a daily dose wears off over two months, and comes back after two without."""
    couples = beside(cohort, "reassurance_dependent", "avoidant", 5)
    dose = meeting(30.0, 2.5, DOSE)
    at_first = relief(couples)
    couples.live(joined([dose, daily_life(1)[2:]] * 60), ["alarm"])
    at_last = relief(couples)
    couples.live(absence(1440.0) * 60, ["alarm"])
    return {
        "dose_lost": 1.0 - at_last / at_first,
        "dose_restored": (relief(couples) - at_last) / (at_first - at_last),
    }


def relief(couples: Couples) -> float:
    """A's mean relief in twenty minutes of the dose."""
    test = meeting(20.0, 2.5, DOSE)
    return couples.copy(luck=7).live(test, ["relief"], "summary")["relief"].mean(-1)[..., 0].mean()


def silence(cohort: Cohort) -> dict[str, float]:
    """How much more demand four hours of silence bring than one, dependent against secure."""
    slope = {}
    for who in ("reassurance_dependent", "secure"):
        couples, demand = beside(cohort, who, "secure", 30), []
        for hours in (1.0, 4.0):
            apart = couples.copy()
            apart.live(absence(60.0 * hours, 4), ["alarm"])
            met = apart.live(meeting(2.5, 2.5), ["demand_chosen"], "trajectory")
            demand.append(met["demand_chosen"][0, 0].mean())
        slope[who] = demand[1] - demand[0]
    return {"silence": slope["reassurance_dependent"] / max(slope["secure"], 1e-3)}


def closeness(cohort: Cohort) -> dict[str, float]:
    """The withdrawer's withdrawal where they are close less where not, at the same warmth."""
    couples = beside(cohort, "withdrawer", "secure", 40)
    level = []
    for close in (0.1, 0.8):
        put = couples.put(closeness=close)
        met = put.live(meeting(10.0, 1.0, 0.4), ["withdrawal_chosen"], "trajectory")
        level.append(met["withdrawal_chosen"][0, 0].mean())
    return {"closeness": level[1] - level[0]}


def merging(cohort: Cohort) -> dict[str, float]:
    """Share of the variance of affect that is the partner's, merger against secure."""
    share = {}
    for who in ("merger", "secure"):
        couples, life = beside(cohort, who, "anxious", 40), daily_life(14)
        data = couples.live(life, ["affect"], "trajectory")["affect"]
        data = data[_in_contact(couples, life)]
        data = data - data.mean(0)
        share[who] = correlation(data[:, 0], data[:, 1]) ** 2
    return {"merger": share["merger"] / share["secure"]}


def _in_contact(couples: Couples, life) -> np.ndarray:
    return cut(life, couples.core.longest_step).situation.contact > 0.0


def moments(cohort: Cohort) -> dict[str, float]:
    """Freeze, tonic arousal and the effect of presence under danger, in every preset."""
    frozen, uneasy, present, total = {}, {}, {}, {}
    for who in core_named("second").architectures:
        couples = beside(cohort, who, "secure", 40)
        frozen[who] = couples.copy().live(daily_life(3), ["freeze"])["freeze"][:, 0].mean()
        calm = couples.copy().live(meeting(30.0, 1.0, 0.35), ["arousal"], "trajectory")
        uneasy[who] = calm["arousal"][10:, 0].mean(0)
        level = {(here, d): evidence(couples, here, d) for here in (0, 1) for d in (0.0, DANGER)}
        total[who] = level[1, DANGER] - level[0, DANGER]
        present[who] = total[who] - level[1, 0.0] + level[0, 0.0]
    others = max(value for who, value in frozen.items() if who != "disorganized")
    return {
        "freeze": frozen["disorganized"] / others,
        "unease": difference(uneasy["scanner"], uneasy["secure"]),
        "presence_secure": present["secure"],
        "presence_anxious": present["anxious"] - present["secure"],
        "presence_disorganized": total["disorganized"],
    }


def evidence(couples: Couples, here: int, danger: float) -> float:
    """A's evidence of danger after some minutes with the partner or alone."""
    room = meeting(10.0, 1.0) if here else absence(10.0, 10)
    series = couples.copy().live(with_events(room, threat=danger), ["evidence"], "trajectory")
    return float(series["evidence"][-5:, 0].mean())
