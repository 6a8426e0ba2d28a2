"""One text of functions on several engines: Python floats, NumPy arrays, Numba's loops.

The functions of ``elementary`` and ``noise`` are plain Python that calls primitives (``where``,
``floor``, the bits of a float) and constants by name. Here such a function gets other names: the
same code, compiled or not, with the primitives of an engine and constants of its types.
"""

import math
from types import FunctionType, SimpleNamespace

import numpy as np

from sim.randomness.constants import HALF, ONE, SHIFTER

# --- Primitives on NumPy in double precision ------------------------------------------------------


def where(condition, yes, no):
    """``yes`` where ``condition`` holds, else ``no``; scalars stay scalars."""
    return np.where(condition, yes, no)[()]


def bits(x):
    """The bits of a float as an unsigned integer of the same width."""
    return np.asarray(x, np.float64).view(np.uint64)


def from_bits(n):
    """The float that has the bits ``n``."""
    return n.view(np.float64)[()]


# --- The same text with other names ---------------------------------------------------------------


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
        m, k = math.frexp(x)  # m in [1/2, 1), where [sqrt(1/2), sqrt(2)) is wanted
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
