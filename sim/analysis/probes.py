"""What several claims share: mixed cohorts, circumstances changed, probes at the end of a run."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from models.parameters import PartnerParameters
from sim.analysis.cohorts import Laboratory
from sim.world.calendar import MINUTES_PER_DAY, Calendar
from sim.world.protocols import laboratory as room
from sim.world.protocols import scripted

AMBIGUOUS: dict[str, Any] = {"help_warmth": 0.1, "help_clarity": 0.3}


def mixed(
    laboratory: Laboratory, names: Sequence[str], slot: int = 0, block: int = 1,
    studied: bool = False,
) -> PartnerParameters:  # fmt: skip
    """One person a couple, the presets taking turns every ``block`` couples."""
    crowds = [laboratory.people(name, slot=slot, studied=studied) for name in names]
    turn = np.arange(laboratory.couples) // block % len(names)
    return PartnerParameters(*(np.choose(turn, field) for field in zip(*crowds, strict=True)))


def in_context(calendar: Calendar, familiarity: float) -> Calendar:
    """The same calendar in a context of that ``familiarity`` in [0, 1]."""
    level = np.full(len(calendar), familiarity)
    situation = calendar.situation._replace(familiarity=level)
    return Calendar(situation, calendar.events, calendar.kind)


def under_stress(calendar: Calendar, size: float, owner: int = 0) -> Calendar:
    """The same calendar with a stressor of ``size`` [sd] for ``owner`` in its first time step."""
    stressor = calendar.events.stressor.copy()
    stressor[0, owner] = size
    return Calendar(calendar.situation, calendar.events._replace(stressor=stressor), calendar.kind)


def ambiguous_talk(minutes: float = 30.0, step: float = 1.0) -> Calendar:
    """A probe, the same for everybody: a partner whose face gives little away."""
    return scripted(room(minutes, step), **AMBIGUOUS)


def days_of(calendar: Calendar) -> float:
    """Length of a calendar [days]."""
    return float(calendar.end[-1]) / MINUTES_PER_DAY


def margin(values: np.ndarray) -> float:
    """Mean over couples in units of their standard deviation."""
    return float(values.mean() / max(float(values.std(ddof=1)), 1e-9))


def slopes(values: np.ndarray) -> np.ndarray:
    """Least-squares slope of each row over the last axis, per step."""
    time = np.arange(values.shape[1]) - 0.5 * (values.shape[1] - 1)
    return (values * time).sum(axis=1) / (time * time).sum()
