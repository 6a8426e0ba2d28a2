"""Print a program in JavaScript (ES2020)."""

from sim.codegen.printers.common import CHOICES_OF_C, INFIX, Dialect, body, elements, indent
from sim.codegen.program import Program

JAVASCRIPT = Dialect(
    templates={
        **INFIX,
        **CHOICES_OF_C,
        "absolute": "Math.abs({0})",
        "sqrt": "Math.sqrt({0})",
        "exp": "Math.exp({0})",
        "log": "Math.log({0})",
        "tanh": "Math.tanh({0})",
        "floor": "Math.floor({0})",
    },
    let="const ",
    let_mask="const ",
    end=";",
    depth=6,
)


def javascript_function(program: Program, name: str = "step", dialect: Dialect = JAVASCRIPT) -> str:
    """A function of an array of inputs and an array of outputs, in the order of the program.

    With ``dialect=JAVASCRIPT.spelling(exp="ownExp({0})")`` another exponential is called, because
    ``Math.exp`` may differ in the last bit from browser to browser.
    """
    inputs = elements("inputs", program.inputs)
    outputs = elements("outputs", tuple(program.outputs))
    lines = body(program, dialect, inputs.__getitem__, outputs.__getitem__)
    return "\n".join([f"function {name}(inputs, outputs) {{", *indent(lines), "}", ""])
