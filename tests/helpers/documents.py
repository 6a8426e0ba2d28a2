"""The functions of the model, and the pages that tell of them."""

import importlib
import inspect
import pkgutil

import models
from experiments.pages import model_page as describe

MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(models.__path__, "models.")
    if not found.ispkg
]
FIRST = [module for module in MODULES if not module.__name__.startswith("models.second.")]
FUNCTIONS = {
    f"{module.__name__.split('.')[-1]}.{name}": function
    for module in FIRST
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
}
SECOND = {
    f"{module.__name__.split('.')[-1]}.{name}": function
    for module in MODULES
    if module not in FIRST
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
}
"""The functions of the second core."""
SCIENCE = {n: f for n, f in FUNCTIONS.items() if describe.equation(f)}
WITHOUT_EQUATION = {"couple.exchange", "couple.respond", "couple.bond"}


def read(path):
    return path.read_text(encoding="utf-8")
