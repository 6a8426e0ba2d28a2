"""The numbers behind the elementary functions, in double precision and where single differs.

Every constant has a name, because in compiled single precision a literal would be a double.
Coefficients are interpolants at the Chebyshev nodes of the reduced range, rounded: method of
Muller (2016), *Elementary Functions*, 3rd ed., on polynomial approximation and range reduction.
"""

QUARTER, HALF, ONE, TWO = 0.25, 0.5, 1.0, 2.0

# A double is sign, 11 bits of exponent with a bias of 1023, 52 bits of fraction. Between 2^52 and
# 2^53 neighbours differ by 1, so a number there shows an integer in its fraction.
FRACTION_BITS = 52
FRACTION_MASK = (1 << 52) - 1
# Adding it rounds to the nearest integer, which then stands, plus the bias, in the low bits. The
# half more than 2^52 keeps the sum between 2^52 and 2^53 for negative integers too.
SHIFTER = 1.5 * 2.0**52 + 1023.0
EXPONENT_ZERO = 0x4330000000000000  # the bits of 2^52; the fraction then counts units
EXPONENT_OFFSET = 2.0**52 + 1023.0  # what such a number has too much: 2^52 and the bias
ROOT_HALF_BITS = 0x3FE6A09E667F3BCD
ONE_BITS = 0x3FF0000000000000

# ln 2 in two parts. The first has 42 bits: times an exponent of at most 11 bits that is exact, so
# no error of x - k ln 2 comes from a product that had to be rounded.
LN2_HIGH = 0.6931471805598903
LN2_LOW = 5.497923018708371e-14
PER_LN2 = 1.4426950408889634
# Here 2^k is still a normal number; beyond, its exponent would run into the sign.
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
