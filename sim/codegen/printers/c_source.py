"""Print a program in C99.

Compile with ``-ffp-contract=off`` and without ``-ffast-math``, or the compiler fuses operations
and the results differ in the last bits.
"""

from sim.codegen.printers.common import CHOICES_OF_C, INFIX, Dialect, Place, body, elements, indent
from sim.codegen.tracing import Program

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


def c_function(program: Program, name: str = "step", dialect: Dialect = C99) -> str:
    """A function of an array of inputs and an array of outputs, in the order of the program."""
    inputs = elements("inputs", program.inputs)
    outputs = elements("outputs", tuple(program.outputs))
    lines = c_body(program, inputs.__getitem__, outputs.__getitem__, dialect)
    head = f"void {name}(const double *inputs, double *outputs)"
    return "\n".join(["#include <math.h>", "", head, "{", *indent(lines), "}", ""])
