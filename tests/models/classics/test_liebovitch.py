"""Cooperation splits at the pitchfork; only a delay makes it cycle."""

from math import pi, sqrt

import numpy as np

from models.classics import find
from sim.analysis.orbits import orbit
from tests.helpers.classics import equilibrium, last, slopes


def test_cooperation_splits_at_the_pitchfork():
    model = find("liebovitch")
    assert abs(equilibrium(model, [2.0, 2.0])[0] - 1.91500805) < 5e-9
    for m, c1 in ((-1.0, 2.0), (-0.7, 0.3)):
        p = model.parameters._replace(inertia_1=m, inertia_2=m, feedback_1=c1, feedback_2=m**2 / c1)
        assert abs(np.linalg.eigvals(slopes(model, np.zeros(2), p)).max()) < 1e-8
    for c, split in ((0.95, False), (1.05, True)):
        chosen = {"feedback_1": c, "feedback_2": c}
        assert (abs(last("liebovitch", 900.0, parameters=chosen)).min() > 0.1) == split


def test_only_a_delay_makes_cooperation_cycle():
    """Linear theory: iw + 1 = 2i exp(-iwt), so w = sqrt 3 and the delay is pi / (6 sqrt 3)."""
    critical, frequency = pi / (6 * sqrt(3)), sqrt(3)
    reach = {}
    for factor in (0.0, 0.9, 1.1):
        chosen = {"delay": critical * factor}
        path = orbit(find("liebovitch_delay"), 150.0, parameters=chosen, samples=3001, rtol=1e-7)
        late = path.actor_1.sel(time=slice(100, None))
        reach[factor] = float(np.ptp(late.values))
    assert reach[0.0] < 1e-8 and reach[0.9] < 0.01 and reach[1.1] > 0.5
    rises = late.time.values[:-1][np.diff(np.sign(late.values)) > 0]
    assert abs(np.diff(rises).mean() - 2 * pi / frequency) < 0.25


def test_the_method_of_steps_is_exact_within_the_first_delay():
    model = find("liebovitch_delay")
    path = orbit(model, 1.0, samples=11)
    target = 2 * np.tanh(model.start.actor_2)
    exact = target + (model.start.actor_1 - target) * np.exp(-path.time)
    np.testing.assert_allclose(path.actor_1, exact, rtol=1e-9)


def test_a_delay_may_be_shorter_than_the_time_between_samples():
    short = {"parameters": {"delay": 0.1}}
    sparse = orbit(find("liebovitch_delay"), 10.0, samples=5, **short)
    dense = orbit(find("liebovitch_delay"), 10.0, samples=401, **short)
    np.testing.assert_allclose(sparse.actor_1, dense.actor_1.values[::100], rtol=1e-12)
