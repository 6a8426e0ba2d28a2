"""One exchange of anybody, in any state, stays in the declared ranges."""

import numpy as np
import pytest

from models import Couple, emit, exchange
from models.circuits import channel
from models.state import (
    NO_EVENT,
    VARIABLES,
    DyadState,
    Event,
    PartnerState,
    RandomNumbers,
    Signal,
    Situation,
)
from tests.helpers.couples import FACE_TO_FACE, SHARED
from tests.helpers.people import anybody
from tests.helpers.seeds import SEEDS
from tests.helpers.strategies import any_state


def any_event(random, count):
    """Events within the declared ranges, help included; at most 4 where there is no upper end."""
    highs = [4.0 if rule.range[1] is None else rule.range[1] for rule in VARIABLES[Event].values()]
    lows = [rule.range[0] for rule in VARIABLES[Event].values()]
    return Event(*(random.uniform(*ends, count) for ends in zip(lows, highs, strict=True)))


@pytest.mark.parametrize("dt", [1 / 30, 1 / 6, 10.0, 86.0, 480.0])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_state_leaves_its_range_in_one_exchange(seed, dt):
    """The declared ranges are closed: from any state inside, any exchange leads inside."""
    count, random = 5000, np.random.default_rng(seed)
    couple = Couple(*(any_state(k, random, count) for k in (PartnerState, PartnerState, DyadState)))
    situation = Situation(np.full(count, dt), *(random.integers(0, 2, (5, count)) * 1.0))
    events = [any_event(random, count) for _ in "ab"]
    random_numbers = [RandomNumbers(*random.normal(size=(4, count))) for _ in "ab"]
    people = anybody(count, seed), anybody(count, seed + 50)
    after = exchange(couple, *people, situation, *events, *random_numbers, SHARED)
    beyond = {}
    for part in (*after.couple, after.sent_a, after.sent_b):
        for name, rule in VARIABLES[type(part)].items():
            value, (low, high) = getattr(part, name), rule.range or (None, None)
            assert np.isfinite(value).all(), name
            excess = max(
                0.0 if low is None else float((low - value).max()),
                0.0 if high is None else float((value - high).max()),
            )
            if excess > 1e-12:
                beyond[name] = max(excess, beyond.get(name, 0.0))
    assert not beyond


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_heard_errs_only_by_the_misreading(seed):
    """What was sent is in its range; what is heard may leave it, by the noise of the medium."""
    random, count = np.random.default_rng(seed), 5000
    sent, error = any_state(Signal, random, count), random.normal(size=count)
    heard = channel.hear(sent, error, FACE_TO_FACE, NO_EVENT, 1.0, SHARED)
    noise = (1.0 - sent.clarity) * SHARED.misreading_size * error
    signs = {"warmth": 1.0, "mirroring": 1.0, "latency": -1.0}
    for name in Signal._fields:
        slip = getattr(heard, name) - getattr(sent, name)
        np.testing.assert_allclose(slip, signs.get(name, 0.0) * noise, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_anybody_sends_is_a_signal(seed):
    random = np.random.default_rng(seed)
    sent = emit(any_state(PartnerState, random, 5000), anybody(5000, seed))
    for name, rule in VARIABLES[Signal].items():
        values = getattr(sent, name)
        assert rule.range[0] <= values.min() and values.max() <= rule.range[1], name
