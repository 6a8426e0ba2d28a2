"""Trace a function of equations into the straight list of operations that it performs.

The function is called once with symbols in place of numbers. NumPy's own protocols hand every
operation to the symbol, so helper functions, keyword arguments and constants need no care:
Python itself runs them. A number that does not depend on an input never becomes a symbol: Python
computes it during the trace.
"""

import inspect
import math
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from sim.codegen.program import BINARY, UNARY, Node, Program, Recorder, finished
from sim.codegen.structures import leaves, named, replace_leaves

LARGEST_POWER = 4


def _refuse(sentence: str) -> NoReturn:
    raise TypeError(sentence)


class Symbol(NDArrayOperatorsMixin):
    """A number that is not known yet; whatever is done to it is recorded.

    The mixin turns every operator into the NumPy function of the same meaning.
    """

    def __init__(self, recorder: Recorder, place: int) -> None:
        self.recorder = recorder
        self.place = place

    @property
    def node(self) -> Node:
        """The record of this value."""
        return self.recorder.nodes[self.place]

    def __repr__(self) -> str:
        return f"Symbol({self.node.value or self.node.opcode})"

    def __array_ufunc__(self, function: Any, method: str, *operands: Any, **options: Any) -> Any:
        """Record a NumPy function of numbers, such as ``np.exp``."""
        if method != "__call__" or options:
            _refuse(f"an equation used np.{function.__name__} in a form that is not elementwise")
        return self._record(function.__name__, operands)

    def __array_function__(self, function: Any, _types: Any, operands: Any, options: Any) -> Any:
        """Record ``np.where``, the only NumPy function of this kind that equations may use."""
        if function is not np.where or options or len(operands) != 3:
            _refuse_function(function.__name__)
        condition, chosen, other = operands
        if not isinstance(condition, Symbol):
            return chosen if condition else other
        return self._record("where", operands)

    def __pow__(self, exponent: Any) -> "Symbol":
        """Expand a small whole power into multiplications, from left to right."""
        if not isinstance(exponent, int | np.integer) or not 1 <= exponent <= LARGEST_POWER:
            _refuse(
                f"an equation raised a state to the power {exponent}: only whole powers from 1 "
                f"to {LARGEST_POWER} are allowed"
            )
        power = self
        for _ in range(int(exponent) - 1):
            power = power * self
        return power

    def _record(self, opcode: str, operands: tuple) -> "Symbol":
        if opcode == "positive":
            return self
        if opcode in ("square", "power", "float_power"):
            base, exponent = operands if len(operands) == 2 else (operands[0], 2)
            return base**exponent if isinstance(base, Symbol) else self.__rpow__(base)
        if opcode not in UNARY | BINARY | {"where"}:
            _refuse_function(opcode)
        places = tuple(self._place(operand) for operand in operands)
        masks = [self.recorder.nodes[place].is_mask for place in places]
        if masks != [opcode == "where", False, False][: len(masks)]:
            _refuse(
                f"an equation mixed numbers and truth values in '{opcode}': a comparison may only "
                "be the condition of np.where, and the condition must be one comparison"
            )
        return Symbol(self.recorder, self.recorder.add(opcode, places))

    def _place(self, operand: Any) -> int:
        if isinstance(operand, Symbol):
            if operand.recorder is not self.recorder:
                _refuse("an equation used a symbol that another trace made")
            return operand.place
        return self.recorder.add("constant", (), _finite(operand))

    def __rpow__(self, base: Any) -> NoReturn:
        """Refuse a power whose exponent is a state."""
        _refuse(f"an equation raised {base} to the power of a state: use np.exp")

    def __bool__(self) -> NoReturn:
        """Refuse a branch."""
        _refuse(
            f"an equation branched on a state (on {self!r}): use np.where, np.maximum or "
            "np.minimum, not `if`, `and`, `or`, `not`, `min` or `max`"
        )

    def __float__(self) -> NoReturn:
        """Refuse to become a number, which ``math`` and ``float`` ask for."""
        _refuse(
            f"an equation asked for the number behind a state ({self!r}): use np.exp, np.sqrt "
            "and so on, not `math`, `float`, `int` or `round`"
        )

    __int__ = __index__ = __complex__ = __round__ = __floor__ = __ceil__ = __trunc__ = __float__

    def __iter__(self, *_: Any) -> NoReturn:
        """Refuse a loop."""
        _refuse(f"an equation iterated over a state ({self!r}): a state is one number")

    __len__ = __getitem__ = __iter__

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse to become an array."""
        _refuse(f"an equation made an array of a state ({self!r}): a state is one number")


def _refuse_function(name: str) -> NoReturn:
    allowed = ", ".join(sorted(UNARY | BINARY | {"where"}))
    _refuse(f"an equation used np.{name}, which is not among the allowed functions: {allowed}")


def _finite(value: Any) -> float:
    """A constant as a float, if it is a single finite number."""
    is_number = isinstance(value, int | float | np.floating | np.integer) and value is not True
    is_single = isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "iuf"
    if not (is_number or is_single) or isinstance(value, bool) or not math.isfinite(value):
        _refuse(f"an equation used {value!r} as a number: a constant must be one finite number")
    return float(value)


def trace(function: Callable[..., Any], *templates: Any, **named_templates: Any) -> Program:
    """Call ``function`` once with symbols and return the operations that it performed.

    Templates are NamedTuple classes or values, possibly nested, or anything else for a single
    number. Arguments of the function that are not given keep their defaults.
    """
    recorder = Recorder()
    call = inspect.signature(function).bind(*templates, **named_templates)
    arguments = {name: named(template, name) for name, template in call.arguments.items()}
    for name, names in arguments.items():
        call.arguments[name] = replace_leaves(
            names, lambda leaf: Symbol(recorder, recorder.add("input", (), leaf))
        )
    answer = function(*call.args, **call.kwargs)
    result = named(answer)
    outputs = {
        name: _output(recorder, name, value)
        for name, value in zip(leaves(result), leaves(answer), strict=True)
    }
    return finished(recorder.nodes, arguments, result, outputs)


def _output(recorder: Recorder, name: str, value: Any) -> int:
    if not isinstance(value, Symbol):
        return recorder.add("constant", (), _finite(value))
    if value.node.is_mask:
        _refuse(f"the output {name} is a truth value: turn it into a number with np.where")
    return value.place
