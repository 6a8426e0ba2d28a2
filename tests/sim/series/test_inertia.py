"""Inertia and coordination: exact without noise, recovered from it, checked."""

import numpy as np
import pytest
import xarray as xr

from sim import series as dyadic
from sim.series.checks import check_rank
from tests.helpers.series import REAL, labelled, var1

MODULI = (0.88152, 0.93598)  # of the unrounded coefficients


def test_a_noise_free_autoregression_is_recovered_exactly():
    rows, now, kept = np.array([[0.905, 0.025], [0.029, 0.9125]]), np.array([1.0, -2.0]), []
    for _ in range(60):
        kept.append(now)
        now = rows @ now + [0.3, -0.1]
    fit = dyadic.inertia_coordination(labelled(np.array(kept).T[None]), detrend=False)
    np.testing.assert_allclose(fit.inertia.values[0], REAL["inert"], atol=1e-9)
    np.testing.assert_allclose(fit.coordination.values[0], REAL["coord"], atol=1e-9)
    np.testing.assert_allclose(fit.intercept.values[0], [0.3, -0.1], atol=1e-9)
    np.testing.assert_allclose(fit.modulus.values[0], MODULI, atol=1e-4)


def test_real_couples_parameters_come_back_from_noise(seed):
    """450 values as in 15 minutes at 2 s; the tolerance is four standard errors of the mean."""
    fit = dyadic.inertia_coordination(var1(80, 450, seed), detrend=False)
    for name, truth in (("inertia", REAL["inert"]), ("coordination", REAL["coord"])):
        values = fit[name].values
        error = values.std(axis=0, ddof=1) / np.sqrt(len(values))
        bias = (1.0 + 3.0 * np.array(truth)) / 450 if name == "inertia" else 0.0
        assert (np.abs(values.mean(axis=0) - truth + bias) < 4.0 * error + 0.002).all()


def test_coordination_goes_the_way_it_is_said_to():
    """Only B follows A."""
    fit = dyadic.inertia_coordination(var1(20, 2000, 3, inert=(0.5, 0.5), coord=(0.0, 0.4)))
    follows = fit.coordination.mean("couple")
    assert abs(float(follows.sel(partner="A"))) < 0.03 < 0.3 < float(follows.sel(partner="B"))


def test_a_future_that_predicts_is_found():
    """B follows A: A's now is told by what B does next, B's by what A did before."""
    found = dyadic.past_and_future(var1(20, 1000, 4, inert=(0.3, 0.3), coord=(0.0, 0.5)))
    mean = found.mean("couple")
    for leader, more, less in (("A", "future", "past"), ("B", "past", "future")):
        one = mean.sel(partner=leader)
        assert float(one[more]) > 0.1 > 0.05 > float(one[less])
    shifted = var1(20, 1000, 4, inert=(0.3, 0.3), coord=(0.5, 0.5))
    shifted.values[:, 1, :-2] = shifted.values[:, 1, 2:].copy()  # one column two rows too high
    late = dyadic.past_and_future(shifted.isel(time=slice(0, -2))).mean("couple")
    assert float(late.future.sel(partner="B")) > float(late.past.sel(partner="B"))


@pytest.mark.parametrize("lag", [0, -1, 1.5, True])
def test_a_lead_is_no_lag(lag):
    with pytest.raises(ValueError, match=r"lag = .*must be a whole number of at least 1"):
        dyadic.inertia_coordination(var1(2, 50, 1), lag=lag)


def test_a_copied_partner_is_found():
    series = var1(3, 60, 1)
    series.values[1, 1] = series.values[1, 0]
    assert dyadic.duplicated(series) == [(1, 1)]
    with pytest.raises(ValueError, match="couple 1: both partners have the same series"):
        dyadic.inertia_coordination(series)
    other = var1(3, 60, 1)
    other.values[2, 0] = other.values[0, 1]
    with pytest.raises(ValueError, match="couples 0 and 2: share a partner's series"):
        dyadic.inertia_coordination(other)


def test_rank_deficiency_is_found():
    series = var1(2, 60, 1)
    whole = dyadic.inertia_coordination(series)
    series.values[0, 1] = 3.0 - 2.0 * series.values[0, 0]
    with pytest.raises(ValueError, match=r"couple 0: .*rank deficient"):
        dyadic.inertia_coordination(series.isel(couple=[0]))
    fit = dyadic.inertia_coordination(series)  # the other couple can be estimated
    assert fit.attrs["left_out"] == 1 and "rank deficient" in fit.attrs["why"]
    assert fit.inertia.isnull().values.tolist() == [[True, True], [False, False]]
    xr.testing.assert_allclose(fit.isel(couple=1), whole.isel(couple=1))
    series.values[0, 1] = 1.0
    fit = dyadic.inertia_coordination(series, detrend=False)
    assert "does not vary" in fit.attrs["why"]
    check_rank(np.random.default_rng(1).standard_normal((50, 2)), ("a", "b"), 0)
