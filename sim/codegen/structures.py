"""NamedTuples within NamedTuples, whose leaves are names, numbers or symbols.

Equations take and return structures, programs have flat inputs and outputs: these functions go
from one to the other.
"""

from collections.abc import Callable, Iterator
from typing import Any, get_type_hints


def is_structure(value: Any) -> bool:
    """Whether ``value`` is a tuple or a NamedTuple class, as against a leaf."""
    return isinstance(value, tuple) or hasattr(value, "_fields")


def parts(structure: Any) -> list[tuple[str, Any]]:
    """The names and values, or for a class the names and types, of what a structure holds."""
    if isinstance(structure, type):
        types = get_type_hints(structure)
        return [(field, types.get(field)) for field in structure._fields]  # type: ignore[attr-defined]
    fields = getattr(structure, "_fields", range(len(structure)))
    return [(str(field), value) for field, value in zip(fields, structure, strict=True)]


def build(structure: Any, values: list[Any]) -> Any:
    """A structure of the same kind as ``structure`` that holds ``values``."""
    kind = structure if isinstance(structure, type) else type(structure)
    return kind(*values) if hasattr(kind, "_fields") else tuple(values)


def named(structure: Any, path: str = "") -> Any:
    """The same structure with every leaf replaced by its path, such as ``a.alarm``."""
    if not is_structure(structure):
        return path or "value"
    prefix = f"{path}." if path else ""
    return build(structure, [named(value, prefix + name) for name, value in parts(structure)])


def leaves(structure: Any) -> Iterator[Any]:
    """The leaves of a structure, in order."""
    if isinstance(structure, tuple):
        for part in structure:
            yield from leaves(part)
    else:
        yield structure


def replace_leaves(structure: Any, change: Callable[[Any], Any]) -> Any:
    """The same structure with ``change`` applied to every leaf."""
    if isinstance(structure, tuple):
        return build(structure, [replace_leaves(part, change) for part in structure])
    return change(structure)
