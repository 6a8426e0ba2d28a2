"""Equilibria stand where papers print them, by their right names."""

import numpy as np
import pytest

from models.classics import CLASSICS
from sim import landscape as land
from sim.landscape.equilibria import name_of
from tests.helpers.systems import GONE, cubic, flow


def test_gone_with_the_wind_has_its_three_equilibria():
    found = land.equilibria(land.of_classic(GONE), starts=32)
    states = np.array([point.state for point in found.points])
    printed = [(1.12605767, 6.67786418), (3.41097704, 2.88889072), (6.19357433, 1.38975685)]
    np.testing.assert_allclose(states, printed, atol=5e-9)
    assert [point.kind for point in found.points] == ["stable node", "saddle", "stable node"]
    assert len(found.stable) == 2 and max(point.residual for point in found.points) < 1e-9


def test_a_search_says_that_roots_lie_outside():
    whole = land.equilibria(cubic(0.0), starts=32)
    assert len(whole.points) == 3 and not whole.censored and whole.word == "3 found"
    half = land.equilibria(cubic(0.0).within(x=(0.3, 2.0)), starts=32)
    assert (
        len(half.points) == 1 and half.censored and half.outside and "outside the box" in half.word
    )
    edge = land.equilibria(cubic(0.0).within(x=(0.5, 1.0)), starts=32)
    assert edge.censored and "on the edge" in edge.word


@pytest.mark.parametrize(
    ("values", "kind", "name"),
    [
        ((-1, -2), "flow", "stable node"),
        ((-1 + 1j, -1 - 1j), "flow", "stable focus"),
        ((1 + 1j, 1 - 1j), "flow", "unstable focus"),
        ((1, 2), "flow", "unstable node"),
        ((1, -2), "flow", "saddle"),
        ((1j, -1j), "flow", "marginal"),
        ((0.5, -0.9), "map", "stable node"),
        ((0.5, -1.1), "map", "saddle"),
        ((0.8 + 0.7j, 0.8 - 0.7j), "map", "unstable focus"),
        ((0.0, 0.5), "map", "stable node"),
    ],
)
def test_names_of_equilibria(values, kind, name):
    assert name_of(np.array(values), kind) == name


def test_strogatz_is_a_centre_and_not_called_stable():
    found = land.equilibria(land.of_classic(CLASSICS["strogatz"]), starts=8)
    assert [point.kind for point in found.points] == ["marginal"] and not found.stable
    np.testing.assert_allclose(sorted(found.points[0].eigenvalues.imag), [-1, 1], atol=1e-9)


def test_the_secure_couple_and_its_threshold():
    secure = CLASSICS["secure_couple"]
    (point,) = land.equilibria(land.of_classic(secure), starts=8).points
    np.testing.assert_allclose(point.state, (3.125, 2.25), atol=1e-9)
    assert point.stable
    wild = land.of_classic(secure, reactiveness_1=2.0, reactiveness_2=0.6)  # 1.2 > 1
    cut_off = land.equilibria(wild, starts=8)
    assert not cut_off.points and cut_off.censored  # it has gone beyond the box of the search
    wide = wild.within(partner_1=(-30.0, 30.0), partner_2=(-30.0, 30.0))
    assert land.equilibria(wide, starts=8).points[0].kind == "saddle"


def test_gottmans_couple_turns_outwards():
    """r = .5 and slopes (.9, -.9): modulus 1.029563. Set point 1, slope .2: 5/3 each."""
    gottman, slopes = CLASSICS["gottman_simultaneous"], {}
    for sign in ("positive", "negative"):
        slopes |= {f"wife_by_{sign}": 0.9, f"husband_by_{sign}": -0.9}
    point = land.equilibria(land.of_classic(gottman, **slopes), starts=16).points[0]
    assert np.abs(point.eigenvalues).max() == pytest.approx(1.029563, abs=5e-7)
    assert point.kind == "unstable focus"
    (calm,) = land.equilibria(land.of_classic(gottman), starts=16).points
    np.testing.assert_allclose(calm.state, 5.0 / 3.0, atol=1e-9)


def test_nullclines_cross_at_the_equilibria():
    lines = land.nullclines(land.of_classic(GONE), points=301)
    curve = np.concatenate(lines.first)
    np.testing.assert_allclose(
        curve[:, 0], 1.0 + 15.0 * curve[:, 1] * np.exp(-curve[:, 1]), atol=6e-3
    )
    for point in land.equilibria(land.of_classic(GONE), starts=32).points:
        for both in (lines.first, lines.second):
            assert np.linalg.norm(np.concatenate(both) - point.state, axis=1).min() < 0.05


def test_what_has_no_landscape_is_refused():
    with pytest.raises(ValueError, match="is a delay: a landscape needs a flow or a map"):
        land.of_classic(CLASSICS["liebovitch_delay"])
    with pytest.raises(ValueError, match="no parameter 'reactivenes': did you mean"):
        land.of_classic(GONE, reactivenes=3.0)
    with pytest.raises(ValueError, match="low end must be below"):
        flow(lambda x: (x,), (1, 0))
    with pytest.raises(ValueError, match="no variable 'rhet': did you mean 'rhett'"):
        land.of_classic(GONE).within(rhet=(0, 1))
