"""What the gallery's figures show: small simulations, and the statistics that are drawn.

Every function takes the cohort (how many couples, which seed) and returns plain data.
"""

from typing import Any

import numpy as np
import xarray as xr

from experiments.claims.measured.c05_c06_c29_reassurance import DEPENDENT, PARTS, RUN_IN, day
from experiments.claims.measured.c15_presence import alarms
from experiments.claims.measured.c23_nothing_is_erased import WHERE, probed
from models.architectures import ARCHITECTURES
from models.circuits.cingulate import turning_away
from models.learning import plasticity_gate
from models.parameters import SharedParameters
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import Estimate, Spread, estimate, mean_spread
from sim.analysis.pairs import MEASURES, PAIRS, matrices
from sim.analysis.probes import days_of
from sim.world.calendar import MINUTES_PER_DAY, conversation, daily_life, separation
from sim.world.protocols import course, scripted, session
from sim.world.protocols import laboratory as room

AMBIGUITY = np.linspace(0.05, 0.95, 7)
LEARNER = "anxious"
RUPTURE, AFTERMATH, STEP = 10.0, 30.0, 0.5  # [min]
TAUGHT_DAYS = 90
DOSES = 60
CONTEXTS = {
    "familiar": "where it was learnt",
    "new context": "in a new context",
    "stress": "after stress",
}


def exchange(laboratory: Laboratory) -> dict[str, Any]:
    """Warmth as the withdrawer sent it and as the scanner heard it: one talk, then many."""
    couple = laboratory.people("scanner"), laboratory.people("withdrawer", slot=1)
    talks = laboratory.run(
        *couple,
        conversation(10.0, turn_seconds=15.0, heat=0.3),
        record="trajectory",
        variables=("sent_warmth", "heard_warmth"),
    )
    life = laboratory.run(
        *couple, daily_life(5), record="trajectory", variables=("sent_warmth", "heard_warmth")
    )
    steps = np.flatnonzero(life.kind.values == "exchange")
    texts = daily_life(5).situation.proximity[steps] == 0.0
    pair = {
        "time": talks.time.values * MINUTES_PER_DAY,
        "sent": talks.sent_warmth.sel(partner="B").values[0],
        "heard": talks.heard_warmth.sel(partner="A").values[0],
    }
    for medium, where in (("face to face", steps[~texts]), ("by text", steps[texts])):
        pair[medium] = tuple(
            life[f"{what}_warmth"].sel(partner=slot).values[:40, where].ravel()
            for what, slot in (("sent", "B"), ("heard", "A"))
        )
    return pair


def alarm_curves(laboratory: Laboratory) -> dict[str, list[Estimate]]:
    """Alarm of each preset before a friendly face that gives less and less away."""
    curves = {}
    for name in ARCHITECTURES:
        people = laboratory.people(name), laboratory.people("secure", slot=1)
        faces = [scripted(room(20.0), help_warmth=0.3, help_clarity=1.0 - x) for x in AMBIGUITY]
        seen = [laboratory.run(*people, face, variables=("alarm",)) for face in faces]
        curves[name] = [estimate(one.alarm.sel(partner="A").values) for one in seen]
    return curves


def tracking(sent: np.ndarray, heard: np.ndarray) -> float:
    """How well what is heard follows what was sent: Pearson's r."""
    return float(np.corrcoef(sent, heard)[0, 1])


def window() -> tuple[np.ndarray, dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The gate over arousal for three levels of vagal tone, and over the alarm."""
    share, shared = np.linspace(0.0, 1.0, 201), SharedParameters()
    by_arousal = {
        f"vagal tone {tone:g}": plasticity_gate(0.8, share, tone, 0.0, shared)
        for tone in (0.2, 0.5, 0.8)
    }
    by_alarm = {
        f"impulse to leave {escape:g}": plasticity_gate(share, 0.45, 0.5, escape, shared)
        for escape in (0.0, 0.4, 0.8)
    }
    return share, by_arousal, by_alarm


def two_stores(laboratory: Laboratory) -> tuple[np.ndarray, dict[str, dict[str, Spread]]]:
    """Belief and threat store over three months of daily sessions: words, or live correction."""
    people = laboratory.people(LEARNER), laboratory.people("secure", slot=1)
    found: dict[str, dict[str, Spread]] = {"belief": {}, "threat_store": {}}
    for title, protocol in (("words", "verbal_reassurance"), ("experience", "live_correction")):
        calendar = (session(protocol) + separation(1)) * TAUGHT_DAYS
        data = laboratory.run(*people, calendar, record="daily", variables=tuple(found))
        for name in found:
            found[name][title] = mean_spread(data[name].sel(partner="A").values)
    return data.time.values, found


def pursuit(laboratory: Laboratory) -> tuple[np.ndarray, dict[str, dict[str, Spread]]]:
    """A's demand and B's turning away in one talk, with a withdrawer and with a secure partner."""
    found: dict[str, dict[str, Spread]] = {}
    for other in ("withdrawer", "secure"):
        data = laboratory.run(
            laboratory.people("scanner"),
            laboratory.people(other, slot=1),
            daily_life(30) + conversation(15.0, heat=0.4),
            since=30,
            record="trajectory",
            variables=("sent_demand", "sent_latency"),
        )
        turned_away = turning_away(data.sent_latency.sel(partner="B").values)
        demand = data.sent_demand.sel(partner="A").values
        found[other] = {"demand": mean_spread(demand), "away": mean_spread(turned_away)}
    return (data.time.values - 30.0) * MINUTES_PER_DAY, found


def reassurance(laboratory: Laboratory) -> tuple[np.ndarray, dict[str, Spread]]:
    """Rise of mood at each of sixty daily doses, with tolerance and without."""
    calendar, steps = day(True) * DOSES, len(day(True))
    people = laboratory.people(DEPENDENT), laboratory.people("secure", slot=1)
    relief = {}
    for name, shared in (("tolerance builds", {}), ("tolerance off", {"reward_tolerance_on": 0.0})):
        kept: dict[str, Any] = {"since": RUN_IN - 1, "record": "trajectory"}
        life = day(False) * RUN_IN + calendar
        data = laboratory.ablated(shared, {}).run(*people, life, variables=("mood",), **kept)
        mood = data.mood.sel(partner="A").values
        before = mood[:, steps - 1 :: steps][:, :DOSES]
        after = mood[:, steps + PARTS - 1 :: steps][:, :DOSES]
        relief[name] = mean_spread(after - before)
    return np.arange(1, DOSES + 1), relief


def presence(laboratory: Laboratory) -> dict[str, dict[str, Estimate]]:
    """Alarm under the same threat: alone, beside a stranger, beside the partner."""
    return {
        ARCHITECTURES[name].label: {
            company: estimate(values)
            for company, values in alarms(laboratory, laboratory.people(name)).items()
        }
        for name in ("secure", "anxious", "avoidant", "disorganized")
    }


def returning(laboratory: Laboratory) -> dict[str, tuple[Estimate, Estimate]]:
    """Alarm before and after a course of live correction, each in three circumstances."""
    return {
        CONTEXTS[where]: (
            estimate(probed(laboratory, where, False)),
            estimate(probed(laboratory, where, True)),
        )
        for where in WHERE
    }


def matrix(laboratory: Laboratory, days: int) -> xr.Dataset:
    """All pairs in everyday life; the last quarter of ``days``."""
    first, second = zip(*PAIRS, strict=True)
    life = laboratory.run(
        first,
        second,
        daily_life(days),
        record="daily",
        conditions=[f"{a}-{b}" for a, b in PAIRS],
        variables=MEASURES,
    )
    return matrices(life)


def rupture(laboratory: Laboratory) -> tuple[np.ndarray, dict[str, dict[str, Spread]]]:
    """Alarm and arousal through ten minutes of coldness and half an hour after, both times."""
    cold = scripted(room(RUPTURE, STEP), help_warmth=-0.5, help_demand=0.3)
    people = laboratory.people(LEARNER), laboratory.people("secure", slot=1)
    found: dict[str, dict[str, Spread]] = {"alarm": {}, "arousal": {}}
    for when, earlier in (("before", room(RUPTURE, STEP)), ("after", course("live_correction"))):
        data = laboratory.run(
            *people,
            earlier + cold + room(AFTERMATH, STEP),
            since=days_of(earlier),
            record="trajectory",
            variables=tuple(found),
        )
        for name in found:
            found[name][when] = mean_spread(data[name].sel(partner="A").values)
    steps = round((RUPTURE + AFTERMATH) / STEP)
    return STEP * np.arange(1, steps + 1), found
