"""The probe: one standard rupture, and what a person's body and behaviour do in it.

Ten minutes in which the partner is cold and demanding, the same script for everybody, then half an
hour beside the partner as they are. Three things are read from it, and a fourth from the slow
traits. Nobody is called secure by their preset; whether a person is, is where these four lie.
"""

from typing import NamedTuple

import numpy as np
import xarray as xr

from sim.analysis.measures import DEMAND_CUT
from sim.world.calendar import Calendar
from sim.world.protocols import laboratory, scripted

RUPTURE, AFTERMATH, STEP = 10.0, 30.0, 0.5
"""Length of the rupture, of what follows, and of a time step [min]."""
READ = ("alarm", "arousal", "sent_warmth", "sent_demand")
RESOURCES = ("vagal_tone", "integration", "oxytocin_reliability")
VARIABLES = (*READ, *RESOURCES)
LET_PASS = 0.9


class Reading(NamedTuple):
    """What the probe finds in each couple, for partner A; arrays (couples,)."""

    peak_alarm: np.ndarray  # highest alarm in the rupture [0 to 1], a state
    half_life: np.ndarray  # arousal half way down from the rupture's end [min], a bodily measure
    repair: np.ndarray  # share of the half hour after in which A is warm without demand, behaviour
    resources: np.ndarray  # mean of vagal tone, integration, oxytocin reliability [0 to 1], states


def rupture() -> Calendar:
    """The probe as a calendar."""
    cold = scripted(laboratory(RUPTURE, STEP), help_warmth=-0.5, help_demand=0.3)
    return cold + laboratory(AFTERMATH, STEP)


def read(data: xr.Dataset) -> Reading:
    """The four readings from a trajectory of ``VARIABLES`` over the probe (dims dyad, time)."""
    end = round(RUPTURE / STEP)
    mended = (data.sent_warmth.values > 0.0) & (data.sent_demand.values < DEMAND_CUT)
    traits = [data[name].values[:, 0] for name in RESOURCES]
    return Reading(
        peak_alarm=data.alarm.values[:, :end].max(axis=1),
        half_life=halving(data.arousal.values[:, end - 1 :]),
        repair=mended[:, end:].mean(axis=1),
        resources=np.mean(traits, axis=0),
    )


def halving(arousal: np.ndarray) -> np.ndarray:
    """Time [min] until arousal has come half way down from its start to where it settles.

    ``arousal`` has shape (couples, time steps of ``STEP``); the crossing is interpolated between
    two time steps, and who never comes down gets the whole length.
    """
    rest = arousal[:, -20:].mean(axis=1, keepdims=True)
    above = arousal - rest - 0.5 * (arousal[:, :1] - rest)
    below = above <= 0.0
    first = np.maximum(below.argmax(axis=1), 1)
    rows = np.arange(len(arousal))
    before, after = above[rows, first - 1], above[rows, first]
    part = before / np.where(before > after, before - after, 1.0)
    crossed = (first - 1 + part) * STEP
    return np.where(below.any(axis=1), crossed, STEP * arousal.shape[1])


class Yardstick(NamedTuple):
    """Where secure people lie: the least repair and resources, the longest half-life."""

    half_life: float
    repair: float
    resources: float


def yardstick(secure: Reading, share: float = 0.1) -> Yardstick:
    """Limits that all but ``share`` of secure people meet, each by itself.

    Nearly all secure people mend all the time; three bad minutes in thirty are let pass.
    """
    return Yardstick(
        half_life=float(np.quantile(secure.half_life, 1.0 - share)),
        repair=min(float(np.quantile(secure.repair, share)), LET_PASS),
        resources=float(np.quantile(secure.resources, share)),
    )


def earned(now: Reading, before: Reading, limits: Yardstick) -> np.ndarray:
    """Whether each person has earned security: 1.0 or 0.0.

    The alarm still fires (at least half of its peak before), and recovery, repair and resources
    lie where those of secure people lie.
    """
    fires = now.peak_alarm >= 0.5 * before.peak_alarm
    quick = now.half_life <= limits.half_life
    mends = now.repair >= limits.repair
    able = now.resources >= limits.resources
    return (fires & quick & mends & able).astype(float)
