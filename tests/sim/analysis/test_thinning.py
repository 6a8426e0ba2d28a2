"""Thinned series are means over whole bins, and short enough."""

import numpy as np
import pytest
import xarray as xr

from sim.analysis.thinning import STEPS, averaged, thinned


def record(days, dyads=2, variables=("x",)):
    shape = (1, dyads, 2, days)
    values = np.random.default_rng(days).random(shape)
    dims = ("condition", "dyad", "partner", "time")
    about = {"units": "1", "long_name": "x"}
    return xr.Dataset(
        {name: (dims, values, about) for name in variables}
        | {"once": (dims[:2], np.ones(shape[:2]), about)},
        {"condition": ["one"], "dyad": np.arange(dyads), "partner": ["A", "B"]}
        | {"time": np.arange(1.0, days + 1.0)},
    )


def test_what_is_short_stays_as_it_was():
    data = record(10)
    same, words = thinned(data, 40)
    assert same is data and words == "one row a person and time, as recorded"


@pytest.mark.parametrize(
    ("days", "most", "step"), [(10, 39, 7), (60, 12, 28), (700, 4 * 8, 91), (3000, 1, STEPS[-1])]
)
def test_the_first_step_that_is_short_enough_is_taken(days, most, step):
    short, words = thinned(record(days), most)
    assert words == f"one row a person and {step} days, means over them"
    assert short.sizes["time"] == -(-days // step)


def test_bins_hold_the_mean_of_their_days_and_end_where_the_record_ends():
    data = record(17)
    data.x[0, 0, 0, 8] = np.nan
    short = averaged(data, 7)
    assert list(short.time) == [7.0, 14.0, 17.0]
    np.testing.assert_allclose(short.x[..., 0], data.x[..., :7].mean("time"))
    np.testing.assert_allclose(short.x[..., 1], data.x[..., 7:14].mean("time"))  # nan left out
    np.testing.assert_allclose(short.x[..., 2], data.x[..., 14:].mean("time"))
    assert short.once.identical(data.once) and short.x.attrs == data.x.attrs


def test_a_bin_without_any_value_is_a_gap():
    data = record(14)
    data.x[..., :7] = np.nan
    short = averaged(data, 7)
    assert np.isnan(short.x[..., 0]).all() and np.isfinite(short.x[..., 1]).all()
