"""What Python source says, definition by definition, wherever it stands and whatever is said of it.

Of each module only the statements at its top level count, as a set: a definition may move within a
module or to another one. Left out are comments, docstrings and layout, imports and the names that
they give to what they import, the names of our modules in strings, type hints of arguments, and
what a ``raise`` says. Two definitions of one name in different modules are not told apart where
they are used.

``ast.dump`` would print a tree too, but what it prints differs between Python versions.
"""

import ast
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("models", "sim", "experiments")
HOUSE = rf"\b(?:{'|'.join(PACKAGES)})"
DOTTED = re.compile(rf"{HOUSE}(?:\.\w+)+")
IMPORT_LINE = re.compile(rf"^[ \t]*(?:from|import) {HOUSE}\b.*\n?", re.M)
NOT_SAID = {
    ast.arg: {"annotation"},
    ast.FunctionDef: {"returns"},
    ast.Attribute: {"ctx"},
    ast.Raise: {"exc", "cause"},
}
"""Fields of a syntax tree that decide no number, or that others imply."""


def modules(root: Path = ROOT) -> dict[str, Path]:
    """Our modules by name, such as ``models.couple``; a package's is its ``__init__``."""
    found = {}
    for path in sorted(p for package in PACKAGES for p in (root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def reached(
    starts: Iterable[str], without: Collection[str] = (), root: Path = ROOT
) -> dict[str, ast.Module]:
    """The modules of ``starts`` and what they import or name in strings, as syntax trees.

    Modules ``without``, and what only they import, are left out.
    """
    known, waiting = modules(root), list(starts)
    found: dict[str, ast.Module] = {}
    if missing := [name for name in waiting if name not in known]:
        raise ValueError(f"no module '{missing[0]}': a start of a hash must exist")
    while waiting:
        name = waiting.pop()
        if name in known and name not in found and name not in without:
            found[name] = parsed(known[name].read_text(encoding="utf-8"))
            waiting += sorted(named(found[name], known))
    return found


@lru_cache(512)  # thirty claims share most of what they import
def parsed(text: str) -> ast.Module:
    """The syntax tree of a text."""
    return ast.parse(text)


def named(tree: ast.Module, known: Collection[str]) -> set[str]:
    """Names of our modules that a text needs when it runs: imports, and modules in strings."""
    found = set(_imports(tree, known).values())
    for node in spoken(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {_longest(text, known) for text in DOTTED.findall(node.value)}
            found |= _in_template(node.value, known)
    return {name for name in found if name in known}


def digest(trees: dict[str, ast.Module], known: Collection[str]) -> str:
    """SHA-256 over the statements of modules, whatever their order and their modules' names."""
    lines = sorted(line for tree in trees.values() for line in statements(tree, known))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def statements(tree: ast.Module, known: Collection[str]) -> Iterator[str]:
    """Each statement at the top level as text."""
    aliases = _imports(tree, known)
    for node in _run(tree.body):
        exports = isinstance(node, ast.Assign) and _dotted(node.targets[0]) == "__all__"
        if not exports:
            yield _text(node, aliases, known)


# --- names of modules -----------------------------------------------------------------------------


def _imports(tree: ast.Module, known: Collection[str]) -> dict[str, str]:
    """Names that imports give, with the module or object of ours that they stand for."""
    found: dict[str, str] = {}
    for node in spoken(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in known:
                    top = alias.name if alias.asname else alias.name.split(".")[0]
                    found[alias.asname or top] = top
                    found[f" {alias.name}"] = alias.name  # reached, though it binds another name
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
            found[f" {node.module}"] = str(node.module)
    return found


def _in_template(text: str, known: Collection[str]) -> set[str]:
    """Modules that import lines in a string name, as in the template of generated code."""
    if not IMPORT_LINE.search(text):
        return set()
    found: set[str] = set()
    for line in IMPORT_LINE.findall(text):
        found |= set(_imports(ast.parse(line.strip()), known).values())
    return found


def _longest(dotted: str, known: Collection[str]) -> str:
    """The longest beginning of a dotted name that is a module of ours; '' if none is."""
    while dotted and dotted not in known:
        dotted = dotted.rpartition(".")[0]
    return dotted


def _dotted(node: object) -> str:
    """``a.b.c`` of names and attributes; '' for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


# --- trees as text --------------------------------------------------------------------------------


def _text(node: object, aliases: dict[str, str], known: Collection[str]) -> str:
    """A syntax tree as text, without what decides nothing."""
    if isinstance(node, list):
        return "[" + ",".join(_text(item, aliases, known) for item in _run(node)) + "]"
    if not isinstance(node, ast.AST):
        return repr(node)
    if isinstance(node, ast.Constant):
        return repr(_placeless(node.value, known) if isinstance(node.value, str) else node.value)
    if dotted := _dotted(node):
        return f"Name({_own(dotted, aliases, known)})"
    left_out = NOT_SAID.get(type(node), set())
    fields = [
        f"{name}={_text(value, aliases, known)}"
        for name, value in ast.iter_fields(node)
        if name not in left_out and value is not None and value != []
    ]
    return f"{type(node).__name__}({','.join(fields)})"


def _own(dotted: str, aliases: dict[str, str], known: Collection[str]) -> str:
    """A dotted name as it would be where it is defined; ``module`` for a module of ours."""
    first, _, rest = dotted.partition(".")
    if first not in aliases:
        return dotted
    whole = f"{aliases[first]}.{rest}".rstrip(".")
    return whole.removeprefix(_longest(whole, known)).lstrip(".") or "module"


def _placeless(text: str, known: Collection[str]) -> str:
    """A string without the names of our modules."""

    def plain(found: re.Match[str]) -> str:
        place = _longest(found[0], known)
        return f"module{found[0].removeprefix(place)}" if place else found[0]

    return DOTTED.sub(plain, IMPORT_LINE.sub("", text))


def _run(body: list) -> Iterator[object]:
    """What of a list of statements (or of anything else) runs: no docstring, import, type check."""
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.If) and _dotted(node.test).endswith("TYPE_CHECKING"):
            yield from _run(node.orelse)
        else:
            yield node


def spoken(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node of a tree but docstrings and what only type checkers read."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for child in ast.iter_child_nodes(node):
            bare = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if isinstance(child, ast.If) and _dotted(child.test).endswith("TYPE_CHECKING"):
                waiting += child.orelse
            elif not bare:
                waiting.append(child)
