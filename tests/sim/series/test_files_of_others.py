"""Other people's tables: read as they are, or refused in a line that says what to do."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import sim
from sim import series as dyadic
from sim.analysis import exports


def table(couples=4, times=range(8), names=("f", "m"), seed=1, **columns):
    """A long table of made-up answers."""
    random = np.random.default_rng(seed)
    rows = [
        {"couple": f"c{c}", "time": t, "partner": p, "value": round(4 + random.normal(), 2)}
        for c in range(couples)
        for p in names
        for t in times
    ]
    return pd.DataFrame(rows).assign(**columns)


def written(folder, frame, name="theirs.csv", **how):
    path = folder / name
    frame.to_csv(path, index=False, **how)
    return path


def same(found, frame):
    """Every cell of the array is the cell of the table."""
    for row in frame.itertuples():
        value = float(found.sel(couple=row.couple, partner=row.partner, time=float(row.time)))
        assert value == pytest.approx(row.value, nan_ok=True)
    return True


# --- how the cells are written --------------------------------------------------------------------


@pytest.mark.parametrize("sep", [",", ";", "\t", " "])
@pytest.mark.parametrize("decimal", [".", ","])
def test_separator_and_decimal_mark_are_told_from_the_file(tmp_path, sep, decimal):
    frame = table()
    path = written(tmp_path, frame, sep=sep, decimal=decimal)
    assert same(dyadic.read_series(path), frame)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
def test_names_with_accents_in_any_usual_encoding(tmp_path, encoding):
    frame = table(names=("Frau Müller", "Señor"))
    path = written(tmp_path, frame, sep=";", encoding=encoding)
    assert list(dyadic.read_series(path).partner.values) == ["Frau Müller", "Señor"]


def test_thousands_between_quotes_are_no_decimals(tmp_path):
    path = tmp_path / "money.csv"
    rows = "".join(f'c,{t},{p},"1,23{t}"\n' for p in "fm" for t in range(3))
    path.write_text("couple,time,partner,value\n" + rows)
    with pytest.raises(ValueError, match=r"'1,230': must be a finite number"):
        dyadic.read_series(path)
    assert float(dyadic.read_series(path, decimal=",").max()) == 1.232


def test_two_columns_of_one_name_are_refused(tmp_path):
    path = tmp_path / "twice.csv"
    path.write_text("couple,time,partner,value,value\nc,0,f,1,2\nc,0,m,1,2\n")
    with pytest.raises(ValueError, match="'value' is there 2 times"):
        dyadic.read_series(path)


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ({"sep": ";;"}, "sep = "),
        ({"decimal": "x"}, "decimal = 'x'"),
        ({"encoding": "klingon"}, "encoding = 'klingon'"),
        ({"missing": {"a": 1}.keys}, "missing = "),
        ({"real": "many"}, "real = 'many'"),
        ({"longest_step": -1}, "longest_step = -1"),
        ({"longest_step": 1, "day": "couple"}, "must be one of the two"),
        ({"couple": 3}, "couple = 3: must be the name of a column"),
        ({"time": "tme"}, "did you mean 'time'"),
        ({"value": []}, "value = "),
        ({"value": {"x": ("a", "b")}}, "a mapping names"),
    ],
)
def test_bad_options_get_one_line(tmp_path, option, words):
    path = written(tmp_path, table())
    with pytest.raises(ValueError, match=words) as fault:
        dyadic.read_series(path, **option)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("content", [b"\0\1\2", b"\xff\xfe\x00", b"", b"\n\n", b'a,b\n"x'])
def test_what_is_no_table_gets_one_line(tmp_path, content):
    path = tmp_path / "thing.csv"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"thing\.csv") as fault:
        dyadic.read_series(path)
    assert "\n" not in str(fault.value)
    with pytest.raises(ValueError, match="cannot be read"):
        dyadic.read_series(tmp_path)


# --- names of columns, long and wide --------------------------------------------------------------


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


# --- partners -------------------------------------------------------------------------------------


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


# --- missing answers ------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["", "NA", "NaN", ".", "n/a", "NULL"])
def test_missing_answers_are_kept_on_request(tmp_path, word):
    frame = table().astype({"value": object})
    frame.loc[[3, 17, 40], "value"] = word
    path = written(tmp_path, frame)
    with pytest.raises(ValueError, match=r"row 5, column value.*missing='keep'"):
        dyadic.read_series(path)
    found = dyadic.read_series(path, missing="keep")
    assert found.attrs["missing"] == 3 == int(found.isnull().sum())
    back = written(tmp_path, dyadic.tidy(found))
    xr.testing.assert_equal(dyadic.read_series(back, missing="keep"), found)


@pytest.mark.parametrize("code", [-9, -99, -999, -9999, 99, 999, 9999])
def test_usual_codes_are_refused_unless_told(tmp_path, code):
    frame = table()
    frame.loc[[5, 30], "value"] = code
    path = written(tmp_path, frame)
    with pytest.raises(ValueError, match=rf"row 7, column value = '{code}.*missing={code}"):
        dyadic.read_series(path)
    assert dyadic.read_series(path, missing=code).attrs["missing"] == 2
    assert dyadic.read_series(path, missing=["keep", code]).attrs["missing"] == 2
    kept = dyadic.read_series(path, real=code)
    assert int((kept == code).sum()) == 2 and kept.attrs["missing"] == 0


def test_an_answer_among_others_is_no_code(tmp_path):
    frame = table()
    frame["value"] = np.linspace(60.0, 130.0, len(frame)).round(0)
    frame.loc[5, "value"] = 99.0  # heart beats
    assert dyadic.read_series(written(tmp_path, frame)).attrs["missing"] == 0


def test_unequal_lengths_and_absent_rows(tmp_path):
    frame = table().drop(index=[2, 3, 20, 63])
    path = written(tmp_path, frame)
    with pytest.raises(ValueError, match="missing='keep'"):
        dyadic.read_series(path)
    found = dyadic.read_series(path, missing="keep")
    assert found.shape == (4, 2, 8) and found.attrs["missing"] == 4
    assert same(found, frame)
    whole = written(tmp_path, table().drop(index=[7, 15]))  # one couple ends a day earlier
    with pytest.raises(ValueError, match=r"lengths must be equal.*missing='keep'"):
        dyadic.read_series(whole)
    assert dyadic.read_series(whole, missing="keep").attrs["missing"] == 2


# --- times ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [1.0, 1.0 / 24.0, 1.0 / 1440.0])
@pytest.mark.parametrize("shift", [20.0, 1.0])
def test_shifted_clocks_are_not_simultaneous(tmp_path, step, shift):
    """Julian days: what 20 days are beside two millions says nothing."""
    frame = table().astype({"time": float})
    frame["time"] = 2_460_000.5 + step * frame["time"]
    path = written(tmp_path, frame, float_format="%.10f")
    assert dyadic.read_series(path).shape == (4, 2, 8)
    frame.loc[frame.couple == "c3", "time"] += shift
    with pytest.raises(ValueError, match=r"as in the first series|others' clock"):
        dyadic.read_series(written(tmp_path, frame, float_format="%.10f"))
    frame.loc[(frame.couple == "c3") & (frame.partner == "m"), "time"] += 8 * step
    with pytest.raises(ValueError, match=r"no time in common|different clocks|uneven step"):
        dyadic.read_series(written(tmp_path, frame, float_format="%.10f"), missing="keep")


def test_clocks_that_differ_by_half_a_step_are_refused(tmp_path):
    frame = table().astype({"time": float})
    frame.loc[frame.couple == "c3", "time"] += 0.5
    for missing in (None, "keep"):
        with pytest.raises(ValueError, match="column time"):
            dyadic.read_series(written(tmp_path, frame), missing=missing)


@pytest.mark.parametrize(("step", "decimals"), [(1 / 3, 2), (1 / 7, 3), (10 / 60, 2), (1 / 24, 4)])
def test_rounded_times_are_even(tmp_path, step, decimals):
    frame = table(times=range(200))
    frame["time"] = (frame["time"] * step).round(decimals)
    found = dyadic.read_series(written(tmp_path, frame))
    assert found.shape == (4, 2, 200)
    assert found.attrs["step"] == pytest.approx(step, rel=1e-3)
    assert dyadic.regular(found) is found
    np.testing.assert_allclose(found.values[0, 0], frame["value"][:200])


def test_an_uneven_step_is_no_rounding(tmp_path):
    frame = table(times=[0, 1, 2, 3.4, 4, 5, 6, 7])
    for missing in (None, "keep"):
        with pytest.raises(ValueError, match="uneven step"):
            dyadic.read_series(written(tmp_path, frame), missing=missing)


def test_dates_are_days(tmp_path):
    frame = table()
    day = pd.Timestamp("2024-02-27") + pd.to_timedelta(frame["time"], unit="D")
    found = dyadic.read_series(written(tmp_path, frame.assign(time=day.dt.strftime("%Y-%m-%d"))))
    assert found.time.values.tolist() == list(range(8)) and found.attrs["time_units"] == "days"
    broken = frame.assign(time=day.dt.strftime("%Y-%m-%d").replace("2024-02-29", "2023-02-29"))
    with pytest.raises(ValueError, match="column time: has a date that is none"):
        dyadic.read_series(written(tmp_path, broken))


HOURS = [24 * d + h for d in range(6) for h in (9, 12, 15, 18, 21)]


def test_nights_cut_the_series(tmp_path):
    frame = table(times=HOURS)
    path = written(tmp_path, frame.assign(day=[t // 24 for t in frame["time"]]))
    with pytest.raises(ValueError, match=r"day='day'.*longest_step=3"):
        dyadic.read_series(path)
    by_day, by_step = (dyadic.read_series(path, **k) for k in ({"day": "day"}, {"longest_step": 4}))
    xr.testing.assert_equal(by_day, by_step)
    assert by_day.shape == (4, 2, 30) and by_day.piece.values.tolist() == sorted([*range(6)] * 5)
    assert len(dyadic.lagged_table(by_day)) == 4 * 2 * 6 * 4  # no pair across a night
    assert len(dyadic.lagged_table(by_day, lag=4)) == 4 * 2 * 6
    back = written(tmp_path, dyadic.tidy(by_day))
    xr.testing.assert_equal(dyadic.read_series(back, day="piece"), by_day)


def test_beeps_that_start_anew_each_day(tmp_path):
    frame = table(times=HOURS)
    anew = frame.assign(
        day=[t // 24 for t in frame["time"]], beep=[t % 24 // 3 for t in frame["time"]]
    )
    path = written(tmp_path, anew.drop(columns="time"))
    found = dyadic.read_series(path, time="beep", day="day")
    np.testing.assert_allclose(
        found.values, dyadic.read_series(written(tmp_path, frame), longest_step=3).values
    )
    assert len(dyadic.lagged_table(found)) == 4 * 2 * 6 * 4
    assert found.time_within.values[:6].tolist() == [3, 4, 5, 6, 7, 3]


def test_a_beep_missed_by_all_is_no_neighbour(tmp_path):
    frame = table(times=[0, 1, 3, 4, 5, 6])
    found = dyadic.read_series(written(tmp_path, frame), missing="keep")
    assert found.shape == (4, 2, 7)
    assert len(dyadic.lagged_table(found)) == 4 * 2 * 4  # 1 to 3 is two steps


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
