"""The tape knows every operation and refuses what engines would not agree on."""

import numpy as np
import pytest

from sim.codegen.tape import Tape
from sim.codegen.tracing import trace
from sim.randomness.elementary import bound
from sim.randomness.exp_calls import exp_calls


def test_a_tape_knows_every_operation():
    def everything(x, y):
        small = np.where(x < y, np.exp(x), np.log(np.abs(y) + 1.0))
        nested = np.exp(np.exp(-x) - 1.0) + np.floor(x) * np.minimum(x, y) + np.maximum(x, 0.5)
        return small, nested / np.sqrt(2.0 + y * y), x, 3.0, np.exp(x)

    program = trace(everything, "x", "y")
    x, y = np.random.default_rng(1).normal(size=(2, 50))
    out = {name: np.empty(50) for name in program.outputs}
    Tape(program, {"x": x, "y": y}, out).run()
    for got, expected in zip(out.values(), everything(x, y), strict=True):
        assert np.allclose(got, expected, rtol=1e-14, atol=0)


def test_a_tape_refuses_what_engines_would_not_agree_on():
    program = trace(lambda x: np.tanh(x), "x")
    with pytest.raises(ValueError, match="tanh"):
        Tape(program, {"x": np.ones(3)}, {name: np.ones(3) for name in program.outputs})


def test_exp_call_by_call_has_the_same_bits():
    x = np.concatenate([np.linspace(-800, 800, 20_001), [-np.inf, np.inf, 0.0, -0.0]])
    out = np.empty_like(x)
    for function, arguments in exp_calls(x, out):
        function(*arguments)
    assert out.tobytes() == bound("numpy").exp(x).tobytes()
