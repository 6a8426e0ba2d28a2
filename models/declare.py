"""How a variable or a parameter is declared once and read by everybody.

The declaration stands in the annotation of the NamedTuple's field. Validation, the table in
the documentation, sliders and sweep ranges all read it from there.
"""

from functools import cache
from typing import Any, NamedTuple, get_type_hints

Number = Any
"""A float, or an array with one entry a couple: the equations are the same text for both."""


class Variable(NamedTuple):
    """Declaration of a state or signal: long name, range (None: unbounded) and unit."""

    meaning: str
    range: tuple[float | None, float | None] | None
    unit: str = "1"


class Parameter(NamedTuple):
    """Declaration of a parameter: meaning, closed range, unit, symbol and source."""

    meaning: str
    range: tuple[float, float]
    unit: str
    symbol: str
    source: str


def declarations(kind: Any) -> dict[str, Any]:
    """Field name to its declaration, in field order, for an annotated NamedTuple class."""
    return _read(kind)


@cache
def _read(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {name: hints[name].__metadata__[0] for name in kind._fields}
