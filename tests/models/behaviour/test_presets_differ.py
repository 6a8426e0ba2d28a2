"""Every two presets behave differently."""

import itertools
from functools import cache

import numpy as np
import pytest

from models import Signal
from sim.analysis.measures import standardised_difference
from sim.engines.ensemble import simulate
from tests.helpers.behaviour import NAMES
from tests.helpers.seeds import BOTH

SENT = tuple(f"sent_{field}" for field in Signal._fields)
ENOUGH = 0.5


@cache
def behaviour(partner, seed):
    """{outcome: (preset, couple)}: mean and day-to-day sd of each signal sent in four weeks."""
    data = simulate(
        list(NAMES), partner, days=28, dyads=64, seed=seed, record="daily", variables=SENT
    ).sel(partner="A")
    means = {f"mean of {name}": data[name].mean("time").values for name in SENT}
    return {**means, **{f"sd of {name}": data[name].std("time").values for name in SENT}}


def difference(partner, one, two):
    """The outcome that differs most in the first seed's couples, and its d in the second's.

    Choosing and measuring on different couples: the largest of 14 differences is no evidence.
    """
    first, second = (behaviour(partner, seed) for seed in BOTH)
    gap = {k: abs(standardised_difference(v[one], v[two])) for k, v in first.items()}
    outcome = max(gap, key=gap.__getitem__)
    return outcome, abs(standardised_difference(second[outcome][one], second[outcome][two]))


@pytest.mark.parametrize("partner", ["secure", "withdrawer"])
def test_every_two_presets_differ_in_behaviour(partner):
    matrix = np.full((len(NAMES), len(NAMES)), np.nan)
    close = []
    for one, two in itertools.combinations(range(len(NAMES)), 2):
        outcome, d = difference(partner, one, two)
        matrix[one, two] = matrix[two, one] = d
        if d < ENOUGH:
            close.append(f"{NAMES[one]} and {NAMES[two]}: d = {d:.2f} in {outcome}")
    print("\n".join(f"{n[:12]:12s} " + " ".join(f"{d:5.2f}" for d in row)
                    for n, row in zip(NAMES, matrix, strict=True)))  # fmt: skip
    assert not close, close


def test_a_preset_does_not_differ_from_itself():
    """The same measure on two halves of the same preset: the method does not invent a d."""
    found = behaviour("secure", BOTH[0])
    for row in range(len(NAMES)):
        halves = {k: np.split(v[row], 2) for k, v in found.items()}
        gaps = [standardised_difference(*both) for both in halves.values()]
        assert np.median(np.abs(gaps)) < ENOUGH
