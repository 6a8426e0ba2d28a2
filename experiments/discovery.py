"""Modules that are found by being there, and functions by their names: the one place for both.

A new file in a folder that is walked needs no entry anywhere.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


def modules_in(package: ModuleType) -> Iterator[tuple[str, ModuleType]]:
    """The modules in the folder of ``package`` by name, imported; those in folders below not."""
    for name in sorted(found.name for found in iter_modules(package.__path__) if not found.ispkg):
        yield name, import_module(f"{package.__name__}.{name}")


def function_of(module: str, function: str) -> Callable[..., Any]:
    """The function of this name in the module ``module``, such as ``models.couple``."""
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found
