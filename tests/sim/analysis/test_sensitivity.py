"""Sensitivity: known indices of analytic functions."""

import numpy as np
import pytest

from sim.analysis import sensitivity
from tests.helpers.weighted_sum import KNOWN, WEIGHTS, inside

pytest.importorskip("SALib")
NAMES = ["one", "two", "three", "none"]


def linear():
    return sensitivity.problem(NAMES, [0.0] * 4, [1.0] * 4)


def test_sobol_of_a_weighted_sum():
    problem = linear()
    points = sensitivity.sobol_design(problem, 512, seed=3)
    assert points.shape == (512 * 6, 4)
    table = sensitivity.sobol_indices(problem, points @ WEIGHTS, points=points)
    assert inside(table, "S1", KNOWN) and inside(table, "ST", KNOWN)
    np.testing.assert_allclose(table.S1, KNOWN, atol=0.03)


@pytest.mark.slow
def test_sobol_of_ishigami():
    """Ishigami and Homma 1990, a = 7, b = 0.1; indices in closed form (Saltelli et al. 2000)."""
    problem = sensitivity.problem(["x", "y", "z"], [-np.pi] * 3, [np.pi] * 3)
    points = sensitivity.sobol_design(problem, 2048, seed=1)
    x, y, z = points.T
    output = np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)
    table = sensitivity.sobol_indices(problem, output, points=points)
    whole = 0.5 + 49.0 / 8.0 + 0.1 * np.pi**4 / 5.0 + 0.01 * np.pi**8 / 18.0
    alone = 0.5 * (1.0 + 0.1 * np.pi**4 / 5.0) ** 2
    joint = 0.01 * np.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    first = np.array([alone, 49.0 / 8.0, 0.0]) / whole
    total = np.array([alone + joint, 49.0 / 8.0, joint]) / whole
    assert inside(table, "S1", first) and inside(table, "ST", total)


def test_convergence_is_seen():
    problem = linear()
    points = sensitivity.sobol_design(problem, 256, seed=3)
    output = points @ WEIGHTS
    course = sensitivity.sobol_convergence(problem, output, points=points)
    assert sorted(set(course.samples)) == [32, 64, 128, 256]
    width = (course.ST_high - course.ST_low).groupby(course.samples).max()
    assert width[256] < width[32]
    assert sensitivity.converged(
        sensitivity.sobol_indices(problem, output, points=points), narrow=0.15
    )
    few = sensitivity.sobol_indices(problem, output[: 8 * 6], points=points[: 8 * 6])
    assert not sensitivity.converged(few, narrow=0.15)


def test_an_output_that_never_varies_depends_on_nothing():
    problem = linear()
    points = sensitivity.sobol_design(problem, 16, seed=1)
    assert (
        not sensitivity.sobol_indices(problem, np.ones(len(points)), points=points).to_numpy().any()
    )


def test_morris_gives_the_slopes():
    problem = linear()
    points = sensitivity.morris_design(problem, 20, seed=2)
    table = sensitivity.morris_indices(problem, points, points @ WEIGHTS)
    np.testing.assert_allclose(table.mu_star, WEIGHTS, atol=1e-9)
    np.testing.assert_allclose(table.sigma, 0.0, atol=1e-9)


@pytest.mark.slow
def test_pawn_ranks_and_knows_nothing_when_there_is_nothing():
    problem = linear()
    points = sensitivity.spread_design(problem, 1024, 4, "latin_hypercube")
    table = sensitivity.pawn_indices(problem, points, points @ WEIGHTS)
    assert list(table.pawn.sort_values(ascending=False).index) == NAMES
    assert table.pawn["one"] > 2.0 * table.dummy["one"]


@pytest.mark.parametrize("method", ["sobol", "latin_hypercube"])
def test_spread_designs_fill_their_ranges(method):
    problem = sensitivity.problem(["a", "b"], [2.0, -1.0], [4.0, 1.0])
    points = sensitivity.spread_design(problem, 64, 5, method)
    counts = [
        np.histogram(column, 8, limits)[0]
        for column, limits in zip(points.T, [(2, 4), (-1, 1)], strict=True)
    ]
    assert all((count == 8).all() for count in counts)
    np.testing.assert_array_equal(points, sensitivity.spread_design(problem, 64, 5, method))


def test_the_noise_share_is_known():
    random = np.random.default_rng(1)
    signal, error = random.normal(0, 2.0, 20_000), random.normal(0, 1.0, 20_000)
    share = sensitivity.noise_share(np.ones(20_000), signal + error)
    assert share == pytest.approx(0.2, abs=0.01)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: sensitivity.problem(["a"], [1.0], [1.0]), "low must be below high"),
        (lambda: sensitivity.problem(["a"], [1.0, 2.0], [1.0]), "must be as many"),
        (lambda: sensitivity.sobol_design(linear(), 100, 1), "power of 2"),
        (lambda: sensitivity.sobol_indices(linear(), [np.nan] * 12), "not finite"),
        (lambda: sensitivity.spread_design(linear(), 8, 1, "grid"), "must be one of"),
    ],
)
def test_bad_input_is_a_line(call, words):
    with pytest.raises(ValueError, match=words):
        call()
