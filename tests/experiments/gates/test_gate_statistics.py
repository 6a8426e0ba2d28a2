"""Statistics of the gates, on data whose answer is known."""

import numpy as np
import pytest

from experiments.gates import statistics as s

RANDOM = np.random.default_rng(5)
TIME, COUPLES = 400, 60


def series(own, other, noise=1.0):
    """Both partners' first-order series with these slopes: (time, partner, couple)."""
    values = np.zeros((TIME, 2, COUPLES))
    for t in range(1, TIME):
        before = values[t - 1]
        values[t] = (
            own * before + other * before[::-1] + noise * RANDOM.standard_normal((2, COUPLES))
        )
    return values


def test_inertia_and_coordination_are_the_slopes():
    found = s.inertia_and_coordination(s.within(series(0.8, 0.1)))
    assert found == pytest.approx((0.8, 0.1), abs=0.02)


def test_shuffled_partners_do_not_follow_each_other():
    assert abs(s.inertia_and_coordination(s.shuffled(series(0.8, 0.1)))[1]) < 0.02


def test_an_instrument_of_reliability_r_correlates_with_its_root():
    latent = RANDOM.standard_normal(20_000)
    assert s.correlation(latent, s.observed(latent, RANDOM, 0.8)) == pytest.approx(
        0.8**0.5, abs=0.01
    )


def test_standardised_slopes_and_explained_variance():
    x = RANDOM.standard_normal((20_000, 2))
    y = 0.6 * x[:, 0] - 0.3 * x[:, 1] + np.sqrt(0.55) * RANDOM.standard_normal(20_000)
    slopes, explained = s.standardised(x, y)
    assert slopes == pytest.approx([0.6, -0.3], abs=0.02) and explained == pytest.approx(
        0.45, abs=0.02
    )


def test_tracking_sees_only_what_moves_within_a_person():
    shown = RANDOM.standard_normal((50, 2, 40)) + 5.0 * RANDOM.standard_normal((2, 40))
    assert s.tracking(shown[:, ::-1], shown) == pytest.approx(1.0)
    others = RANDOM.standard_normal((50, 2, 40)) + shown[:, ::-1].mean(0)
    assert abs(s.tracking(others, shown)) < 0.06


def test_positive_to_negative_counts_turns():
    face = np.array([0.2, 0.2, 0.2, 0.05, -0.2])[:, None, None]
    assert s.positive_to_negative(face, 0.1) == pytest.approx(3.0)


def test_reciprocity_is_answering_in_kind():
    a = np.where(RANDOM.random((TIME, COUPLES)) < 0.3, -1.0, 1.0)
    mimic = np.concatenate([a[:1], a[:-1]])
    both = np.stack([a, mimic], 1)
    assert s.reciprocity(both, 0.1) > 0.3
    strangers = np.stack([a, np.roll(a, 3, -1)], 1)
    assert abs(s.reciprocity(strangers, 0.1)) < 0.05
    assert np.isnan(s.reciprocity(np.ones((TIME, 2, 3)), 0.1))


def test_a_lagged_effect_is_that_of_the_cause():
    cause = RANDOM.standard_normal((TIME, COUPLES))
    effect = np.zeros_like(cause)
    for t in range(1, TIME):
        effect[t] = 0.3 * effect[t - 1] + 0.2 * cause[t - 1] + 0.1 * RANDOM.standard_normal(COUPLES)
    assert s.lagged(cause, effect) == pytest.approx(0.2, abs=0.01)
    assert abs(s.lagged(effect, cause)) < 0.02


def test_a_diary_has_its_lags_and_shares():
    values = s.within(series(0.2, 0.05)) + RANDOM.standard_normal((2, COUPLES)) * 1.5
    found = dict(zip(s.DIARY, s.diary(values), strict=True))
    assert found["own_a"] == pytest.approx(0.2, abs=0.03)
    assert found["partner_b"] == pytest.approx(0.05, abs=0.03)
    assert found["between_a"] == pytest.approx(1.5**2 / (1.5**2 + values.var(0).mean()), abs=0.12)
    holes = np.where(RANDOM.random(values.shape) < 0.1, np.nan, values)
    assert np.isfinite(s.diary(holes)).all()


def test_blocks_are_means_and_leave_the_rest():
    assert s.blocks(np.arange(7.0)[:, None], 3)[:, 0].tolist() == [1.0, 4.0]


def test_detrended_has_no_mean_and_no_trend():
    values = series(0.5, 0.0) + np.linspace(0, 9, TIME)[:, None, None]
    flat = s.detrended(values)
    time = np.linspace(-1, 1, TIME)
    assert abs(flat.mean(0)).max() < 1e-9 and abs(np.tensordot(time, flat, 1)).max() < 1e-8
