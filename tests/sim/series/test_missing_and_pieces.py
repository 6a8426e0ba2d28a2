"""What each analysis does with missing answers and pieces: only neighbours that are there."""

import warnings

import numpy as np
import pytest
import xarray as xr

from sim import series as dyadic


def var1(couples=12, times=40, seed=1, inert=0.4, coord=0.2):
    random = np.random.default_rng(seed)
    rows = np.array([[inert, coord], [coord, inert]])
    now, kept = np.zeros((couples, 2)), []
    for _ in range(50 + times):
        now = now @ rows.T + random.standard_normal((couples, 2))
        kept.append(now)
    return labelled(np.moveaxis(np.array(kept[50:]), 0, -1))


def labelled(values, piece=None):
    couples, _, times = values.shape
    coords = {"couple": np.arange(couples), "partner": ["A", "B"], "time": np.arange(times) * 1.0}
    if piece is not None:
        coords["piece"] = ("time", piece)
    return xr.DataArray(values, coords, ("couple", "partner", "time"))


def holed(series, share=0.12, seed=2):
    found = series.copy(deep=True)
    found.values[np.random.default_rng(seed).random(found.shape) < share] = np.nan
    return found


def by_hand(series, lag):
    """The rows of a lagged table, one by one."""
    piece = series["piece"].values if "piece" in series.coords else np.zeros(series.sizes["time"])
    mean = series.mean("time").values
    rows = set()
    for c, p, t in np.ndindex(series.shape):
        if t < lag or piece[t] != piece[t - lag]:
            continue
        now, own, other = (
            series.values[c, p, t],
            series.values[c, p, t - lag] - mean[c, p],
            series.values[c, 1 - p, t - lag] - mean[c, 1 - p],
        )
        if np.isfinite([now, own, other]).all():
            rows.add((c, "AB"[p], round(now, 9), round(own, 9), round(other, 9)))
    return rows


@pytest.mark.parametrize("lag", [1, 3])
@pytest.mark.parametrize("piece", [None, np.arange(40) // 7])
def test_the_lagged_table_has_the_rows_that_can_be_told_by_hand(lag, piece):
    series = holed(labelled(var1().values, piece))
    table = dyadic.lagged_table(series, lag)
    found = {
        (c, r, round(n, 9), round(own, 9), round(other, 9))
        for c, r, n, own, other in table[["couple", "role", "now", "own", "other"]].values
    }
    assert found == by_hand(series, lag) and len(found) == len(table)


def test_least_squares_without_detrending_is_that_of_the_rows():
    series = holed(labelled(var1(couples=2).values, np.arange(40) // 10))
    fit = dyadic.inertia_coordination(series, detrend=False)
    table = dyadic.lagged_table(series)
    for c in range(2):
        for role in "AB":
            own = table[(table.couple == c) & (table.role == role)]
            columns = np.column_stack([np.ones(len(own)), own.own, own.other])
            slopes = np.linalg.lstsq(columns, own.now, rcond=None)[0]
            place = {"couple": c, "partner": role}
            assert float(fit.inertia.sel(place)) == pytest.approx(slopes[1])
            assert float(fit.coordination.sel(place)) == pytest.approx(slopes[2])


def test_a_night_between_shuffled_pieces_changes_nothing():
    """Order of pieces is nothing that a lag within pieces may see."""
    values = var1(times=40).values
    piece = np.arange(40) // 8
    turned = values.reshape(12, 2, 5, 8)[:, :, ::-1].reshape(values.shape)
    one, two = (dyadic.actor_partner(labelled(v, piece)) for v in (values, turned))
    np.testing.assert_allclose(one.estimate, two.estimate, rtol=1e-5)
    uncut = dyadic.actor_partner(labelled(turned))
    assert abs(uncut.estimate["actor A"] - one.estimate["actor A"]) > 1e-4


def test_what_cannot_be_done_is_left_out_counted_and_said():
    series = var1()
    series.values[3, 1] = 2.0  # never changes
    series.values[5, 0, 4:] = np.nan  # stops answering
    for estimate, names in (
        (dyadic.inertia_coordination, ("inertia", "modulus")),
        (dyadic.past_and_future, ("past",)),
        (dyadic.coupled_oscillator, ("h",)),
    ):
        found = estimate(series)
        rest = estimate(series.drop_sel(couple=[3, 5]))
        for name in names:
            assert found[name].sel(couple=[3, 5]).isnull().all() or name == "past"
            xr.testing.assert_allclose(found[name].drop_sel(couple=[3, 5]), rest[name])
        assert found.attrs["left_out"] >= 1 and "couple 5" in found.attrs["why"], estimate
    with pytest.raises(ValueError, match=r"couple 3.*does not vary"):
        dyadic.inertia_coordination(series.isel(couple=[3]))
    silent = series.copy(deep=True)
    silent.values[7] = np.nan
    table = dyadic.actor_partner(silent)
    assert table.attrs["left_out"] == 1 and "couple 7" in table.attrs["why"]
    panel = dyadic.cross_lagged(silent)
    assert panel.attrs["left_out"] == 1 and panel.attrs["couples"] == 11


def test_windows_with_a_missing_answer_or_a_night_are_nan():
    series = labelled(var1(times=40).values, np.arange(40) // 20)
    series.values[0, 0, 8] = np.nan
    found = dyadic.windowed_correlation(series, window=5, most=1)
    whole = dyadic.windowed_correlation(series.drop_vars("piece"), window=5, most=1)
    for place, start in enumerate(np.arange(found.sizes["window"]) + 1):
        for lead in (-1, 0, 1):
            reach = [start, start + 4, start + lead, start + lead + 4]
            night = len({t // 20 for t in reach}) > 1
            gap = start <= 8 <= start + 4
            cell = found.isel(window=place).sel(lead=lead)
            assert np.isnan(cell[0]) == (night or gap) and np.isnan(cell[1]) == night
            if not night:
                np.testing.assert_allclose(cell[1:], whole.isel(window=place).sel(lead=lead)[1:])
    assert found.attrs["undefined"] == pytest.approx(float(found.isnull().mean()))


def test_the_null_with_missing_answers():
    series = holed(var1(), share=0.02)
    null = dyadic.surrogate_null(series, dyadic.correlation_curve(5, 1), draws=39)
    assert np.isfinite(null.p).all()
    empty = series.copy(deep=True)
    empty.values[:, 0, ::4] = np.nan
    null = dyadic.surrogate_null(empty, dyadic.correlation_curve(5, 1), draws=9)
    assert np.isnan(null.p).all()  # no evidence, where 1 / (1 + draws) would claim some


def test_the_oscillator_leaves_out_windows_over_a_gap():
    time = np.arange(200.0)
    pair = np.stack([np.sin(time / 6.0), np.cos(time / 5.0)]) * np.exp(-time / 300.0)
    values = np.concatenate([pair, pair[:, ::-1]], axis=1)[None]
    cut = labelled(values, np.repeat([0, 1], 200))
    whole = dyadic.coupled_oscillator(labelled(values[..., :200]))
    gap = labelled(values.copy())
    gap.values[..., 200:205] = np.nan
    assert dyadic.coupled_oscillator(cut).h.shape == (1, 2)
    uncut = dyadic.coupled_oscillator(labelled(values))
    assert not np.allclose(uncut.h, dyadic.coupled_oscillator(cut).h)
    assert np.isfinite(dyadic.coupled_oscillator(gap).h).all()
    assert np.isfinite(whole.h).all()


# --- arrays built by hand -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: s.values, "must be an xarray.DataArray"),
        (lambda s: s.transpose("time", "couple", "partner"), "series with dims"),
        (lambda s: s.isel(partner=[0]), "series with dims"),
        (lambda s: s.where(s < 2, np.inf), "no finite number"),
        (lambda s: s.assign_coords(time=s.time.values**1.5), "must be even in time"),
        (lambda s: s.assign_coords(time=2.46e6 + 1e-3 * s.time.values**1.5), "must be even"),
        (lambda s: s.astype(str), "must be numbers"),
        (lambda s: s.assign_coords(couple=[0] + [*range(11)]), "couple 0 is there twice"),
        (lambda s: s.to_dataset(name="mood"), "is a dataset"),
    ],
)
@pytest.mark.parametrize(
    "estimate",
    [
        dyadic.inertia_coordination, dyadic.past_and_future, dyadic.coupled_oscillator,
        dyadic.cross_lagged, dyadic.lagged_table, dyadic.actor_partner,
        lambda s: dyadic.windowed_correlation(s, 5, 1),
        lambda s: dyadic.surrogate_null(s, dyadic.correlation_curve(5, 1)),
    ],
)  # fmt: skip
def test_every_analysis_checks_its_series(estimate, change, words):
    with pytest.raises(ValueError, match=words) as fault:
        estimate(change(var1()))
    assert "\n" not in str(fault.value)


def test_julian_days_are_as_good_as_minutes():
    series = var1()
    moved = series.assign_coords(time=2_460_000.5 + series.time.values / 1440.0)
    xr.testing.assert_allclose(
        dyadic.inertia_coordination(series).inertia, dyadic.inertia_coordination(moved).inertia
    )
    assert dyadic.regular(moved) is moved


# --- copies ---------------------------------------------------------------------------------------


def answers(couples=60, days=7, seed=3, sizes=(1, 5)):
    random = np.random.default_rng(seed)
    return labelled(np.clip(np.round(random.normal(4.3, 0.6, (couples, 2, days))), *sizes))


def test_answers_alike_by_chance_are_told_and_kept():
    with pytest.warns(UserWarning, match="share a partner's series.*perhaps by chance"):
        dyadic.cross_lagged(answers())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dyadic.cross_lagged(answers(), copies="allow")
    with pytest.raises(ValueError, match="copies = 'yes': must be one of"):
        dyadic.cross_lagged(answers(), copies="yes")


@pytest.mark.parametrize("who", [(1, 0, 1, 1), (1, 0, 4, 1)])  # within, and between couples
@pytest.mark.parametrize("missing", [False, True])
def test_a_copy_is_refused_unless_allowed(who, missing):
    series = var1()
    if missing:
        series.values[1, 0, 4:8] = np.nan
    series.values[who[2], who[3]] = series.values[who[0], who[1]]
    with pytest.raises(ValueError, match="copies='allow'"):
        dyadic.actor_partner(series)
    with pytest.warns(UserWarning, match=r"same series|share a partner's"):
        dyadic.cross_lagged(series, first=10, copies="warn")
    assert len(dyadic.actor_partner(series, copies="allow")) == 6


def test_copies_of_whole_answers_are_found_where_the_series_is_long():
    random = np.random.default_rng(1)
    series = labelled(random.integers(1, 8, (20, 2, 60)).astype(float))
    dyadic.actor_partner(series)
    series.values[4, 0] = series.values[9, 1]
    with pytest.raises(ValueError, match="couples 4 and 9: share a partner's series"):
        dyadic.actor_partner(series)


def test_partners_who_agree_most_days_are_no_copies():
    """Whole answers of 14 shared days, alike on all of them: told, not refused."""
    random = np.random.default_rng(2)
    values = random.integers(1, 6, (10, 2, 14)).astype(float)
    values[3, 1] = values[3, 0]
    with pytest.warns(UserWarning, match="couple 3: both partners"):
        dyadic.cross_lagged(labelled(values))


# --- unequal variances ----------------------------------------------------------------------------


def test_each_role_has_its_own_residual_variance():
    """Standard errors of nlme 3.1-162 (varIdent by role), noted down for where R is absent."""
    random = np.random.default_rng(11)
    now, kept = np.zeros((60, 2)), []
    for _ in range(90):
        now = 0.3 * now + random.normal(size=(60, 2)) * (1.0, 3.0)
        kept.append(now)
    values = np.moveaxis(np.array(kept[50:]), 0, -1) + random.normal(0, 1, (60, 2, 1))
    table = dyadic.actor_partner(labelled(values))
    noted = {"actor A": 0.0202, "actor B": 0.0202, "partner A": 0.0066, "partner B": 0.0616}
    for effect, error in noted.items():
        assert table.standard_error[effect] == pytest.approx(error, abs=1e-4)
    assert table.p["partner B"] > 0.05


def test_exchangeable_effects_do_not_depend_on_who_is_called_first():
    series = holed(var1())
    turned = series.copy(deep=True)
    turned.values[::2] = turned.values[::2][:, ::-1]
    one, two = (dyadic.actor_partner(s, exchangeable=True) for s in (series, turned))
    np.testing.assert_allclose(one.estimate, two.estimate, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(one.standard_error, two.standard_error, rtol=1e-3)
    marked = series.assign_attrs(exchangeable=1)  # as read_series leaves it
    assert list(dyadic.actor_partner(marked).index) == ["intercept", "actor", "partner"]
