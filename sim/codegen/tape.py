"""A traced program as a list of NumPy calls on arrays that are made once and used again.

Compared with the same operations written as expressions, no array is made while it runs, and the
exponentials that do not wait for one another are taken together, so that many couples cost little
more than one and the time goes into arithmetic.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from sim.codegen.program import Node, Program
from sim.randomness import elementary
from sim.randomness.exp_calls import at_least, at_most, exp_calls

PLAIN = """
negative absolute sqrt floor less less_equal greater greater_equal add subtract multiply divide
""".split()
FUNCTIONS: dict[str, Callable[..., Any]] = {name: getattr(np, name) for name in PLAIN}


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
    "maximum": at_least,
    "minimum": at_most,
}


class Batch(NamedTuple):
    """Exponentials that are taken together."""

    moves: list[tuple[Callable[..., Any], tuple[Any, ...]]]
    """Calls that bring arguments which stand elsewhere."""
    before: np.ndarray
    """Arguments, a row each."""
    after: np.ndarray
    """Results, in the same rows."""


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
        """Give a place to what is known before: inputs, constants, exponentials, outputs.

        All else gets a place when its call is recorded, one that is free by then. The order
        matters: what has a place keeps it, so whoever must stand somewhere comes first.
        """
        for k, node in enumerate(self.program.nodes):
            if node.is_leaf:
                known = node.opcode == "input"
                self.place[k] = inputs[str(node.value)] if known else np.array(node.value)
        depths = {d for d, n in zip(self.depth, self.nodes, strict=True) if _is_exp(n)}
        self.batches = {depth: self._batch(depth) for depth in sorted(depths)}
        # Last: an output that is an exponential, too, stands in its batch and is copied at the end.
        for name, k in self.program.outputs.items():
            if self.place[k] is None:
                self.place[k] = outputs[name]

    def _batch(self, depth: int) -> Batch:
        """The exponentials of one depth: none waits for another, so all are taken at once.

        An exponential is some thirty NumPy calls, and below a thousand couples a call costs more
        than its arithmetic: thirty calls for all of a depth are far cheaper than thirty for each.
        Arguments and results are therefore the rows of two blocks, ``before`` and ``after``.
        """
        members = [k for k in self._at(depth) if _is_exp(self.nodes[k])]
        before, after = np.empty((2, len(members), *self.width))
        moves: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []
        for row, k in enumerate(members):
            self.place[k] = after[row]
            (argument,) = self.nodes[k].operands
            if self.place[argument] is None:
                self.place[argument] = before[row]  # computed where it is needed
            else:
                # An input, a constant or an exponential of a lesser depth stands elsewhere, where
                # others read it; its value is copied before the batch runs.
                moves.append((copied, (self.place[argument], before[row])))
        return Batch(moves, before, after)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The operations."""
        return self.program.nodes

    def _at(self, depth: int) -> Iterable[int]:
        return (k for k, d in enumerate(self.depth) if d == depth)

    def _record(self) -> None:
        """Write down the calls, depth by depth; exponentials come first in theirs.

        Operations of one depth stay in the order of the program, so that no operand is missing.
        """
        order = [
            k
            for depth in range(max(self.depth, default=0) + 1)
            for k in self._at(depth)
            if not self.nodes[k].is_leaf
        ]
        # Who reads a value last: from then on its array is free for another.
        last = {operand: k for k in order for operand in self.nodes[k].operands}
        fixed = {k for k, place in enumerate(self.place) if place is not None}
        for depth in range(max(self.depth, default=0) + 1):
            if depth in self.batches:
                batch = self.batches[depth]
                self.calls += batch.moves
                self.calls += exp_calls(batch.before, batch.after)
            for k in self._at(depth):
                node = self.nodes[k]
                if not (node.is_leaf or _is_exp(node)):
                    self._call(k, node, last, fixed)

    def _call(self, k: int, node: Node, last: dict[int, int], fixed: set[int]) -> None:
        """One operation: into a place that is free from now on, which may be an operand's own."""
        operands = [self.place[operand] for operand in node.operands]
        free = {o for o in node.operands if last[o] == k and o not in fixed}
        # ``choose`` writes its result twice, so that may not stand where an operand stands.
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
