"""Engines agree over one exchange from a thousand random states.

NumPy and compiled are the same bits by design (``docs/decisions/0004-engines.md``); Mesa agents use
the exponential of the C library, so they are held to 1e-12.
"""

import numpy as np
import pytest

from models.couple import exchange
from models.initial_state import initial_couple
from models.parameters import PartnerParameters, SharedParameters
from models.state import RandomNumbers
from sim.codegen.tracing import leaves
from sim.engines import registry as engines
from sim.engines.numpy_engine import random_numbers
from sim.engines.recording import bins, chosen
from sim.world.calendar import daily_life
from sim.world.population import Population, draw
from tests.helpers.engines import FAST


@pytest.fixture(scope="module")
def thousand():
    """A thousand very different couples, some way into their lives."""
    ids = np.arange(1000)
    centre = PartnerParameters()
    a, b = (draw(Population(centre, 2.0), 5, ids, who) for who in (0, 1))
    start = initial_couple(a, b, 0.4)
    shared, calendar = SharedParameters(), daily_life(1)
    for step in range(15):
        draws = [
            RandomNumbers(*random_numbers(5, ids, who, np.array([step]))[:, 0]) for who in (0, 1)
        ]
        start = exchange(start, a, b, *calendar.at(step), *draws, shared).couple
    return start, a, b, ids


def one_exchange(engine, thousand, streams=(0, 1), precision="float64"):
    start, a, b, ids = thousand
    calendar = daily_life(1).with_event(0, "B", stressor=1.0, conflict=0.5, grievance=1.0)
    first = type(calendar)(
        type(calendar.situation)(*(field[:1] for field in calendar.situation)),
        type(calendar.events)(*(field[:1] for field in calendar.events)),
        calendar.kind[:1],
    )
    names = chosen("all")
    task = engines.Task(
        first, SharedParameters(), 9, streams, bins(first, "trajectory"), names, lambda _: None,
        precision, len(ids),
    )  # fmt: skip
    sums, last = engines.prepare(engine, task)(start, a, b, ids)
    return np.concatenate([sums[name].ravel() for name in names]), np.array(list(leaves(last)))


def test_numpy_and_compiled_are_the_same_bits(thousand):
    pytest.importorskip("numba")
    for one, two in zip(*(one_exchange(e, thousand) for e in FAST), strict=True):
        assert one.tobytes() == two.tobytes()


def test_mesa_agrees_over_one_exchange(thousand):
    for one, two in zip(*(one_exchange(e, thousand) for e in ("mesa", "numpy")), strict=True):
        assert (abs(one - two) <= 1e-12 * np.maximum(abs(two), 1e-3)).all()


def test_the_tape_is_the_exchange_as_written(thousand):
    start, a, b, ids = thousand
    draws = [RandomNumbers(*random_numbers(9, ids, who, np.array([0]))[:, 0]) for who in (0, 1)]
    calendar = daily_life(1).with_event(0, "B", stressor=1.0, conflict=0.5, grievance=1.0)
    written = exchange(start, a, b, *calendar.at(0), *draws, SharedParameters()).couple
    last = one_exchange("numpy", thousand)[1]
    expected = np.array(list(leaves(written)))
    assert (abs(last - expected) <= 1e-12 * np.maximum(abs(expected), 1e-3)).all()


def test_single_precision_is_near(thousand):
    pytest.importorskip("numba")
    single = one_exchange("compiled", thousand, precision="float32")[1]
    assert abs(single - one_exchange("numpy", thousand)[1]).max() < 1e-3
