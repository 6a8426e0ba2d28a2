"""A short run in which everything that can happen does."""

import pytest

from sim import simulate
from sim.world.calendar import conversation, daily_life

FAST = ("numpy", "compiled")
EVENTFUL = daily_life(2).with_event(
    1, "A", conflict=0.7, grievance=1.0, stressor=1.0, delay=2.0
) + conversation(2)


def run(engine="compiled", **changes):
    """A short run in which everything that can happen does."""
    if engine == "compiled":
        pytest.importorskip("numba")
    request = dict(
        a=["scanner", "merger", "secure"], b=["withdrawer", "anxious", "merger"],
        calendar=EVENTFUL, dyads=70, seed=3, record="daily", variables="all", engine=engine,
    )  # fmt: skip
    return simulate(**(request | changes))


def largest_difference(one, two):
    """The largest difference of any variable, relative to its largest value."""
    return max(
        float(abs(one[name] - two[name]).max() / max(1e-300, abs(two[name]).max()))
        for name in two.data_vars
    )
