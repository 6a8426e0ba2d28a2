"""Other people's tables: times, dates, nights and sessions are what they are."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from sim import series as dyadic
from tests.helpers.series_files import table, written


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
    with pytest.raises(ValueError, match=r"column time = .*must be a date that there is"):
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
