"""The text of the kernel: the traced exchange inside loops over blocks, steps and lanes of couples.

The innermost loop runs over the lanes of a block, whose shape is a constant, so that a compiler
turns it into vector instructions. Noise is made in the same loop. What depends on the circumstances
alone is worked out before, once a step. Sums over time are taken in the block, of rows that are
chosen when the kernel runs: another choice of variables needs no other kernel.
"""

from collections.abc import Iterator

from models.cores import FIRST, Core
from sim.codegen.printers.common import body, identifiers, indent
from sim.codegen.printers.numba_source import NUMBA, SINGLE
from sim.engines.traced import Layout, common_names, parts

DRAWS = 4
"""Random numbers of one block of an address."""
TEMPLATE = '''\
"""Generated from the equations in ``models`` by ``sim.engines.compiled``; edit those, not this."""

import numpy as np
from numba import njit

from sim.randomness import noise_compiled
from sim.randomness.elementary import bound
from sim.randomness.numba_names import maximum, minimum, select

real = np.{real}
normals = noise_compiled.{normals}
exp, log, sqrt, floor = bound("numba", real).exp, bound("numba", real).log, np.sqrt, np.floor


@njit(
    "void({real}[:,:,::1], {real}[:,:,::1], {real}[:,::1], uint64[:,::1], uint64[::1], int64[::1],"
    " float64[:,::1], int64[::1], int64[::1], float64[:,:,:,::1], int64, int64, int64)",
    error_model="numpy", nogil=True, boundscheck=False, cache={cached},
)
def advance(state, people, table, dyads, address, bin_of, weights, rows, kinds, sums,
            first_bin, first, last):
    seed_low, seed_high, role_a, role_b = address[0], address[1], address[2], address[3]
    elapsed = address[4]
    block = np.zeros(({height}, {lanes}), real)
    numbers = np.zeros({lanes}, np.uint64)
    for part in range(state.shape[0]):
        for lane in range({lanes}):
            numbers[lane] = dyads[part, lane]
        for row in range({states}):
            for lane in range({lanes}):
                block[row, lane] = state[part, row, lane]
        for row in range({persons}):
            for lane in range({lanes}):
                block[{shown} + row, lane] = people[part, row, lane]
        for step in range(first, last):
            when = np.uint64(step) + elapsed
{loads}
            for lane in range({lanes}):
                number = numbers[lane]
{draws}
            for lane in range({lanes}):
{main}
            where = bin_of[step] - first_bin
            for number in range(rows.shape[0]):
                weight = weights[kinds[number], step]
                if weight != 0.0:
                    row = rows[number]
                    for lane in range({lanes}):
                        sums[part, where, number, lane] += weight * block[row, lane]
        for row in range({states}):
            for lane in range({lanes}):
                state[part, row, lane] = block[row, lane]
'''


def kernel_source(lanes: int, single: bool, cached: bool, core: Core = FIRST) -> str:
    """The module with ``advance``: ``lanes`` couples at a time, in single or double precision."""
    _, rest, layout = parts(core)
    names = identifiers((*rest.inputs, *common_names(core)))
    shown = len(layout.states) + len(layout.signals)
    rows = {name: f"block[{k}, lane]" for k, name in enumerate((*layout.states, *layout.signals))}
    rows_in = {name: rows[name] for name in layout.states}
    inward = (*layout.people, *layout.random_numbers)
    rows_in |= {name: f"block[{shown + k}, lane]" for k, name in enumerate(inward)}
    loads = [f"{names[name]} = table[step, {k}]" for k, name in enumerate(common_names(core))]
    main = body(
        rest,
        SINGLE if single else NUMBA,
        load=lambda name: rows_in.get(name, names[name]),
        store=rows.__getitem__,
    )
    return TEMPLATE.format(
        real="float32" if single else "float64",
        normals="normals_single" if single else "normals",
        cached=cached,
        height=shown + len(inward),
        lanes=lanes,
        states=len(layout.states),
        persons=len(layout.people),
        shown=shown,
        loads="\n".join(indent(loads, 3)),
        draws="\n".join(indent(list(draws(layout, rows_in)), 4)),
        main="\n".join(indent(main, 4)),
    )


def draws(layout: Layout, rows: dict[str, str]) -> Iterator[str]:
    """Lines that draw both partners' random numbers, four at a time; what is over is unused."""
    for who in "ab":
        places = [rows[n] for n in layout.random_numbers if f"random_numbers_{who}" in n]
        for block, first in enumerate(range(0, len(places), DRAWS)):
            some = places[first : first + DRAWS]
            some += ["_"] * (DRAWS - len(some))
            more = f", {block}" if block else ""
            yield (
                f"{', '.join(some)} = normals(seed_low, seed_high, number, role_{who}, when{more})"
            )
