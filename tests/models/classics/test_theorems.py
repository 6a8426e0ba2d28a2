"""What theorems forbid does not happen: nobody cycles where nobody can."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from models.classics import find
from tests.helpers.classics import SECURE

DRAWS = 1000
BIG = 1e6


def late(model, parameters, rng, settle=300.0, window=100.0):
    """The first variable over two late windows, shape (draws, times); nan where it diverged.

    All draws are integrated together; one that has diverged stops and is counted as such.
    """
    kind = type(model.start)
    start = np.array([rng.uniform(*model.search[n], DRAWS) for n in kind._fields])

    def rate(_, flat):
        y = flat.reshape(start.shape)
        lost = (np.abs(y) > BIG).any(axis=0)
        moved = np.array(model.rate(kind(*np.where(lost, 1.0, y)), parameters))
        return np.where(lost, 0.0, moved).ravel()

    times = settle + np.linspace(0.0, 2 * window, 801)
    with np.errstate(invalid="ignore"):  # a trial step below 0 is refused and made shorter
        found = solve_ivp(rate, (0, times[-1]), start.ravel(), "RK45", times, rtol=1e-7, atol=1e-9)
    assert found.success and np.isfinite(found.y).all()
    path = found.y.reshape(*start.shape, len(times))
    lost = (np.abs(path) > BIG).any(axis=(0, 2))
    return np.where(lost[:, None], np.nan, path[0])


def swing(path):
    """The smaller of the largest rise and the largest fall: 0 for whatever moves one way only."""
    rise = (path - np.minimum.accumulate(path, axis=1)).max(axis=1)
    fall = (np.maximum.accumulate(path, axis=1) - path).max(axis=1)
    return np.minimum(rise, fall)


def cycles(model, parameters, rng):
    """Which draws go on swinging as much as before: not at rest, settling, creeping or lost."""
    path = late(model, parameters, rng)
    before, after = swing(path[:, :401]), swing(path[:, 400:])
    size = np.maximum(np.abs(path).max(axis=1), 1.0)  # what a solver leaves is relative to it
    return (after > 1e-4 * size) & (after > 0.7 * before)


def drawn(model, rng, **fixed):
    """``DRAWS`` sets of parameters from their declared ranges, but for those that are fixed."""
    values = {n: rng.uniform(*rule.range, DRAWS) for n, rule in model.rules.items()}
    return type(model.parameters)(**values | fixed)


def slow_enough(rng):
    """Rates of forgetting that settle within the time looked at."""
    return rng.uniform(0.2, 2.0, DRAWS)


def slow_to_run(*values):
    return pytest.param(*values, marks=pytest.mark.slow)


UNBIASED = {"bias_1": 0.0, "bias_2": 0.0}
SETTLING = {
    "liebovitch": lambda rng: {f"inertia_{n}": -slow_enough(rng) for n in (1, 2)},
    "insecure_biased": lambda rng: {f"forgetting_{n}": slow_enough(rng) for n in (1, 2)},
}


@pytest.mark.parametrize(
    ("name", "fixed"), [("liebovitch", {}), slow_to_run("insecure_biased", UNBIASED)]
)
def test_without_self_reinforcement_nobody_cycles(name, fixed):
    """Bendixson: the divergence is negative everywhere. Signs and sizes of the answers are free."""
    rng, model = np.random.default_rng(11), find(name)
    people = drawn(model, rng, **fixed, **SETTLING[name](rng))
    assert not cycles(model, people, rng).any()


@pytest.mark.parametrize("name", ["liebovitch", slow_to_run("insecure_biased")])
def test_where_both_answer_love_with_love_nobody_cycles(name):
    """Cooperative in the plane: every orbit ends monotone, self-reinforcing or not."""
    rng, model = np.random.default_rng(12), find(name)
    warm = {f"feedback_{n}": rng.uniform(0, 5, DRAWS) for n in (1, 2)}
    fixed = {"liebovitch": warm, "insecure_biased": SECURE}[name]
    people = drawn(model, rng, **fixed, **SETTLING[name](rng))
    assert not cycles(model, people, rng).any()


@pytest.mark.slow
def test_the_same_detector_finds_cycles_where_they_are():
    """Within 5 % of the published couple, biased and insecure: nothing forbids a cycle."""
    rng, model = np.random.default_rng(13), find("insecure_biased")
    near = {n: v * rng.uniform(0.95, 1.05, DRAWS) for n, v in model.parameters._asdict().items()}
    assert cycles(model, type(model.parameters)(**near), rng).mean() > 0.3


def test_the_same_detector_finds_the_circles_of_romeo_and_juliet():
    rng, model = np.random.default_rng(14), find("strogatz")
    assert cycles(model, model.parameters, rng).all()
    damped = model.parameters._replace(romeo_self=-0.05, juliet_self=-0.05)
    assert not cycles(model, damped, rng).any()
