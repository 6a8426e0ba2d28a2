"""Basins, the smallest way out of one, and hysteresis."""

import numpy as np
import pytest

from models.classics import CLASSICS
from sim import landscape as land
from tests.helpers.systems import FOLD, cubic, flow, normal_form

DOUBLE_WELL = flow(lambda x, y: (x - x**3, -y), (-2, 2), (-2, 2))


def test_basins_of_the_double_well():
    basin = land.basins(DOUBLE_WELL, [(-1, 0), (1, 0)], 40.0, points=20)
    assert (basin.values == (basin.x.values > 0.0)).all()
    assert basin.attrs["flag_meanings"] == "diverges unsettled attractor_0 attractor_1"
    assert basin.attrs["shares"] == [0.0, 0.0, 0.5, 0.5] and basin.attrs["word"] == ""
    cut = land.basins(DOUBLE_WELL, [(-1, 0)], 40.0, points=20)
    assert cut.attrs["word"].startswith("50.0% settles at none of them")


def test_what_diverges_is_said_to():
    runaway = flow(lambda x: (x * (x - 1.0) * (x + 1.0),), (-2, 2))
    basin = land.attractors_reached(runaway, np.array([[-1.5, -0.5, 0.5, 1.5]]), [(0.0,)], 30.0)
    assert [land.NO_ATTRACTOR.get(k, k) for k in basin.tolist()] == ["diverges", 0, 0, "diverges"]
    gottman = land.of_classic(
        CLASSICS["gottman_simultaneous"], initial_wife=-0.5, initial_husband=-0.5,
        wife_by_positive=0.9, husband_by_positive=0.9,
    )  # fmt: skip
    saddle = next(p for p in land.equilibria(gottman, starts=32).points if p.kind == "saddle")
    ends = land.advance(gottman, saddle.state[:, None] + [[-0.1, 0.1], [-0.1, 0.1]], 400)
    assert np.isfinite(ends[:, 0]).all() and np.isinf(ends[:, 1]).all()


def test_a_start_on_a_cycle_settles_nowhere():
    ends = land.settled(normal_form(0.25), np.array([[0.1, 0.2], [0.5, 0.0]]), 7.0, bouts=3)
    assert len(ends.states) == 0 and ends.unsettled == 1.0
    rest = land.settled(DOUBLE_WELL, np.array([[0.1, 0.2], [-0.5, 0.0], [1.5, 1.0]]), 30.0)
    assert len(rest.states) == 2 and sorted(rest.shares) == pytest.approx([1 / 3, 2 / 3])


def test_the_smallest_repair_of_the_double_well():
    """The watershed is x = 0: one unit away, a quarter of the box."""
    perturbation = land.smallest_perturbation(
        DOUBLE_WELL, np.array([-1.0, 0.0]), np.array([1.0, 0.0]), 30.0, 32
    )
    assert perturbation.size == pytest.approx(0.25, abs=1e-3) and not perturbation.censored
    np.testing.assert_allclose(perturbation.change, [1.0, 0.0], atol=0.02)


def test_the_smallest_repair_turns_where_the_watershed_is_oblique():
    """Watershed x + y = 0, wells at (-1, -1) and (1, 1): the way out is not along an axis."""

    def rate(x, y):
        along, across = 0.5 * (x + y), 0.5 * (x - y)
        pull = along - along**3
        return pull - across, pull + across

    oblique = flow(rate, (-2, 2), (-2, 2))
    perturbation = land.smallest_perturbation(
        oblique, np.array([-1.0, -1.0]), np.array([1.0, 1.0]), 30.0, 32
    )
    assert perturbation.size == pytest.approx(np.sqrt(2.0) / 4.0, rel=5e-3)


def test_a_repair_beyond_the_box_is_censored():
    box = DOUBLE_WELL.within(x=(-2.0, -0.5))
    perturbation = land.smallest_perturbation(
        box, np.array([-1.0, 0.0]), np.array([1.0, 0.0]), 20.0, 16, 1
    )
    assert (
        perturbation.censored
        and perturbation.size == np.inf
        and "no displacement" in perturbation.word
    )


def test_hysteresis_jumps_at_the_folds():
    values = np.linspace(-0.9, 0.9, 91)
    loop = land.hysteresis(cubic, values, [-1.3], 150.0)
    step = values[1] - values[0]
    (up,), (down,) = loop.jumps_up, loop.jumps_down
    assert abs(up - FOLD) <= 1.5 * step and abs(down + FOLD) <= 1.5 * step
    assert loop.area > 0.2 and not loop.censored
    inside = land.hysteresis(cubic, np.linspace(-0.2, 0.2, 11), [-1.0], 100.0)
    assert not inside.jumps_up and not inside.censored  # it never leaves its basin
    half = land.hysteresis(cubic, np.linspace(-0.1, 0.9, 51), [-1.0], 150.0)
    assert half.censored and half.jumps_up and not half.jumps_down
