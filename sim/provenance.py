"""Where a result comes from: version, and a hash of the science that made it."""

import ast
import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("models", "sim")


@cache
def version() -> str:
    """The version in this checkout's ``pyproject.toml``; without one, that of the installation."""
    project = ROOT / "pyproject.toml"
    if project.is_file():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    return installed("pairbond")


def installed(name: str) -> str:
    """Version of an installed distribution, or a note that there is none."""
    try:
        return installed_version(name)
    except PackageNotFoundError:
        return "not installed"


@cache
def source_hash(root: Path = ROOT) -> str:
    """SHA-256 over what ``models/`` and ``sim/`` say; comments, docstrings and layout don't count.

    The same text gives the same hash under every supported Python.
    """
    digest = hashlib.sha256()
    for name, text in sorted(_sources(root)):
        digest.update(f"{name}\n{essence(text)}\n".encode())
    return digest.hexdigest()


def essence(source: str) -> str:
    """What Python source says, without comments, docstrings and layout."""
    return _meaning(ast.parse(source))


def _sources(root: Path) -> Iterator[tuple[str, str]]:
    for package in SOURCES:
        for path in (root / package).rglob("*.py"):
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def _meaning(node: object) -> str:
    """A syntax tree as text, without bare strings and empty fields.

    ``ast.dump`` would do, but what it prints for empty fields differs between Python versions.
    """
    if isinstance(node, ast.Constant):
        return repr(node.value)
    if isinstance(node, ast.AST):
        fields = [(n, v) for n, v in ast.iter_fields(node) if v is not None and v != []]
        inside = ",".join(f"{name}={_meaning(value)}" for name, value in fields)
        return f"{type(node).__name__}({inside})"
    if isinstance(node, list):
        return "[" + ",".join(_meaning(item) for item in node if not _is_comment(item)) + "]"
    return repr(node)


def _is_comment(node: object) -> bool:
    """Whether a statement is a bare string: a docstring, or a note below a name."""
    bare = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return bare and isinstance(node.value.value, str)  # type: ignore[attr-defined]
