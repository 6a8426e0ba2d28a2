"""Trace a function of equations into the straight list of operations that it performs.

The function is called once with symbols in place of numbers. NumPy's own protocols hand every
operation to the symbol, so helper functions, keyword arguments and constants need no care:
Python itself runs them. Operations keep their order and association, and nothing is rewritten,
so every printed form of a program gives the same floating-point results. A number that does not
depend on an input never becomes a symbol: Python computes it during the trace.
"""

import hashlib
import inspect
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, NoReturn, get_type_hints

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

UNARY = frozenset({"negative", "absolute", "sqrt", "exp", "log", "tanh", "floor"})
COMPARISONS = frozenset({"less", "less_equal", "greater", "greater_equal"})
BINARY = frozenset({"add", "subtract", "multiply", "divide", "maximum", "minimum"}) | COMPARISONS
LARGEST_POWER = 4


# --- Structures: NamedTuples within NamedTuples, whose leaves are names or symbols ---------------


def is_structure(value: Any) -> bool:
    """Whether ``value`` is a tuple or a NamedTuple class, as against a leaf."""
    return isinstance(value, tuple) or hasattr(value, "_fields")


def parts(structure: Any) -> list[tuple[str, Any]]:
    """The names and values, or for a class the names and types, of what a structure holds."""
    if isinstance(structure, type):
        types = get_type_hints(structure)
        return [(field, types.get(field)) for field in structure._fields]  # type: ignore[attr-defined]
    fields = getattr(structure, "_fields", range(len(structure)))
    return [(str(field), value) for field, value in zip(fields, structure, strict=True)]


def build(structure: Any, values: list[Any]) -> Any:
    """A structure of the same kind as ``structure`` that holds ``values``."""
    kind = structure if isinstance(structure, type) else type(structure)
    return kind(*values) if hasattr(kind, "_fields") else tuple(values)


def named(structure: Any, path: str = "") -> Any:
    """The same structure with every leaf replaced by its path, such as ``a.alarm``."""
    if not is_structure(structure):
        return path or "value"
    prefix = f"{path}." if path else ""
    return build(structure, [named(value, prefix + name) for name, value in parts(structure)])


def leaves(structure: Any) -> Iterator[Any]:
    """The leaves of a structure, in order."""
    if isinstance(structure, tuple):
        for part in structure:
            yield from leaves(part)
    else:
        yield structure


def replace_leaves(structure: Any, change: Callable[[Any], Any]) -> Any:
    """The same structure with ``change`` applied to every leaf."""
    if isinstance(structure, tuple):
        return build(structure, [replace_leaves(part, change) for part in structure])
    return change(structure)


# --- Programs ------------------------------------------------------------------------------------


class Node(NamedTuple):
    """One value of a program: an input, a constant, or an operation on earlier values."""

    opcode: str
    operands: tuple[int, ...] = ()
    value: str | float | None = None
    """The name of an input or the number of a constant."""

    @property
    def is_leaf(self) -> bool:
        """Whether this value is given and not computed."""
        return self.value is not None

    @property
    def is_mask(self) -> bool:
        """Whether this is a truth value, which only ``where`` may use."""
        return self.opcode in COMPARISONS


class Recorder:
    """A growing list of nodes in which equal values are stored once."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._known: dict[tuple, int] = {}

    def add(self, opcode: str, operands: tuple[int, ...] = (), value: Any = None) -> int:
        """The position of this node, recorded now unless an equal one exists."""
        key = opcode, operands, repr(value)  # repr, because 0.0 == -0.0
        if key not in self._known:
            self._known[key] = len(self.nodes)
            self.nodes.append(Node(opcode, operands, value))
        return self._known[key]


@dataclass(frozen=True)
class Program:
    """The operations of a traced function, in order; dead ones are gone."""

    nodes: tuple[Node, ...]
    arguments: dict[str, Any]
    """Argument names, with structures whose leaves are the names of inputs."""
    result: Any
    """The structure that the function returns; its leaves are the names of outputs."""
    outputs: dict[str, int]
    """Names of outputs, with the positions of their nodes."""

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The names of all inputs in the order of the arguments, unused ones included."""
        return tuple(name for names in self.arguments.values() for name in leaves(names))

    @cached_property
    def used_inputs(self) -> tuple[str, ...]:
        """The names of the inputs on which an output depends, in the order of ``inputs``."""
        used = {node.value for node in self.nodes if node.opcode == "input"}
        return tuple(name for name in self.inputs if name in used)

    def count(self, *opcodes: str) -> int:
        """The number of operations, or of operations with one of these opcodes."""
        return sum(node.opcode in opcodes if opcodes else not node.is_leaf for node in self.nodes)

    @cached_property
    def text(self) -> str:
        """One line for each input, node and output: the program in a readable, unique form."""
        inputs = [f"argument {name}" for name in self.inputs]
        nodes = [
            f"{place} {node.opcode} {' '.join(map(str, node.operands)) or repr(node.value)}"
            for place, node in enumerate(self.nodes)
        ]
        outputs = [f"output {name} {place}" for name, place in self.outputs.items()]
        return "\n".join(inputs + nodes + outputs) + "\n"

    @cached_property
    def hash(self) -> str:
        """A name for the content: equal programs have equal hashes."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def keep(self, names: Iterable[str]) -> "Program":
        """The program that computes these outputs only, and returns them as a plain tuple."""
        outputs = {name: self.outputs[name] for name in names}
        return _finish(list(self.nodes), self.arguments, tuple(outputs), outputs)

    def split(
        self, prefixes: tuple[str, ...], name: str = "hoisted", inputs_too: bool = False
    ) -> tuple["Program", "Program"]:
        """Part the operations on inputs with these prefixes, as a prologue, from the body.

        The body receives what it needs of the prologue as inputs ``<name>_0``, ``<name>_1``, ...
        Masks are computed where they are used, because only numbers cross from part to part.
        With ``inputs_too`` the body receives the inputs themselves that way as well.
        """
        return _split(self, prefixes, name, inputs_too)


def _needed(nodes: list[Node], roots: Iterator[int]) -> list[int]:
    """The positions on which the roots depend, in order."""
    needed = set(roots)
    for place in range(len(nodes) - 1, -1, -1):
        if place in needed:
            needed.update(nodes[place].operands)
    return sorted(needed)


def _finish(nodes: list[Node], arguments: dict, result: Any, outputs: dict[str, int]) -> Program:
    """A program of those nodes only that an output needs."""
    needed = _needed(nodes, iter(outputs.values()))
    place = {old: new for new, old in enumerate(needed)}
    live = tuple(
        nodes[old]._replace(operands=tuple(place[operand] for operand in nodes[old].operands))
        for old in needed
    )
    return Program(live, arguments, result, {name: place[old] for name, old in outputs.items()})


def _split(
    program: Program, prefixes: tuple[str, ...], name: str, inputs_too: bool
) -> tuple[Program, Program]:
    if name in program.arguments:
        raise ValueError(f"the program has an argument {name}: give the prologue another name")
    nodes = program.nodes
    fixed: list[bool] = []
    for node in nodes:
        if node.opcode == "input":
            fixed.append(str(node.value).startswith(prefixes))
        else:
            fixed.append(all(fixed[operand] for operand in node.operands))
    movable = [
        is_fixed
        and not node.is_mask
        and (not node.is_leaf or (inputs_too and node.opcode == "input"))
        for node, is_fixed in zip(nodes, fixed, strict=True)
    ]
    body_nodes = [
        Node("input") if moves else node for node, moves in zip(nodes, movable, strict=True)
    ]
    reached = _needed(body_nodes, iter(program.outputs.values()))
    crossing = {
        place: f"{name}_{k}" for k, place in enumerate(filter(movable.__getitem__, reached))
    }
    for place, new_name in crossing.items():
        body_nodes[place] = Node("input", (), new_name)

    fixed_names = tuple(item for item in program.inputs if item.startswith(prefixes))
    prologue = _finish(
        list(nodes),
        {"fixed": fixed_names},
        tuple(crossing.values()),
        {new_name: place for place, new_name in crossing.items()},
    )
    body = _finish(
        body_nodes,
        {**program.arguments, name: tuple(crossing.values())},
        program.result,
        program.outputs,
    )
    return prologue, body


# --- Symbols -------------------------------------------------------------------------------------


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
    return _finish(recorder.nodes, arguments, result, outputs)


def _output(recorder: Recorder, name: str, value: Any) -> int:
    if not isinstance(value, Symbol):
        return recorder.add("constant", (), _finite(value))
    if value.node.is_mask:
        _refuse(f"the output {name} is a truth value: turn it into a number with np.where")
    return value.place
