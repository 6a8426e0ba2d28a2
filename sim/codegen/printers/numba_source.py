"""Print a program as text that Numba compiles: a scalar step, or a loop over lanes of couples.

The text calls the functions of ``sim.randomness.numba_names`` and an ``exp`` that whoever executes
it provides. The lanes vectorise only if that is a ``forceinline`` function and no library call.
"""

from dataclasses import replace

from sim.codegen.printers.common import INFIX, Dialect, Place, body, elements, identifiers, indent
from sim.codegen.tracing import Program

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


def numba_body(program: Program, load: Place, store: Place, dialect: Dialect = NUMBA) -> list[str]:
    """The statements of one step of one couple."""
    return body(program, dialect, load, store)


def scalar_source(program: Program, name: str = "step", dialect: Dialect = NUMBA) -> str:
    """A function of an array of inputs and an array of outputs, in the order of the program."""
    inputs = elements("inputs", program.inputs)
    outputs = elements("outputs", tuple(program.outputs))
    lines = numba_body(program, inputs.__getitem__, outputs.__getitem__, dialect)
    return "\n".join([f"def {name}(inputs, outputs):", *indent(lines), ""])


def lanes_source(
    program: Program,
    name: str,
    fixed: tuple[str, ...],
    carried: dict[str, str],
    lanes: int = 32,
    dialect: Dialect = NUMBA,
) -> str:
    """A function that moves many couples through many steps, ``lanes`` couples at a time.

    ``fixed`` are the prefixes of inputs that are the same for all couples within a step, and
    ``carried`` tells which output becomes which input of the next step; other outputs are not
    computed. The function takes an array (inputs that are not fixed) x (couples), which it
    updates in place, and an array (steps) x (fixed inputs).
    """
    prologue, inner = program.keep(carried).split(fixed)
    names = identifiers((*program.inputs, *prologue.outputs))
    moving = [item for item in program.inputs if not item.startswith(fixed)]
    rows = {item: f"block[{row}, lane]" for row, item in enumerate(moving)}

    given = {item: f"fixed[step, {k}]" for k, item in enumerate(prologue.inputs)}
    cached = {item: f"cached[step, {k}]" for k, item in enumerate(prologue.outputs)}
    known = {**given, **cached}
    first = body(prologue, dialect, given.__getitem__, cached.__getitem__)
    loads = [f"{names[item]} = {known[item]}" for item in inner.used_inputs if item in known]
    main = body(
        inner,
        dialect,
        load=lambda item: rows.get(item, names[item]),
        store=lambda item: rows[carried[item]],
    )
    return "\n".join(
        [
            f"def {name}(couples, fixed):",
            "    steps, count = fixed.shape[0], couples.shape[1]",
            f"    cached = np.zeros((steps, {len(cached)}))",
            "    for step in range(steps):",
            *indent(first or ["pass"], 2),
            # The compiler vectorises only over arrays whose shape it knows.
            f"    block = np.zeros(({len(moving)}, {lanes}))",
            f"    for start in range(0, count, {lanes}):",
            f"        for row in range({len(moving)}):",
            f"            for lane in range({lanes}):",
            "                block[row, lane] = couples[row, min(start + lane, count - 1)]",
            "        for step in range(steps):",
            *indent(loads, 3),
            f"            for lane in range({lanes}):",
            *indent(main, 4),
            f"        for row in range({len(moving)}):",
            f"            for lane in range(min({lanes}, count - start)):",
            "                couples[row, start + lane] = block[row, lane]",
            "",
        ]
    )
