"""Exports refuse what is no dataset of couples, and write nothing of it."""

import pytest
import xarray as xr

from sim.analysis import exports
from sim.engines.ensemble import simulate
from sim.series import of_simulation
from sim.world.calendar import daily_life
from tests.helpers.attacks import Door, inventory, refusal

pytestmark = pytest.mark.slow
LIFE = simulate("secure", "scanner", calendar=daily_life(3), dyads=3, seed=1, variables=["alarm"])
LAYOUTS = {
    "individual": exports.individual,
    "dyad": exports.dyad,
    "pairwise": exports.pairwise,
}


def with_data(layout):
    return lambda **given: layout(given.pop("data", LIFE))


DOORS = {
    **{
        name: Door(
            lambda layout=layout, **given: layout(given.pop("data", LIFE)), {"data": "thing"}
        )
        for name, layout in LAYOUTS.items()
    },
    "codebook": Door(
        lambda **given: exports.codebook(given.pop("data", LIFE), given.pop("layout", "dyad")),
        {"data": "thing", "layout": "name"},
    ),
    "of_simulation": Door(
        lambda **given: of_simulation(**({"life": LIFE, "variable": "alarm"} | given)),
        {"life": "thing", "variable": "name", "condition": "name"},
        ("condition: number",),
    ),
}


DATASETS = {
    "nothing in it": xr.Dataset(),
    "a single variable": LIFE["alarm"],
    "no couples": LIFE.rename(dyad="pair"),
    "no conditions": LIFE.isel(condition=0, drop=True),
    "couples of one number": LIFE.assign_coords(dyad=[1, 1, 1]),
    "conditions of one name": xr.concat([LIFE, LIFE], "condition"),
    "partners of one name": LIFE.assign_coords(partner=["A", "A"]),
}


@pytest.mark.parametrize("data", DATASETS.values(), ids=DATASETS)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_no_dataset_of_couples_is_one_line(layout, data):
    refusal(lambda: layout(data), "")


@pytest.mark.parametrize("data", DATASETS.values(), ids=DATASETS)
def test_nothing_of_it_is_written(data, tmp_path):
    refusal(lambda: exports.write(data, tmp_path / "out"), "")
    assert not list(tmp_path.rglob("*.*"))


@pytest.mark.parametrize("place", ["file", "file/below", "n" * 300, "a\0b", 3, None])
def test_no_folder_to_write_to_is_one_line(place, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("mine")
    monkeypatch.chdir(tmp_path)
    before = inventory(tmp_path)
    refusal(lambda: exports.write(LIFE, place), "")
    assert inventory(tmp_path) == before
