"""What there is by name: experiments, claims, presets; and the one place that imports by name.

A new experiment is a new file in ``experiments/questions``, a new claim one in
``experiments/claims/measured``: they are found, and listed nowhere else.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module, util
from pathlib import Path
from types import ModuleType
from typing import Any

from experiments.runner.question import Question, declared

QUESTIONS = "experiments.questions"
CLAIMS = "experiments.claims.measured"
PRESETS = "models.architectures"


@dataclass(frozen=True, kw_only=True)
class Experiment(Question):
    """A question by its ``name``, and the ``module`` that answers it.

    The module defines ``run(configuration, progress) -> Outcome``.
    """

    name: str
    module: str


@cache
def all_experiments() -> dict[str, Experiment]:
    """Every experiment by its name, in the order of the listing.

    Raises ``ValueError`` with one line that names the file if one declares no question.
    """
    found = [_read(name) for name in names_in(QUESTIONS)]
    return {one.name: one for one in sorted(found, key=lambda one: (one.order, one.name))}


def find(name: str) -> Experiment:
    """The experiment ``name``; ``ValueError`` naming the nearest if there is none."""
    known = all_experiments()
    if name not in known:
        from models.parameters import unknown

        raise ValueError(unknown(name, known, "experiment"))
    return known[name]


def answering(experiment: Experiment) -> ModuleType:
    """The module that answers an experiment, imported."""
    module = import_module(experiment.module)
    if not callable(getattr(module, "run", None)):
        raise ValueError(f"{_shown(experiment.module)}: must define run(configuration, progress)")
    return module


def function_of(module: str, function: str) -> Callable[..., Any]:
    """The function of this name in the module ``module``, such as ``models.couple``."""
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


def claim_modules() -> Iterator[tuple[str, ModuleType]]:
    """Each file of claims in the order of the names, imported: its name and its module."""
    for name in names_in(CLAIMS):
        yield name, import_module(f"{CLAIMS}.{name}")


@cache
def preset_names() -> tuple[str, ...]:
    """The rows of the table of architectures, read from its text: to import it takes NumPy."""
    for node in ast.parse(_path(PRESETS).read_text(encoding="utf-8")).body:
        match node:
            case ast.Assign(targets=[ast.Name("_TABLE")], value=ast.Dict(keys=keys)):
                return tuple(ast.literal_eval(key) for key in keys if key is not None)
    raise ValueError(f"{_shown(PRESETS)}: must hold its rows in _TABLE = {{...}}")


def names_in(package: str) -> list[str]:
    """The modules of a package, in the order of their names."""
    files = _folder(package).glob("*.py")
    return sorted(path.stem for path in files if path.stem != "__init__")


def _read(name: str) -> Experiment:
    module = f"{QUESTIONS}.{name}"
    try:
        values = declared(_path(module).read_text(encoding="utf-8"))
        return Experiment(name=name, module=module, **values)
    except SyntaxError as fault:
        where = f"{_shown(module)}: line {fault.lineno}"
        raise ValueError(f"{where}: must be Python ({fault.msg})") from fault
    except ValueError as fault:
        raise ValueError(f"{_shown(module)}: {fault}") from fault


def _path(module: str) -> Path:
    package, _, name = module.rpartition(".")
    return _folder(package) / f"{name}.py"


def _folder(package: str) -> Path:
    """Where a package is, without importing it."""
    found = util.find_spec(package)
    assert found is not None and found.submodule_search_locations
    return Path(found.submodule_search_locations[0])


def _shown(module: str) -> str:
    return module.replace(".", "/") + ".py"
