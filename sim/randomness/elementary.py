"""Elementary functions in plain IEEE arithmetic: the same bits in every engine.

Library functions differ in their last bits between platforms and stop a compiler from
vectorising. These use addition, multiplication, division, ``floor``, comparison and a bit view
of a float, nothing else, so they agree bit for bit wherever those are IEEE 754 and no multiply
and add are fused. The functions of this module take NumPy arrays or scalars of any shape;
``bound`` gives the same text on Python floats and in Numba, in double or single precision.

Largest errors found on 10^7 points, in ulp of the result, for sine and cosine in ulp of 1; the
tests hold all of them, and the edges of every range, below 2:

==============  ======  ======  ==================================================
function        double  single  range
==============  ======  ======  ==================================================
exp             1.01    0.96    [-708, 708] in double, [-87, 87] in single
log             0.85    0.85    every positive normal number
sin_cos_turns   1.51    1.63    [0, 1)
==============  ======  ======  ==================================================
"""

from functools import cache

import numpy as np

from sim.randomness.binding import bits, from_bits, primitives, rebind, retype, where, wrapper
from sim.randomness.constants import (
    CONSTANTS,
    EXP_EVEN,
    EXP_HIGHEST,
    EXP_LOWEST,
    EXP_ODD,
    EXPONENT_OFFSET,
    EXPONENT_ZERO,
    FRACTION_BITS,
    FRACTION_MASK,
    HALF,
    LN2_HIGH,
    LN2_LOW,
    LOG,
    ONE,
    ONE_BITS,
    PER_LN2,
    QUARTER,
    ROOT_HALF_BITS,
    SHIFTER,
    SINE,
    SINGLE,
    TWO,
)

# The functions below use these names, and those of constants; ``bound`` gives them other meanings.
floor = np.floor
sqrt = np.sqrt


def horner(x, coefficients):
    """Polynomial in ``x`` by Horner's rule; at least two coefficients, highest power first."""
    value = coefficients[0] * x + coefficients[1]
    for i in range(2, len(coefficients)):
        value *= x
        value += coefficients[i]
    return value


def power_of_two(shifted):
    """2^k for ``shifted`` = k + SHIFTER with an integer k in [-1022, 1023]: exact.

    The low bits of ``shifted`` hold k plus the bias, which is the exponent of 2^k. Moved up by the
    length of the fraction they stand where an exponent stands; all that was above falls off, and
    a fraction of zeros, which stands for exactly 1, follows them.
    """
    return from_bits(bits(shifted) << FRACTION_BITS)


def split(x):
    """``x = m * 2^k`` with m in [sqrt(1/2), sqrt(2)), as (k, m): exact for positive normal numbers.

    The exponent is read as the fraction of a number between 2^52 and 2^53 (2^23 and 2^24 in
    single): few processors have a vector instruction that converts 64-bit integers.
    """
    # Bits of positive floats are in the order of the floats. Raised by the distance from sqrt(1/2)
    # to 1, just the numbers from sqrt(1/2) on reach the exponent of 1, from which ``k`` counts; the
    # fraction under the exponent of 1, lowered again by as much, is m around 1 and not above it.
    raised = bits(x) + (ONE_BITS - ROOT_HALF_BITS)
    k = from_bits((raised >> FRACTION_BITS) | EXPONENT_ZERO) - EXPONENT_OFFSET
    return k, from_bits((raised & FRACTION_MASK) + ROOT_HALF_BITS)


def exp(x):
    """e^x for any float; see the table above for its error.

    Below -708 (single -87) it stays at e^-708 and above 708 (single 87) at e^708, both near the
    ends of what a normal float can hold, so no case is special. Reduction ``x = k ln 2 + r`` of
    Cody and Waite (1980), *Software Manual for the Elementary Functions*, ch. 6; ``e^r = 1 + r +
    r^2 q(r)`` with the even and odd powers of ``q`` apart, which shortens the chain of operations.
    """
    # Two choices and no min and max: a missing number fails both comparisons and stays missing.
    inside = where(x < EXP_LOWEST, EXP_LOWEST, x)
    inside = where(inside > EXP_HIGHEST, EXP_HIGHEST, inside)
    shifted = inside * PER_LN2 + SHIFTER  # its low bits are the nearest integer, plus the bias
    k = shifted - SHIFTER
    # The first product and difference are exact, so r is right to its last bits.
    r = (inside - k * LN2_HIGH) - k * LN2_LOW
    z = r * r
    q = horner(z, EXP_EVEN) + r * horner(z, EXP_ODD)
    # The smallest terms first: their rounding is then small beside the one.
    return ((r + z * q) + ONE) * power_of_two(shifted)


def log(x):
    """Natural logarithm of a positive normal number; see the table above for its error.

    ``x = m 2^k``, ``m = 1 + f``, ``s = f / (2 + f)``, ``log m = 2 artanh s`` (Tang 1990, *ACM
    Trans. Math. Softw.* 16, 378-400), summed as in fdlibm (Ng 1993), with its largest terms exact.
    Zero, negative and subnormal numbers are not accepted and give a meaningless number.
    """
    k, m = split(x)
    f = m - ONE
    s = f / (TWO + f)
    z = s * s
    half_square = HALF * f * f
    # Near 1 the result is near f: f and f^2 / 2 stand by themselves, exact or nearly so, and only
    # the small rest goes through a division and a polynomial.
    tail = s * (half_square + z * horner(z, LOG)) + k * LN2_LOW
    return k * LN2_HIGH + (f - (half_square - tail))


def sine_of_turns(r):
    """sin(2 pi r) for ``r`` in [-1/4, 1/4] turns."""
    return r * horner(r * r, SINE)


def sin_cos_turns(u):
    """(sin 2 pi u, cos 2 pi u) for ``u`` in [0, 1) turns; see the table above for the error.

    In turns the reduction to the nearest half turn is exact. The cosine is the sine of the
    complement: ``1/4 - |r|`` is rounded only where the cosine is flat.
    """
    h = floor(u + u + HALF)
    r = u - HALF * h
    sign = where(h == ONE, -ONE, ONE)
    return sign * sine_of_turns(r), sign * sine_of_turns(QUARTER - abs(r))


def logistic(x):
    """1 / (1 + e^-x) for any float, in (0, 1]; at most 3 ulp in error above -708, 3e-308 below."""
    return ONE / (ONE + exp(-x))


TEXT = (horner, power_of_two, split, exp, log, sine_of_turns, sin_cos_turns, logistic)


@cache
def bound(engine, dtype=np.float64):
    """The text of this module on another engine: a namespace with exp, log and the others.

    ``engine`` is "numpy" (quicker on short arrays than the module's own functions), "numba"
    (scalar functions that dissolve into compiled loops; imports Numba) or "python" (floats; NaN
    raises ValueError). ``dtype`` is np.float64 or np.float32. All engines give the same bits.
    """
    real = np.dtype(dtype).type
    whole = {np.float64: np.uint64, np.float32: np.uint32}[real]
    values = CONSTANTS | SINGLE if real is np.float32 else CONSTANTS
    constants = retype(values, engine, real, whole)
    return rebind(TEXT, constants | primitives(engine, real, whole), wrapper(engine))
