"""Intervals hold the truth as often as they say, also where the usual assumptions do not hold.

Each test draws data sets of a known process and counts: 95 % intervals must hold the truth in 90 to
99 % of them. A count of 200 has a standard error of 1.5 points.
"""

import numpy as np
import pytest

from sim import series as dyadic
from tests.helpers.simulated_couples import ACTOR, PARTNER, diary, holed, labelled, swapped

pytestmark = pytest.mark.slow
DRAWS = 200
TRUTH = {
    "actor A": ACTOR[0], "actor B": ACTOR[1], "partner A": PARTNER[0], "partner B": PARTNER[1],
}  # fmt: skip
LONG = {"couples": 25, "days": 150}
"""Long enough for the bias of short panels (Nickell 1981) to be small beside the errors."""


def held(tables, truth):
    """Share of the tables whose interval holds the truth, by effect."""
    return {
        effect: np.mean([t.low[effect] <= value <= t.high[effect] for t in tables])
        for effect, value in truth.items()
    }


def honest(shares, least=0.9, most=0.99):
    assert all(least <= share <= most for share in shares.values()), shares
    return True


@pytest.mark.parametrize(("share", "shared"), [(0.0, 0.0), (0.15, 0.5)])
def test_actor_partner_under_unequal_variances_and_correlated_residuals(share, shared):
    """Plain, and with missing answers and correlated residuals together: either fault shows."""
    tables = [
        dyadic.actor_partner(holed(diary(seed=seed, shared=shared, **LONG), share, seed))
        for seed in range(DRAWS)
    ]
    assert honest(held(tables, TRUTH))


def cut(seed):
    """Pieces of 10 from one process, nights of 5 steps between."""
    series = diary(seed=seed, couples=25, days=225, shared=0.3)
    piece = np.arange(225) // 15
    kept = np.flatnonzero(np.arange(225) % 15 < 10)
    return series.isel(time=kept).assign_coords(piece=("time", piece[kept]))


def test_actor_partner_of_cut_series():
    series = [cut(seed) for seed in range(DRAWS)]
    assert honest(held([dyadic.actor_partner(s) for s in series], TRUTH))
    across = [dyadic.actor_partner(s.assign_coords(time=np.arange(150.0)).drop_vars("piece"))
              for s in series[:60]]  # fmt: skip
    assert held(across, TRUTH)["actor A"] < 0.9  # a lag over the night would be wrong


def test_exchangeable_partners_whatever_they_are_called():
    truth = {"actor": 0.3, "partner": 0.15}
    tables = []
    for seed in range(DRAWS):
        same = diary(seed=seed, actor=(0.3, 0.3), partner=(0.15, 0.15), spread=(1, 1), shared=0.4,
                     **LONG)  # fmt: skip
        tables.append(dyadic.actor_partner(swapped(same, seed), exchangeable=True))
    assert honest(held(tables, truth))


def test_effects_that_differ_between_couples_need_errors_by_couple():
    """A wrong design: the model says one effect for all. Its own errors are too small."""
    series = [
        diary(seed=s, couples=50, days=100, varying=0.15, spread=(1, 1)) for s in range(DRAWS)
    ]
    robust = held([dyadic.actor_partner(s, errors="couple") for s in series], TRUTH)
    assert honest({name: robust[name] for name in ("partner A", "partner B")})
    plain = held([dyadic.actor_partner(s) for s in series[:100]], TRUTH)
    assert plain["partner B"] < 0.8


@pytest.mark.parametrize("exchangeable", [False, True])
def test_actor_partner_at_one_time(exchangeable):
    tables, truth = [], {"actor": 0.4, "partner": 0.2} if exchangeable else TRUTH
    for seed in range(DRAWS):
        random = np.random.default_rng(seed)
        x = random.multivariate_normal([0, 0], [[1, 0.4], [0.4, 1]], 60)
        actor, partner = ((0.4, 0.4), (0.2, 0.2)) if exchangeable else (ACTOR, PARTNER)
        sizes = np.array([1.0, 1.0] if exchangeable else [1.0, 3.0])
        rest = random.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], 60) * sizes
        y = x * actor + x[:, ::-1] * partner + rest
        y[random.random(y.shape) < 0.1] = np.nan
        pair = labelled(np.stack([x, y], axis=-1))
        pair = swapped(pair, seed) if exchangeable else pair
        tables.append(
            dyadic.actor_partner_once(
                pair.isel(time=1), pair.isel(time=0), exchangeable=exchangeable
            )
        )
    assert honest(held(tables, truth))


@pytest.mark.parametrize("share", [0.0, 0.1])
def test_cross_lagged_paths(share):
    """Standardised paths of the process itself, from its stationary covariance."""
    from scipy.linalg import solve_discrete_lyapunov

    rows = np.array([[0.5, 0.2], [0.1, 0.3]])
    shocks = np.array([[1.0, 1.2], [1.2, 9.0]])
    size = np.sqrt(solve_discrete_lyapunov(rows, shocks).diagonal())
    truth = rows * size[None, :] / size[:, None]
    wanted = {("stability", "A"): truth[0, 0], ("stability", "B"): truth[1, 1],
              ("cross", "A"): truth[0, 1], ("cross", "B"): truth[1, 0]}  # fmt: skip
    hits = []
    for seed in range(2 * DRAWS):
        series = diary(couples=80, days=2, seed=seed, actor=(0.5, 0.3), partner=(0.2, 0.1),
                       shared=0.4, between=(0, 0))  # fmt: skip
        table = dyadic.cross_lagged(holed(series, share, seed))
        hits.append([table[f"{term}_low"][who] <= value <= table[f"{term}_high"][who]
                     for (term, who), value in wanted.items()])  # fmt: skip
    assert honest(dict(zip(wanted, np.mean(hits, axis=0), strict=True)))


@pytest.mark.parametrize("share", [0.0, 0.1])
def test_inertia_and_coordination_of_one_couple(share):
    """200 couples in one file are 200 data sets."""
    series = holed(diary(couples=400, days=400, seed=3, shared=0.5), share, 4)
    fit = dyadic.inertia_coordination(series, detrend=False)
    shares = {}
    for name, truth in (("inertia", ACTOR), ("coordination", PARTNER)):
        for who in (0, 1):
            off = np.abs(fit[name][:, who] - truth[who]) / fit[f"{name}_se"][:, who]
            shares[name, who] = float((off <= 1.96).mean())
    assert honest(shares)


def test_the_null_of_strangers_is_rejected_as_often_as_it_says():
    """Partners who share the day only: p is below .05 in about 5 %, with missing answers too."""
    low = []
    for seed in range(DRAWS):
        random = np.random.default_rng(seed)
        day = np.sin(np.arange(60) / 5.0)
        series = holed(labelled(day + random.standard_normal((12, 2, 60))), 0.02, seed)
        null = dyadic.surrogate_null(series, dyadic.correlation_curve(8, 0, 4), draws=39, seed=seed)
        low.append(null.p[0] <= 0.05)
    assert 0.01 <= np.mean(low) <= 0.1
