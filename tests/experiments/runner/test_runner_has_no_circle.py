"""No module of the runner needs another one that needs it, not even for a type or in a function."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = "experiments.runner"
FOLDER = Path(__file__).resolve().parents[3].joinpath(*PACKAGE.split("."))


def needed(text):
    """The modules of the package that a text imports anywhere."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.rpartition(".")[2] for name in found if name.startswith(f"{PACKAGE}.")}


def in_order(texts):
    """Module names, each after those that it needs; ``CycleError`` if there is a circle."""
    graph = {name: needed(text) & set(texts) - {name} for name, text in texts.items()}
    return list(TopologicalSorter(graph).static_order())


def test_the_runner_has_no_circle():
    texts = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py")}
    order = in_order(texts)
    assert order.index("registry") < order.index("configuration") < order.index("output")
    assert order.index("output") < order.index("running")


def test_a_circle_is_found():
    hidden = f"def f():\n    from {PACKAGE}.output import save\n"
    with pytest.raises(CycleError):
        in_order({"registry": hidden, "output": f"from {PACKAGE} import registry\n"})
