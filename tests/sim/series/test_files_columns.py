"""Other people's tables: columns and partners are named, or a line says what to do."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import sim
from sim import series as dyadic
from sim.analysis import exports
from tests.helpers.series_files import same, table, written


def test_columns_are_named_by_options(tmp_path):
    frame = table()
    path = written(tmp_path, frame.set_axis(["id", "day", "who", "mood"], axis=1))
    found = dyadic.read_series(path, couple="id", time="day", partner="who", value="mood")
    assert same(found, frame) and found.name == "mood"
    with pytest.raises(ValueError, match=r"name your columns.*rename them"):
        dyadic.read_series(path)


def wide(frame):
    turned = frame.pivot(index=["couple", "time"], columns="partner", values="value")
    return turned.rename(columns={"f": "women_vigor", "m": "men_vigor"}).reset_index()


@pytest.mark.parametrize(
    "value",
    [("women_vigor", "men_vigor"), ["women_vigor", "men_vigor"], "vigor",
     {"vigor": ("women_vigor", "men_vigor")}],
)  # fmt: skip
def test_partners_side_by_side(tmp_path, value):
    frame = table()
    path = written(tmp_path, wide(frame)[["couple", "time", "women_vigor", "men_vigor"]])
    found = dyadic.read_series(path, value=value)
    found = found.assign_coords(
        partner=[{"women": "f", "men": "m"}[p] for p in found.partner.values]
    )
    assert same(found, frame) and found.name == "vigor"


def test_several_values_make_a_dataset(tmp_path):
    frame = table().assign(calm=lambda t: t.value * 2.0)
    found = dyadic.read_series(written(tmp_path, frame), value=["value", "calm"])
    assert isinstance(found, xr.Dataset)
    xr.testing.assert_allclose(found.calm, 2.0 * found.value.rename("calm"))
    with pytest.raises(
        ValueError, match=r"is a dataset; take one of its variables \(value, calm\)"
    ):
        dyadic.inertia_coordination(found)


def test_one_row_a_person_needs_no_time(tmp_path):
    frame = table(times=[0]).drop(columns="time")
    assert dyadic.read_series(written(tmp_path, frame)).shape == (4, 2, 1)
    path = written(tmp_path, table().rename(columns={"time": "beep"}))
    with pytest.raises(ValueError, match="no column 'time'"):
        dyadic.read_series(path)


def test_what_the_software_writes_it_reads(tmp_path):
    life = sim.simulate(
        ["scanner", "secure"], "withdrawer", days=6, dyads=3, seed=1, variables=["alarm", "affect"]
    )
    exports.write(life, tmp_path)
    for name in ("individual", "dyad", "pairwise"):
        path = tmp_path / f"{name}.csv"
        with pytest.raises(ValueError, match=r"several values; name value=alarm or affect"):
            dyadic.read_series(path)
        found = dyadic.read_series(path, value="alarm")
        assert found.shape == (6, 2, 6) and list(found.partner.values) == ["A", "B"]
        for place, condition in enumerate(life.condition.values):
            for dyad in range(3):
                np.testing.assert_allclose(
                    found.sel(couple=f"{condition}-{dyad}"),
                    life.alarm.isel(condition=place, dyad=dyad),
                    rtol=1e-7,
                )
        both = dyadic.read_series(path, value=["alarm", "affect"])
        assert set(both.data_vars) == {"alarm", "affect"}
    one = life[["alarm"]].to_dataframe().reset_index()
    found = dyadic.read_series(written(tmp_path, one), value="alarm")  # condition, dyad, partner
    assert list(found.couple.values)[3] == "secure-withdrawer-0"
    exports.write(life[["alarm"]], tmp_path / "one")
    for name in ("individual", "dyad"):
        assert dyadic.read_series(tmp_path / "one" / f"{name}.csv").name == "alarm"


def test_person_numbers_become_first_and_second(tmp_path):
    frame = table(couples=3)
    frame["partner"] = [
        f"p{2 * int(c[1:]) + (p == 'm')}" for c, p in frame[["couple", "partner"]].values
    ]
    found = dyadic.read_series(written(tmp_path, frame))
    assert list(found.partner.values) == ["first", "second"] and found.attrs["exchangeable"] == 1
    assert found.person.values.tolist() == [["p0", "p1"], ["p2", "p3"], ["p4", "p5"]]
    for row in frame.itertuples():
        place = found.person.values[int(row.couple[1:])].tolist().index(row.partner)
        assert float(found.sel(couple=row.couple, time=row.time)[place]) == row.value
    back = dyadic.read_series(written(tmp_path, dyadic.tidy(found)))
    xr.testing.assert_identical(back.drop_attrs(), found.drop_attrs())


def test_the_same_two_names_in_another_order_are_the_same_two(tmp_path):
    frame = table()
    turned = pd.concat([frame[:16], frame[24:32], frame[16:24], frame[32:]])
    assert same(dyadic.read_series(written(tmp_path, turned)), frame)


def test_two_women_of_one_couple_are_not_mixed_up(tmp_path):
    frame = table()
    frame.loc[frame.couple == "c2", "partner"] = "f"
    with pytest.raises(ValueError, match="number them 1 and 2 within each couple"):
        dyadic.read_series(written(tmp_path, frame))


def test_the_real_diary_is_read():
    from importlib.resources import files

    path = files("experiments") / "data" / "diary" / "diary.csv"
    assert "MIT licence" in (path.parent / "README.md").read_text(encoding="utf-8")
    found = dyadic.read_series(path, time="day", value=["vigor", "anxiety"], missing="keep")
    assert found.vigor.shape == (40, 2, 42)
    assert int(found.vigor.notnull().sum()) == 2784


def test_couples_of_several_groups_share_no_name(tmp_path):
    two = pd.concat([table(couples=2).assign(group=g) for g in ("x", "y")])
    path = written(tmp_path, two)
    with pytest.raises(ValueError, match=r"is there twice; do couples of several groups"):
        dyadic.read_series(path)
    found = dyadic.read_series(path, couple=("group", "couple"))
    assert found.couple.values.tolist() == ["x-c0", "x-c1", "y-c0", "y-c1"]
    joined = two.assign(group=two.group.map({"x": "a-b", "y": "a"}))
    joined["couple"] = joined.couple.where(joined.group == "a-b", "b-" + joined.couple)
    with pytest.raises(ValueError, match="give two couples one name"):
        dyadic.read_series(written(tmp_path, joined), couple=("group", "couple"))
