"""The random numbers of ``noise`` for compiled loops: the same text, the same bits (needs Numba).

Each function takes scalars and dissolves into the loop that calls it, so that a loop over lanes
of couples still becomes vector instructions.
"""

import numpy as np

from sim.randomness import noise
from sim.randomness.binding import inlined

WORD = np.uint64(noise.WORD)
WORD_BITS = np.uint64(noise.WORD_BITS)
BLOCK_PLACE = np.uint64(noise.BLOCK_PLACE)
SPARE_BITS = np.uint64(9)
HALF = np.float32(0.5)
PER_SHORT_WORD = np.float32(2.0**-23)

philox = noise.bound("numba").philox


@inlined
def words(seed_low, seed_high, dyad, role, step, block):
    """The four Philox words of an address: integers, with ``role`` = partner + 2 purpose."""
    dyad = np.uint64(dyad)
    extension = (dyad >> WORD_BITS) + (np.uint64(block) << BLOCK_PLACE)
    counter = np.uint64(step), dyad & WORD, np.uint64(role), extension
    return philox(counter, (np.uint64(seed_low), np.uint64(seed_high)))


@inlined
def unit_single(word):
    """A word as a float32 in the open interval (0, 1), exact: (its top 23 bits + 1/2) 2^-23."""
    return (np.float32(word >> SPARE_BITS) + HALF) * PER_SHORT_WORD


def make_normals(unit, box_muller):
    """The draw of four normals from a way to make uniforms and a way to make normals of these."""

    @inlined
    def normals(seed_low, seed_high, dyad, role, step, block=0):
        """Four standard normals of an address, with the bits of ``noise.normals``.

        ``seed_low`` and ``seed_high`` in [0, 2^32) are the words of the seed, ``dyad`` is in
        [0, 2^56), ``role`` is partner + 2 purpose, ``step`` is in [0, 2^32) and ``block`` in
        [0, 256). Nothing is checked.
        """
        a, b, c, d = words(seed_low, seed_high, dyad, role, step, block)
        return box_muller(unit(a), unit(b)) + box_muller(unit(c), unit(d))

    return normals


normals = make_normals(noise.bound("numba").unit, noise.bound("numba").box_muller)
normals_single = make_normals(unit_single, noise.bound("numba", np.float32).box_muller)
