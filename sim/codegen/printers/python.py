"""Print a program as a plain Python function on ``math``, for one couple and scalar numbers.

The numbers passed in should be ``float``: arithmetic on ``np.float64`` is several times slower.
Unlike NumPy, the function raises ``ZeroDivisionError`` and, for a negative square root or
logarithm, ``ValueError``.
"""

import linecache
import math
from collections.abc import Callable
from types import CodeType
from typing import Any

from sim.codegen.printers.common import INFIX, Dialect, identifiers, indent, statements
from sim.codegen.program import Program
from sim.codegen.structures import leaves

PYTHON = Dialect(
    templates={
        **INFIX,
        "maximum": "({1} if {0} < {1} else {0})",
        "minimum": "({1} if {1} < {0} else {0})",
        "where": "({1} if {0} else {2})",
        "absolute": "abs({0})",
        "sqrt": "sqrt({0})",
        "exp": "exp({0})",
        "log": "log({0})",
        "tanh": "tanh({0})",
        "floor": "({0} // 1.0)",  # math.floor gives an int
    },
    depth=20,  # Python's parser accepts fewer than 200 nested parentheses
)


def python_source(program: Program, name: str = "step") -> str:
    """The text of a function that takes and returns what the traced function did."""
    names = identifiers(program.inputs)
    used = set(program.used_inputs)
    unpacking = [
        line
        for argument, structure in program.arguments.items()
        if used.intersection(leaves(structure))
        for line in _unpack(structure, argument, names)
    ]
    lines, outputs = statements(program, PYTHON, names.__getitem__)
    body = [*unpacking, *lines, f"return {_pack(program.result, outputs, 'result')}"]
    arguments = ", ".join(program.arguments)
    text = [f"def {name}({arguments}):", "    try:", *indent(body, 2)]
    text += ["    except OverflowError:", f"        return saturating({arguments})"]
    return "\n".join(text) + "\n"


def python_function(
    program: Program, name: str = "step", exp: Callable[[float], float] = math.exp
) -> Callable[..., Any]:
    """The compiled function; tracebacks show its lines."""
    source = python_source(program, name)
    filename = f"<{name} {program.hash[:12]}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    code = compile(source, filename, "exec")
    classes = _classes(program.result, "result")
    saturating = _bind(code, name, {**classes, "exp": saturating_exp})
    return _bind(code, name, {**classes, "exp": exp, "saturating": saturating})


def saturating_exp(x: float) -> float:
    """e^x, infinite where ``math.exp`` raises: slower, so only a second attempt uses it."""
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def _bind(code: CodeType, name: str, names: dict[str, Any]) -> Callable[..., Any]:
    functions = {"sqrt": math.sqrt, "log": math.log, "tanh": math.tanh, "new": tuple.__new__}
    namespace = {**functions, **names}
    exec(code, namespace)
    return namespace[name]


def _unpack(structure: Any, variable: str, names: dict[str, str]) -> list[str]:
    if not isinstance(structure, tuple):
        return []
    fields = getattr(structure, "_fields", range(len(structure)))
    inner = [
        names[part] if isinstance(part, str) else f"{variable}_{field}"
        for field, part in zip(fields, structure, strict=True)
    ]
    # The slice is a plain tuple, which unpacks faster than a NamedTuple.
    lines = [f"{''.join(f'{item}, ' for item in inner)}= {variable}[:]"] if inner else []
    for part, item in zip(structure, inner, strict=True):
        lines += _unpack(part, item, names)
    return lines


def _pack(structure: Any, outputs: dict[str, str], path: str) -> str:
    if not isinstance(structure, tuple):
        return outputs[structure]
    parts = [_pack(part, outputs, f"{path}_{k}") for k, part in enumerate(structure)]
    plain = f"({''.join(f'{part}, ' for part in parts)})"
    return f"new({path}, {plain})" if hasattr(structure, "_fields") else plain


def _classes(structure: Any, path: str) -> dict[str, Any]:
    if not isinstance(structure, tuple):
        return {}
    table = {path: type(structure)}
    for k, part in enumerate(structure):
        table |= _classes(part, f"{path}_{k}")
    return table
