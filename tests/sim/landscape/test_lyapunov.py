"""Exponents of maps and flows that are known."""

import numpy as np
import pytest

from models.classics import CLASSICS
from sim import landscape as land
from sim.landscape import System
from tests.helpers.systems import flow


def test_exponents_of_maps():
    chaos = System(lambda x: 4.0 * x * (1.0 - x), "map", ("x",), [(0, 1)])
    found = land.largest_exponent(chaos, [0.3], 4000, 100)
    assert abs(found.value - np.log(2.0)) < 4.0 * found.standard_error + 1e-3
    doubling = System(lambda x: 2.0 * x, "map", ("x",), [(0, 1)])
    gone = land.largest_exponent(doubling, [0.3], 4000)
    assert gone.word == "diverges" and np.isnan(gone.value) and gone.censored


def test_exponent_of_a_linear_flow_is_its_eigenvalue():
    linear = flow(lambda x, y: (-0.3 * x + y, -0.5 * y), (-1, 1), (-1, 1))
    assert land.largest_exponent(linear, [1, 1], 60, 20).value == pytest.approx(-0.3, abs=2e-3)


@pytest.mark.slow
def test_the_love_triangle_is_chaotic():
    """Sprott 2004: .38 +- .03."""
    system = land.of_classic(CLASSICS["sprott_triangle"])
    found = land.largest_exponent(system, [1.0, 0.0, 0.0, 0.0], 600, 100)
    assert found.value == pytest.approx(0.38, abs=0.03)
    assert found.standard_error < 0.03 and not found.censored
