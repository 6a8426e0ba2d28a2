"""Where a result comes from: the model's source, the versions, the command that repeats it."""

import ast
import hashlib
import platform
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from experiments.configuration import RunConfiguration

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("models", "sim")
RECORDED = ("numpy", "scipy", "pandas", "xarray", "h5netcdf", "matplotlib", "mesa", "numba")


@dataclass(frozen=True)
class Provenance:
    """What a record needs beyond the parameters; ``wall_seconds`` is the part that varies."""

    source_hash: str
    versions: dict[str, str]
    command: str
    wall_seconds: float


def collect(configuration: RunConfiguration, wall_seconds: float) -> Provenance:
    """The provenance of a run that has just ended."""
    return Provenance(source_hash(), versions(), command(configuration), wall_seconds)


def source_hash(root: Path = ROOT) -> str:
    """SHA-256 over what ``models/`` and ``sim/`` say; comments, docstrings and layout don't count.

    The same text gives the same hash under every supported Python.
    """
    digest = hashlib.sha256()
    for name, text in sorted(_sources(root)):
        digest.update(f"{name}\n{_meaning(ast.parse(text))}\n".encode())
    return digest.hexdigest()


def versions() -> dict[str, str]:
    """Python's version, ours, and those of the packages that decide numbers or figures."""
    found = {"python": platform.python_version(), "pairbond": pairbond_version()}
    return found | {name: _installed(name) for name in RECORDED}


def pairbond_version() -> str:
    """The version in this checkout's ``pyproject.toml``; without one, that of the installation."""
    project = ROOT / "pyproject.toml"
    if project.is_file():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    return _installed("pairbond")


def command(configuration: RunConfiguration) -> str:
    """The command that repeats the run, in full, into its default folder."""
    c = configuration
    words = ["python", "-m", "experiments", "run", c.name]
    words += ["--seed", str(c.seed), "--dyads", str(c.dyads), "--days", str(c.days)]
    words += ["--quick"] if c.quick else []
    words += [word for p in ("a", "b") if (who := getattr(c, p)) for word in (f"--{p}", who)]
    words += [word for key, value in c.overrides.items() for word in ("--set", f"{key}={value!r}")]
    return shlex.join(words)


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


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
