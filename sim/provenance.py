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
PACKAGES = ("models", "sim")
STARTS = (
    "sim.engines.ensemble",
    "sim.engines.mesa_model",
    "sim.world.protocols",
    "sim.world.childhood",
    "sim.analysis.measures",
)


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
    """SHA-256 over the modules that decide a number; comments, docstrings and layout don't count.

    These are the modules in which a simulation starts and all that they import, at the top or
    inside a function, or name in a string (as ``sim.engines`` does with the drivers). Plots and
    analyses of finished runs are not among them: changing one makes no result stale. The same
    text gives the same hash under every supported Python.
    """
    digest = hashlib.sha256()
    for name, tree in sorted(_reached(root).items()):
        digest.update(f"{name}\n{_meaning(tree)}\n".encode())
    return digest.hexdigest()


def deciding_modules(root: Path = ROOT) -> tuple[str, ...]:
    """The modules that ``source_hash`` covers, such as ``models.couple``."""
    return tuple(sorted(_reached(root)))


def essence(source: str) -> str:
    """What Python source says, without comments, docstrings and layout."""
    return _meaning(ast.parse(source))


def _reached(root: Path) -> dict[str, ast.Module]:
    """Each deciding module with its syntax tree."""
    found: dict[str, ast.Module] = {}
    waiting = list(STARTS)
    while waiting:
        name = waiting.pop()
        path = _file(root, name)
        if path is None or name in found:
            continue
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
        waiting += _named(found[name])
        waiting += [name.rpartition(".")[0]]  # importing a module runs its package
    return found


def _file(root: Path, name: str) -> Path | None:
    """Where a module of ours is written; None if it is not ours."""
    if name.split(".")[0] not in PACKAGES:
        return None
    stem = root.joinpath(*name.split("."))
    return next((p for p in (stem.with_suffix(".py"), stem / "__init__.py") if p.is_file()), None)


def _named(tree: ast.Module) -> Iterator[str]:
    """Whatever may be a module's name in a text: imports, and strings with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


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
