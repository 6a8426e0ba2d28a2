"""Gottman's talks: stability, folds, set points, thresholds."""

import numpy as np
import pytest

from models.classics import find
from sim.analysis.orbits import DivergesError, orbit
from tests.helpers.classics import last, slopes


def marriage(wife, husband, **more):
    """Parameters with one slope a partner, the same on both sides of 0."""
    return find("gottman_simultaneous").parameters._replace(
        wife_by_positive=wife, wife_by_negative=wife,
        husband_by_positive=husband, husband_by_negative=husband, **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "modulus"), [("gottman_simultaneous", 1.029563), ("gottman_sequential", 0.5)]
)
def test_the_order_of_turns_decides_whether_the_talk_is_stable(name, modulus):
    at = np.array([3.0, 3.0])  # away from the kink
    found = np.abs(np.linalg.eigvals(slopes(find(name), at, marriage(0.9, -0.9))))
    np.testing.assert_allclose(found, modulus, atol=5e-7)


def test_the_talk_folds_where_influence_equals_the_lack_of_inertia():
    for r1, r2, p in ((0.5, 0.5, 0.4), (0.2, 0.7, 1.3)):
        q = (1 - r1) * (1 - r2) / p
        chosen = marriage(p, q, inertia_wife=r1, inertia_husband=r2)
        for name in ("gottman_simultaneous", "gottman_sequential"):
            eigenvalues = np.linalg.eigvals(slopes(find(name), np.array([2.0, 2.0]), chosen))
            assert abs(eigenvalues - 1).min() < 1e-7


@pytest.mark.parametrize("name", ["gottman_simultaneous", "gottman_sequential"])
def test_influence_lifts_both_above_their_own_set_point(name):
    np.testing.assert_allclose(last(name, 400), 5 / 3, rtol=1e-12)


@pytest.mark.parametrize("name", ["gottman_simultaneous", "gottman_sequential"])
def test_beyond_the_saddle_a_talk_diverges_and_says_so(name):
    chosen = {"wife_by_negative": 1.0, "husband_by_negative": 1.0}
    near = {"wife": -0.99, "husband": -0.99}
    np.testing.assert_allclose(last(name, 400, start=near, parameters=chosen), 5 / 3, rtol=1e-9)
    beyond = {"wife": -1.01, "husband": -1.01}
    with pytest.raises(DivergesError, match=r"diverges.*time [0-9]+ [(]turn[)]") as reported:
        orbit(find(name), 400, start=beyond, parameters=chosen)
    assert float(reported.value.orbit.wife[-1]) < -1e6 and reported.value.time < 100


def test_repair_damping_and_ojive_are_steps_at_their_thresholds():
    from models.classics.gottman import influence

    off = marriage(0.0, 0.0)
    p = off._replace(repair=0.7, damping=0.3, ojive_high=1.1, ojive_low=0.9)
    other = np.array([-3.0, -1.5, 0.0, 1.5, 3.0])
    np.testing.assert_allclose(influence(other, 0, 0, p), [-0.2, -0.9, 0.0, 1.1, 0.8])
