"""Synchrony, and the null that shuffled partners give."""

import numpy as np
import pytest

from sim import series as dyadic
from sim.series.synchrony import derangement
from tests.helpers.series import labelled


def test_windowed_correlation_finds_the_true_shift():
    random = np.random.default_rng(1)
    base = random.standard_normal((6, 400))
    series = labelled(np.stack([base[:, 5:], base[:, :-5]], axis=1))  # the second is 5 steps late
    found = dyadic.windowed_correlation(series, window=40, most=8, step=10)
    curve = found.mean(["couple", "window"])
    assert int(curve["lead"][int(np.argmax(curve.values))]) == 5
    assert float(curve.max()) == pytest.approx(1.0)


def test_shuffled_partners_show_what_the_day_alone_does(seed):
    """A shared day makes strangers look synchronous; only what couples share beats the null."""
    random = np.random.default_rng(seed)
    day = np.sin(np.arange(300) / 10.0)
    apart = day + 0.5 * random.standard_normal((20, 2, 300))
    together = apart + 0.7 * random.standard_normal((20, 1, 300))
    curve = dyadic.correlation_curve(30, 2, step=10)
    nobody, couples = (
        dyadic.surrogate_null(labelled(x), curve, draws=99) for x in (apart, together)
    )
    assert nobody.observed[2] > 0.4  # a tempting figure
    assert nobody.p[2] > 0.01 and couples.p[2] == 0.01
    assert (nobody.low <= nobody.high).all() and nobody.surrogates.shape == (99, 5)


def test_nobody_stays_with_their_own():
    random = np.random.default_rng(1)
    orders = {tuple(derangement(4, random)) for _ in range(300)}
    assert len(orders) == 9  # all derangements of four
    assert all(k != place for order in orders for place, k in enumerate(order))
