"""Series analysis: what closed forms and known processes say, and what a bad file is told."""

import numpy as np
import pytest
import xarray as xr

import sim
from sim import series as dyadic
from sim.series.checks import check_rank
from sim.series.oscillator import derivatives, weights
from sim.series.synchrony import derangement
from sim.world.calendar import conversation

REAL = {"inert": (0.905, 0.9125), "coord": (0.025, 0.029)}  # 80 couples, Butler and Barnard
MODULI = (0.88152, 0.93598)  # of the unrounded coefficients


def labelled(values, dt=1.0):
    values = np.asarray(values, float)
    couples, _, times = values.shape
    coords = {"couple": np.arange(couples), "partner": ["A", "B"], "time": np.arange(times) * dt}
    return xr.DataArray(values, coords, ("couple", "partner", "time"))


def var1(couples, times, seed, inert=REAL["inert"], coord=REAL["coord"], burn=200):
    """Couples of a first-order vector autoregression with unit shocks."""
    random = np.random.default_rng(seed)
    rows = np.array([[inert[0], coord[0]], [coord[1], inert[1]]])
    now, kept = np.zeros((couples, 2)), []
    for _ in range(burn + times):
        now = now @ rows.T + random.standard_normal((couples, 2))
        kept.append(now)
    return labelled(np.moveaxis(np.array(kept[burn:]), 0, -1))


# --- inertia and coordination ---------------------------------------------------------------------


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


# --- coupled oscillators --------------------------------------------------------------------------


def test_the_published_bias_of_glla():
    """A sine of period 50 comes out at 53.51782 with embed 5 and tau 5."""
    wave = np.sin(2.0 * np.pi * np.arange(500) / 50.0)
    fit = dyadic.one_oscillator(wave, embed=5, tau=5)
    # The series is no whole number of periods in the windows, so the damping is not quite 0.
    assert 2.0 * np.pi / np.sqrt(-fit.restoring[0, 0]) == pytest.approx(53.51782, abs=5e-3)
    assert 50.0 * dyadic.bias(50.0, 5, 5) == pytest.approx(53.51782, abs=5e-6)
    fixed = dyadic.one_oscillator(wave, embed=5, tau=5, corrected=True)
    assert fixed.periods[0] == pytest.approx(50.0, abs=2e-3) and fixed.corrected


def test_glla_is_exact_for_a_parabola():
    t = np.arange(30) * 0.5
    level, slope, bend = derivatives(1.0 + 2.0 * t + 3.0 * t * t, 5, 2, 0.5)
    np.testing.assert_allclose(bend, 6.0, atol=1e-9)
    np.testing.assert_allclose(slope, 2.0 + 6.0 * t[4:-4], atol=1e-9)
    assert weights(5, 2, 0.5).shape == (5, 3) and len(level) == 22


def solved(h, z, start, times):
    """Two coupled oscillators by SciPy, which knows nothing of GLLA."""
    from scipy.integrate import solve_ivp

    h, z = np.array(h), np.array(z)
    return solve_ivp(
        lambda t, y: np.concatenate([y[2:], h @ y[:2] + z @ y[2:]]),
        (0.0, times[-1]), start, t_eval=times, rtol=1e-11, atol=1e-12,
    ).y[:2]  # fmt: skip


def test_the_correction_undoes_the_bias_of_coupled_damped_oscillators():
    h, z = [[-0.030, 0.006], [0.004, -0.018]], [[-0.015, 0.004], [0.002, -0.010]]
    pair = solved(h, z, [1.0, -0.6, 0.05, 0.02], np.arange(400.0))
    raw = dyadic.oscillators(pair, embed=5, tau=4)
    fixed = dyadic.oscillators(pair, embed=5, tau=4, corrected=True)

    def miss(fit):
        return max(np.abs(fit.restoring - h).max(), np.abs(fit.damping - z).max())

    assert miss(fixed) < 0.25 * miss(raw) and miss(fixed) < 1e-3


def test_a_wave_shared_by_both_cannot_be_told_apart():
    wave = np.sin(np.arange(300) / 8.0)
    with pytest.raises(ValueError, match="rank deficient"):
        dyadic.oscillators(np.stack([wave, -0.5 * wave]))


# --- panels ---------------------------------------------------------------------------------------


def test_cross_lagged_paths_of_known_size():
    """Standard normal waves with paths .5 and .3 given: closed form, four standard errors."""
    random = np.random.default_rng(5)
    before = random.standard_normal((4000, 2))
    mix = np.array([[0.5, 0.3], [0.0, 0.6]])
    after = before @ mix.T + random.standard_normal((4000, 2)) * 0.5
    table = dyadic.cross_lagged(labelled(np.stack([before, after], axis=-1)))
    size = np.sqrt((mix**2).sum(axis=1) + 0.25)
    wanted = {"A": (0.5, 0.3), "B": (0.6, 0.0)}
    for place, (name, (own, cross)) in enumerate(wanted.items()):
        row = table.loc[name]
        assert row.stability == pytest.approx(own / size[place], abs=4 * row.stability_se)
        assert row.cross == pytest.approx(cross / size[place], abs=4 * row.cross_se)
        assert 0.005 < row.cross_se < 0.03


def test_actor_and_partner_effects_come_back():
    table = dyadic.actor_partner(var1(60, 120, 2, inert=(0.4, 0.3), coord=(0.25, 0.1)))
    for effect, truth in (
        ("actor A", 0.4), ("actor B", 0.3), ("partner A", 0.25), ("partner B", 0.1),
    ):  # fmt: skip
        row = table.loc[effect]
        assert abs(row.estimate - truth) < 4.0 * row.standard_error + 0.015, effect
        assert row.low < row.estimate < row.high


# --- synchrony and its null -----------------------------------------------------------------------


def test_windowed_correlation_finds_the_true_shift():
    random = np.random.default_rng(1)
    base = random.standard_normal((6, 400))
    series = labelled(np.stack([base[:, 5:], base[:, :-5]], axis=1))  # the second is 5 steps late
    found = dyadic.windowed_correlation(series, window=40, most=8, step=10)
    curve = found.mean(["couple", "window"])
    assert int(curve["lead"][int(np.argmax(curve.values))]) == 5
    assert float(curve.max()) == pytest.approx(1.0)


def test_shuffled_partners_show_what_the_day_alone_does(seed):
    """A shared day makes strangers look synchronous; only what couples share beats the null."""
    random = np.random.default_rng(seed)
    day = np.sin(np.arange(300) / 10.0)
    apart = day + 0.5 * random.standard_normal((20, 2, 300))
    together = apart + 0.7 * random.standard_normal((20, 1, 300))
    curve = dyadic.correlation_curve(30, 2, step=10)
    nobody, couples = (
        dyadic.surrogate_null(labelled(x), curve, draws=99) for x in (apart, together)
    )
    assert nobody.observed[2] > 0.4  # a tempting figure
    assert nobody.p[2] > 0.01 and couples.p[2] == 0.01
    assert (nobody.low <= nobody.high).all() and nobody.surrogates.shape == (99, 5)


def test_nobody_stays_with_their_own():
    random = np.random.default_rng(1)
    orders = {tuple(derangement(4, random)) for _ in range(300)}
    assert len(orders) == 9  # all derangements of four
    assert all(k != place for order in orders for place, k in enumerate(order))


# --- files ----------------------------------------------------------------------------------------

GOOD = "couple,time,partner,value\n" + "".join(
    f"{couple},{time},{who},{time * 0.5 + len(who)}\n"
    for couple in ("c1", "c2")
    for who in ("she", "he")
    for time in (0, 1, 2, 3)
)


def test_a_good_file_is_read_and_written_back(tmp_path):
    file = tmp_path / "real.csv"
    file.write_text(GOOD, encoding="utf-8")
    series = dyadic.read_series(file)
    assert series.sizes == {"couple": 2, "partner": 2, "time": 4}
    assert list(series.partner.values) == ["she", "he"]
    assert float(series.sel(couple="c2", partner="he", time=3.0)) == 3.5
    dyadic.tidy(series).to_csv(file, index=False)
    xr.testing.assert_equal(dyadic.read_series(file).sel(partner=["she", "he"]), series)


def lines(**changed):
    rows = GOOD.splitlines()
    for row, text in changed.items():
        rows[int(row[1:]) - 1] = text
    return "\n".join(row for row in rows if row is not None) + "\n"


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        (lines(r4="c1,2,she,warm"), r"row 4, column value = 'warm': must be a finite number"),
        (lines(r4="c1,2,she,"), r"row 4, column value = an empty cell: must be a finite number"),
        (lines(r4="c1,2,she,nan"), r"row 4, column value = 'nan'"),
        (lines(r4="c1,noon,she,1"), r"row 4, column time = 'noon'"),
        (lines(r3=None), r"row 3, column time = 2: must follow 0 by 1, a gap"),
        (lines(r4="c1,1,she,1"), r"row 4, column time = 1: is there twice"),
        (lines(r4="c1,0.5,she,1"), r"row 4, column time = 0.5: must be later"),
        (lines(r17=None), r"row 16, column time = 2: couple 'c2', partner 'he' has 3 values"),
        (
            lines(r14=None, r15=None, r16=None, r17=None),
            r"row 10, column partner = 'she': couple 'c2' has one partner only",
        ),
        (lines(r9="c1,3,friend,1"), r"row 9, column partner = 'friend': must be one of two"),
        (lines(r9="c1,3,,1"), r"row 9, column partner = an empty cell"),
        (lines(r1="couple,time,partner,valu"), r"no column 'value': did you mean 'valu'"),
        ("couple,time,partner,value\n", r"no rows below the header"),
        ("", r"is no CSV table"),
        (lines(r5="c1,3,she,1,9,9"), r"is no CSV table"),
        (GOOD.replace(".5", ",5").replace(".0", ",0"), r"row 2: more cells than columns; is there"),
        (lines(r6=""), r"row 6, column time = an empty cell"),
        (lines(r6="c1,0"), r"row 6, column value = an empty cell"),
    ],
    ids=lambda value: value[:25] if "row" in value else "file",
)
def test_a_bad_file_gets_one_line_with_row_and_column(tmp_path, text, reported):
    file = tmp_path / "bad.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=reported) as fault:
        dyadic.read_series(file)
    assert "\n" not in str(fault.value)


def test_a_mark_at_the_start_and_blank_lines_at_the_end_do_no_harm(tmp_path):
    file = tmp_path / "sheet.csv"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.encode() + b"\n\n")
    assert dyadic.read_series(file).shape == (2, 2, 4)
    with pytest.raises(ValueError, match=r"nowhere\.csv: cannot be read"):
        dyadic.read_series(tmp_path / "nowhere.csv")


# --- simulated series -----------------------------------------------------------------------------


def test_a_simulated_talk_goes_through_the_same_tools():
    talk = sim.simulate(
        "secure", "secure", calendar=conversation(10, 2.0, heat=0.2), dyads=12,
        seed=1, record="trajectory", variables=["affect", "sent_warmth"],
    )  # fmt: skip
    series = dyadic.of_simulation(talk, "affect")
    fit = dyadic.inertia_coordination(series)
    inert, coord = float(fit.inertia.mean()), float(fit.coordination.mean())
    assert 0.5 < inert < 1.0 and abs(coord) < 0.3 * inert
    null = dyadic.surrogate_null(series, dyadic.correlation_curve(30, 5, step=15), draws=19)
    assert null.p.shape == (11,)
    with pytest.raises(ValueError, match="no variable 'afect': did you mean 'affect'"):
        dyadic.of_simulation(talk, "afect")


def test_uneven_simulated_series_are_refused():
    life = sim.simulate("secure", "secure", days=2, seed=1, record="trajectory")
    with pytest.raises(ValueError, match="must be even in time"):
        dyadic.of_simulation(life, "affect")


def test_the_null_is_drawn():
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    from sim.plots.series import against_null

    null = dyadic.surrogate_null(var1(6, 100, 1), dyadic.correlation_curve(20, 3), draws=19)
    ax = against_null(np.arange(-3, 4), null, plt.figure().gca())
    assert len(ax.lines) == 2 and "leads by" in ax.get_xlabel()
    plt.close("all")
