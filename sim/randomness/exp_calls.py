"""``exp`` of an array as a list of NumPy calls that make no array, for those who call it often."""

import numpy as np

from sim.randomness.binding import retype
from sim.randomness.constants import CONSTANTS


def at_least(x, low, out):
    """``np.maximum`` that takes where to put its result by position, as all others do."""
    np.maximum(x, low, out=out)


def at_most(x, high, out):
    """``np.minimum`` that takes where to put its result by position, as all others do."""
    np.minimum(x, high, out=out)


def exp_calls(x, out):
    """``exp`` of an array into another as NumPy calls, a list of (function, arguments).

    For double precision and for those who call it often: no array is made when the calls are made.
    """
    c = retype(CONSTANTS, "numpy", np.float64, np.uint64)
    r, shifted, k, z = (np.empty_like(x) for _ in range(4))
    add, subtract, multiply = np.add, np.subtract, np.multiply

    def series(coefficients, into):
        first, *rest = coefficients
        yield multiply, (z, first, into)
        for coefficient in rest[:-1]:
            yield add, (into, coefficient, into)
            yield multiply, (into, z, into)
        yield add, (into, rest[-1], into)

    return [
        (at_least, (x, c["EXP_LOWEST"], r)),
        (at_most, (r, c["EXP_HIGHEST"], r)),
        (multiply, (r, c["PER_LN2"], shifted)),
        (add, (shifted, c["SHIFTER"], shifted)),
        (subtract, (shifted, c["SHIFTER"], k)),
        (multiply, (k, c["LN2_HIGH"], z)),
        (subtract, (r, z, r)),
        (multiply, (k, c["LN2_LOW"], k)),
        (subtract, (r, k, r)),
        (multiply, (r, r, z)),
        *series(c["EXP_EVEN"], k),
        *series(c["EXP_ODD"], out),
        (multiply, (r, out, out)),
        (add, (k, out, k)),
        (multiply, (z, k, z)),
        (add, (r, z, z)),
        (add, (z, c["ONE"], z)),
        (np.left_shift, (shifted.view(np.uint64), c["FRACTION_BITS"], shifted.view(np.uint64))),
        (multiply, (z, shifted, out)),
    ]
