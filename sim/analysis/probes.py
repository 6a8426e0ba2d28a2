"""What several claims share: mixed cohorts, familiar places, lengths, slopes."""

from collections.abc import Sequence

import numpy as np

from models.parameters import PartnerParameters
from sim.analysis.cohorts import Laboratory
from sim.world.calendar import MINUTES_PER_DAY, Calendar


def mixed(
    laboratory: Laboratory,
    names: Sequence[str],
    slot: int = 0,
    block: int = 1,
    studied: bool = False,
) -> PartnerParameters:
    """One person a couple, the presets taking turns every ``block`` couples."""
    crowds = [laboratory.people(name, slot=slot, studied=studied) for name in names]
    turn = np.arange(laboratory.couples) // block % len(names)
    return PartnerParameters(*(np.choose(turn, field) for field in zip(*crowds, strict=True)))


def in_context(calendar: Calendar, familiarity: float) -> Calendar:
    """The same calendar in a context of that ``familiarity`` in [0, 1]."""
    level = np.full(len(calendar), familiarity)
    situation = calendar.situation._replace(familiarity=level)
    return Calendar(situation, calendar.events, calendar.kind)


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
