"""Every preset, parameter, variable, equation and result says what it is."""

import inspect
import pkgutil
from importlib import import_module

import numpy as np
import pytest

import models.circuits
import models.couple
import models.forms
import models.learning
import models.partner
from models import ARCHITECTURES, PARAMETERS, PartnerParameters, SharedParameters
from models.initial_state import initial_couple
from models.state import VARIABLES, Couple, Event, PartnerState, Signal, Situation
from tests.helpers.architectures import each_architecture, short
from tests.helpers.people import anybody


@each_architecture
def test_a_preset_gives_its_reason_and_source(name):
    row = ARCHITECTURES[name]
    assert row.label and row.source and row.reason.endswith(".") and len(row.reason) > 20
    assert set(row.values) <= set(PartnerParameters._fields)
    assert name == "secure" or row.values


@pytest.mark.parametrize("kind", [PartnerParameters, SharedParameters])
def test_every_parameter_is_declared(kind):
    rules = PARAMETERS[kind]
    assert tuple(rules) == kind._fields
    for name, rule in rules.items():
        assert rule.meaning and rule.unit and rule.symbol and rule.source, name
        low, high = rule.range
        assert low <= kind._field_defaults[name] <= high and low < high, name


def test_symbols_of_parameters_are_distinct():
    symbols = [r.symbol for rules in PARAMETERS.values() for r in rules.values() if r.symbol != "-"]
    twice = sorted({s for s in symbols if symbols.count(s) > 1})
    assert not twice


def test_every_variable_is_declared_with_meaning_and_unit():
    for kind, rules in VARIABLES.items():
        assert tuple(rules) == kind._fields
        assert all(rule.meaning and rule.unit for rule in rules.values())
    assert set(VARIABLES) >= {PartnerState, Signal, Event, Situation}


def test_every_equation_has_a_docstring():
    texts = [models.learning, models.forms, models.partner, models.couple]
    texts += [import_module(m.name) for m in pkgutil.iter_modules(
        models.circuits.__path__, "models.circuits.")]  # fmt: skip
    for text in texts:
        assert text.__doc__
        for name, function in inspect.getmembers(text, inspect.isfunction):
            if function.__module__ == text.__name__:
                assert function.__doc__, f"{text.__name__}.{name}"


def test_results_say_what_they_are():
    data = short("secure", 1)
    for name, variable in data.data_vars.items():
        assert variable.attrs["units"] and variable.attrs["long_name"], name
    assert data.attrs["source_hash"] and data.attrs["seed"] == "1"


def test_the_initial_state_is_complete_and_in_range():
    for person in (anybody(200, 5), anybody(200, 6)):
        couple = initial_couple(person, person)
        assert isinstance(couple, Couple)
        for part in couple:
            for name, rule in VARIABLES[type(part)].items():
                low, high = rule.range or (None, None)
                value = getattr(part, name)
                assert np.isfinite(value).all() and value.shape == (200,), name
                assert low is None or (value >= low).all(), name
                assert high is None or (value <= high).all(), name
