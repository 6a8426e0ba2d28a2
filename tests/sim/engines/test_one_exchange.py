"""Engines agree over one exchange from a thousand random states, in either core.

NumPy and compiled are the same bits by design (``docs/decisions/0004-engines.md``); Mesa agents use
the exponential of the C library, so they are held to 1e-12.
"""

import numpy as np
import pytest

from models.cores import NAMES, core_named
from sim.codegen.tracing import leaves
from sim.engines import registry as engines
from sim.engines.recording import bins, chosen
from sim.engines.starting import draws, newly_met
from sim.randomness.noise import Purpose
from sim.world.calendar import daily_life
from sim.world.cutting import cut
from sim.world.population import Population, draw
from tests.helpers.engines import FAST


def numbers(core, seed, ids, step):
    """Both partners' random numbers in one step."""
    kind = core.RandomNumbers
    return [kind(*draws(core, Purpose.EXCHANGE, seed, ids, who, step)) for who in (0, 1)]


@pytest.fixture(scope="module", params=NAMES)
def thousand(request):
    """A thousand very different couples, some way into their lives, and their core."""
    core, ids = core_named(request.param), np.arange(1000)
    centre = core.PartnerParameters()
    a, b = (draw(Population(centre, 2.0), 5, ids, who, core) for who in (0, 1))
    start = newly_met(core, (a, b), 0.4, (5, ids, (0, 1)))
    shared, calendar = core.SharedParameters(), cut(daily_life(1), core.longest_step)
    for step in range(15):
        luck = numbers(core, 5, ids, step)
        start = core.exchange(start, a, b, *calendar.at(step), *luck, shared).couple
    return core, start, a, b, ids


def eventful(core):
    """One time step in which something happens."""
    day = daily_life(1).with_event(0, "B", stressor=1.0, conflict=0.5, grievance=1.0)
    return cut(day, core.longest_step)[:1]


def one_exchange(engine, thousand, streams=(0, 1), precision="float64"):
    core, start, a, b, ids = thousand
    first, names = eventful(core), chosen("all", core)
    task = engines.Task(
        first, core.SharedParameters(), 9, streams, bins(first, "trajectory"), names,
        lambda _: None, precision, len(ids), core,
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
    core, start, a, b, ids = thousand
    luck = numbers(core, 9, ids, 0)
    calendar, shared = eventful(core), core.SharedParameters()
    written = core.exchange(start, a, b, *calendar.at(0), *luck, shared).couple
    last = one_exchange("numpy", thousand)[1]
    expected = np.array(list(leaves(written)))
    # What is slow loses digits in 1 - kept**2, where the exponentials differ in the last.
    assert (abs(last - expected) <= 1e-11 * np.maximum(abs(expected), 1e-3)).all()


def test_single_precision_is_near(thousand):
    pytest.importorskip("numba")
    single = one_exchange("compiled", thousand, precision="float32")[1]
    double = one_exchange("numpy", thousand)[1]
    # The age of a couple is some hundred thousand minutes and not of the size of the others.
    assert (abs(single - double) / np.maximum(1.0, abs(double))).max() < 1e-3
