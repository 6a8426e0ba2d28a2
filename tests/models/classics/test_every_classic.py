"""What every classic must fulfil: one suite over the table."""

import re

import numpy as np
import pytest

from models.classics import CLASSICS
from tests.helpers.classics import someone, somewhere


@pytest.mark.parametrize("name", CLASSICS)
def test_rates_are_finite_over_the_box_and_all_ranges(name):
    model, rng = CLASSICS[name], np.random.default_rng(5)
    state, people = somewhere(model, rng, 2000), someone(model, rng, 2000)
    assert all(np.isfinite(part).all() for part in model.rate(state, people))
    for name, value in model.start._asdict().items():
        low, high = model.search[name]
        assert low <= value <= high


@pytest.mark.parametrize("name", CLASSICS)
def test_shapes_broadcast_and_arrays_agree_with_floats(name):
    model, rng = CLASSICS[name], np.random.default_rng(6)
    state, people = somewhere(model, rng, (3, 1)), someone(model, rng, (1, 4))
    parts = np.broadcast_arrays(*model.rate(state, people), np.zeros((3, 4)))[:-1]
    assert all(part.shape == (3, 4) for part in parts)
    one = type(state)(*(float(v[2, 0]) for v in state))
    alone = model.rate(one, type(people)(*(float(v[0, 3]) for v in people)))
    np.testing.assert_allclose([part[2, 3] for part in parts], alone, rtol=1e-12)


@pytest.mark.parametrize("name", CLASSICS)
def test_what_must_stay_positive_does(name):
    model, rng = CLASSICS[name], np.random.default_rng(7)
    for held in model.positive:
        state = somewhere(model, rng, 500)._replace(**{held: np.zeros(500)})
        assert (getattr(model.rate(state, someone(model, rng, 500)), held) >= 0).all()


@pytest.mark.parametrize("name", CLASSICS)
def test_declarations_are_complete(name):
    model = CLASSICS[name]
    assert model.name == name and model.title and re.search(r"(19|20)\d\d", model.source)
    rules = model.rules
    symbols = [rule.symbol for rule in rules.values()]
    assert len(set(symbols)) == len(symbols) and not set(symbols) & set(model.start._fields)
    for field, rule in rules.items():
        assert rule.meaning and rule.unit and rule.source
        low, high = rule.range
        assert low <= getattr(model.parameters, field) <= high
    assert all(v.meaning and v.unit for v in model.variables.values())
    assert all(np.isfinite(see(model.start)) for see in model.observables.values())
