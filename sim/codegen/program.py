"""A traced program: a straight list of operations, its inputs and its outputs.

Operations keep the order and association in which they were recorded and nothing is rewritten, so
every printed form of a program gives the same floating-point results.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sim.codegen.structures import leaves

UNARY = frozenset({"negative", "absolute", "sqrt", "exp", "log", "tanh", "floor"})
COMPARISONS = frozenset({"less", "less_equal", "greater", "greater_equal"})
BINARY = frozenset({"add", "subtract", "multiply", "divide", "maximum", "minimum"}) | COMPARISONS


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
        return finished(list(self.nodes), self.arguments, tuple(outputs), outputs)

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


def finished(nodes: list[Node], arguments: dict, result: Any, outputs: dict[str, int]) -> Program:
    """A program of those nodes only that an output needs."""
    needed = _needed(nodes, iter(outputs.values()))
    place = {old: new for new, old in enumerate(needed)}
    kept = tuple(
        nodes[old]._replace(operands=tuple(place[operand] for operand in nodes[old].operands))
        for old in needed
    )
    return Program(kept, arguments, result, {name: place[old] for name, old in outputs.items()})


def _split(
    program: Program, prefixes: tuple[str, ...], name: str, inputs_too: bool
) -> tuple[Program, Program]:
    if name in program.arguments:
        raise ValueError(f"the program has an argument {name}: give the prologue another name")
    nodes = program.nodes
    movable = [
        is_fixed and _may_cross(node, inputs_too)
        for node, is_fixed in zip(nodes, _fixed(nodes, prefixes), strict=True)
    ]
    # With every movable value cut off from its operands, the walk back from the outputs ends at
    # the last values that the body asks for: only those cross, and not what they are made of.
    body_nodes = [Node("input") if moves else n for n, moves in zip(nodes, movable, strict=True)]
    reached = _needed(body_nodes, iter(program.outputs.values()))
    # Numbered in the order of the program: the same equations must always print the same text,
    # because machine code is kept under a hash of it.
    order = filter(movable.__getitem__, reached)
    crossing = {place: f"{name}_{k}" for k, place in enumerate(order)}
    for place, new_name in crossing.items():
        body_nodes[place] = Node("input", (), new_name)

    fixed_names = tuple(item for item in program.inputs if item.startswith(prefixes))
    prologue = finished(
        list(nodes),
        {"fixed": fixed_names},
        tuple(crossing.values()),
        {new_name: place for place, new_name in crossing.items()},
    )
    # The body keeps all arguments of the program, so that it can be called with the same ones.
    body = finished(
        body_nodes,
        {**program.arguments, name: tuple(crossing.values())},
        program.result,
        program.outputs,
    )
    return prologue, body


def _fixed(nodes: tuple[Node, ...], prefixes: tuple[str, ...]) -> list[bool]:
    """Whether each value depends on inputs with these prefixes only."""
    fixed: list[bool] = []
    for node in nodes:  # operands stand before their users, so one pass is enough
        if node.opcode == "input":
            fixed.append(str(node.value).startswith(prefixes))
        else:
            fixed.append(all(fixed[operand] for operand in node.operands))
    return fixed


def _may_cross(node: Node, inputs_too: bool) -> bool:
    """Whether a value may be handed from the prologue to the body.

    A mask may not: what crosses lies in arrays of numbers. A constant may not: as a literal it
    costs no load and lets a compiler fold it. An input the body can read where the prologue does.
    """
    if node.is_mask:
        return False
    return not node.is_leaf or (inputs_too and node.opcode == "input")
