"""C14: mixed signals surprise more, and hold longer after the end."""

from typing import Any

import numpy as np

from experiments.claims.claim import Arms, Claim
from models.parameters import PartnerParameters
from sim.analysis.cohorts import Laboratory
from sim.analysis.probes import days_of, margin
from sim.world.calendar import Calendar, daily_life, separation
from sim.world.protocols import scripted

PERSON = "reassurance_dependent"
TRAINING, AFTER = 60, 40  # days
LARGE, SMALL = 0.66, 0.33  # reward when it comes: small at p = 1 has the mean of large at p = 1/2
PLAIN: dict[str, Any] = {"help_warmth": 0.0, "help_clarity": 0.95}
WORDS_TO_REWARD = 0.9  # weight of reassurance in ``striatum.reward``


def rewarded(every: int, size: float) -> tuple[Calendar, np.ndarray]:
    """Everyday life with a reward of ``size`` in one of ``every`` exchanges, and which ones.

    Each run of ``every`` exchanges holds one reward, at a place that the golden ratio strews.
    """
    life = scripted(daily_life(TRAINING), **PLAIN)
    exchanges = np.flatnonzero(life.situation.contact > 0.0)
    runs = np.arange(len(exchanges) // every)
    place = runs * every + (runs * 0.618 % 1.0 * every).astype(int)
    given = np.isin(np.arange(len(life)), exchanges[place])
    words = size / np.sqrt(1.0 - size * size) / WORDS_TO_REWARD
    return scripted(life, when=lambda s: given[s], help_reassurance=words, **PLAIN), given


def surprise(laboratory: Laboratory, every: int, size: float) -> np.ndarray:
    """Prediction error when the reward comes, as a share of its size; second half of training."""
    life, given = rewarded(every, size)
    late = {"variables": ("prediction_error",), "since": TRAINING / 2}
    data = laboratory.run(*people(laboratory), life, record="trajectory", **late)
    error = data.prediction_error.sel(partner="A").values
    return error[:, given[-error.shape[1] :]].mean(axis=1) / size


def persistence(laboratory: Laboratory, every: int) -> np.ndarray:
    """Days after the end until attempts to reach the other are half as urgent as at their peak.

    After the end there is no answer at all; demands are sent all the same. Above the level of
    the last ten days.
    """
    life, _ = rewarded(every, LARGE)
    apart = {"variables": ("sent_demand",), "since": days_of(life)}
    data = laboratory.run(
        *people(laboratory), life + separation(AFTER), record="trajectory", **apart
    )
    sent = data.sent_demand.sel(partner="A").values
    daily = sent.reshape(len(sent), AFTER, -1)[:, :, :-1].mean(axis=2)
    excess = daily - daily[:, -10:].mean(axis=1, keepdims=True)
    low = excess < 0.5 * excess.max(axis=1, keepdims=True)
    low &= np.arange(AFTER) > excess.argmax(axis=1)[:, None]
    return low.argmax(axis=1).astype(float)


def people(laboratory: Laboratory) -> tuple[PartnerParameters, PartnerParameters]:
    """Who is rewarded, and a partner whom the script replaces."""
    return laboratory.people(PERSON, studied=True), laboratory.people("secure", slot=1)


def measure_mixed(laboratory: Laboratory) -> Arms:
    """Surprise at equal mean for p = 1/2 and 1, and persistence for p = 1, 1/2 and 1/4."""
    return {
        "surprise, p = 1/2": surprise(laboratory, 2, LARGE),
        "surprise, p = 1": surprise(laboratory, 1, SMALL),
    } | {f"days, p = 1/{every}": persistence(laboratory, every) for every in (1, 2, 4)}


def mixed_effect(arms: Arms) -> float:
    """Smallest of three margins in sd: more surprise, and two steps of longer persistence.

    Surprise is counted as a share of the reward, so that the mere size of the reward, which
    must double for an equal mean, counts for nothing.
    """
    one, two, four = (arms[f"days, p = 1/{every}"] for every in (1, 2, 4))
    return min(
        margin(arms["surprise, p = 1/2"] - arms["surprise, p = 1"]),
        margin(two - one),
        margin(four - two),
    )


CLAIMS = (
    Claim(
        id="C14",
        title="Mixed signals spike reward and hold people",
        question="Why is it so hard to leave somebody who is kind now and then?",
        source="What comes unpredictably excites more and is let go of later.",
        statistic="smallest margin in sd: error at reward (p = 1/2 against 1), two steps of "
        "persistence",
        floor=0.0,
        observed="prediction error is a state; persistence is behaviour, demands as sent",
        evidence="mixed",
        evidence_note="Partial reinforcement persists robustly in animals (B32), conditionally in "
        "humans (B33); no dopamine evidence from couples (E19).",
        ablation="prediction error replaced by reward",
        ablate_shared={"prediction_error_on": 0.0},
        measure=measure_mixed,
        effect=mixed_effect,
        axis=lambda arm: arm.split(", ")[0],
    ),
)
