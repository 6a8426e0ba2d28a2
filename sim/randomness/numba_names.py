"""The functions that printed Numba text calls, except ``exp``, which the user provides.

Choices are single instructions here. Numba would compile Python's ``x if c else y`` into
branches, which take twice as long to compile and leave it to chance whether loops vectorise.
"""

from typing import Any

from numba.core import types
from numba.extending import intrinsic


def _chosen(x: Any, y: Any) -> Any:
    return x if x == y and isinstance(x, types.Float) else None


@intrinsic
def select(_context: Any, condition: Any, x: Any, y: Any) -> Any:
    """``x if condition else y``, both of one type."""

    def generate(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        return builder.select(*values)

    number = _chosen(x, y)
    return number and number(types.boolean, number, number), generate


@intrinsic
def maximum(_context: Any, x: Any, y: Any) -> Any:
    """``y if x < y else x``, both of one type."""

    def generate(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        first, second = values
        return builder.select(builder.fcmp_ordered("<", first, second), second, first)

    number = _chosen(x, y)
    return number and number(number, number), generate


@intrinsic
def minimum(_context: Any, x: Any, y: Any) -> Any:
    """``y if y < x else x``, both of one type."""

    def generate(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        first, second = values
        return builder.select(builder.fcmp_ordered("<", second, first), second, first)

    number = _chosen(x, y)
    return number and number(number, number), generate
