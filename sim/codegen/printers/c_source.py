"""Print a program in C99.

Compile with ``-ffp-contract=off`` and without ``-ffast-math``, or the compiler fuses operations
and the results differ in the last bits.
"""

from sim.codegen.printers.common import CHOICES_OF_C, INFIX, Dialect, Place, body
from sim.codegen.program import Program

C99 = Dialect(
    templates={
        **INFIX,
        **CHOICES_OF_C,
        "absolute": "fabs({0})",
        "sqrt": "sqrt({0})",
        "exp": "exp({0})",
        "log": "log({0})",
        "tanh": "tanh({0})",
        "floor": "floor({0})",
    },
    let="const double ",
    let_mask="const int ",
    end=";",
    depth=6,
)


def c_body(program: Program, load: Place, store: Place, dialect: Dialect = C99) -> list[str]:
    """The statements of one step, such as the inside of a loop over couples."""
    return body(program, dialect, load, store)
