"""C07 and C30: leaving before the pain, and the reasons that come after."""

from typing import Any

import numpy as np

from experiments.claims.claim import Arms, Claim
from sim.analysis.cohorts import Laboratory
from sim.analysis.probes import margin
from sim.world.calendar import Calendar, daily_life
from sim.world.protocols import laboratory as place
from sim.world.protocols import scripted

CLOSENESS = (0.2, 0.5, 0.8)  # at the start of an hour
ARRIVAL = 10  # minutes before counting
DAYS = 28
STEP = 0.5  # [min]
NEED_FROM, NEED_TO = 60, 180  # time steps: an hour of being needed
CALM: dict[str, Any] = {"help_warmth": 0.5, "help_clarity": 0.9}
LEAST_DOUBT = 1e-3  # of the range of belief: less counts as no doubt at all


def slope_on_closeness(laboratory: Laboratory) -> np.ndarray:
    """Slope of reply latency on closeness a minute earlier, the partner's warmth constant.

    Three hours, which differ in how close the two were at the start.
    """
    people = laboratory.people("withdrawer", studied=True), laboratory.people("secure", slot=1)
    hour = scripted(place(60.0, 1.0), **CALM)
    late, close = [], []
    for start in CLOSENESS:
        data = laboratory.run(
            *people,
            hour,
            record="trajectory",
            variables=("sent_latency", "closeness"),
            closeness=start,
        )
        late.append(data.sent_latency.sel(partner="A").values[:, ARRIVAL:])
        close.append(data.closeness.values[:, ARRIVAL - 1 : -1])
    late_all, close_all = np.concatenate(late, axis=1), np.concatenate(close, axis=1)
    close_all = close_all - close_all.mean(axis=1, keepdims=True)
    return (close_all * late_all).sum(axis=1) / (close_all * close_all).sum(axis=1)


def lead_over_coldness(laboratory: Laboratory) -> np.ndarray:
    """How much more withdrawal foretells the partner's coldness than the other way round.

    Four weeks of everyday life with a secure partner. Standardised coefficients from one
    exchange to the next, with the other's and one's own last act and the partner's last demand
    held constant, and the cohort's mean at each exchange taken out.
    """
    people = laboratory.people("withdrawer", studied=True), laboratory.people("secure", slot=1)
    life = daily_life(DAYS)
    names = ("sent_latency", "sent_warmth", "sent_demand")
    data = laboratory.run(*people, life, record="trajectory", variables=names)
    met = life.situation.contact > 0.0
    turned_away = data.sent_latency.sel(partner="A").values[:, met]
    cold, asked = (data[key].sel(partner="B").values[:, met] for key in names[1:])
    rows = (values - values.mean(axis=0) for values in (turned_away, -cold, asked))
    return np.array([_lead(*row) for row in zip(*rows, strict=True)])


def _lead(turned_away: np.ndarray, cold: np.ndarray, asked: np.ndarray) -> float:
    past = np.column_stack([turned_away[:-1], cold[:-1], asked[:-1], np.ones(len(turned_away) - 1)])
    now = np.column_stack([cold[1:], turned_away[1:]])
    slopes = np.linalg.lstsq(past, now, rcond=None)[0]
    ratio = max(float(turned_away.std()), 1e-9) / max(float(cold.std()), 1e-9)
    return float(slopes[0, 0] * ratio - slopes[1, 1] / ratio)


def measure_leaving(laboratory: Laboratory) -> Arms:
    """Slope of withdrawal on closeness, and lead of withdrawal over the partner's coldness."""
    return {
        "latency by closeness": slope_on_closeness(laboratory),
        "lead over coldness": lead_over_coldness(laboratory),
    }


def leaving_effect(arms: Arms) -> float:
    """Both above 0: the smaller margin in sd."""
    return min(margin(arms["latency by closeness"]), margin(arms["lead over coldness"]))


def needed(demand: float) -> Calendar:
    """Six hours with a warm partner who for one hour needs one, as ``demand`` says."""
    calm = scripted(place(360.0, STEP), **CALM)
    return scripted(
        calm, when=lambda s: (s >= NEED_FROM) & (s < NEED_TO), help_demand=demand, **CALM
    )


def measure_reasons(laboratory: Laboratory) -> Arms:
    """By how many minutes doubt follows withdrawal, both against the same day without the need.

    Mean time of the loss of belief minus mean time of the rise in reply latency. Where belief
    loses less than ``LEAST_DOUBT`` there are no reasons and no lag.
    """
    people = laboratory.people("withdrawer", studied=True), laboratory.people("secure", slot=1)
    names = ("sent_latency", "belief")
    one, other = (
        laboratory.run(*people, needed(d), record="trajectory", variables=names).sel(partner="A")
        for d in (0.6, 0.0)
    )
    turned_away = (one.sent_latency - other.sent_latency).values[:, 1:]
    doubt = np.diff((other.belief - one.belief).values, axis=1)
    lost = doubt.sum(axis=1)
    minutes = STEP * np.arange(turned_away.shape[1])
    lag = _mean_time(doubt, minutes) - _mean_time(turned_away, minutes)
    return {"lag [min]": np.where(lost > LEAST_DOUBT, lag, 0.0), "belief lost": lost}


def _mean_time(weights: np.ndarray, minutes: np.ndarray) -> np.ndarray:
    total = weights.sum(axis=1)
    safe = np.where(np.abs(total) > 1e-12, total, 1.0)
    return (weights * minutes).sum(axis=1) / safe


def reasons_effect(arms: Arms) -> float:
    """Mean lag [min]."""
    return float(arms["lag [min]"].mean())


CLAIMS = (
    Claim(
        id="C07",
        title="The withdrawer leaves before the pain",
        question="Does closeness itself bring on the withdrawal, before anything has happened?",
        source="Closeness has come to announce pain, so distance comes first.",
        statistic="smaller margin in sd: slope of latency on closeness; lead over coldness",
        floor=0.0,
        observed="behaviour: reply latency, warmth and demand as sent; closeness as both know it",
        evidence="contested",
        evidence_note="Avoidance goes with less response to exclusion (B21, E13); avoidant people "
        "do withdraw under influence (B07) and to their own cost (B08).",
        ablation="anticipated pain off",
        ablate_shared={"anticipated_pain_on": 0.0},
        measure=measure_leaving,
        effect=leaving_effect,
        axis=lambda arm: arm,
    ),
    Claim(
        id="C30",
        title="Reasons come after the withdrawal",
        question="Does doubt about the partner lead to withdrawal, or follow it?",
        source="First the distance, then the explanation why the other is not right.",
        statistic="lag of the loss of belief behind the rise of reply latency [min]",
        floor=0.0,
        observed="reply latency is behaviour; belief is what the person would say when asked",
        evidence="unsupported",
        evidence_note="No study of the order in time of impulse and appraisal was found.",
        ablation="after-the-fact appraisal off",
        ablate_shared={"appraisal_on": 0.0},
        measure=measure_reasons,
        effect=reasons_effect,
        axis=lambda arm: arm,
    ),
)
