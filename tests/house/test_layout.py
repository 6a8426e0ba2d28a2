"""Tests lie where the code lies, one idea a file, and say which rule they keep."""

import ast

import pytest

from tests.helpers.paths import ROOT
from tests.helpers.rule import place_of, rule_of

pytestmark = pytest.mark.text

TESTS = ROOT / "tests"
FILES = sorted(TESTS.rglob("*.py"))
ROOMS = {"sim", "experiments"}
OTHERS = {"models", "docs", "notebooks", "house", "helpers", "attacks"}
LONGEST = 300


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def test_every_test_lies_in_a_room_that_exists():
    wrong = []
    for path in TESTS.rglob("test_*.py"):
        top, *rest = path.relative_to(TESTS).parts
        code = ROOT / top / rest[0].removeprefix("test_")
        mirrored = top in OTHERS or (top in ROOMS and code.exists())
        wrong += [] if mirrored else [name_of(path)]
    assert not wrong, "move these to the folder of the code that they test"


def test_every_file_is_short_enough_for_one_idea():
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    long = {name: length for name, length in lengths.items() if length > LONGEST}
    assert not long, f"split these: more than {LONGEST} lines hold more than one idea"


def test_every_file_says_its_rule_in_its_first_line():
    firsts = {name_of(p): ast.get_docstring(ast.parse(p.read_text("utf-8"))) or "" for p in FILES}
    silent = [n for n, doc in firsts.items() if not doc.split("\n")[0].endswith((".", ":"))]
    assert not silent, "begin these with one line that ends in a full stop"


def test_no_helper_holds_a_test():
    texts = [path for path in (TESTS / "helpers").rglob("*.py")]
    assert not [name_of(p) for p in texts if "\ndef test_" in p.read_text("utf-8")]


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("sim/world/test_calendar.py", "sim/world/calendar.py"),
        ("sim/landscape/test_couples.py", "sim/landscape"),
        ("models/behaviour/test_freeze.py", "models"),
        ("house/test_house.py", ""),
    ],
)
def test_a_failing_test_names_the_nearest_place(file, place):
    assert place_of(TESTS / file) == place


def test_a_failing_test_names_its_rule():
    path = TESTS / "sim/world/test_calendar.py"
    reported = rule_of(path, "A file.\n\nMore.", None, "A test.\n")
    assert reported == "A file.\nA test.\nLook into: sim/world/calendar.py"
