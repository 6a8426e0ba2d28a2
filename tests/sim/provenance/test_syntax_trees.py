"""What of a syntax tree is in a hash: what decides a number, wherever it stands."""

import ast

import pytest

from experiments.claims.sources import of_all, of_claim
from sim.provenance import content, trees

SOURCE = '''
"""Docstring."""
from typing import NamedTuple
from sim.world import calendar as days
RATE = 0.5  # a comment
class State(NamedTuple):
    x: float = 1.0
def step(x, /, *, dt=1.0):
    """Another."""
    if not x:
        raise ValueError(f"x = {x}: must not be 0")
    return f"{x:g}" if x[1:] is None else -x ** 2 + RATE * days.length(dt)
'''
HASH = "abe09b1cabf18d95d897e1b6c657df4463a765424a49b7a93d9f82c56555ea75"
KNOWN = {"sim.world.calendar": None, "sim.world": None}


def tree_hash(*sources):
    return trees.digest({str(k): ast.parse(text) for k, text in enumerate(sources)}, KNOWN)


def test_a_tree_has_the_same_hash_under_every_python():
    assert tree_hash(SOURCE) == HASH


SAME = {
    "docstring": ("Docstring", "Words"),
    "comment": ("# a comment", "# b"),
    "layout": ("0.5", "(0.50)"),
    "import": ("from sim.world import calendar as days", "import sim.world.calendar as days"),
    "type hint": ("def step(x,", "def step(x: float,"),
    "message": ("must not be 0", "must be something else"),
}


@pytest.mark.parametrize("old, new", SAME.values(), ids=SAME)
def test_what_decides_nothing_is_not_in_a_tree(old, new):
    assert old in SOURCE and tree_hash(SOURCE.replace(old, new)) == HASH


def test_a_definition_may_move_to_another_module():
    first, rest = SOURCE.split("class State")
    assert tree_hash(f"class State{rest}", first) != HASH  # where `days` is not known
    assert tree_hash(f"from sim.world import calendar as days\nclass State{rest}", first) == HASH


@pytest.mark.parametrize(
    "old, new",
    [("0.5", "0.6"), ("dt=1.0", "dt=1"), ("* days", "/ days"), ("None", "0"), ("if not", "if"),
     ("x: float", "y: float"), ("days.length", "days.width")],
)  # fmt: skip
def test_code_is_in_a_tree(old, new):
    assert old in SOURCE and tree_hash(SOURCE.replace(old, new)) != HASH


def test_a_start_that_is_gone_is_named():
    with pytest.raises(ValueError, match=r"no module 'sim\.nowhere'"):
        trees.reached(["sim.nowhere"])


# --- code outside the model -----------------------------------------------------------------------


def reached(start):
    return trees.reached([start], content.covered())


def test_a_study_is_hashed_with_all_that_it_imports_and_no_more():
    names = set(reached("experiments.study.cell"))
    assert {"experiments.study.cell", "sim.analysis.ruptures"} <= names
    assert not [name for name in names if name.endswith((".report", ".figures", ".command"))]
    assert not names & content.covered()


def test_a_claim_is_hashed_alone_and_all_claims_together():
    assert of_claim("C01") == of_claim("C02")  # they stand in one file
    assert of_claim("C01") != of_claim("C19") != of_claim("C99")
    assert of_all() != of_all("experiments.claims.page")
