"""Random numbers with an address: who, when, what for; never what was drawn before.

Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3",
SC11) maps a counter of four 32-bit words, under a key of two, to four words that look random.
The key is the seed; the counter is the address:

==========  =================================================================
word        holds
==========  =================================================================
counter 0   step, in [0, 2^32)
counter 1   dyad, low 32 bits
counter 2   partner + 2 purpose, with partner 0 or 1
counter 3   dyad, high 24 bits + 2^24 block, with block in [0, 256)
key 0, 1    seed, low and high 32 bits
==========  =================================================================

Different addresses are different counters, so they never share a word. One address gives four
draws; further blocks of the same address give more. Below some 4000 addresses at once the time
goes into NumPy's calls, not into the draws, so draw several steps together.
"""

from enum import IntEnum
from functools import cache

import numpy as np

from sim.randomness import elementary
from sim.randomness.binding import rebind, retype, wrapper
from sim.randomness.elementary import log, sin_cos_turns, sqrt

DYAD_BITS, STEP_BITS, SEED_BITS, BLOCK_BITS, PARTNER_BITS = 56, 32, 64, 8, 1

WORD_BITS = 32
WORD = 0xFFFFFFFF
BLOCK_PLACE = DYAD_BITS - WORD_BITS
MULTIPLIER_0, MULTIPLIER_1 = 0xD2511F53, 0xCD9E8D57
WEYL_0, WEYL_1 = 0x9E3779B9, 0xBB67AE85  # golden ratio and sqrt(3) - 1

HALF = 0.5
MINUS_TWO = -2.0
PER_WORD = 2.0**-32
CHUNK = 2048  # intermediate arrays of this length stay in the processor's cache
SEED_TAG = WORD  # in counter word 2, where no purpose reaches

CONSTANTS = {name: value for name, value in globals().items() if name.isupper()}


class Purpose(IntEnum):
    """What a draw is for. The numbers are part of every result: add, never renumber."""

    EXCHANGE = 0
    PERSON = 1
    OBSERVER = 2
    EVENT = 3
    BREAKUP = 4
    BOOTSTRAP = 5
    CAREGIVER = 6
    SAMPLE = 7
    START = 8


# --- The text that all engines run ----------------------------------------------------------------


def philox(counter, key):
    """Philox4x32-10: four words from a counter of four words and a key of two (Salmon et al. 2011).

    A word is an integer in [0, 2^32), held in an int or in uint64 arrays of any shapes that
    broadcast against one another. Returns a tuple of four.
    """
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        p0, p1 = MULTIPLIER_0 * c0, MULTIPLIER_1 * c2
        c0, c1 = (p1 >> WORD_BITS) ^ (c1 ^ k0), p1 & WORD
        c2, c3 = (p0 >> WORD_BITS) ^ (c3 ^ k1), p0 & WORD
        k0, k1 = (k0 + WEYL_0) & WORD, (k1 + WEYL_1) & WORD
    return c0, c1, c2, c3


def unit(word):
    """A word as a number in the open interval (0, 1), exact: (word + 1/2) 2^-32."""
    return (word + HALF) * PER_WORD


def box_muller(u, v):
    """Two independent standard normals from two uniforms in (0, 1) (Box and Muller 1958, eq. 1).

    *Ann. Math. Stat.* 29, 610-611. With 32-bit uniforms no value exceeds 6.77.
    """
    radius = sqrt(MINUS_TWO * log(u))
    sine, cosine = sin_cos_turns(v)
    return radius * cosine, radius * sine


TEXT = (philox, unit, box_muller)


@cache
def bound(engine, dtype=np.float64):
    """The text of this module on another engine, with arguments as for ``elementary.bound``."""
    constants = retype(CONSTANTS, engine, np.dtype(dtype).type, np.uint64)
    names = vars(elementary.bound(engine, dtype)) | constants
    return rebind(TEXT, names, wrapper(engine))


def text_for(words):
    """The text on Python's numbers if every word is an int, else on arrays; same bits, sooner."""
    return bound("python" if all(isinstance(word, int) for word in words) else "numpy")


# --- Addresses ------------------------------------------------------------------------------------


def span(value):
    """The value, or the range of an array of integers, for a message of one line."""
    array = np.asarray(value)
    if array.ndim and array.size and array.dtype.kind in "iu":
        return f"from {array.min()} to {array.max()}"
    return f"= {' '.join(repr(value).split())}"


def whole(name, value, bits):
    """``value`` as an int or a uint64 array, once it is known to hold integers in [0, 2^bits)."""
    if isinstance(value, int | np.integer):
        value = int(value)
        inside = 0 <= value < 2**bits
    else:
        array = np.asarray(value)
        inside = array.dtype.kind in "iu" and array.size and array.min() >= 0
        inside = inside and array.max() < 2**bits
    if not inside:
        raise ValueError(f"{name} {span(value)}: must be an integer in [0, 2^{bits})")
    return value if isinstance(value, int) else array.astype(np.uint64, copy=False)


def key_of(seed):
    """The Philox key of ``seed``: its low and high word."""
    seed = whole("seed", seed, SEED_BITS)
    return seed & WORD, seed >> WORD_BITS


def counter_of(purpose, dyad, partner, step, block):
    """The Philox counter of an address, laid out as in the table at the top."""
    dyad = whole("dyad", dyad, DYAD_BITS)
    role = whole("partner", partner, PARTNER_BITS) + 2 * int(Purpose(purpose))
    extension = (dyad >> WORD_BITS) + (whole("block", block, BLOCK_BITS) << BLOCK_PLACE)
    return whole("step", step, STEP_BITS), dyad & WORD, role, extension


# --- Draws ----------------------------------------------------------------------------------------


def uniforms(purpose, seed, dyad, partner, step, block=0):
    """Four draws from the open interval (0, 1) for each address: float64 of shape (4, ...).

    ``purpose`` is a Purpose; ``seed`` in [0, 2^64), ``dyad`` in [0, 2^56), ``partner`` 0 or 1,
    ``step`` in [0, 2^32) and ``block`` in [0, 256) are integers or integer arrays that broadcast
    against one another, to the shape after the 4. Multiples of 2^-33, never 0 or 1.
    """
    counter, key = counter_of(purpose, dyad, partner, step, block), key_of(seed)
    text = text_for(counter + key)
    return np.array([text.unit(word) for word in text.philox(counter, key)])


def normals(purpose, seed, dyad, partner, step, block=0):
    """Four independent standard normals for each address: float64 of shape (4, ...).

    Arguments as for ``uniforms``. Values lie in (-6.77, 6.77).
    """
    u = uniforms(purpose, seed, dyad, partner, step, block)
    if u.ndim == 1:
        a, b, c, d = u.tolist()
        return np.array(bound("python").box_muller(a, b) + bound("python").box_muller(c, d))
    pairs = u.reshape(2, 2, -1)
    for start in range(0, pairs.shape[-1], CHUNK):
        part = pairs[..., start : start + CHUNK]
        part[:, 0], part[:, 1] = bound("numpy").box_muller(part[:, 0], part[:, 1])
    return u


def child_seed(seed, *words):
    """A seed in [0, 2^64) derived from ``seed`` and ``words``, such as a replicate's number.

    Every word in [0, 2^64) is absorbed by one Philox call, whose first two words of output are the
    next seed, so ``child_seed(s, a, b) == child_seed(child_seed(s, a), b)``. Arrays broadcast.
    Two different lists of words share a child with a chance of 2^-64.
    """
    for word in words:
        word = whole("word", word, SEED_BITS)
        low, high, _, _ = philox((word & WORD, word >> WORD_BITS, SEED_TAG, 0), key_of(seed))
        seed = low | (high << WORD_BITS)
    return seed
