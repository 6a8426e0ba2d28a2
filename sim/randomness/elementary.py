"""Elementary functions in plain IEEE arithmetic: the same bits in every engine.

Library functions differ in their last bits between platforms and stop a compiler from
vectorising. These use addition, multiplication, division, ``floor``, comparison and a bit view
of a float, nothing else, so they agree bit for bit wherever those are IEEE 754 and no multiply
and add are fused. The functions of this module take NumPy arrays or scalars of any shape;
``bound`` gives the same text on Python floats and in Numba, in double or single precision.

Every constant has a name, because in compiled single precision a literal would be a double.
Coefficients are interpolants at the Chebyshev nodes of the reduced range, rounded: method of
Muller (2016), *Elementary Functions*, 3rd ed., on polynomial approximation and range reduction.

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

import math
from functools import cache
from types import FunctionType, SimpleNamespace

import numpy as np

# --- Constants in double precision ----------------------------------------------------------------

ZERO, QUARTER, HALF, ONE, TWO = 0.0, 0.25, 0.5, 1.0, 2.0
INFINITY = math.inf

FRACTION_BITS = 52
FRACTION_MASK = (1 << 52) - 1
SHIFTER = 1.5 * 2.0**52 + 1023.0  # adding it leaves an integer plus the bias in the low bits
EXPONENT_ZERO = 0x4330000000000000  # the bits of 2^52; the fraction then counts units
EXPONENT_OFFSET = 2.0**52 + 1023.0
ROOT_HALF_BITS = 0x3FE6A09E667F3BCD
ONE_BITS = 0x3FF0000000000000

LN2_HIGH = 0.6931471805598903  # 42 bits, so that its product with an exponent is exact
LN2_LOW = 5.497923018708371e-14
PER_LN2 = 1.4426950408889634
EXP_LOWEST, EXP_HIGHEST = -708.0, 708.0

# (e^r - 1 - r) / r^2 on |r| <= ln(2) / 2, parted into even and odd powers of r
EXP_EVEN = (
    2.7620088445409746e-07,
    2.4801521295954376e-05,
    0.0013888888917213717,
    0.04166666666662413,
    0.5000000000000001,
)
EXP_ODD = (
    2.510038549551032e-08,
    2.7557268459997064e-06,
    0.00019841269863053618,
    0.008333333333330062,
    0.16666666666666669,
)
LOG = (  # (2 artanh(s) - 2 s) / s^3 in s^2, on |s| <= 3 - 2 sqrt(2)
    0.14616721179861816,
    0.15331699633543858,
    0.18182889786191042,
    0.2222221112572281,
    0.28571428626031065,
    0.3999999999989938,
    0.666666666666667,
)
SINE = (  # sin(2 pi r) / r in r^2, on |r| <= 1/4
    0.10089695501646812,
    -0.7177337921413454,
    3.8199280942271643,
    -15.0946416761179,
    42.058693925428685,
    -76.70585975282492,
    81.60524927607362,
    -41.341702240399755,
    6.283185307179586,
)

CONSTANTS = {name: value for name, value in globals().items() if name.isupper()}

SINGLE = {  # where single precision differs
    "FRACTION_BITS": 23,
    "FRACTION_MASK": (1 << 23) - 1,
    "SHIFTER": 1.5 * 2.0**23 + 127.0,
    "EXPONENT_ZERO": 0x4B000000,
    "EXPONENT_OFFSET": 2.0**23 + 127.0,
    "ROOT_HALF_BITS": 0x3F3504F3,
    "ONE_BITS": 0x3F800000,
    "LN2_HIGH": 0.693145751953125,
    "LN2_LOW": 1.4286068e-06,
    "PER_LN2": 1.442695,
    "EXP_LOWEST": -87.0,
    "EXP_HIGHEST": 87.0,
    "EXP_EVEN": (0.0013926184, 0.041666556, 0.5),
    "EXP_ODD": (0.008363179, 0.16666576),
    "LOG": (0.29580158, 0.39988777, 0.66666687),
    "SINE": (39.759827, -76.58117, 81.60248, -41.341682, 6.2831855),
}

# --- Primitives: what an engine must supply; here NumPy in double precision -----------------------

floor = np.floor
sqrt = np.sqrt


def where(condition, yes, no):
    """``yes`` where ``condition`` holds, else ``no``; scalars stay scalars."""
    return np.where(condition, yes, no)[()]


def bits(x):
    """The bits of a float as an unsigned integer of the same width."""
    return np.asarray(x, np.float64).view(np.uint64)


def from_bits(n):
    """The float that has the bits ``n``."""
    return n.view(np.float64)[()]


# --- The text that all engines run ----------------------------------------------------------------


def horner(x, coefficients):
    """Polynomial in ``x`` by Horner's rule; at least two coefficients, highest power first."""
    value = coefficients[0] * x + coefficients[1]
    for i in range(2, len(coefficients)):
        value *= x
        value += coefficients[i]
    return value


def power_of_two(shifted):
    """2^k for ``shifted`` = k + SHIFTER with an integer k in [-1022, 1023]: exact."""
    return from_bits(bits(shifted) << FRACTION_BITS)


def split(x):
    """``x = m * 2^k`` with m in [sqrt(1/2), sqrt(2)), as (k, m): exact for positive normal numbers.

    The exponent is read as the fraction of a number between 2^52
    and 2^53 (2^23 and 2^24 in single), which needs no conversion of integers.
    """
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
    inside = where(x < EXP_LOWEST, EXP_LOWEST, x)
    inside = where(inside > EXP_HIGHEST, EXP_HIGHEST, inside)
    shifted = inside * PER_LN2 + SHIFTER  # its low bits are the nearest integer, plus the bias
    k = shifted - SHIFTER
    r = (inside - k * LN2_HIGH) - k * LN2_LOW
    z = r * r
    q = horner(z, EXP_EVEN) + r * horner(z, EXP_ODD)
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

# --- The same text on other engines ---------------------------------------------------------------


def rebind(functions, names, wrap):
    """A namespace of ``names`` and copies of plain functions that see only these and each other.

    ``wrap`` is applied to each copy; a function whose name is among ``names`` is left out.
    """
    space = {"__name__": __name__, **names}
    for function in functions:
        if function.__name__ not in names:
            space[function.__name__] = wrap(FunctionType(function.__code__, space))
    return SimpleNamespace(**space)


def as_it_stands(function):
    """The wrapper of the engines that do not compile."""
    return function


def inlined(function):
    """Compile for Numba so that the function dissolves into the loops that call it."""
    from numba import njit

    return njit(forceinline=True, error_model="numpy")(function)


def wrapper(engine):
    """What an engine does to a function of the text."""
    return inlined if engine == "numba" else as_it_stands


def retype(constants, engine, real, whole):
    """The constants in the form that an engine needs, with the types ``real`` and ``whole``.

    Python keeps its numbers and Numba takes NumPy's scalars, which fix the type of a result. NumPy
    takes arrays without dimensions: on short arrays that nearly halves the time of an operation.
    """
    if engine == "python":
        return constants

    def typed(value):
        if isinstance(value, tuple):
            return tuple(typed(each) for each in value)
        kind = whole if isinstance(value, int) else real
        return np.array(value, kind) if engine == "numpy" else kind(value)

    return {name: typed(value) for name, value in constants.items()}


def python_primitives():
    """The primitives on Python floats, several times faster there than NumPy's scalars."""

    def split(x):
        m, k = math.frexp(x)
        return (k - 1, m + m) if m < math.sqrt(HALF) else (k, m)

    return {
        "floor": math.floor,
        "sqrt": math.sqrt,
        "where": lambda condition, yes, no: yes if condition else no,
        "power_of_two": lambda shifted: math.ldexp(ONE, int(shifted - SHIFTER)),
        "split": split,
    }


def numpy_primitives(real, whole):
    """The primitives on NumPy arrays and scalars of the type ``real``."""
    return {
        "floor": np.floor,
        "sqrt": np.sqrt,
        "where": where,
        "bits": lambda x: np.asarray(x, real).view(whole),
        "from_bits": lambda n: n.view(real)[()],
    }


def numba_primitives(real, whole):
    """The primitives on Numba scalars of the type ``real``, each one or two instructions."""
    from sim.randomness.numba_names import select

    return {
        "floor": np.floor,
        "sqrt": np.sqrt,
        "where": select,
        "bits": inlined(lambda x: real(x).view(whole)),
        "from_bits": inlined(lambda n: whole(n).view(real)),
    }


def primitives(engine, real, whole):
    """The primitives of an engine, or one clear line if there is no such engine."""
    if engine == "python" and real is np.float64:
        return python_primitives()
    if engine == "numpy":
        return numpy_primitives(real, whole)
    if engine == "numba":
        return numba_primitives(real, whole)
    raise ValueError(f"engine = {engine}: must be numpy, numba, or python with float64")


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
