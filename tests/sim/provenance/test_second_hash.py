"""The hash of the second core follows its numbers and equations, and not the first core's."""

import pytest

from models.second import couple, parameters
from sim.engines.ensemble import simulate
from sim.provenance import second, second_hash, source_hash


def test_it_is_its_own_and_stands_in_results():
    assert second.second_hash() == second_hash() != source_hash()
    data = simulate("secure", "secure", days=1, seed=1, core="second")
    assert data.attrs["source_hash"] == second_hash()
    first = simulate("secure", "secure", days=1, seed=1)
    assert first.attrs["source_hash"] == source_hash()


def test_another_number_changes_it(monkeypatch):
    before = second.second_hash()
    defaults = parameters.SharedParameters._field_defaults
    monkeypatch.setitem(defaults, "slope", defaults["slope"] + 0.5)
    assert second.second_hash() != before


@pytest.mark.parametrize("name", ["settle", "logistic"])
def test_another_equation_changes_it(monkeypatch, name):
    before = second.second_hash()
    form = getattr(couple, name)
    monkeypatch.setattr(couple, name, lambda *x: 1.01 * form(*x))
    assert second.second_hash() != before
