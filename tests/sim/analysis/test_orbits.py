"""Orbits are labelled, and bad questions get one line."""

import numpy as np
import pytest
from scipy.linalg import expm

from models.classics import CLASSICS, Classic, find
from sim.analysis.orbits import DivergesError, orbit, returns


@pytest.mark.parametrize("name", CLASSICS)
def test_an_orbit_is_labelled(name):
    path = orbit(CLASSICS[name], 2, samples=5)
    assert path.attrs["classic"] == name and path.time.attrs["units"]
    assert len(path.time) == (3 if CLASSICS[name].kind == "map" else 5)
    assert set(path) == {*CLASSICS[name].start._fields, *CLASSICS[name].observables}
    assert all(v.attrs["units"] and v.attrs["long_name"] for v in path.values())


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"parameters": {"forgeting_laura": 1.0}}, "did you mean 'forgetting_laura'"),
        ({"parameters": {"fading": 9.0}}, r"laura_petrarch.fading = 9: must be in \[0.01, 2\]"),
        ({"start": {"laura": float("nan")}}, "laura = nan: must be a finite number"),
        ({"start": {"lauras": 1.0}}, "did you mean 'laura'"),
        ({"until": -1.0}, "until = -1.0: must be"),
        ({"samples": 1}, "samples = 1"),
    ],
)
def test_a_bad_argument_gets_one_line(given, line):
    with pytest.raises(ValueError, match=line) as reported:
        orbit(find("laura_petrarch"), **{"until": 1.0} | given)
    assert "\n" not in str(reported.value)


def test_other_bad_questions():
    with pytest.raises(ValueError, match="did you mean 'strogatz'"):
        find("strogats")
    with pytest.raises(ValueError, match="whole steps"):
        orbit(find("panic_schema"), 1.5)
    with pytest.raises(ValueError, match="is a map"):
        returns(find("panic_schema"), 3.0, "arousal_schema", 0.5)
    with pytest.raises(ValueError, match="kind = 'flew'"):
        Classic("x", "x", "x", "flew", (), (), lambda s, p: s, {})


def test_a_flow_without_a_hold_says_when_it_leaves():
    with pytest.raises(DivergesError, match=r"'secure_couple' diverges.* at time") as reported:
        orbit(find("secure_couple"), 1000.0, parameters={"reactiveness_1": 3.0})
    coefficients, constant = np.array([[-1.0, 3.0], [0.4, -1.0]]), np.array([2.0, 1.0])
    still = np.linalg.solve(coefficients, -constant)
    exact = still - expm(coefficients * reported.value.time) @ still
    assert exact.max() == pytest.approx(1e6, rel=1e-5)
    assert float(reported.value.orbit.time[-1]) <= reported.value.time
