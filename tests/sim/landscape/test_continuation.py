"""Folds, pitchforks and Hopf points are found where closed forms have them."""

import numpy as np
import pytest

from models.classics import CLASSICS
from sim import landscape as land
from sim.landscape import System
from sim.landscape.equilibria import describe, solve
from tests.helpers.systems import FOLD, GONE, cubic, flow, normal_form


def test_folds_of_the_cubic():
    branch = land.branch(cubic, np.array([1.3247179572]), 1.0, (-1.0, 1.0))
    assert [one.kind for one in branch.special] == ["fold", "fold"]
    np.testing.assert_allclose([one.parameter for one in branch.special], [-FOLD, FOLD], atol=1e-8)
    assert branch.censored and set(branch.ended) == {"edge of the parameter's range"}
    middle = np.abs(branch.states[:, 0]) < 0.57
    assert not branch.stable[middle].any() and branch.stable[~middle][:20].all()


def test_the_pitchfork_of_gone_with_the_wind():
    """Symmetric appeals: R = (3 + sqrt 5) / 2, k = e^R / (R - 1)."""

    def family(k):
        return land.of_classic(GONE, appeal_rhett=1.0, reactiveness=k)

    start = solve(family(7.0), np.array([2.4, 2.4]))
    branch = land.branch(family, start, 7.0, (1.0, 15.0))
    (pitchfork,) = branch.special
    level = (3.0 + np.sqrt(5.0)) / 2.0
    assert pitchfork.kind == "branch point"
    assert pitchfork.parameter == pytest.approx(np.exp(level) / (level - 1.0), abs=1e-6)
    np.testing.assert_allclose(pitchfork.state, level, atol=1e-6)
    assert branch.stable[0] and not branch.stable[-1]


def test_the_fold_of_gone_with_the_wind_is_where_two_equilibria_meet():
    """The tangency condition of the fold, from the equations alone."""

    def family(k):
        return land.of_classic(GONE, reactiveness=k)

    start = solve(family(15.0), np.array([6.2, 1.4]))
    branch = land.branch(family, start, 15.0, (1.0, 20.0))
    (fold,) = branch.special
    r, s = fold.state
    k = fold.parameter
    slopes = k * (1 - s) * np.exp(-s) * k * (1 - r) * np.exp(-r)
    assert fold.kind == "fold" and slopes == pytest.approx(1.0, abs=1e-6)
    assert len(land.equilibria(family(k - 0.05), starts=64).points) == 1
    assert len(land.equilibria(family(k + 0.05), starts=64).points) == 3


def test_the_pitchfork_of_liebovitch():
    """m = -1, b = 0: at c1 c2 = m^2; at c = 2 the outer equilibria stand at 1.91500805."""
    model = CLASSICS["liebovitch"]

    def family(c):
        return land.of_classic(model, feedback_1=c, feedback_2=c)

    branch = land.branch(family, np.zeros(2), 0.5, (0.2, 3.0))
    (pitchfork,) = branch.special
    assert pitchfork.kind == "branch point" and pitchfork.parameter == pytest.approx(1.0, abs=1e-7)
    tips = [point.state for point in land.equilibria(family(2.0), starts=32).stable]
    np.testing.assert_allclose(np.abs(tips), 1.91500805, atol=5e-9)
    assert len(tips) == 2


def test_the_fold_of_gottman_leaves_the_box():
    """At p q = (1 - r1)(1 - r2) a multiplier is 1 and the equilibrium is gone to infinity."""
    model = CLASSICS["gottman_simultaneous"]

    def family(p):
        return land.of_classic(model, wife_by_positive=p, husband_by_positive=p)

    start = np.full(2, 5.0 / 3.0)
    branch = land.branch(family, start, 0.2, (0.1, 0.6))
    assert branch.ended[1] == "edge of the box" and branch.censored
    assert branch.parameter.max() < 0.5
    at_fold = describe(family(0.5), np.array([1.0, 1.0])).eigenvalues
    assert np.abs(at_fold).max() == pytest.approx(1.0, abs=1e-9)


def test_hopf_point_and_neutral_saddle():
    branch = land.branch(normal_form, np.zeros(2), -0.5, (-1.0, 1.0))
    (hopf,) = branch.special
    assert hopf.kind == "Hopf point" and hopf.parameter == pytest.approx(0.0, abs=1e-7)

    def saddle(p):  # eigenvalues 1 + p and -1: their sum passes 0, but nothing turns
        return flow(lambda x, y: ((1.0 + p) * x, -y), (-1, 1), (-1, 1))

    assert not land.branch(saddle, np.zeros(2), -0.5, (-0.9, 0.9)).special


def test_period_doubling_and_neimark_sacker_of_maps():
    def logistic(r):
        return System(lambda s: r * s * (1.0 - s), "map", ("x",), [(-0.5, 1.5)])

    special = land.branch(logistic, np.array([0.5]), 2.0, (1.2, 3.6)).special
    assert [one.kind for one in special] == ["period doubling"]
    assert special[0].parameter == pytest.approx(3.0, abs=1e-7)

    def turning(a):
        return System(
            lambda s: a * np.stack([0.8 * s[0] - 0.6 * s[1], 0.6 * s[0] + 0.8 * s[1]]),
            "map", ("x", "y"), [(-1, 1), (-1, 1)],
        )  # fmt: skip

    special = land.branch(turning, np.zeros(2), 0.7, (0.5, 1.5)).special
    assert [one.kind for one in special] == ["Neimark-Sacker point"]
    assert special[0].parameter == pytest.approx(1.0, abs=1e-7)


def test_a_branch_starts_at_an_equilibrium():
    with pytest.raises(ValueError, match="must be near an equilibrium"):
        land.branch(cubic, np.array([0.5]), 1.0, (-1.0, 1.0))
