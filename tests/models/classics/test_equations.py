"""The equations in the docstrings of the classics are the code."""

import inspect
import re
import sys

import numpy as np
import pytest

from models.classics import CLASSICS, Classic
from tests.helpers.classics import someone, somewhere

NUMPY = {n: getattr(np, n) for n in ("exp", "tanh", "log", "sqrt", "abs", "sum", "cos")} | {
    "max": np.maximum,
    "min": np.minimum,
    "pi": np.pi,
}
EQUATIONS = re.compile(r"Equations::\n\n((?: {4}.*\n?|\n)+)")
WRITTEN = {
    f"{module.__name__.split('.')[-1]}.{name}": function
    for module in {id(m): m for m in map(sys.modules.get, sys.modules) if m}.values()
    if getattr(module, "__name__", "").startswith("models.classics.")
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and EQUATIONS.search(inspect.getdoc(function) or "")
}
BY_HAND = {"coupled_oscillator.glla_weights", "coupled_oscillator.expected_stiffness"}
"""Matrices: tested against published figures above."""


def model_of(function) -> Classic:
    kind = sys.modules[function.__module__]
    return next(m for m in CLASSICS.values() if m.rate.__module__ == kind.__name__)


def scope_of(function, rng):
    """Arguments drawn for a function, and names under which its equations find them."""
    model, chosen = model_of(function), {}
    for name in inspect.signature(function).parameters:
        if name == "p":
            chosen[name] = someone(model, rng)
        elif name in ("state", "past"):
            chosen[name] = somewhere(model, rng)
        else:
            chosen[name] = float(rng.uniform(0.1, 3.0))
    people = chosen.get("p")
    symbols = {model.rules[n].symbol: v for n, v in people._asdict().items()} if people else {}
    state = chosen["state"]._asdict() if "state" in chosen else {}
    past = chosen["past"]._asdict() if "past" in chosen else {}
    helper = getattr(sys.modules[function.__module__], "influence", None)
    reported = {"influence": lambda *given: helper(*given, people)} if helper else {}
    names = NUMPY | reported | symbols | chosen | state | {f"past_{n}": v for n, v in past.items()}
    return chosen, names


@pytest.mark.parametrize("name", sorted(set(WRITTEN) - BY_HAND))
def test_the_equations_are_the_code(name):
    function, rng = WRITTEN[name], np.random.default_rng(8)
    text = EQUATIONS.search(inspect.getdoc(function))[1]
    written = re.findall(r"^ *(\w+) =", text, flags=re.M)
    for _ in range(20):
        chosen, scope = scope_of(function, rng)
        found = function(**chosen)
        exec(inspect.cleandoc(text), scope)
        parts = found._asdict() if hasattr(found, "_fields") else {written[-1]: found}
        for field, value in parts.items():
            reported = next(
                scope[n] for n in (f"d_{field}", f"next_{field}", field) if n in written
            )
            assert reported == pytest.approx(value, rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("name", CLASSICS)
def test_every_rate_has_equations_and_a_source(name):
    for function in filter(None, (CLASSICS[name].rate, CLASSICS[name].lagged)):
        text = inspect.getdoc(function)
        assert EQUATIONS.search(text) and re.search(r"^Source: \w.*(19|20)\d\d|et al\.", text, re.M)
