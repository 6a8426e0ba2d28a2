"""How many small changes of the equations the tests notice (gate G12).

``python -m experiments.bench.mutation --count 100`` changes one operator, constant, call or term of
``models/second`` at a time, in a temporary copy of the tree, and runs the tests of that core there.
Docstrings and tables (parameters, architectures, states, start) are left alone.
"""

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.provenance import ROOT

CORES = {"second": ("models/second", "tests/models/second")}
"""Core to the folder that is changed and the tests that should notice."""
TABLES = {"parameters.py", "architectures.py", "state.py", "start.py", "__init__.py"}
LEFT_OUT = "test_declared.py"
"""It compares literals as text: it would catch a changed one without any equation being tested."""
COPIED = ("models", "sim", "tests", "pyproject.toml")
SECONDS = 120
PAIRS: dict[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
CALLS = {"maximum": "minimum", "minimum": "maximum"}


def changes(tree: ast.AST) -> Iterator[tuple[ast.expr, ast.expr, str]]:
    """Every change of a module: the expression, what takes its place, and what kind it is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and type(node.op) in PAIRS:
            yield node, ast.BinOp(node.left, PAIRS[type(node.op)](), node.right), "operator"
            if isinstance(node.op, ast.Add | ast.Sub):
                yield node, node.left, "term dropped"
        elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            yield node, ast.Constant(1.3 * node.value or 0.3), "constant"
            if node.value:
                yield node, ast.UnaryOp(ast.USub(), node), "sign"
        elif isinstance(node, ast.Call):
            yield from _calls(node)


def _calls(node: ast.Call) -> Iterator[tuple[ast.expr, ast.expr, str]]:
    """Changes of a call: the first two arguments swapped, or maximum for minimum."""
    name = node.func
    if isinstance(name, ast.Attribute) and name.attr in CALLS:
        other = ast.Attribute(name.value, CALLS[name.attr], name.ctx)
        yield node, ast.Call(other, node.args, node.keywords), "extremum"
    elif len(node.args) > 1 and ast.dump(node.args[0]) != ast.dump(node.args[1]):
        first, second, *rest = node.args
        yield node, ast.Call(name, [second, first, *rest], node.keywords), "arguments swapped"


def applied(source: str, node: ast.expr, new: ast.expr) -> str:
    """The source with one expression replaced; the rest stays as it stands."""
    data, lines = source.encode(), source.encode().splitlines(keepends=True)
    assert node.end_lineno is not None and node.end_col_offset is not None
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    return (data[:start] + f"({ast.unparse(new)})".encode() + data[end:]).decode()


def possible(folder: Path) -> list[dict[str, Any]]:
    """All changes of the equations in ``folder``, each with its file, line and new source."""
    found = []
    for path in sorted(folder.glob("*.py")):
        if path.name in TABLES:
            continue
        source = path.read_text(encoding="utf-8")
        for node, new, kind in changes(_bodies(ast.parse(source))):
            what = f"{ast.unparse(node)} -> {ast.unparse(new)}"
            row = {"file": path.name, "line": node.lineno, "kind": kind, "change": what}
            found.append(row | {"source": applied(source, node, new)})
    return found


def _bodies(tree: ast.Module) -> ast.Module:
    """The module's equations: its functions' bodies and its constants, no annotations or types."""
    kept: list[ast.stmt] = []
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef):
            kept += statement.body
        elif isinstance(statement, ast.Assign):
            kept.append(statement)
    return ast.Module(kept, [])


def copied(root: Path, to: Path) -> None:
    """The part of the tree that the tests of a core need."""
    for name in COPIED:
        if (root / name).is_dir():
            left_out = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(root / name, to / name, ignore=left_out)
        else:
            shutil.copy(root / name, to / name)


def fails(tree: Path, tests: str, seconds: float) -> bool:
    """Whether the tests fail in ``tree`` (a test that never ends counts as failed)."""
    command = [sys.executable, "-m", "pytest", tests, "-x", "-q", "-p", "no:cacheprovider"]
    command.append(f"--ignore={tests}/{LEFT_OUT}")
    settings = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        ran = subprocess.run(
            command, cwd=tree, env=settings, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return ran.returncode != 0


def measure(core: str = "second", count: int = 100, seed: int = 1) -> dict[str, Any]:
    """The report: how many of ``count`` random changes were caught, and each of them."""
    folder, tests = CORES[core]
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place)
        copied(ROOT, tree)
        if fails(tree, tests, SECONDS):
            raise SystemExit(f"mutation: {tests} fails before anything is changed; mend it first")
        all_of = possible(tree / folder)
        chosen = random.Random(seed).sample(all_of, min(count, len(all_of)))
        rows = []
        for number, row in enumerate(chosen, 1):
            path = tree / folder / row["file"]
            before = path.read_text(encoding="utf-8")
            path.write_text(row.pop("source"), encoding="utf-8")
            row["caught"] = fails(tree, tests, SECONDS)
            path.write_text(before, encoding="utf-8")
            rows.append(row)
            verdict = "caught" if row["caught"] else "NOT CAUGHT"
            where = f"{row['file']}:{row['line']}"
            print(f"{number}/{len(chosen)} {verdict} {where} {row['change']}", file=sys.stderr)
    caught = sum(row["caught"] for row in rows)
    size = {"core": core, "seed": seed, "possible": len(all_of), "count": len(rows)}
    return size | {"caught": caught, "share": caught / len(rows), "changes": rows}


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the share caught and what was not, and write the report if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--core", choices=CORES, default="second")
    parser.add_argument("--count", type=int, default=100, help="changes to try, at least 1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="file of the report")
    given = parser.parse_args(arguments)
    if given.count < 1:
        parser.error(f"--count must be at least 1, got {given.count}: nothing would be tried")
    report = measure(given.core, given.count, given.seed)
    if given.json:
        given.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    for row in report["changes"]:
        if not row["caught"]:
            print(f"not caught: {row['file']}:{row['line']} {row['kind']}: {row['change']}")
    print(f"{report['caught']} of {report['count']} changes caught ({report['share']:.0%})")


if __name__ == "__main__":
    main()
