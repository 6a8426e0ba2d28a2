"""The lessons: stripped, short, with their fixed parts; each one runs, unsolved and solved."""

import copy
import importlib.util
import json
import os
import re

import pytest

from tests.helpers.lesson_solutions import SOLUTIONS
from tests.helpers.paths import ROOT

FOLDER = ROOT / "notebooks"
LESSONS = sorted(FOLDER.glob("*.ipynb"))
PARTS = ("## What you will see", "## Questions", "## Things to try", "## Exercises")
DOTS = re.compile(r"^(\w+) = \.\.\.$", flags=re.M)
LINES = 200


def stem(path):
    return path.stem


def cells(path, kind):
    """The cells of a kind, as in the file."""
    book = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in book["cells"] if cell["cell_type"] == kind]


def source(cell):
    return "".join(cell["source"])


def load_checks():
    """``notebooks/checks.py``, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("lesson_checks", FOLDER / "checks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- the files ------------------------------------------------------------------------------------


def test_the_lessons_are_there():
    assert {path.stem[:2] for path in LESSONS} >= {f"{number:02d}" for number in range(1, 9)}


@pytest.mark.parametrize("path", LESSONS, ids=stem)
def test_stripped_of_output(path):
    code = cells(path, "code")
    assert code and all(c["outputs"] == [] and c["execution_count"] is None for c in code)


@pytest.mark.parametrize("path", LESSONS, ids=stem)
def test_short(path):
    count = sum(len(source(c).splitlines()) for k in ("code", "markdown") for c in cells(path, k))
    assert count < LINES


@pytest.mark.parametrize("path", LESSONS, ids=stem)
def test_has_its_fixed_parts_in_order(path):
    text = "\n".join(source(cell) for cell in cells(path, "markdown"))
    assert re.match(rf"# {int(path.stem[:2])}\. \w", text)
    places = [text.find(part) for part in PARTS]
    assert places == sorted(places) and min(places) > 0
    assert "no clinical instrument" in text[: places[0]]


@pytest.mark.parametrize("path", LESSONS, ids=stem)
def test_listed_in_the_readme(path):
    assert f"]({path.name})" in (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", LESSONS, ids=stem)
def test_every_exercise_has_a_solution(path):
    """Two exercises or more; each placeholder is in a cell marked as an exercise, and solved."""
    asked = [name for cell in cells(path, "code") for name in DOTS.findall(source(cell))]
    marked = [c for c in cells(path, "code") if "exercise" in c["metadata"].get("tags", [])]
    assert len(marked) == len(asked) >= 2
    assert asked == list(SOLUTIONS.get(path.stem, {}))


# --- the checks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "says"),
    [(..., "Not solved yet"), (3, "Solved."), (4, "Not yet. Count"), ("x", "can't be used")],
)
def test_a_check_is_friendly_and_never_fails(answer, says, capsys):
    load_checks().judge(answer, lambda number: int(number) == 3, "Count again.")
    assert says in capsys.readouterr().out


# --- the runs -------------------------------------------------------------------------------------


def with_solutions(book, answers):
    """The notebook with a solved copy after each exercise; also the numbers of both cells."""
    found, pairs = [], []
    for cell in book.cells:
        found.append(cell)
        if "exercise" in cell.metadata.get("tags", []):
            (name,) = DOTS.findall(cell.source)
            solved = copy.deepcopy(cell)
            solved["id"] = f"{cell['id']}-solved"
            solved.source = cell.source.replace(f"{name} = ...", f"{name} = {answers[name]}")
            found.append(solved)
            pairs.append((len(found) - 2, len(found) - 1))
    book.cells = found
    return pairs


def printed(cell):
    """What a cell printed."""
    return "".join(out.text for out in cell.outputs if out.output_type == "stream")


@pytest.mark.slow
@pytest.mark.parametrize("path", LESSONS, ids=stem)
def test_runs_unsolved_and_solved(path, monkeypatch):
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    for needed in ("ipykernel", "ipywidgets"):
        pytest.importorskip(needed)
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    monkeypatch.delenv("MPLBACKEND", raising=False)  # the command line sets it for files
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
    book = nbformat.read(path, as_version=4)
    pairs = with_solutions(book, SOLUTIONS.get(path.stem, {}))
    where = {"metadata": {"path": str(FOLDER)}}
    nbclient.NotebookClient(book, timeout=120, kernel_name="python3", resources=where).execute()
    for unsolved, solved in pairs:
        assert "Not solved yet" in printed(book.cells[unsolved])
        assert "Solved." in printed(book.cells[solved])
    figures = [
        o for c in book.cells for o in c.get("outputs", []) if "image/png" in o.get("data", {})
    ]
    assert figures
