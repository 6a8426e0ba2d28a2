"""The generated parts of the model pages: tables of declarations, equations of docstrings.

``python -m experiments refresh`` rewrites each region of a page between
``<!-- generated: ... -->`` and ``<!-- end -->``. A region is ``parameters``, ``variables``,
``architectures``, or ``equations`` with the functions it shows, such as
``equations amygdala.alarm hpa.cortisol``. With ``second`` before it, it shows the second core.
"""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from experiments.runner.registry import function_of
from models.architectures import ARCHITECTURES
from models.parameters import DAY, HOUR, PARAMETERS, PartnerParameters, unknown
from models.second import architectures as second_architectures
from models.second import parameters as second_parameters
from models.second import state as second_state
from models.state import VARIABLES

OUTSIDE_CIRCUITS = ("caregiving", "couple", "forms", "interventions", "learning", "partner")
GREEK = {
    "theta": "θ",
    "tau": "τ",
    "rho": "ρ",
    "sigma": "σ",
    "eta": "η",
    "kappa": "κ",
    "lambda": "λ",
}


class Shown(NamedTuple):
    """What of a core a page shows: declarations and presets, and where its functions are."""

    parameters: Mapping[Any, Mapping[str, Any]]
    variables: Mapping[Any, Mapping[str, Any]]
    architectures: Mapping[str, Any]
    person: Any
    """The class of a person's parameters."""
    package: Callable[[str], str]
    """The package in which a module of this name is."""


FIRST = Shown(
    PARAMETERS,
    VARIABLES,
    ARCHITECTURES,
    PartnerParameters,
    lambda module: "models" if module in OUTSIDE_CIRCUITS else "models.circuits",
)
SECOND = Shown(
    second_parameters.PARAMETERS,
    second_state.VARIABLES,
    second_architectures.ARCHITECTURES,
    second_parameters.PartnerParameters,
    lambda module: "models.second",
)
REGION = re.compile(r"(<!-- generated: ([^>]*?) -->\n).*?(<!-- end -->)", re.S)
EQUATION = re.compile(r"Equation::\n\n((?: {4}.*\n?|\n)+)")


# --- Tables ---------------------------------------------------------------------------------------


def parameter_table(shown: Shown = FIRST) -> str:
    """Every parameter as Markdown: one table for a person, one for what all people share."""
    heads = ("name", "symbol", "meaning", "default", "range", "unit", "source")
    parts = []
    for kind, rules in shown.parameters.items():
        defaults = kind._field_defaults
        rows = [
            (
                f"`{name}`",
                symbol(rule.symbol),
                rule.meaning,
                quantity(defaults[name], rule.unit),
                " to ".join(quantity(end, rule.unit) for end in rule.range),
                unit(rule.unit),
                rule.source,
            )
            for name, rule in rules.items()
        ]
        parts.append(f"`{kind.__name__}`\n\n{table(heads, rows)}")
    return "\n".join(parts)


def variable_table(shown: Shown = FIRST) -> str:
    """Every field of signals, states and so on as Markdown, one table a kind."""
    parts = []
    for kind, rules in shown.variables.items():
        rows = [
            (f"`{name}`", rule.meaning, limits_of(rule.range), unit(rule.unit))
            for name, rule in rules.items()
        ]
        parts.append(f"`{kind.__name__}`\n\n{table(('name', 'meaning', 'range', 'unit'), rows)}")
    return "\n".join(parts)


def architecture_table(shown: Shown = FIRST) -> str:
    """Every preset as Markdown: its reason, its source, and each parameter off the default."""
    rows = [
        (f"`{name}`", preset.label, preset.reason, preset.source, differences(preset, shown))
        for name, preset in shown.architectures.items()
    ]
    return table(("name", "label", "reason", "source", "differs from the defaults in"), rows)


def differences(preset: Any, shown: Shown = FIRST) -> str:
    """Symbols and values of the parameters that a preset sets."""
    rules = shown.parameters[shown.person]
    listed = [f"{symbol(rules[name].symbol)} {value:g}" for name, value in preset.values.items()]
    return ", ".join(listed) or "nothing"


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table; a bar in a cell is escaped."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(c.replace('|', chr(92) + '|') for c in x)} |\n" for x in lines)


def symbol(ascii_name: str) -> str:
    """A parameter's symbol with Greek letters, ``τ_e`` for ``tau_e``; a switch has none."""
    return "" if ascii_name == "-" else f"`{greek(ascii_name)}`"


def greek(text: str) -> str:
    """The text with the names of Greek letters, alone or before a subscript, as letters."""
    names = "|".join(GREEK)
    return re.sub(rf"\b({names})(?=_|\b)", lambda found: GREEK[found[1]], text)


def quantity(value: float, of_unit: str) -> str:
    """A number; long times also in hours or days."""
    if of_unit == "min" and value >= 2 * HOUR:
        size, name = (DAY, "d") if value >= DAY else (HOUR, "h")
        return f"{value:g} ({value / size:.3g} {name})"
    return f"{value:g}"


def limits_of(limits: tuple[float | None, float | None] | None) -> str:
    """A range in words; None is unbounded."""
    if limits is None:
        return "unbounded"
    low, high = limits
    return f"{low:g} to {high:g}" if high is not None else f"from {low:g}"


def unit(name: str) -> str:
    """The unit; nothing where there is none."""
    return "" if name == "1" else name


# --- Equations ------------------------------------------------------------------------------------


def function_named(name: str, shown: Shown = FIRST) -> Callable[..., Any]:
    """The function of ``models`` called ``name``, such as ``amygdala.alarm``."""
    module, function = name.split(".")
    return function_of(f"{shown.package(module)}.{module}", function)


def equation(function: Callable[..., Any]) -> str | None:
    """The equation in a function's docstring, in Greek letters but still Python; None if absent."""
    found = EQUATION.search((inspect.getdoc(function) or "") + "\n")
    return greek(inspect.cleandoc(found[1])) if found else None


def equation_text(name: str, shown: Shown = FIRST) -> str:
    """Where a function is, what it says, its equation and its source, as Markdown."""
    function = function_named(name, shown)
    prose = EQUATION.sub("\n", (inspect.getdoc(function) or "") + "\n")
    first, *rest = [part.strip() for part in re.split(r"\n\n+", prose) if part.strip()]
    path = function.__module__.replace(".", "/") + ".py"
    parts = [f"**`{path}: {function.__name__}`**. {first}"]
    if (formula := equation(function)) is not None:
        parts.append(f"```text\n{readable(formula)}\n```")
    return "\n\n".join(parts + [greek(part).replace("``", "`") for part in rest]) + "\n"


def readable(formula: str) -> str:
    """An equation with a dot for the product and raised digits for small powers."""
    for python, printed in (("**2", "²"), ("**4", "⁴"), (" * ", " · ")):
        formula = formula.replace(python, printed)
    return formula


# --- The page -------------------------------------------------------------------------------------

TABLES = {
    "parameters": parameter_table,
    "variables": variable_table,
    "architectures": architecture_table,
}


def region(label: str) -> str:
    """What stands in the region ``label``."""
    words = label.split()
    shown = SECOND if words[0] == "second" else FIRST
    kind, *names = words[1:] if shown is SECOND else words
    if kind == "equations":
        return "\n".join(equation_text(name, shown) for name in names)
    if kind not in TABLES:
        raise ValueError(unknown(kind, [*TABLES, "equations"], "generated region"))
    return TABLES[kind](shown)


def rewritten(page: str) -> str:
    """The page with every region made anew."""
    return REGION.sub(lambda part: f"{part[1]}\n{region(part[2])}\n{part[3]}", page)
