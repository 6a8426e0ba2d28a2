"""What a traced program holds: names, no dead parts, order, parts and whole."""

import math
from typing import NamedTuple

import numpy as np
import pytest

from sim.codegen.printers.python import python_function, python_source
from sim.codegen.tracing import trace
from tests.helpers.toy_couple import (
    FIXED,
    INPUTS,
    PROGRAM,
    TEMPLATES,
    Couple,
    State,
    couple_of,
    exchange,
)


def test_names_are_paths():
    """Inputs and outputs are named by where they stand."""
    assert PROGRAM.inputs[0] == "a.alarm"
    assert "traits_b.vagal_tone" in PROGRAM.inputs
    assert list(PROGRAM.outputs)[-1] == "b.error"
    assert "a.alarm" not in PROGRAM.used_inputs


def test_templates_may_nest_and_may_be_values():
    """Classes with typed fields, instances, plain tuples and numbers all serve as templates."""

    class Pair(NamedTuple):
        left: State
        right: float

    def total(pair, couple, weights, dt, scale=2.0):
        return pair.left.alarm + pair.right + couple.b.mood + weights[1] * dt * scale

    state = State(*range(8))
    program = trace(total, Pair, Couple(state, state), (0.1, 0.2), 5.0)
    assert program.used_inputs == (
        "pair.left.alarm",
        "pair.right",
        "couple.b.mood",
        "weights.1",
        "dt",
    )
    step = python_function(program)
    arguments = Pair(state, 1.0), Couple(state, state), (0.1, 0.2), 5.0
    assert step(*arguments) == total(*arguments)


def test_common_parts_are_computed_once():
    """Equal expressions are one operation, wherever they were written."""

    def twice(x, y):
        return np.exp(x * y) + np.exp(x * y), np.exp(x * y)

    program = trace(twice, float, float)
    assert (program.count(), program.count("exp"), program.count("multiply")) == (3, 1, 1)


def test_dead_parts_are_gone():
    """What no output needs is not in the program."""

    def wasteful(x, y):
        np.exp(y)
        return x + 1.0

    program = trace(wasteful, float, float)
    assert program.count() == 1
    assert program.used_inputs == ("x",)
    assert program.inputs == ("x", "y")


def test_outputs_can_be_chosen():
    """A program of fewer outputs has fewer operations and a plain result."""
    program = PROGRAM.keep(["b.error"])
    assert (program.result, program.count("exp")) == (("b.error",), 1)
    answer = python_function(program)(*couple_of(INPUTS, 0))
    assert answer == (python_function(PROGRAM)(*couple_of(INPUTS, 0)).b.error,)


def test_signed_zeros_stay_apart():
    """0.0 equals -0.0, and still they are two constants."""
    step = python_function(trace(lambda x: (x + 0.0, x * -0.0), float))
    assert [math.copysign(1.0, y) for y in step(-0.0)] == [1.0, 1.0]
    assert math.copysign(1.0, step(1.0)[1]) == -1.0


def test_order_is_kept():
    """Nothing is associated anew."""
    assert "return (((x + y) + z), (x + (y + z)), )" in python_source(
        trace(lambda x, y, z: (x + y + z, x + (y + z)), float, float, float)
    )


def test_hash_names_the_content():
    """The same equations give the same hash; other equations another."""
    assert trace(exchange, *TEMPLATES).hash == PROGRAM.hash
    assert trace(lambda x: x + 1.0, float).hash != trace(lambda x: x + 2.0, float).hash


def test_fixed_operations_leave_the_body():
    """Nothing in the body depends on fixed inputs alone, except conditions."""
    prologue, body = PROGRAM.split(FIXED)
    assert all(name.startswith(FIXED) for name in prologue.inputs)
    assert prologue.count("exp") == 2
    assert body.count("exp") == PROGRAM.count("exp") - 2
    assert prologue.count() + body.count() == PROGRAM.count()


def test_fixed_conditions_are_computed_where_they_are_used():
    """Only numbers cross from the prologue to the body."""

    def chosen(x, dt):
        return np.where(dt * 2.0 > 1.0, x, -x), dt * 3.0

    prologue, body = trace(chosen, float, float).split(("dt",))
    assert (prologue.count("multiply"), prologue.count("greater")) == (2, 0)
    assert (body.count("multiply"), body.count("greater")) == (0, 1)


def test_two_names_for_one_variable_are_refused():
    """``a.b_c`` and ``a_b.c`` would both be ``a_b_c``."""

    class Outer(NamedTuple):
        b_c: float

    class Inner(NamedTuple):
        c: float

    with pytest.raises(ValueError, match="rename a field"):
        python_source(trace(lambda a, a_b: a.b_c + a_b.c, Outer, Inner))
