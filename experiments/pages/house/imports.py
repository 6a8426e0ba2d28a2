"""Who imports whom: every import of our modules, at the top, inside a function or by name.

What only type checkers read is left out. Who imports a name imports the module where it stands, and
not the packages above that one, though Python runs them too. Who imports a whole package may reach
every module in its folder.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from sim.provenance import trees

BY_NAME = ("import_module", "__import__")


class Import(NamedTuple):
    """One module's need of another."""

    user: str
    used: str
    line: int
    by_name: bool
    """Whether the name stands in a string, where no reader of imports would look."""


def all_imports() -> Iterator[Import]:
    """The imports among all our modules."""
    known = trees.modules()
    for name, path in known.items():
        yield from imports_of(name, trees.parsed(path.read_text(encoding="utf-8")), set(known))


def imports_of(user: str, tree: ast.Module, known: set[str]) -> Iterator[Import]:
    """The imports of one module; by name are those whose name stands in it, if it can import so."""
    nodes = list(trees.spoken(tree))
    by_name = any(called(node) in BY_NAME for node in nodes if isinstance(node, ast.Call))
    for node in nodes:
        if isinstance(node, ast.Import):
            names = _with_folder({alias.name for alias in node.names}, known)
        elif isinstance(node, ast.ImportFrom):
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            names = _with_folder(whole & known, known)
            names |= {str(node.module)} if whole - known else set()
        elif by_name and isinstance(node, ast.Constant) and isinstance(node.value, str):
            names = {node.value}
        else:
            continue
        for used in sorted(names & known - {user}):
            yield Import(user, used, node.lineno, isinstance(node, ast.Constant))


def _with_folder(names: set[str], known: set[str]) -> set[str]:
    """The names and, for packages among them, the modules in their folders."""
    return names | {name for name in known if name.rpartition(".")[0] in names}


def called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))
