"""Orbits take what people type: a list, a name, times; the rest is one line."""

import numpy as np
import pytest
import xarray as xr

from models.classics import CLASSICS, find
from sim.analysis.orbit_arguments import unused
from sim.analysis.orbits import DivergesError, orbit, returns


@pytest.mark.parametrize(
    "start", [[1, 0], (1.0, 0.0), np.array([1, 0]), {"romeo": 1, "juliet": 0.0}]
)
def test_a_start_in_any_usual_form(start):
    wanted = orbit(find("strogatz"), 10, find("strogatz").start._replace(romeo=1.0, juliet=0.0))
    xr.testing.assert_identical(orbit("strogatz", 10, start), wanted)


def test_parameters_as_a_list_are_in_order():
    own = find("strogatz").parameters
    xr.testing.assert_identical(
        orbit("strogatz", 5, parameters=list(own)), orbit("strogatz", 5, parameters=own)
    )


def test_times_as_for_odeint():
    times = np.array([0.5, 1.0, 4.0])
    found = orbit("strogatz", times)
    assert found.time.values.tolist() == times.tolist()
    dense = orbit("strogatz", 4.0, samples=801).sel(time=times, method="nearest")
    np.testing.assert_allclose(found.romeo, dense.romeo, atol=1e-8)
    steps = orbit("panic_schema", [0, 3, 7])
    whole = orbit("panic_schema", 7)
    assert steps.time.values.tolist() == [0, 3, 7]
    for name in whole.data_vars:
        np.testing.assert_array_equal(steps[name], whole[name][[0, 3, 7]])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: orbit("strogatz", 1, [1, 0, 2]), r"must be 2 numbers \(romeo, juliet\) or a map"),
        (lambda: orbit("strogatz", 1, "ab"), "start = 'ab'"),
        (lambda: orbit("strogatz", 1, 3.0), "start = 3.0"),
        (lambda: orbit("strogatz", 1, [1, "x"]), "juliet = 'x'"),
        (lambda: orbit("strogatz", 1, [1, 1j]), "finite number"),
        (lambda: orbit("strogatz", 1, [True, 0]), "romeo = True"),
        (lambda: orbit("strogatz", 1, [[1, 0]]), "must be 2 numbers"),
        (lambda: orbit("strogats", 1), "did you mean 'strogatz'"),
        (lambda: orbit(None, 1), "classic = None"),
        (lambda: orbit("strogatz", [3, 2, 1]), "until: must be"),
        (lambda: orbit("strogatz", []), "until: must be"),
        (lambda: orbit("strogatz", "long"), "until: must be"),
        (lambda: orbit("strogatz", True), "until: must be"),
        (lambda: orbit("strogatz", np.inf), "until = inf"),
        (lambda: orbit("panic_schema", [0, 1.5]), "whole steps"),
        (lambda: orbit("panic_schema", 10**12), "at most"),
        (lambda: orbit("strogatz", 1, samples=10**12), "samples = 1000000000000"),
        (lambda: orbit("strogatz", 1, samples=2.5), "samples = 2.5"),
        (lambda: orbit("strogatz", 1, method="euler"), "method = 'euler'"),
        (lambda: orbit("strogatz", 1, rtol=-1), "rtol = -1"),
        (lambda: returns("strogats", 1.0, "romeo", 0.0), "did you mean"),
        (lambda: orbit("liebovitch", 1, parameters={"delay": 2.0}),
         r"'liebovitch' does not use delay; take 'liebovitch_delay'"),
        (lambda: orbit("liebovitch", 1, parameters=find("liebovitch_delay").parameters),
         "does not use delay"),
    ],
)  # fmt: skip
def test_everything_else_is_one_line(call, words):
    with pytest.raises(ValueError, match=words) as fault:
        call()
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("name", CLASSICS)
def test_a_parameter_that_counts_as_used_changes_something(name):
    """And one that does not count as used changes nothing."""
    model = CLASSICS[name]
    start = type(model.start)(*(0.3 + 0.4 * place for place in range(len(model.start))))
    for parameter, rule in model.rules.items():
        if parameter not in unused(model):
            continue
        other = model.parameters._replace(**{parameter: rule.range[1]})
        assert model.rate(start, other) == model.rate(start, model.parameters)
    assert unused(model) == (("delay",) if name == "liebovitch" else ())


@pytest.mark.parametrize("option", [{"method": "RK23"}, {"rtol": 1e-3}, {"atol": 0.1}])
def test_options_reach_the_solver(option):
    usual = orbit("strogatz", 20.0, samples=50)
    found = orbit("strogatz", 20.0, samples=50, **option)
    assert not np.array_equal(found.romeo, usual.romeo)


def test_a_bound_is_where_a_state_has_diverged():
    assert float(abs(orbit("strogatz", 20.0, start=[1.0, 1.0]).romeo).max()) > 1.2
    with pytest.raises(DivergesError, match=r"passes 1\.2"):
        orbit("strogatz", 20.0, start=[1.0, 1.0], bound=1.2)


def test_a_misspelt_option_is_named():
    with pytest.raises(TypeError, match="'rtoll': did you mean 'rtol'"):
        orbit("strogatz", 1.0, rtoll=1e-6)
