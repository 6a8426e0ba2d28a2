"""The compiler's page: its code runs, and prints what the page says that it prints."""

import contextlib
import io
import re
from pathlib import Path

import sim.codegen

FOLDER = Path(sim.codegen.__file__).parent
PAGE = (FOLDER / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(python run|text)\n(.*?)^```$", PAGE, flags=re.M | re.S)


def test_every_program_of_the_page_has_its_output_below_it():
    assert len(BLOCKS) == 10
    assert [kind for kind, _ in BLOCKS] == ["python run", "text"] * (len(BLOCKS) // 2)


def test_the_page_prints_what_it_says():
    scope = {"__name__": "codegen_page"}
    for (_, code), (_, expected) in zip(BLOCKS[::2], BLOCKS[1::2], strict=True):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "README.md", "exec"), scope)
        assert printed.getvalue().rstrip() == expected.rstrip()


def test_every_file_of_the_folder_is_on_the_page():
    files = {path.name for path in FOLDER.glob("*.py")} - {"__init__.py"}
    named = set(re.findall(r"^\| `([\w.]+)", PAGE, flags=re.M))
    assert named == files | {"printers"}


def test_the_page_is_one_page():
    assert len(PAGE.splitlines()) < 200
