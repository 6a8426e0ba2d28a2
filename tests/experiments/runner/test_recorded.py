"""What is recorded of people and couples: which rows, at what thinning, or why none."""

import numpy as np
import pytest
import xarray as xr

from experiments.runner.recorded import NOTHING, as_conditions, joined, recorded

ABOUT = {"long_name": "a measure", "units": "1"}


def life(days=10, partners=("A", "B")):
    shape = (2, 3, len(partners), days)
    values = np.random.default_rng(days).random(shape)
    coords = {"condition": ["one", "two"], "dyad": np.arange(3), "partner": list(partners)}
    data = {
        "x": ((*coords, "time"), values, ABOUT),
        "y": (("condition", "dyad"), np.ones((2, 3)), ABOUT),
    }
    return xr.Dataset(data, coords | {"time": np.arange(1.0, days + 1)})


def test_a_row_a_person_and_a_row_a_couple():
    found = recorded(life())
    assert len(found.individual.frame) == 2 * 3 * 2 * 10 and len(found.dyad.frame) == 2 * 3 * 10
    assert set(found.individual.about) == set(found.individual.frame)
    assert "the same at all times" in found.individual.about["y"][0]
    assert found.individual.words == "one row a person and time, as recorded"
    assert found.dyad.words == "one row a couple and time, as recorded"


def test_what_is_long_is_thinned_and_says_so():
    found = recorded(life(30), most=60)
    assert found.individual.words == "one row a person and 7 days, means over them"
    assert sorted(found.individual.frame.time.unique()) == [7.0, 14.0, 21.0, 28.0, 30.0]


@pytest.mark.parametrize(("given", "shown"), [(28.0, 28.0), (None, None)])
def test_one_row_each_has_the_day_of_measurement(given, shown):
    frame = recorded(life().isel(time=-1, drop=True), given).individual.frame
    assert list(frame.columns[:5]) == ["condition", "couple", "person", "role", "time"]
    assert (frame.time == shown).all() if shown else frame.time.isna().all()


def test_without_partners_there_are_couples_only():
    found = recorded(life()[["y"]], 1.0)
    assert found.individual == NOTHING.individual and len(found.dyad.frame) == 6


def test_another_role_is_called_by_its_name_and_has_no_number():
    found = recorded(life(partners=("child",)))
    assert set(found.individual.frame.role) == {"child"} and "role01" not in found.individual.frame
    assert {"x_child", "y"} <= set(found.dyad.frame)


def test_dimensions_become_one_condition():
    values = np.arange(12.0).reshape(2, 3, 2)
    data = xr.Dataset(
        {"x": (("who", "arm", "dyad"), values, ABOUT), "z": ("who", [1.0, 2.0], ABOUT)},
        {"who": ["a", "b"], "arm": ["p", "q", "r"], "dyad": [0, 1]},
    )
    flat = as_conditions(data, ("who", "arm"))
    assert list(flat.data_vars) == ["x"]
    assert flat.x.sel(condition="b, q", dyad=1).item() == values[1, 1, 1]


def test_parts_stand_below_one_another():
    one, other = recorded(life()), recorded(life().rename(x="z").isel(time=-1, drop=True), 5.0)
    both = joined(one, other).individual
    assert len(both.frame) == len(one.individual.frame) + len(other.individual.frame)
    assert set(both.about) == set(both.frame) and both.frame.z.isna().sum() == 120
