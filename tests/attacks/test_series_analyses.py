"""Analyses of series refuse arrays that are none of theirs, and options that mean nothing."""

import numpy as np
import pytest
import xarray as xr

from sim import series as analyses
from tests.helpers.attacks import Door, refusal
from tests.helpers.series import labelled, var1

pytestmark = pytest.mark.slow
GOOD = var1(8, 60, 1)
PAIR = GOOD.values[0]
CURVE = analyses.correlation_curve(10, 2)
ONCE = GOOD.isel(time=0)


def with_series(function, **fixed):
    return lambda **given: function(given.pop("series", GOOD), **(fixed | given))


def nothing(first, second):
    return np.zeros((len(first), 1))


LAGGED = {"series": "thing", "lag": "count", "copies": "name"}
OSCILLATOR = {"embed": "count", "tau": "count", "corrected": "flag"}
DOORS = {
    "actor_partner": Door(
        with_series(analyses.actor_partner),
        LAGGED | {"errors": "name", "exchangeable": "flag"},
    ),
    "actor_partner_once": Door(
        lambda **given: analyses.actor_partner_once(
            given.pop("outcome", GOOD.isel(time=1)), given.pop("predictor", ONCE), **given
        ),
        {"outcome": "thing", "predictor": "thing", "errors": "name", "exchangeable": "flag"},
    ),
    "inertia_coordination": Door(
        with_series(analyses.inertia_coordination), LAGGED | {"detrend": "flag"}
    ),
    "past_and_future": Door(with_series(analyses.past_and_future), LAGGED),
    "cross_lagged": Door(with_series(analyses.cross_lagged), LAGGED | {"first": "index"}),
    "lagged_table": Door(
        with_series(analyses.lagged_table), {"series": "thing", "lag": "count"}
    ),
    "detrended": Door(with_series(analyses.detrended), {"series": "thing"}),
    "windowed_correlation": Door(
        with_series(analyses.windowed_correlation, window=10, most=2),
        {"series": "thing", "window": "count", "most": "count", "step": "count", "copies": "name"},
        ("most: none",),
        {"window": "", "most": "", "step": ""},
    ),
    "correlation_curve": Door(
        lambda **given: analyses.correlation_curve(**({"window": 10, "most": 2} | given)),
        {"window": "count", "most": "count", "step": "count"},
        ("most: none", "window: huge", "most: huge", "step: huge", "window: beyond 64 bits",
         "most: beyond 64 bits", "step: beyond 64 bits"),
    ),
    "surrogate_null": Door(
        with_series(analyses.surrogate_null, statistic=CURVE, draws=9),
        {
            "series": "thing", "statistic": "thing", "draws": "count", "seed": "seed",
            "copies": "name",
        },
    ),
    "coupled_oscillator": Door(
        with_series(analyses.coupled_oscillator), {"series": "thing", "copies": "name"} | OSCILLATOR
    ),
    "oscillators": Door(
        lambda **given: analyses.oscillators(given.pop("pair", PAIR), **given),
        OSCILLATOR | {"pair": "thing", "dt": "positive"},
    ),
    "one_oscillator": Door(
        lambda **given: analyses.one_oscillator(given.pop("values", PAIR[0]), **given),
        OSCILLATOR | {"values": "thing", "dt": "positive"},
    ),
    "bias": Door(
        lambda **given: analyses.bias(**({"period": 50.0, "embed": 5, "tau": 1} | given)),
        {"period": "positive", "embed": "count", "tau": "count", "dt": "positive"},
    ),
    "duplicated": Door(with_series(analyses.duplicated), {"series": "thing"}),
    "regular": Door(with_series(analyses.regular), {"series": "thing"}),
    "tidy": Door(with_series(analyses.tidy), {"series": "thing"}),
}  # fmt: skip


def changed(place, value):
    spoilt = GOOD.copy(deep=True)
    spoilt.values[place] = value
    return spoilt


ARRAYS = {
    "numbers without labels": GOOD.values,
    "a dataset": GOOD.to_dataset(name="mood"),
    "another order": GOOD.transpose("time", "couple", "partner"),
    "other names": GOOD.rename(couple="dyad"),
    "one partner": GOOD.isel(partner=[0]),
    "three partners": xr.concat([GOOD, GOOD.isel(partner=[0])], "partner"),
    "no couples": GOOD.isel(couple=[]),
    "no times": GOOD.isel(time=[]),
    "one time": GOOD.isel(time=[0]),
    "no clock": GOOD.drop_vars("time"),
    "a clock of text": GOOD.assign_coords(time=[f"t{n}" for n in range(60)]),
    "a clock of dates": GOOD.assign_coords(time=np.datetime64("2024-01-01") + np.arange(60)),
    "an uneven clock": GOOD.assign_coords(time=np.arange(60.0) ** 2),
    "a clock that goes back": GOOD.assign_coords(time=-np.arange(60.0)),
    "a clock of nan": GOOD.assign_coords(time=np.full(60, np.nan)),
    "a clock that stands": GOOD.assign_coords(time=np.zeros(60)),
    "couples of one name": GOOD.assign_coords(couple=[1] * 8),
    "partners of one name": GOOD.assign_coords(partner=["A", "A"]),
    "text": GOOD.astype(str),
    "objects": GOOD.astype(object),
    "complex": GOOD * 1j,
    "infinite": changed((0, 0, 3), np.inf),
    "all missing": GOOD * np.nan,
    "a piece a couple": GOOD.assign_coords(piece=("couple", np.arange(8))),
}
FUNCTIONS = {
    "actor_partner": analyses.actor_partner,
    "inertia_coordination": analyses.inertia_coordination,
    "past_and_future": analyses.past_and_future,
    "cross_lagged": analyses.cross_lagged,
    "windowed_correlation": lambda s: analyses.windowed_correlation(s, 10, 2),
    "surrogate_null": lambda s: analyses.surrogate_null(s, CURVE, 9),
    "coupled_oscillator": analyses.coupled_oscillator,
    "detrended": analyses.detrended,
    "duplicated": analyses.duplicated,
}
# What a function may well do: nothing is estimated.
HARMLESS = {
    *((f, a) for f in ("detrended", "duplicated") for a in ("one time", "all missing")),
    ("windowed_correlation", "all missing"),
    ("surrogate_null", "all missing"),
}
SENSELESS = [
    pytest.param(function, array, id=f"{title}-{name}")
    for title, function in FUNCTIONS.items()
    for name, array in ARRAYS.items()
    if (title, name) not in HARMLESS
]


@pytest.mark.parametrize(("function", "array"), SENSELESS)
def test_arrays_that_are_no_series_are_refused(function, array):
    refusal(lambda: function(array), "")


FLAT = labelled(np.ones((8, 2, 60)))
COPIED = labelled(np.repeat(GOOD.values[:, :1], 2, axis=1))
OTHERS = {
    "nothing varies": (lambda: analyses.actor_partner(FLAT), ""),
    "nothing varies in any couple": (lambda: analyses.inertia_coordination(FLAT), ""),
    "a partner copied": (lambda: analyses.actor_partner(COPIED), "cop"),
    "a partner copied in each couple": (lambda: analyses.inertia_coordination(COPIED), "cop"),
    "a lead": (lambda: analyses.actor_partner(GOOD, -1), "lag"),
    "a lag beyond the end": (lambda: analyses.actor_partner(GOOD, 59), ""),
    "a window beyond the end": (lambda: analyses.windowed_correlation(GOOD, 61, 0), ""),
    "couples of two files": (
        lambda: analyses.actor_partner_once(ONCE, ONCE.assign_coords(couple=np.arange(8) + 3)),
        "couples",
    ),
    "an outcome from itself": (lambda: analyses.actor_partner_once(ONCE, ONCE), ""),
    "a statistic of one number": (
        lambda: analyses.surrogate_null(GOOD, lambda one, two: 3.0, 9), "statistic",
    ),
    "a statistic of text": (
        lambda: analyses.surrogate_null(GOOD, lambda one, two: "x", 9), "statistic",
    ),
    "a simulation that is none": (lambda: analyses.of_simulation(GOOD, "alarm"), ""),
    "a simulation of nothing": (lambda: analyses.of_simulation(None, "alarm"), ""),
    "a variable that is none": (
        lambda: analyses.of_simulation(xr.Dataset({"alarm": 3.0}), "alarm"), "alarm",
    ),
    "a variable by number": (lambda: analyses.of_simulation(xr.Dataset({"alarm": 3.0}), 3), ""),
}  # fmt: skip


@pytest.mark.parametrize(("call", "word"), OTHERS.values(), ids=OTHERS)
def test_what_is_senseless_as_a_whole_is_refused(call, word):
    refusal(call, word)
