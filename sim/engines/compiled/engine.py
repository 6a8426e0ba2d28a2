"""The compiled engine: blocks of couples through the generated kernel (needs Numba).

A block is a fixed number of couples, one a lane. Couples do not know of each other and noise has
an address, so neither blocks nor chunks nor threads can be seen in a result.
"""

import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from models.cores import FIRST, Core
from sim.codegen.structures import leaves
from sim.engines.compiled import source
from sim.engines.compiled.cache import load
from sim.engines.recording import in_contact
from sim.engines.task import Runner, Sums, Task
from sim.engines.traced import circumstances, couple_of, parts, rows_of
from sim.randomness.noise import DYAD_BITS, SEED_BITS, WORD, WORD_BITS, Purpose, whole

POLL = 0.1
LANES = 64
FEW = 9
"""Up to so many couples, one at a time is quicker than a block that is mostly empty."""
WORK = 100_000
"""Couple-exchanges that one call of the kernel makes: a call can't be stopped, so it is short."""
NUMBERS = 2_000_000
"""Results that one call may leave: memory of this size is used again, which is quicker than new."""


_kernels: dict[tuple[int, bool, Core], ModuleType] = {}
_making = threading.Lock()


def kernel(lanes: int, single: bool, core: Core = FIRST) -> ModuleType:
    """The module with ``advance`` for this many lanes, in single or double precision.

    Compiling takes seconds in which Python could not be interrupted, so another thread does it.
    """
    with _making:
        if (lanes, single, core) not in _kernels:
            found: dict[str, Any] = {}
            maker = threading.Thread(target=_make, args=(lanes, single, core, found), daemon=True)
            maker.start()
            while maker.is_alive():
                maker.join(POLL)
            if "fault" in found:
                raise found["fault"]
            _kernels[lanes, single, core] = found["module"]
    return _kernels[lanes, single, core]


def _make(lanes: int, single: bool, core: Core, found: dict[str, Any]) -> None:
    which = "" if core is FIRST else f"{core.name}_"
    name = f"kernel_{which}{lanes}_{'single' if single else 'double'}"
    texts = [source.kernel_source(lanes, single, cached, core) for cached in (True, False)]
    try:
        found["module"] = load(name, *texts)
    except BaseException as fault:
        found["fault"] = fault


class Bound(NamedTuple):
    """What all couples of a task share, as the kernel takes it."""

    task: Task
    table: np.ndarray
    """Circumstances, a row a step."""
    arguments: tuple[np.ndarray, ...]
    """Address, bin of each step, weights, rows to add up, and which of them are signals."""
    lanes: int
    real: Any
    """The kind of a number: np.float32 or np.float64."""


def prepare(task: Task) -> Runner:
    """Bind what all couples share; see ``sim.engines.task``."""
    single = task.precision == "float32"
    real = np.float32 if single else np.float64
    lanes = 1 if task.couples <= FEW else LANES
    core = task.core
    kernel(lanes, single, core)  # here, because a thread that waits for it could not be interrupted
    weights = np.array([task.bins.state_weight, task.bins.signal_weight], float)
    arguments = (
        address(task.seed, task.streams, task.elapsed),
        np.asarray(task.bins.index, np.int64),
        weights,
        np.array([row for name in task.names for row in rows_of(name, core)], np.int64),
        np.array([in_contact(n, core) for n in task.names for _ in rows_of(n, core)], np.int64),
    )
    table = circumstances(task.calendar, task.shared, core).astype(real, copy=False)
    bound = Bound(task, table, arguments, lanes, real)

    def runner(start: Any, person_a: Any, person_b: Any, dyads: np.ndarray) -> tuple[Sums, Any]:
        return _run(bound, start, (*person_a, *person_b), dyads)

    return runner


def address(seed: int, streams: tuple[int, int], elapsed: int = 0) -> np.ndarray:
    """What the kernel makes random numbers from: seed, roles of A and B, time steps before."""
    seed = whole("seed", seed, SEED_BITS)
    roles = [who + 2 * int(Purpose.EXCHANGE) for who in streams]
    return np.array([seed & WORD, seed >> WORD_BITS, *roles, elapsed], np.uint64)


def _run(bound: Bound, start: Any, people: tuple, dyads: Any) -> tuple[Sums, Any]:
    """Take the couples, as many blocks at a time as one call may, through all steps."""
    whole("dyad", dyads, DYAD_BITS)
    task, table, arguments, lanes, real = bound
    advance = kernel(lanes, real is np.float32, task.core).advance
    steps, couples = len(task.calendar), len(dyads)
    sums = np.zeros((task.bins.count, len(arguments[-1]), couples))
    states = np.empty((len(parts(task.core)[2].states), couples))
    begin, width = tuple(leaves(start)), lanes * max(1, WORK // (lanes * steps))
    for low in range(0, couples, width):
        some = slice(low, min(low + width, couples))
        tiles = tuple(tile(rows, some, lanes, real) for rows in (begin, people))
        numbers = tile((dyads,), some, lanes, np.uint64)[:, 0]
        part = _advance(task, advance, (*tiles, table, numbers), arguments, sums[..., some])
        states[:, some] = untile(part, some.stop - low)
    return by_name(task.names, sums, task.core), couple_of(states, task.core)


def _advance(
    task: Task, advance: Callable[..., None], tiles: tuple, arguments: tuple, sums: np.ndarray
) -> np.ndarray:
    """Take some blocks through all steps; fills ``sums`` and returns the last states.

    A call knows the bins of its own steps only. A bin that goes on in the next call is handed over,
    so that it is one sum in one order however the calls are cut.
    """
    states, bin_of, rows = tiles[0], arguments[1], arguments[3]
    blocks, _, lanes = states.shape
    steps, couples = len(bin_of), sums.shape[-1]
    some = max(1, WORK // (blocks * lanes))
    if task.bins.count > 1:
        some = min(some, max(1, NUMBERS // (blocks * lanes * len(rows))))
    open_bin, carried = -1, None
    for first in range(0, steps, some):
        last = min(first + some, steps)
        low, high = int(bin_of[first]), int(bin_of[last - 1])
        part = np.zeros((blocks, high + 1 - low, len(rows), lanes))
        if low == open_bin:
            part[:, 0] = carried
        advance(*tiles, *arguments, part, low, first, last)
        sums[low : high + 1] = untile(part, couples)
        open_bin, carried = high, part[:, -1]
        task.advance(couples * (last - first))
    return states


def tile(values: tuple, some: slice, lanes: int, kind: Any) -> np.ndarray:
    """Rows of couples as (blocks, rows, lanes); the last couple fills what is left of its block."""
    couples = some.stop - some.start
    blocks = -(-couples // lanes)
    rows = np.empty((len(values), blocks * lanes), kind)
    for row, value in zip(rows, values, strict=True):
        row[:couples] = value[some]
        row[couples:] = row[couples - 1]  # a couple that exists: zeros might divide or overflow
    return np.ascontiguousarray(rows.reshape(len(rows), blocks, lanes).swapaxes(0, 1))


def untile(tiles: np.ndarray, couples: int) -> np.ndarray:
    """The rows of couples that (blocks, ..., lanes) hold: (..., couples)."""
    rows = np.moveaxis(tiles, 0, -2)
    return rows.reshape(*rows.shape[:-2], -1)[..., :couples]


def by_name(names: tuple[str, ...], sums: np.ndarray, core: Core = FIRST) -> Sums:
    """The sums of each variable, shape (bins, [2,] couples)."""
    table, place = {}, 0
    for name in names:
        count = len(rows_of(name, core))
        single = name in core.dyad_variables
        table[name] = sums[:, place] if single else sums[:, place : place + count]
        place += count
    return table
