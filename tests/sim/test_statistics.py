"""Wilson's interval: known values, and as often right as it says, also near 0."""

import numpy as np
import pytest
from scipy.stats import binom, binomtest

from sim.statistics import wilson


@pytest.mark.parametrize(("hits", "n"), [(0, 10), (3, 10), (10, 10), (1, 400), (200, 400)])
def test_wilson_is_that_of_scipy(hits, n):
    theirs = binomtest(hits, n).proportion_ci(method="wilson")
    found = wilson(hits, n)
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high))
    assert found.share == hits / n and found.n == n


def test_none_of_nothing_is_unknown():
    assert np.isnan(wilson(0, 0)[:3]).all()


@pytest.mark.parametrize("args", [(3, 2), (-1, 2), (1.5, 2), (True, 2), (0, np.inf), (1, 2, 1.0)])
def test_counts_that_are_none(args):
    with pytest.raises(ValueError, match=r"must be"):
        wilson(*args)


@pytest.mark.parametrize("truth", [0.02, 0.1, 0.5])
def test_wilson_covers(truth):
    n = 100
    intervals = [wilson(hits, n) for hits in range(n + 1)]
    held = sum(
        binom.pmf(hits, n, truth) for hits, i in enumerate(intervals) if i.low <= truth <= i.high
    )
    assert 0.93 < held < 0.99
