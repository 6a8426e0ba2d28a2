"""Statistics against data whose answer is known."""

import numpy as np
import pytest

from sim.analysis.measures import (
    FEW,
    Estimate,
    coded,
    estimate,
    lagged_influence,
    standardised_difference,
)
from tests.helpers.seeds import SEEDS

each_seed = pytest.mark.parametrize("seed", SEEDS)
COUPLES, EXCHANGES, CUT = 200, 400, 0.5


def made(seed, influence, inertia=0.5, daily=0.0, couples=COUPLES):
    """Acts of two partners: the effect's level is moved by the coded cause one exchange before."""
    random = np.random.default_rng(seed)
    cause = random.uniform(size=(couples, EXCHANGES)) + daily * np.sin(np.arange(EXCHANGES))
    level = np.zeros_like(cause)
    for t in range(1, EXCHANGES):
        push = influence * (coded(cause, CUT)[:, t - 1] - 0.5)
        level[:, t] = inertia * level[:, t - 1] + push + random.normal(size=couples)
    return coded(cause, CUT), coded(level + daily * np.sin(np.arange(EXCHANGES)), 0.0), level


def test_coding_is_at_least_the_cut():
    assert coded(np.array([0.1, 0.25, 0.3]), 0.25).tolist() == [0.0, 1.0, 1.0]


@each_seed
def test_influence_is_found_and_has_its_sign_and_size(seed):
    """A push of 0.5 sd moves the probability by about 0.5 / sqrt(2 pi) = 0.2 or a little less."""
    for influence in (0.5, -0.5):
        found = estimate(lagged_influence(*made(seed, influence)))
        assert found.low > 0.0 if influence > 0 else found.high < 0.0
        assert 0.14 < abs(found.mean) < 0.21, found


@each_seed
@pytest.mark.parametrize("inertia", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("daily", [0.0, 1.0])
def test_there_is_no_influence_where_there_is_none(seed, inertia, daily):
    """Neither persistence nor the time of day is taken for influence.

    The standard error is .005 at most; 4 of them.
    """
    found = estimate(lagged_influence(*made(seed, 0.0, inertia, daily)))
    assert abs(found.mean) < 0.02, found


def test_without_the_cohort_s_mean_the_time_of_day_would_be_influence():
    """The correction is needed: one couple at a time, the common rhythm looks like influence."""
    cause, effect, own = made(1, 0.0, daily=1.0)
    single = [
        lagged_influence(
            *(np.vstack([x[i], np.zeros((1, EXCHANGES))]) for x in (cause, effect, own))
        )[0]
        for i in range(50)
    ]
    assert abs(np.mean(single)) > 0.03


def test_a_cause_that_is_rare_or_always_there_counts_as_nothing():
    cause, effect, own = made(1, 0.5, couples=4)
    cause[0], cause[1] = 0.0, 1.0
    cause[2] = 0.0
    cause[2, : FEW - 1] = 1.0
    found = lagged_influence(cause, effect, own)
    assert (found[:3] == 0.0).all() and found[3] != 0.0


@each_seed
def test_an_interval_covers_the_truth_as_often_as_it_says(seed):
    random = np.random.default_rng(seed)
    hits = 0
    for round_ in range(60):
        found = estimate(random.normal(3.0, 1.0, 60), seed=round_)
        hits += found.low <= 3.0 <= found.high
    assert hits >= 50  # 57 expected; fewer than 50 has a chance below 1e-3


def test_an_interval_repeats_and_narrows_with_couples():
    values = np.random.default_rng(1).normal(size=400)
    assert estimate(values) == estimate(values)
    few, many = estimate(values[:25]), estimate(values)
    assert few.high - few.low > 2.0 * (many.high - many.low)
    assert many.low < many.mean < many.high and many.couples == 400


def test_an_interval_leaves_global_luck_alone():
    before = np.random.get_state()[1].tobytes()
    estimate(np.arange(10.0))
    assert np.random.get_state()[1].tobytes() == before


def test_values_all_equal_or_missing():
    assert estimate(np.zeros(5)) == Estimate(0.0, 0.0, 0.0, 5)
    assert estimate([1.0, 2.0, np.nan]).couples == 2
    assert np.isnan(estimate([]).mean)


def test_the_statistic_is_used_for_equal_values_too():
    """A sum of five ones is 5, with or without an interval."""
    assert estimate(np.ones(5), statistic=np.sum).mean == 5.0


def test_d_of_known_samples():
    one, two = np.array([1.0, 2.0, 3.0]), np.array([3.0, 4.0, 5.0])
    assert standardised_difference(two, one) == pytest.approx(2.0)
    assert standardised_difference(one, two) == pytest.approx(-2.0)
    assert standardised_difference(one, one) == 0.0
    assert standardised_difference([1.0, 1.0], [0.0, 0.0]) == np.inf
    assert standardised_difference([1.0, 1.0], [1.0, 1.0]) == 0.0


@each_seed
def test_d_of_normal_samples(seed):
    random = np.random.default_rng(seed)
    assert standardised_difference(
        random.normal(0.8, 2.0, 20000), random.normal(0.0, 2.0, 20000)
    ) == pytest.approx(0.4, abs=0.04)
