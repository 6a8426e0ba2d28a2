"""Sobol and Morris take their own design only, and say in one line what does not fit."""

import numpy as np
import pytest

from sim.analysis import sensitivity

saltelli = pytest.importorskip("SALib.sample.sobol")
NAMES = ["a", "b", "c"]


def problem():
    return sensitivity.problem(NAMES, [0.0, -1.0, 10.0], [1.0, 1.0, 20.0])


def sobol(samples=32):
    return sensitivity.sobol_design(problem(), samples, 1)


def refused(call, words):
    with pytest.raises(ValueError, match=words) as fault:
        call()
    assert "\n" not in str(fault.value)
    return True


def total(points):
    return points[:, 0] + 2.0 * points[:, 1]


@pytest.mark.parametrize("estimate", [sensitivity.sobol_indices, sensitivity.sobol_convergence])
def test_points_of_another_design_are_refused(estimate):
    own = sobol()
    latin = sensitivity.spread_design(problem(), len(own), 1, "latin_hypercube")
    with_second = saltelli.sample(problem(), 20, calc_second_order=True)
    for points in (latin, own[np.lexsort(own.T)], own[::-1], with_second):
        assert len(points) % 5 == 0
        assert refused(
            lambda p=points: estimate(problem(), total(p), points=p), "Saltelli's blocks"
        )
    assert refused(lambda: estimate(problem(), total(own)), "needs the points too")
    assert len(estimate(problem(), total(own), points=own)) >= 3


def test_trajectories_are_checked():
    own = sensitivity.morris_design(problem(), 10, 1)
    finer = sensitivity.morris_design(problem(), 10, 1, levels=8)
    latin = sensitivity.spread_design(problem(), len(own), 1, "latin_hypercube")
    for points in (latin, own[np.lexsort(own.T)], finer):
        words = r"take morris_design"
        call = lambda p=points: sensitivity.morris_indices(problem(), p, total(p))  # noqa: E731
        assert refused(call, words)
    sensitivity.morris_indices(problem(), finer, total(finer), levels=8)
    assert refused(
        lambda: sensitivity.morris_indices(problem(), own[:-1], total(own[:-1])),
        r"39 outputs: must be a multiple of \(inputs \+ 1\) = 4",
    )
    assert refused(
        lambda: sensitivity.morris_indices(problem(), own, total(own), levels=3), "levels = 3"
    )


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (lambda x: x[:-7], r"153 outputs: must be a multiple of \(inputs \+ 2\) = 5"),
        (lambda x: x[:-5], "155 outputs of 160 points"),
        (lambda x: x[:, None], r"output of shape \(160, 1\): must be \(points,\)"),
        (lambda x: np.where(x > x.mean(), np.nan, x), "values are not finite"),
        (lambda x: x[:0], "0 outputs"),
        (lambda x: float(x[0]), r"output of shape \(\)"),
        (lambda x: ["much"] * len(x), "output: must be numbers"),
        (lambda x: np.ma.masked_greater(x, x.mean()), "masked"),
    ],
)
def test_outputs_that_do_not_fit(output, words):
    points = sobol()
    assert refused(
        lambda: sensitivity.sobol_indices(problem(), output(total(points)), points=points), words
    )


def test_points_that_do_not_fit():
    points = sobol()
    wide = np.column_stack([points, points[:, 0]])
    for wrong, words in (
        (wide, r"points of shape \(160, 4\): must be \(points, 3 inputs\)"),
        (points * 2.0, r"must be in \[.*\], the range of the problem"),
        ([["x"] * 3] * 160, "points: must be numbers"),
    ):
        for estimate in (
            lambda w=wrong: sensitivity.sobol_indices(problem(), total(points), points=w),
            lambda w=wrong: sensitivity.pawn_indices(problem(), w, total(points)),
        ):
            assert refused(estimate, words)


def test_designs_of_no_size_are_refused():
    for call, words in (
        (lambda: sensitivity.sobol_design(problem(), 0, 1), "samples = 0"),
        (lambda: sensitivity.sobol_design(problem(), 10**9, 1), "samples = 1000000000"),
        (lambda: sensitivity.morris_design(problem(), 10**9, 1), "trajectories = "),
        (lambda: sensitivity.morris_design(problem(), 4, 1, levels=3), "levels = 3"),
        (lambda: sensitivity.spread_design(problem(), -1, 1, "sobol"), "samples = -1"),
        (lambda: sensitivity.problem(["a", "a"], [0, 0], [1, 1]), "'a' is there twice"),
        (lambda: sensitivity.problem(["a"], [0], [np.inf]), "both finite"),
    ):
        assert refused(call, words)


# --- coverage -------------------------------------------------------------------------------------

ISHIGAMI = sensitivity.problem(["x", "y", "z"], [-np.pi] * 3, [np.pi] * 3)
PARTS = np.array([0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2, 49 / 8, 0.01 * np.pi**8 * (1 / 18 - 1 / 50)])
FIRST = np.array([PARTS[0], PARTS[1], 0.0]) / PARTS.sum()
TOTAL = np.array([PARTS[0] + PARTS[2], PARTS[1], PARTS[2]]) / PARTS.sum()


def ishigami(points):
    x, y, z = points.T
    return np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


def random_blocks(samples, seed):
    """Saltelli's blocks of independent points."""
    one, two = np.random.default_rng(seed).uniform(-np.pi, np.pi, (2, samples, 3))
    rows = [one, *(np.where(np.arange(3) == k, two, one) for k in range(3)), two]
    return np.stack(rows, axis=1).reshape(-1, 3)


@pytest.mark.slow
def test_sobol_intervals_hold_the_truth():
    hits, sequence = [], []
    for seed in range(600):  # a share of .92 is known to .01
        for kept, points in (
            (hits, random_blocks(256, seed)),
            (sequence, sensitivity.sobol_design(ISHIGAMI, 256, seed)),
        ):
            table = sensitivity.sobol_indices(ISHIGAMI, ishigami(points), seed, 200, points)
            kept.append(
                np.concatenate([
                    (table.S1_low <= FIRST) & (table.S1_high >= FIRST),
                    (table.ST_low <= TOTAL) & (table.ST_high >= TOTAL),
                ])
            )  # fmt: skip
    shares = np.mean(hits, axis=0)
    assert (shares >= 0.9).all() and (shares <= 0.99).all(), shares
    assert (np.mean(sequence, axis=0) >= 0.9).all()  # closer than the intervals say


@pytest.mark.slow
def test_morris_intervals_hold_the_truth():
    """Truth: the mean over all steps of the grid of levels, which are few enough to go through."""
    levels = np.linspace(0.0, 1.0, 4)
    grid = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(-1, 3)

    def curved(points):
        a, b, c = points.T
        return a**2 + a * b + 3.0 * np.exp(c) * b

    truth = []
    for place in range(3):
        low = grid[grid[:, place] < 1 / 3 + 1e-9]
        high = low.copy()
        high[:, place] += 2 / 3
        truth.append(np.abs((curved(high) - curved(low)) / (2 / 3)).mean())
    unit = sensitivity.problem(NAMES, [0.0] * 3, [1.0] * 3)
    hits = []
    for seed in range(300):
        points = sensitivity.morris_design(unit, 40, seed)
        table = sensitivity.morris_indices(unit, points, curved(points), seed)
        hits.append((table.mu_star_low <= truth) & (truth <= table.mu_star_high))
    shares = np.mean(hits, axis=0)
    assert (shares >= 0.9).all() and (shares <= 0.99).all(), shares


@pytest.mark.parametrize("slices", [2, 3, 5, 6, 7, 9, 10, 21, 25])
def test_any_number_of_slices_is_cut_or_refused_in_one_line(slices):
    points = sensitivity.spread_design(problem(), 64, 1, "latin_hypercube")
    try:
        table = sensitivity.pawn_indices(problem(), points, total(points), 1, slices, 19)
    except ValueError as fault:
        assert str(fault).startswith(f"slices = {slices}: ") and "\n" not in str(fault)
        assert slices in (6, 9, 21)  # NumPy's steps of 1/6, 1/9 and 1/21 overshoot 1
    else:
        assert np.isfinite(table.pawn).all()


@pytest.mark.slow
def test_pawn_cries_wolf_as_often_as_it_says():
    """No input matters; in 5 % of samples one of the three exceeds the line of chance."""
    found = []
    for seed in range(40):
        random = np.random.default_rng(seed)
        points = sensitivity.spread_design(problem(), 128, seed, "latin_hypercube")
        table = sensitivity.pawn_indices(
            problem(), points, random.normal(size=128), seed, permutations=19
        )
        found.append((table.pawn > table.dummy).any())
    assert np.mean(found) <= 0.16  # 5 %, and three standard errors of 40 samples
