"""Standard errors, spreads over couples, and estimates as text."""

import numpy as np
import pytest
import xarray as xr

from sim.analysis.measures import Estimate, mean_spread, shown, spread
from sim.statistics import standard_error


def test_standard_error_is_the_spread_over_the_root_of_the_number():
    values = np.array([1.0, 2.0, 3.0, 4.0])
    assert standard_error(values) == pytest.approx(np.sqrt(5.0 / 3.0) / 2.0)


def test_what_is_not_finite_does_not_count():
    assert standard_error(np.array([1.0, np.nan, 3.0, np.inf])) == pytest.approx(1.0)


@pytest.mark.parametrize("values", [[], [1.0], [np.nan, 2.0]])
def test_too_few_values_have_no_standard_error(values):
    assert np.isnan(standard_error(np.array(values)))
    assert standard_error(np.array(values), few=np.inf) == np.inf


def test_both_spreads_hold_the_middle_of_couples():
    values = np.arange(11.0)[:, None] * np.array([1.0, 10.0])
    middle, low, high = spread(xr.DataArray(values, dims=("dyad", "time")))
    mean = mean_spread(values)
    for found in ((middle, low, high), mean):
        np.testing.assert_allclose(found, [[5.0, 50.0], [1.0, 10.0], [9.0, 90.0]])


def test_median_and_mean_differ_where_couples_are_skewed():
    values = np.array([0.0, 0.0, 0.0, 10.0])[:, None]
    assert spread(xr.DataArray(values, dims=("dyad", "time")))[0] == 0.0
    assert mean_spread(values)[0] == 2.5


def test_an_estimate_is_shown_with_its_signs_and_interval():
    assert shown(Estimate(0.12345, -0.1, 0.3, 40)) == "+0.123 [-0.100, +0.300]"
