"""The engine that is always there: the operations of ``exchange``, one by one, on rows of couples.

Its results are the bits of the compiled engine.
"""

from typing import Any

import numpy as np

from models.cores import FIRST, Core
from sim.codegen.structures import leaves
from sim.codegen.tape import Tape
from sim.engines.recording import in_contact
from sim.engines.starting import draws as drawn
from sim.engines.task import Runner, Sums, Task
from sim.engines.traced import circumstances, common_names, couple_of, parts, rows_of
from sim.randomness.noise import Purpose

NOISE_DRAWS = 1 << 15  # of one partner at a time: below, the time goes into NumPy's calls


class Block:
    """Arrays of some couples, and the exchange bound to them: forth, and back for the next step."""

    def __init__(self, width: int, core: Core) -> None:
        _, rest, layout = parts(core)
        common = common_names(core)
        self.rows = np.empty((2, len(layout.states) + len(layout.signals), width))
        self.people = np.empty((len(layout.people), width))
        self.random_numbers = np.empty((len(layout.random_numbers), width))
        self.now = np.empty(len(common))
        inputs = dict(zip(layout.people, self.people, strict=True))
        inputs |= dict(zip(layout.random_numbers, self.random_numbers, strict=True))
        inputs |= {name: self.now[k, ...] for k, name in enumerate(common)}
        names = (*layout.states, *layout.signals)
        self.tapes = [
            Tape(
                rest,
                inputs | dict(zip(layout.states, self.rows[here], strict=False)),
                dict(zip(names, self.rows[1 - here], strict=True)),
            )
            for here in (0, 1)
        ]


def prepare(task: Task) -> Runner:
    """Bind what all couples share; see ``sim.engines.task``."""
    table = circumstances(task.calendar, task.shared, task.core)
    blocks: dict[int, Block] = {}

    def runner(start: Any, person_a: Any, person_b: Any, dyads: np.ndarray) -> tuple[Sums, Any]:
        width = len(dyads)
        if width not in blocks:
            blocks.clear()
            blocks[width] = Block(width, task.core)
        return _run(task, table, blocks[width], start, (*person_a, *person_b), dyads)

    return runner


def _run(
    task: Task, table: np.ndarray, block: Block, start: Any, people: tuple, dyads: np.ndarray
) -> tuple[Sums, Any]:
    block.people[:] = people
    for row, value in enumerate(leaves(start)):
        block.rows[0, row] = value
    sums = {name: np.zeros(_shape(task, name, len(dyads))) for name in task.names}
    # Few couples: noise for many steps at once, or the time would go into calls of Philox.
    steps, some = len(task.calendar), max(1, NOISE_DRAWS // len(dyads))
    adder = Adder(task, sums, block)
    for first in range(0, steps, some):
        soon = np.arange(first, min(first + some, steps))
        draws = np.concatenate(
            [
                random_numbers(task.seed, dyads, who, soon + task.elapsed, task.core)
                for who in task.streams
            ]
        )
        for place, step in enumerate(soon.tolist()):
            block.random_numbers[:], block.now[:] = draws[:, place], table[step]
            # A hopeless parameter may overflow; the result then says so, as nan.
            with np.errstate(all="ignore"):
                block.tapes[step % 2].run()
            adder.add(step)
        task.advance(len(soon) * len(dyads))
    return sums, couple_of(block.rows[steps % 2].copy(), task.core)


class Adder:
    """Adds the values of a step to the sums of their bin, with the step's weights."""

    def __init__(self, task: Task, sums: Sums, block: Block) -> None:
        self.bins, self.block = task.bins, block
        core = task.core
        self.states, self.signals = (
            [(sums[n], rows_of(n, core)) for n in task.names if in_contact(n, core) == contact]
            for contact in (False, True)
        )
        self.weighted = np.empty_like(block.rows[0, 0])

    def add(self, step: int) -> None:
        where, values = self.bins.index[step], self.block.rows[1 - step % 2]
        for members, weights in (
            (self.states, self.bins.state_weight),
            (self.signals, self.bins.signal_weight),
        ):
            if weights[step] == 0.0:
                continue
            for sums, rows in members:
                into = sums[where].reshape(len(rows), -1)
                for who, row in enumerate(rows):
                    np.multiply(values[row], weights[step], self.weighted)
                    into[who] += self.weighted


def random_numbers(
    seed: int, dyads: np.ndarray, who: int, steps: np.ndarray, core: Core = FIRST
) -> np.ndarray:
    """Draws of one partner: shape (random numbers, steps, couples)."""
    # Conditions side by side repeat the couples' numbers: each address is drawn once.
    unique, back = np.unique(dyads, return_inverse=True)
    draws = drawn(core, Purpose.EXCHANGE, seed, unique, who, steps[:, None])
    return draws if len(unique) == len(back) and (back[1:] > back[:-1]).all() else draws[..., back]


def _shape(task: Task, name: str, couples: int) -> tuple[int, ...]:
    partners = () if name in task.core.dyad_variables else (2,)
    return (task.bins.count, *partners, couples)
