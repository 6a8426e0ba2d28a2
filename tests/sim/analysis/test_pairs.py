"""All pairs of architectures, and the matrix of who does what beside whom."""

import numpy as np
import pytest

from sim import simulate
from sim.analysis.pairs import MEASURES, NAMES, PAIRS, matrices


def test_every_two_architectures_are_one_pair():
    assert len(PAIRS) == len(NAMES) * (len(NAMES) + 1) // 2
    assert len({frozenset(pair) for pair in PAIRS}) == len(PAIRS)


@pytest.fixture(scope="module")
def life():
    """All pairs for four days, two couples each."""
    first, second = zip(*PAIRS, strict=True)
    return simulate(first, second, days=4, dyads=2, seed=1, engine="numpy", variables=MEASURES)


def test_each_cell_is_the_person_in_the_row_beside_the_one_in_the_column(life):
    alarm = matrices(life).alarm.sel(statistic="mean")
    last = life.alarm.isel(time=-1).mean("dyad").values
    for row, (a, b) in enumerate(PAIRS):
        # Of a preset with itself, B's cell is the one that stays.
        assert alarm.sel(person=b, beside=a) == pytest.approx(last[row, 1])
        if a != b:
            assert alarm.sel(person=a, beside=b) == pytest.approx(last[row, 0])


def test_what_the_couple_shares_is_the_same_for_both(life):
    closeness = matrices(life).closeness.sel(statistic="mean").values
    np.testing.assert_array_equal(closeness, closeness.T)


def test_change_counts_from_the_first_to_the_last_bin(life):
    (a, b), pair = PAIRS[1], life.threat_store.isel(condition=1, partner=1)
    change = matrices(life).change.sel(person=b, beside=a, statistic="mean")
    assert float(change) == pytest.approx(float((pair.isel(time=-1) - pair.isel(time=0)).mean()))
