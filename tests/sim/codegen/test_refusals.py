"""Tracing refuses what an equation may not do, and says the rule."""

import math

import numpy as np
import pytest

from sim.codegen.tracing import trace

BRANCHED = "branched on a state"
NUMBER = "asked for the number behind a state"
REFUSED = {
    "if": (lambda x: 1.0 if x > 0.0 else 0.0, BRANCHED),
    "and": (lambda x: np.where(x > 0.0 and x < 1.0, x, 0.0), BRANCHED),
    "max": (lambda x: max(x, 0.0), BRANCHED),
    "math": (lambda x: math.exp(x), NUMBER),
    "float": (lambda x: float(x), NUMBER),
    "round": (lambda x: round(x), NUMBER),
    "iteration": (lambda x: tuple(x), "iterated over a state"),
    "index": (lambda x: x[0], "iterated over a state"),
    "array": (lambda x: np.array([x, x]), "made an array"),
    "clip": (lambda x: np.clip(x, 0.0, 1.0), "np.clip, which is not among"),
    "sin": (lambda x: np.sin(x), "np.sin, which is not among"),
    "mean": (lambda x: np.mean(x), "np.mean, which is not among"),
    "equality": (lambda x: np.where(x == 0.0, 1.0, x), "np.equal, which is not among"),
    "reduction": (lambda x: np.add.reduce(x), "not elementwise"),
    "root as power": (lambda x: x**0.5, "only whole powers"),
    "inverse as power": (lambda x: x**-1, "only whole powers"),
    "exponent": (lambda x: 2.0**x, "use np.exp"),
    "mask as number": (lambda x: x * (x > 0.0), "mixed numbers and truth values"),
    "number as mask": (lambda x: np.where(x, 1.0, 0.0), "mixed numbers and truth values"),
    "mask as output": (lambda x: x > 0.0, "output value is a truth value"),
    "infinity": (lambda x: np.minimum(x, math.inf), "one finite number"),
    "array constant": (lambda x: x + np.ones(3), "one finite number"),
    "text": (lambda x: x + "1", "one finite number"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusals_say_the_rule(case):
    """A forbidden equation fails while it is traced, with a sentence."""
    equation, sentence = REFUSED[case]
    with pytest.raises(TypeError, match=sentence):
        trace(equation, float)
