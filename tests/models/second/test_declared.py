"""The second core has few numbers, declared once; any other in an equation needs a reason."""

import ast
from collections import Counter
from pathlib import Path

import pytest

import models.second
from models.second.parameters import (
    PARAMETERS,
    PartnerParameters,
    SharedParameters,
    is_switch,
)
from models.second.state import VARIABLES, PartnerState

FOLDER = Path(models.second.__file__).parent
TABLES = {"parameters.py", "architectures.py", "start.py", "state.py", "__init__.py"}
TRIVIAL = {0.0, 1.0, 2.0}
"""Nothing, all, and twice or a square: every other number needs a reason below."""
REASONS = {
    ("action.py", "warm", 0.5): "mean of custom at no and at full regulation",
    ("action.py", "softmax", 3.0): "index of the fourth act",
    ("alarm.py", "guard", 0.5): "half the window, and half open where the window is ablated",
    ("alarm.py", "guard", 0.2): "learning when calm is a fifth of that when live",
    ("alarm.py", "guard", 4.0): "learning when calm is a fifth of that when live",
    ("couple.py", "bond", 0.5): "mean of two signals; half the common slope",
    ("couple.py", "bond", 4.0): "power of disengagement in leaving: only the far end leaves",
    ("couple.py", "", 2.5): "longest step in contact, gate G1",
    ("evaluation.py", "sentiment", 0.5): "affect counts half of what is perceived",
    ("expression.py", "show", 0.5): "a bid looks half as warm as warmth",
    ("expression.py", "shown", 0.5): "deactivation hides at most half",
    ("forms.py", "", 1e-12): "no division by 0",
    ("perception.py", "", 1.7): "logistic for the normal distribution function",
    ("perception.py", "", 1e-6): "least variance: no division by 0",
}
"""Structural numbers outside the tables: (file, function, number) to the reason."""


def literals():
    """Numeric literals of the equations as (file, function, number)."""
    for path in sorted(FOLDER.glob("*.py")):
        if path.name in TABLES:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for top in tree.body:
            where = top.name if isinstance(top, ast.FunctionDef) else ""
            for node in ast.walk(top):
                if isinstance(node, ast.Constant) and type(node.value) in (int, float):
                    yield path.name, where, float(node.value)


def test_every_other_number_has_its_reason():
    found = {place for place in literals() if place[2] not in TRIVIAL}
    assert found == set(REASONS)


def test_a_new_number_would_be_found():
    assert ("forms.py", "bounded", 2.0) in set(literals())


def test_the_core_is_small():
    shared = [name for name in PARAMETERS[SharedParameters] if not is_switch(name)]
    assert len(PARAMETERS[PartnerParameters]) <= 16
    assert len(shared) <= 40
    assert len(VARIABLES[PartnerState]) <= 20


@pytest.mark.parametrize("kind", [PartnerParameters, SharedParameters])
def test_every_parameter_is_declared_with_its_default_in_range(kind):
    for name, p in PARAMETERS[kind].items():
        assert p.meaning and p.unit and p.symbol and p.source, name
        low, high = p.range
        assert low < high and low <= kind._field_defaults[name] <= high, name


def test_symbols_are_unique():
    symbols = Counter(
        p.symbol for kind in PARAMETERS.values() for p in kind.values() if p.symbol != "-"
    )
    assert [s for s, count in symbols.items() if count > 1] == []
