"""Any expression, printed as Python, gives the same bits."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.codegen.printers.python import python_function
from sim.codegen.tracing import trace

VARIABLES = ("x", "y", "z")
NUMBERS = st.floats(-1e3, 1e3, allow_nan=False).filter(lambda x: x == 0.0 or abs(x) > 1e-3)
LEAF = st.sampled_from(VARIABLES) | NUMBERS


def grow(part):
    """Larger expressions from smaller ones, as nested tuples."""
    return (
        st.tuples(st.sampled_from(["+", "-", "*", "/", "max", "min"]), part, part)
        | st.tuples(st.sampled_from(["neg", "abs", "root", "floor"]), part)
        | st.tuples(st.just("where"), part, part, part, part)
    )


MEANING = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / (1.0 + abs(y)),
    "max": np.maximum,
    "min": np.minimum,
    "neg": lambda x: -x,
    "abs": np.abs,
    "root": lambda x: np.sqrt(np.abs(x)),
    "floor": np.floor,
    "where": lambda x, y, u, v: np.where(x < y, u, v),
}


def evaluate(tree, values):
    """The value of an expression tree, on numbers or symbols."""
    if isinstance(tree, tuple):
        return MEANING[tree[0]](*(evaluate(part, values) for part in tree[1:]))
    return values.get(tree, tree)


@settings(max_examples=300, deadline=None)
@given(st.recursive(LEAF, grow, max_leaves=30), st.tuples(NUMBERS, NUMBERS, NUMBERS))
def test_printed_python_equals_direct_evaluation(tree, numbers):
    """Bit for bit, for every operation that IEEE 754 rounds correctly."""
    program = trace(
        lambda x, y, z: evaluate(tree, dict(zip(VARIABLES, (x, y, z), strict=True))), *numbers
    )
    direct = evaluate(tree, dict(zip(VARIABLES, map(np.float64, numbers), strict=True)))
    assert python_function(program)(*numbers) == direct or math.isnan(direct)
