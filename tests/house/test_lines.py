"""How the code is written: few arguments, short files, one form; an exception says why."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = [p for top in ("models", "sim", "experiments") for p in sorted((ROOT / top).rglob("*.py"))]
MOST_ARGUMENTS, MOST_LINES = 6, 300
REASON = re.compile(r"# more than six arguments: \w+")
TABLES = {"models/parameters.py"}
"""Files that are one table; the rule about their length does not fit."""
BEING_SPLIT = {"experiments/runner/cli.py"}
UNFORMATTED = {
    "models/architectures.py",
    "models/parameters.py",
    "sim/analysis/published_figures.py",
}
"""Files with a table that the formatter would pull apart, once each."""
BEING_FORMATTED = "experiments/questions/"


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def long_calls(text):
    """Functions that take too many arguments and don't say why, with the line to write it above.

    An option of the command line is an argument of its command, so commands are left out.
    """
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef) or any(
            "command" in ast.dump(decorator) for decorator in node.decorator_list
        ):
            continue
        arguments = [
            a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        ]
        count = len(arguments) - (arguments[:1] in (["self"], ["cls"]))
        if count > MOST_ARGUMENTS and not REASON.search(lines[node.lineno - 2]):
            yield f"line {node.lineno}: {node.name} takes {count}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_many_arguments_have_a_reason(path):
    """Bundle what belongs together, or write ``# more than six arguments: why`` above ``def``."""
    assert not list(long_calls(path.read_text(encoding="utf-8")))


def test_many_arguments_are_found():
    many = "def f(a, b, c, d, e, f, g): pass"
    assert list(long_calls("\n" + many))
    assert list(long_calls("# more than six arguments:\n" + many))
    assert not list(long_calls("# more than six arguments: one a symbol\n" + many))
    assert not list(long_calls("\ndef f(self, a, b, c, d, e, f): pass"))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_long_file_says_why(path):
    """Split it by idea, or begin a sentence of its docstring with ``Long because``."""
    text = path.read_text(encoding="utf-8")
    if len(text.splitlines()) > MOST_LINES and name_of(path) not in TABLES | BEING_SPLIT:
        assert "Long because" in (ast.get_docstring(ast.parse(text)) or "")


def test_the_formatter_is_let_alone_but_for_tables():
    """Write a list of names as ``"one two".split()``, bundle arguments, or let a call be long."""
    marks = {name_of(p): len(re.findall(r"# fmt: (?:skip|off)", p.read_text())) for p in FILES}
    found = {n: k for n, k in marks.items() if k and not n.startswith(BEING_FORMATTED)}
    assert found == dict.fromkeys(UNFORMATTED, 1)
