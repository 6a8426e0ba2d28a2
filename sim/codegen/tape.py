"""A traced program as a list of NumPy calls on arrays that are made once and used again.

Compared with the same operations written as expressions, no array is made while it runs, and the
exponentials that do not wait for one another are taken together, so that many couples cost little
more than one and the time goes into arithmetic.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from sim.codegen.tracing import Node, Program
from sim.randomness import elementary

FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: getattr(np, name)
    for name in (
        "negative", "absolute", "sqrt", "floor", "less", "less_equal", "greater", "greater_equal",
        "add", "subtract", "multiply", "divide",
    )
}  # fmt: skip


def choose(condition: np.ndarray, yes: np.ndarray, no: np.ndarray, out: np.ndarray) -> None:
    """``np.where`` into an array that exists."""
    np.copyto(out, no)
    np.copyto(out, yes, where=condition)


def logarithm(x: np.ndarray, out: np.ndarray) -> None:
    """``elementary.log`` into an array that exists."""
    out[...] = elementary.bound("numpy").log(x)


def copied(x: np.ndarray, out: np.ndarray) -> None:
    """A value that is an input or a constant as an output."""
    out[...] = x


FUNCTIONS |= {
    "where": choose,
    "log": logarithm,
    "maximum": elementary.at_least,
    "minimum": elementary.at_most,
}


class Tape:
    """A program bound to the arrays of its inputs and outputs; ``run`` computes all outputs.

    Arrays have shape (couples,), or () for what all share. Outputs may not be inputs too: they are
    written while inputs are still read.
    """

    def __init__(
        self, program: Program, inputs: dict[str, np.ndarray], outputs: dict[str, np.ndarray]
    ) -> None:
        unknown = {node.opcode for node in program.nodes if not node.is_leaf} - {*FUNCTIONS, "exp"}
        if unknown:
            raise ValueError(f"np.{min(unknown)}: has no form yet that is the same in all engines")
        self.program = program
        self.width = next(iter(outputs.values())).shape
        self.depth = _depths(program.nodes)
        self.place: list[np.ndarray | None] = [None] * len(program.nodes)
        self.calls: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []
        self._spare: dict[bool, list[np.ndarray]] = {True: [], False: []}
        self._settle(inputs, outputs)
        self._record()
        self._copy(outputs)

    def run(self) -> None:
        """Compute the outputs from what the inputs hold now."""
        for function, operands in self.calls:
            function(*operands)

    def _settle(self, inputs: dict[str, np.ndarray], outputs: dict[str, np.ndarray]) -> None:
        """Give a place to what is known before: inputs, constants, exponentials, outputs."""
        for k, node in enumerate(self.program.nodes):
            if node.is_leaf:
                known = node.opcode == "input"
                self.place[k] = inputs[str(node.value)] if known else np.array(node.value)
        self.batches = []
        for depth in sorted({d for d, n in zip(self.depth, self.nodes, strict=True) if _is_exp(n)}):
            members = [k for k in self._at(depth) if _is_exp(self.nodes[k])]
            arguments = list(dict.fromkeys(self.nodes[k].operands[0] for k in members))
            before, after = np.empty((2, len(members), *self.width))
            for row, k in enumerate(members):
                self.place[k] = after[row]
            # An argument may be an exponential or an input itself, which has its place already.
            moves = []
            for row, k in enumerate(arguments):
                if self.place[k] is None:
                    self.place[k] = before[row]
                else:
                    moves.append((copied, (self.place[k], before[row])))
            self.batches.append((depth, moves, before, after))
        for name, k in self.program.outputs.items():
            if self.place[k] is None:
                self.place[k] = outputs[name]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The operations."""
        return self.program.nodes

    def _at(self, depth: int) -> Iterable[int]:
        return (k for k, d in enumerate(self.depth) if d == depth)

    def _record(self) -> None:
        """Write down the calls, depth by depth; exponentials come first in theirs."""
        batches = {depth: batch for depth, *batch in self.batches}
        order = [
            k
            for depth in range(max(self.depth, default=0) + 1)
            for k in self._at(depth)
            if not self.nodes[k].is_leaf
        ]
        last = {operand: k for k in order for operand in self.nodes[k].operands}
        fixed = {k for k, place in enumerate(self.place) if place is not None}
        for depth in range(max(self.depth, default=0) + 1):
            if depth in batches:
                moves, before, after = batches[depth]
                self.calls += moves
                self.calls += elementary.exp_calls(before, after)
            for k in self._at(depth):
                node = self.nodes[k]
                if not (node.is_leaf or _is_exp(node)):
                    self._call(k, node, last, fixed)

    def _call(self, k: int, node: Node, last: dict[int, int], fixed: set[int]) -> None:
        """One operation: into a place that is free from now on, which may be an operand's own."""
        operands = [self.place[operand] for operand in node.operands]
        free = {o for o in node.operands if last[o] == k and o not in fixed}
        in_place = node.opcode != "where"
        if in_place:
            self._give_back(free)
        if self.place[k] is None:
            spare = self._spare[node.is_mask]
            self.place[k] = spare.pop() if spare else np.empty(self.width, self._kind(node))
        if not in_place:
            self._give_back(free)
        self.calls.append((FUNCTIONS[node.opcode], (*operands, self.place[k])))

    def _give_back(self, free: set[int]) -> None:
        for operand in sorted(free):
            place = self.place[operand]
            assert place is not None
            self._spare[self.nodes[operand].is_mask].append(place)

    @staticmethod
    def _kind(node: Node) -> type:
        return np.bool_ if node.is_mask else np.float64

    def _copy(self, outputs: dict[str, np.ndarray]) -> None:
        for name, k in self.program.outputs.items():
            if self.place[k] is not outputs[name]:
                self.calls.append((copied, (self.place[k], outputs[name])))


def _is_exp(node: Node) -> bool:
    return node.opcode == "exp"


def _depths(nodes: tuple[Node, ...]) -> list[int]:
    """How many exponentials must be known before each operation can start."""
    depths: list[int] = []
    for node in nodes:
        depths.append(max((depths[k] for k in node.operands), default=0) + _is_exp(node))
    return depths
