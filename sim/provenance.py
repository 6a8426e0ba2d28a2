"""Where a result comes from: version, and a hash of the science that made it."""

import ast
import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

import models

DISTRIBUTION = "pairbond"


@cache
def version() -> str:
    """Version of the installed distribution, or ``0+unknown`` in a bare checkout."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "0+unknown"


@cache
def source_hash() -> str:
    """SHA-256 of the model's source, blind to comments, docstrings and layout.

    All files of ``models`` and the files of ``sim`` that can change a number count, in the order
    of their names.
    """
    models_root = Path(models.__file__).parent
    sim_root = Path(__file__).parent
    files = [("models", path) for path in models_root.rglob("*.py")]
    files += [("sim", path) for path in sim_root.rglob("*.py")]
    digest = hashlib.sha256()
    for _, name, path in sorted((o, p.relative_to(_root(o)).as_posix(), p) for o, p in files):
        digest.update(name.encode() + b"\0" + essence(path.read_text("utf-8")).encode() + b"\0")
    return digest.hexdigest()


def essence(source: str) -> str:
    """The syntax tree of ``source`` as text, without docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and body:
            first = body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body = body[1:]
    return ast.dump(tree, include_attributes=False)


def _root(owner: str) -> Path:
    return Path(models.__file__).parent if owner == "models" else Path(__file__).parent
