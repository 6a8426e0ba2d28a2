"""Withdrawal rises with closeness at constant warmth."""

from functools import cache

import numpy as np
import pytest

from models import Signal, architecture
from sim.world.calendar import conversation
from tests.helpers.behaviour import NAMES
from tests.helpers.compare import slope
from tests.helpers.couples import SHARED, live
from tests.helpers.people import rows
from tests.helpers.seeds import SEEDS

CLOSENESS = np.linspace(0.1, 0.9, 9)
KIND = Signal(
    warmth=0.6, contact=0.3, reassurance=0.0, demand=0.0, latency=1.0, clarity=0.9, mirroring=0.5
)


@cache
def slopes_on_closeness(shared, seed):
    """Slope of stationary withdrawal on closeness beside a scripted partner who is always warm.

    Ten hours in contact minute by minute, the last five averaged; each level of closeness is
    held, so that closeness is the only thing that differs.
    """
    copies = 1 if seed is None else 10
    people = rows(*(architecture(n) for n in NAMES for _ in CLOSENESS for _ in range(copies)))
    kept: list[np.ndarray] = []

    def see(step, observed):
        if step >= 300:
            kept.append(observed.after.withdrawal_impulse)

    live(
        people, conversation(600.0, 60.0, heat=0.0), lambda step, situation: KIND, shared=shared,
        seed=seed, closeness=np.tile(np.repeat(CLOSENESS, copies), len(NAMES)), see=see,
    )  # fmt: skip
    shape = len(kept), len(NAMES), len(CLOSENESS), copies
    over_time = np.array(kept).reshape(shape).mean(3)
    assert np.abs(over_time[:150].mean(0) - over_time[150:].mean(0)).max() < 0.02  # it has settled
    levels = over_time.mean(0)
    return {name: slope(CLOSENESS, level) for name, level in zip(NAMES, levels, strict=True)}


@pytest.mark.parametrize("seed", [None, *SEEDS])
def test_withdrawal_rises_with_closeness_at_constant_warmth(seed):
    found = slopes_on_closeness(SHARED, seed)
    assert found["withdrawer"] > 0.2, found
    assert found["withdrawer"] > 3.0 * max(found["secure"], found["scanner"]), found
    assert found["withdrawer"] == max(found.values())


@pytest.mark.parametrize("seed", [None, *SEEDS])
def test_without_anticipated_pain_closeness_drives_nobody_away(seed):
    found = slopes_on_closeness(SHARED, seed)
    cut = slopes_on_closeness(SHARED._replace(anticipated_pain_on=0.0), seed)
    assert abs(cut["withdrawer"]) < 0.1 * found["withdrawer"], (cut, found)
