"""The plan of the rooms is kept: imports, circles, names in strings, arguments, lengths of files.

The plan stands in ``experiments/pages/house/plan.py``. Each failure says which line to mend.
"""

import ast
import re

import pytest

from experiments.pages.house import plan
from experiments.pages.house.imports import BY_NAME, Import, all_imports, called, imports_of
from sim.provenance import ROOT, trees
from tests.helpers.faults import fail_with

pytestmark = pytest.mark.text

MODULES = trees.modules()
IMPORTS = list(all_imports())
MOST_ARGUMENTS, MOST_LINES = 6, 300
PLAN = "experiments/pages/house/plan.py"


def read(path):
    return path.read_text(encoding="utf-8")


# --- rooms ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [*plan.MAY_IMPORT, *plan.ENTRANCES])
def test_a_room_imports_what_the_plan_allows(room):
    ours = [each for each in IMPORTS if plan.room_of(each.user) == room]
    fail_with(fault for each in ours if (fault := plan.fault(each)))


def test_every_module_has_a_room():
    homeless = [name for name in MODULES if not plan.room_of(name)]
    fail_with(f"{name}: give it a room in {PLAN}" for name in homeless)


def test_every_row_of_the_plan_has_modules():
    named = {*plan.MAY_IMPORT, *plan.ENTRANCES, *plan.REGISTRIES, *(u for u, _ in plan.EXCEPTIONS)}
    gone = sorted(named - set(MODULES))
    fail_with(f"{PLAN}: there is no module '{name}'; mend its row" for name in gone)


def test_every_exception_is_needed():
    used = {(each.user, plan.room_of(each.used)) for each in IMPORTS}
    idle = [pair for pair in plan.EXCEPTIONS if pair not in used]
    fail_with(f"{PLAN}: take out the exception of {user} for {room}" for user, room in idle)


def test_the_plan_has_floors():
    circles = plan.circles_of((a, b) for a, below in plan.MAY_IMPORT.items() for b in below)
    fail_with(f"{PLAN}: these rooms may import one another: {', '.join(each)}" for each in circles)


def test_no_modules_need_one_another():
    circles = plan.circles_of((each.user, each.used) for each in IMPORTS)
    fail_with(
        f"these modules need one another: {', '.join(circle)}; move what several need into one "
        f"that imports none of them. The imports: {'; '.join(_edges(set(circle)))}"
        for circle in circles
    )


def _edges(circle):
    inside = [each for each in IMPORTS if {each.user, each.used} <= circle]
    return [f"{each.user}, line {each.line}, imports {each.used}" for each in inside]


@pytest.mark.parametrize("package", trees.PACKAGES)
def test_only_registries_import_by_name(package):
    ours = [name for name in MODULES if f"{name}.".startswith(f"{package}.")]
    fail_with(
        f"{path_of(name)}, line {line}: imports by name; import it where it is used, or let a "
        f"registry named in {PLAN} do it"
        for name in ours
        if name not in plan.REGISTRIES
        for line in calls(read(MODULES[name]), BY_NAME)
    )


def calls(text, names):
    """Lines in which one of these functions is called."""
    nodes = ast.walk(ast.parse(text))
    return [n.lineno for n in nodes if isinstance(n, ast.Call) and called(n) in names]


def path_of(module):
    return MODULES[module].relative_to(ROOT).as_posix()


# --- functions and files --------------------------------------------------------------------------


def crowded(text):
    """Functions with too many arguments and no word about it: (line, name, how many)."""
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            count = sum(each.arg not in ("self", "cls") for each in given)
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if count > MOST_ARGUMENTS and not _reason_above(lines[: first - 1]):
                yield node.lineno, node.name, count


def _reason_above(lines):
    """Whether the comment right above a function says why it has so many arguments."""
    comment = []
    while lines and lines[-1].strip().startswith("#"):
        comment.insert(0, lines.pop().strip().lstrip("# "))
    return bool(re.search(r"more than six arguments: \w.{10,}", " ".join(comment)))


@pytest.mark.parametrize("package", trees.PACKAGES)
def test_functions_have_six_arguments_or_say_why(package):
    fail_with(
        f"{name}, line {line}: {function} has {count} arguments; bundle what belongs together, or "
        "write above it: # more than six arguments: REASON"
        for name, path in files(package)
        for line, function, count in crowded(read(path))
    )


def long_without_reason(text):
    """How many lines a file has, if they are too many and its docstring gives no reason."""
    count = len(text.splitlines())
    words = " ".join((ast.get_docstring(ast.parse(text)) or "").split())
    return count if count > MOST_LINES and not re.search(r"Long because \w.{10,}", words) else 0


@pytest.mark.parametrize("folder", (*trees.PACKAGES, "tests"))
def test_files_have_one_idea_or_say_why(folder):
    fail_with(
        f"{name}: {count} lines; split it, or write in its docstring: Long because REASON"
        for name, path in files(folder)
        if (count := long_without_reason(read(path)))
    )


def files(folder):
    """Python files below a folder, by their path from the root."""
    paths = sorted((ROOT / folder).rglob("*.py"))
    return [(path.relative_to(ROOT).as_posix(), path) for path in paths]


# --- these tests can fail -------------------------------------------------------------------------

KNOWN = {"sim.world", "sim.world.calendar", "sim.engines", "sim.engines.chunks", "models"}


def found(text, user="sim.world.people"):
    return {(e.used, e.by_name) for e in imports_of(user, ast.parse(text), KNOWN)}


@pytest.mark.parametrize(
    "text, used",
    [
        ("from sim.engines import chunks", {("sim.engines.chunks", False)}),
        ("from sim.engines.chunks import run_all", {("sim.engines.chunks", False)}),
        ("def f():\n    import sim.engines.chunks", {("sim.engines.chunks", False)}),
        ("from sim import engines", {("sim.engines", False), ("sim.engines.chunks", False)}),
        ("if TYPE_CHECKING:\n    import models", set()),
        ("x = 'sim.engines.chunks'", set()),
        ("import_module('sim.engines.chunks')", {("sim.engines.chunks", True)}),
        ("x = {'a': 'models'}\nimportlib.import_module(x['a'])", {("models", True)}),
    ],
)
def test_imports_are_found_wherever_they_stand(text, used):
    assert found(text) == used


@pytest.mark.parametrize(
    "user, used, wrong",
    [
        ("sim.world.people", "sim.engines.chunks", "sim.world may not import sim.engines"),
        ("sim.world.childhood", "sim.engines.chunks", ""),
        ("sim.engines.chunks", "sim.world.people", ""),
        ("sim.engines.chunks", "sim", "sim.engines may not import sim;"),
        ("sim.plots.bands", "experiments.runner.folder", "may not import experiments.runner"),
        ("experiments.study.cell", "experiments.runner.cli", "an entrance is imported by no room"),
        ("experiments.runner.cli", "experiments.study.cell", ""),
        ("sim.attic.box", "models.couple", "give 'sim.attic.box' a room"),
        ("models.couple", "sim.attic.box", "give 'sim.attic.box' a room"),
    ],
)
def test_a_wrong_import_is_named(user, used, wrong):
    fault = plan.fault(Import(user, used, 7, False))
    assert wrong in fault and bool(wrong) == bool(fault)


def test_circles_are_found():
    edges = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("x", "y"), ("y", "x")]
    assert plan.circles_of(edges) == [["a", "b", "c"], ["x", "y"]]


SEVEN = "def f(a, b, c, d, /, e, *, g, h): pass"


@pytest.mark.parametrize(
    "text, count",
    [
        (SEVEN, 7),
        (f"# a comment\n{SEVEN}", 7),
        ("# more than six arguments:\n" + SEVEN, 7),
        ("# more than six arguments: one for each symbol\n" + SEVEN, 0),
        ("# more than six arguments: one for each\n# symbol\n@cache\n" + SEVEN, 0),
        ("# more than six arguments: one for each symbol\n\n" + SEVEN, 7),
        ("class C:\n    def f(self, a, b, c, d, e, g): pass", 0),
    ],
)
def test_too_many_arguments_are_found(text, count):
    assert sum(each[2] for each in crowded(text)) == count


def test_long_files_are_found():
    lines = "\n" * MOST_LINES
    assert long_without_reason(f'"""Words."""\n{lines}') == MOST_LINES + 1
    assert not long_without_reason(f'"""Words. Long because\nit is one table."""\n{lines}')
    assert not long_without_reason('"""Words."""')
