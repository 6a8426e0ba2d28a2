"""Print a program as text that Numba compiles, in double and in single precision.

The text calls the functions of ``sim.randomness.numba_names`` and an ``exp`` that whoever executes
it provides. A loop of it vectorises only if that is a ``forceinline`` function and no library call.
"""

from dataclasses import replace

from sim.codegen.printers.common import INFIX, Dialect

NUMBA = Dialect(
    templates={
        **INFIX,
        "maximum": "maximum({0}, {1})",
        "minimum": "minimum({0}, {1})",
        "where": "select({0}, {1}, {2})",
        "absolute": "abs({0})",
        "sqrt": "sqrt({0})",
        "exp": "exp({0})",
        "log": "log({0})",
        "tanh": "tanh({0})",
        "floor": "floor({0})",
    },
    depth=6,  # one variable for each operation takes longer to compile
)
# A plain constant would be a double, and so would everything that it touches.
SINGLE = replace(NUMBA, number=lambda value: f"real({value!r})")
