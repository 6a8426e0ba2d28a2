"""What all printers share: how a program becomes statements in one dialect."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sim.codegen.program import Program

Place = Callable[[str], str]
"""Where the number of this name is kept, such as ``inputs[3]`` for ``a.alarm``."""


@dataclass(frozen=True)
class Dialect:
    """The spelling of a language.

    A template may mention an operand twice; such an operand is computed before, under a name.
    """

    templates: Mapping[str, str]
    """The spelling of each operation, with ``{0}``, ``{1}``, ``{2}`` for the operands."""
    number: Callable[[float], str] = repr
    """The spelling of a constant that is not negative."""
    let: str = ""
    """What stands before a new name for a number."""
    let_mask: str = ""
    """What stands before a new name for a truth value."""
    end: str = ""
    """What ends a statement."""
    prefix: str = "_"
    """What the names of intermediate values begin with."""
    depth: int = 0
    """How many operations may nest in one expression: 0 gives every operation a name."""

    def spelling(self, **templates: str) -> "Dialect":
        """The same dialect with other templates, such as ``exp="own_exp({0})"``."""
        return replace(self, templates={**self.templates, **templates})


INFIX = {
    "add": "({0} + {1})",
    "subtract": "({0} - {1})",
    "multiply": "({0} * {1})",
    "divide": "({0} / {1})",
    "negative": "(-{0})",
    "less": "({0} < {1})",
    "less_equal": "({0} <= {1})",
    "greater": "({0} > {1})",
    "greater_equal": "({0} >= {1})",
}
"""Operators that all dialects spell alike."""

# Not the maximum of each language: they disagree about -0.0 and missing numbers. Like NumPy,
# these take the first of two equal numbers, and a missing first number stays missing.
CHOICES_OF_C = {
    "maximum": "({0} < {1} ? {1} : {0})",
    "minimum": "({1} < {0} ? {1} : {0})",
    "where": "({0} ? {1} : {2})",
}


def identifiers(names: tuple[str, ...]) -> dict[str, str]:
    """A variable name for each of these inputs: ``a_alarm`` for ``a.alarm``."""
    table = {name: name.replace(".", "_") for name in names}
    if len(set(table.values())) < len(table):
        raise ValueError("two inputs would get the same variable name: rename a field")
    return table


def elements(variable: str, names: tuple[str, ...]) -> dict[str, str]:
    """Successive elements of an array for these names."""
    return {name: f"{variable}[{k}]" for k, name in enumerate(names)}


def statements(
    program: Program, dialect: Dialect, place: Place
) -> tuple[list[str], dict[str, str]]:
    """The statements that compute a program, and the expressions of its outputs.

    A value that is used more than once gets a name. Others nest in the expression of their user,
    which changes no result because every operation keeps its operands.
    """
    mentions = _mentions(program, dialect)
    lines: list[str] = []
    texts: list[str] = []
    depths: list[int] = []
    for position, node in enumerate(program.nodes):
        depth = 0
        if node.opcode == "input":
            text = place(str(node.value))
        elif node.opcode == "constant":
            text = _constant(node.value, dialect)
        else:
            text = dialect.templates[node.opcode].format(*(texts[k] for k in node.operands))
            depth = 1 + max(depths[k] for k in node.operands)
            if mentions[position] > 1 or depth > dialect.depth:
                let = dialect.let_mask if node.is_mask else dialect.let
                name = f"{dialect.prefix}{position}"
                lines.append(f"{let}{name} = {text}{dialect.end}")
                text, depth = name, 0
        texts.append(text)
        depths.append(depth)
    return lines, {name: texts[position] for name, position in program.outputs.items()}


def body(program: Program, dialect: Dialect, load: Place, store: Place) -> list[str]:
    """The statements that load what a program uses, compute, and store all outputs.

    Every load comes before every store, so an output may replace an input. An input that is
    kept in the variable of its own name is not loaded.
    """
    names = identifiers(program.used_inputs)
    loads = [
        f"{dialect.let}{text} = {load(name)}{dialect.end}"
        for name, text in names.items()
        if load(name) != text
    ]
    lines, outputs = statements(program, dialect, names.__getitem__)
    stores = [f"{store(name)} = {text}{dialect.end}" for name, text in outputs.items()]
    return [*loads, *lines, *stores]


def indent(lines: list[str], levels: int = 1) -> list[str]:
    """The lines, moved to the right."""
    return ["    " * levels + line for line in lines]


def _mentions(program: Program, dialect: Dialect) -> list[int]:
    """How often each value is written in the expressions of its users and outputs."""
    mentions = [0] * len(program.nodes)
    for node in program.nodes:
        template = dialect.templates.get(node.opcode, "")
        for slot, operand in enumerate(node.operands):
            mentions[operand] += template.count(f"{{{slot}}}")
    for position in program.outputs.values():
        mentions[position] += 1
    return mentions


def _constant(value: Any, dialect: Dialect) -> str:
    text = dialect.number(abs(value))
    return f"(-{text})" if repr(value).startswith("-") else text
