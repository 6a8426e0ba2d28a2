"""The tools of the landscape say in one line what they cannot be asked."""

import numpy as np
import pytest

import sim.landscape as land
from sim.analysis.orbits import DivergesError, orbit, returns

FLOW, MAP = land.of_classic("strogatz"), land.of_classic("gottman_simultaneous")
POINT, GRID = [0.1, 0.1], np.full((2, 3), 0.1)


def family(value):
    return land.of_classic("strogatz", romeo_self=value)


BAD = {
    "system": (lambda: land.equilibria("strogatz"), "of_classic(...)"),
    "starts": (lambda: land.equilibria(MAP, 10**12), "starts = 1000000000000"),
    "no starts": (lambda: land.equilibria(MAP, 0), "starts = 0"),
    "seed": (lambda: land.equilibria(MAP, 8, "x"), "seed = 'x'"),
    "axes": (lambda: land.nullclines(FLOW, (0, 5)), "axes = 5"),
    "one axis": (lambda: land.nullclines(FLOW, (1, 1)), "two different variables"),
    "points": (lambda: land.nullclines(FLOW, points=10**6), "points = 1000000"),
    "at": (lambda: land.nullclines(FLOW, at=[1.0]), "at = [1.0]: must be 2 finite numbers"),
    "states": (lambda: land.advance(MAP, [0.1], 1), "states of shape (1,)"),
    "text": (lambda: land.advance(MAP, ["a", "b"], 1), "must be numbers, none masked"),
    "masked": (lambda: land.advance(MAP, np.ma.array(POINT, mask=[1, 0]), 1), "none masked"),
    "duration": (lambda: land.advance(FLOW, GRID, -1.0), "duration = -1"),
    "steps": (lambda: land.advance(MAP, GRID, 1e12), "duration = 1e+12"),
    "accuracy": (lambda: land.advance(FLOW, GRID, 1.0, 0.0), "accuracy = 0"),
    "attractors": (lambda: land.basins(FLOW, [[1.0]], 1.0), "attractor 0"),
    "bouts": (lambda: land.settled(MAP, [POINT], 1.0, bouts=0.5), "bouts = 0.5"),
    "start": (lambda: land.limit_cycle(FLOW, [np.nan, 0.0], 1.0, 2.0), "start = "),
    "longest": (lambda: land.limit_cycle(FLOW, POINT, 1.0, "x"), "longest = 'x'"),
    "exponent": (lambda: land.largest_exponent(FLOW, POINT, 1e9, every=1e-6), "duration = 1e+09"),
    "long": (lambda: land.largest_exponent(MAP, POINT, 1.0, every=1e300), "every = 1e+300"),
    "every": (lambda: land.largest_exponent(FLOW, POINT, 1.0, every=0.0), "every = 0"),
    "values": (lambda: land.hysteresis(family, [0.1], POINT, 1.0), "at least two finite values"),
    "limits": (lambda: land.branch(family, POINT, 0.1, (1.0, 0.0)), "limits = (1.0, 0.0)"),
    "parameter": (lambda: land.branch(family, POINT, 5.0, (0.0, 1.0)), "parameter = 5"),
    "branch": (lambda: land.branch(family, [1.0], 0.1, (0.0, 1.0)), "start = [1.0]"),
    "a step": (lambda: land.branch(family, POINT, 0.1, (0.0, 1.0), step=0.0), "step = 0"),
    "rays": (lambda: land.smallest_perturbation(MAP, POINT, POINT, 1.0, 10**9), "directions = "),
    "unused": (lambda: land.of_classic("liebovitch", delay=2.0), "take 'liebovitch_delay'"),
    "no number": (lambda: land.of_classic("strogatz", romeo_self="x"), "romeo_self = 'x'"),
    "memories": (lambda: land.of_couple("scanner", "secure", memories=3), "memories = 3"),
    "level": (
        lambda: land.of_couple("scanner", "secure", memories={"harm_memory": "x"}),
        "harm_memory = 'x'",
    ),
    "draws": (lambda: land.of_couple("scanner", "secure", draws=10**9), "draws = 1000000000"),
    "shared": (lambda: land.frozen("x"), "shared = 'x': must be a SharedParameters"),
}


@pytest.mark.parametrize("fault", BAD)
def test_bad_arguments_are_one_line(fault):
    call, words = BAD[fault]
    with pytest.raises(ValueError) as refused:
        call()
    assert words in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize("system", [FLOW, MAP])
def test_no_time_moves_nothing(system):
    np.testing.assert_array_equal(land.advance(system, GRID, 0.0), GRID)


@pytest.mark.parametrize("name", ["strogatz", "liebovitch_delay", "gottman_simultaneous"])
def test_an_orbit_from_beyond_the_bound_diverges_at_once(name):
    start = {orbit(name, 1).attrs and next(iter(orbit(name, 1).data_vars)): 2e6}
    with pytest.raises(DivergesError) as gone:
        orbit(name, 3, start)
    assert gone.value.time == 0.0 and gone.value.orbit.sizes["time"] == 1
    near = {variable: 50.0 for variable in start}
    with pytest.raises(DivergesError) as gone:
        orbit(name, 3, near, bound=49.0)
    assert gone.value.time == 0.0


def test_a_start_inside_the_bound_is_let_go():
    found = orbit("liebovitch", 1.0, {"actor_1": 2.9, "actor_2": 0.0}, bound=3.0)
    assert found.sizes["time"] == 501


def test_returns_from_beyond_the_bound():
    with pytest.raises(DivergesError):
        returns("strogatz", 1.0, "romeo", 0.0, {"romeo": 1e7})
