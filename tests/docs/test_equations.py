"""Each equation in a docstring is run against its function."""

import inspect
import re

import numpy as np
import pytest

from experiments.pages import model_page as describe
from models.caregiving import LEARNT
from models.learning import Lesson
from models.parameters import PARAMETERS, PartnerParameters, SharedParameters
from models.state import VARIABLES, DyadState, Event, PartnerState, RandomNumbers, Signal, Situation
from tests.helpers.documents import FUNCTIONS, SCIENCE, WITHOUT_EQUATION

CIRCUITS = {n: f for n, f in FUNCTIONS.items() if f.__module__.startswith("models.circuits.")}
PLAIN = {("read", "heard")}  # here `heard` is one number, not a signal
NUMPY = {"exp": np.exp, "sqrt": np.sqrt, "max": np.maximum, "abs": np.abs}
COMPLETE = {  # what a function's equation must give a line to
    "channel.hear": set(Signal._fields),
    "partner.emit": set(Signal._fields),
    "interventions.coming": set(Signal._fields),
    "caregiving.childhood_shared": {"prototype_time"},
    "caregiving.grown": {*LEARNT, "amygdala_threshold", "template_threat", "anticipated_pain",
                         "expected_warmth"},
}  # fmt: skip


# --- Docstrings -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_says_what_it_does(name):
    first = (inspect.getdoc(FUNCTIONS[name]) or "").split("\n\n")[0]
    assert len(first.split()) >= 3 and first.endswith((".", "``"))


@pytest.mark.parametrize("name", CIRCUITS)
def test_every_circuit_has_an_equation_and_a_source(name):
    text = inspect.getdoc(CIRCUITS[name])
    assert describe.equation(CIRCUITS[name]) and re.search(r"^Source: \w", text, flags=re.M)


def test_what_drives_a_partner_has_an_equation_too():
    written = {n for n in FUNCTIONS if n.split(".")[0] in describe.OUTSIDE_CIRCUITS}
    assert not written - set(SCIENCE) - WITHOUT_EQUATION


# --- Equations against code -----------------------------------------------------------------------


def some(kind, rng, rules=None):
    """A ``kind`` whose fields are drawn from their declared ranges."""
    values = []
    for field in kind._fields:
        low, high = (rules[field].range or (-1.0, 1.0)) if rules else (-1.0, 1.0)
        if high is None:
            high = 300.0 if rules[field].unit == "min" else 3.0
        values.append(float(rng.uniform(low, high)))
    return kind(*values)


def arguments(function, rng):
    """Something of the right kind for every argument of a function of ``models``."""
    kinds = {
        "state": PartnerState, "heard": Signal, "sent": Signal, "sent_a": Signal,
        "sent_b": Signal, "partner": Signal, "dyad": DyadState, "situation": Situation,
        "event": Event, "infant": PartnerState,
    }  # fmt: skip
    chosen = {}
    for name in inspect.signature(function).parameters:
        if name in ("parameters", "p"):
            chosen[name] = some(PartnerParameters, rng, PARAMETERS[PartnerParameters])
        elif name == "shared":
            chosen[name] = some(SharedParameters, rng, PARAMETERS[SharedParameters])
        elif name == "random_numbers":
            chosen[name] = some(RandomNumbers, rng)
        elif name == "adult":
            chosen[name] = some(PartnerParameters, rng, PARAMETERS[PartnerParameters])
        elif name == "lesson":
            chosen[name] = some(Lesson, rng)
        elif name in kinds and (function.__name__, name) not in PLAIN:
            chosen[name] = some(kinds[name], rng, VARIABLES[kinds[name]])
        elif name in ("dt", "elapsed", "gap", "time_constant"):
            chosen[name] = float(rng.uniform(1.0, 90.0))
        elif name == "latency":
            chosen[name] = float(rng.uniform(0.0, 5.0))
        elif name == "shown" and function.__name__ == "coming":
            chosen[name] = some(Signal, rng, VARIABLES[Signal])
        elif name in ("x", "value", "target", "error", "draw", "surprise"):
            chosen[name] = float(rng.uniform(-1.0, 1.0))
        else:
            chosen[name] = float(rng.uniform(0.02, 0.98))
    return chosen


def symbols(chosen):
    """Symbols of parameters, and names of switches, with their values."""
    values = {}
    for people in (chosen.get("parameters", chosen.get("p")), chosen.get("shared")):
        for name, rule in PARAMETERS[type(people)].items() if people else ():
            values[name if rule.symbol == "-" else describe.greek(rule.symbol)] = getattr(
                people, name
            )
    return values


def helpers(chosen):
    """Functions of ``models`` that need not be told the parameters."""
    known = {
        "p": chosen.get("parameters", chosen.get("p")),
        "parameters": chosen.get("parameters", chosen.get("p")),
        "shared": chosen.get("shared"),
    }

    def reported(function):
        given = {n: v for n, v in known.items() if n in inspect.signature(function).parameters}
        return lambda *args, **more: function(*args, **given, **more)

    return {function.__name__: reported(function) for function in SCIENCE.values()} | {
        "Lesson": Lesson
    }


@pytest.mark.parametrize("name", SCIENCE)
def test_the_equation_is_the_code(name):
    function, rng = SCIENCE[name], np.random.default_rng(7)
    written = re.findall(r"^(\w+) =", describe.equation(function), flags=re.M)
    named = set()
    for _ in range(20):
        chosen = arguments(function, rng)
        result = function(**chosen)
        new = result._asdict() if isinstance(result, PartnerState) else {}
        scope = helpers(chosen) | NUMPY | new | chosen | symbols(chosen)
        scope_before = dict(scope)
        exec(describe.equation(function), scope)
        changed = [n for n in scope if n not in scope_before or scope[n] is not scope_before[n]]
        pairs = reported(scope, written, result)
        named |= set(pairs)
        assert pairs and changed
        np.testing.assert_allclose(*np.array(list(pairs.values())).T, rtol=1e-10, atol=1e-12)
    assert COMPLETE.get(name, named) == named
    if isinstance(result, dict):
        assert named == set(result)


def reported(scope, written, result):
    """Name to (what the equation says, what the code gives), for every quantity that it names."""
    if not isinstance(result, dict) and not hasattr(result, "_fields"):
        return {written[-1]: (scope[written[-1]], result)}
    found = result if isinstance(result, dict) else result._asdict()
    pairs = {n: (scope[n], found[n]) for n in written if n in found}
    for group in (scope[n] for n in written if isinstance(scope[n], dict)):
        pairs |= {n: (value, found[n]) for n, value in group.items()}
    return pairs


def test_what_childhood_leaves_is_what_stays_plastic():
    function = SCIENCE["learning.traits"]
    slow = set(function(**arguments(function, np.random.default_rng(7))))
    assert slow == {*LEARNT, "threshold"} <= set(PartnerState._fields)


def test_a_wrong_equation_is_found():
    """The check is not blind: the code's alarm is not that of another gain."""
    chosen = arguments(CIRCUITS["amygdala.alarm"], np.random.default_rng(7))
    wrong = "alarm = logistic(2 * g_A * (evidence - threshold))"
    scope = helpers(chosen) | NUMPY | chosen | symbols(chosen)
    exec(wrong, scope)
    assert abs(scope["alarm"] - CIRCUITS["amygdala.alarm"](**chosen)) > 1e-3


def test_symbols_are_unique():
    used = [r.symbol for rules in PARAMETERS.values() for r in rules.values() if r.symbol != "-"]
    assert len(used) == len(set(used))
