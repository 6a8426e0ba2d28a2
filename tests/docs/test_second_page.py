"""The page of the second core has every function, number and variable of it."""

import inspect
import re

import pytest

from models.second.parameters import PARAMETERS
from models.second.state import VARIABLES
from tests.helpers.documents import SECOND, read
from tests.helpers.paths import ROOT

PAGE = ROOT / "docs" / "second_core.md"
TABLES = {"architectures", "parameters", "start"}
"""Modules of data, which the page shows as tables or not at all."""
FUNCTIONS = [name for name in SECOND if name.split(".")[0] not in TABLES]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_in_the_page(name):
    path = SECOND[name].__module__.replace(".", "/") + ".py"
    assert f"`{path}: {SECOND[name].__name__}`" in read(PAGE)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_says_what_it_does(name):
    first = (inspect.getdoc(SECOND[name]) or "").split("\n\n")[0]
    assert len(first.split()) >= 3 and first.endswith((".", "``"))


@pytest.mark.parametrize("table", [*PARAMETERS.values(), *VARIABLES.values()])
def test_every_parameter_and_variable_is_in_the_page(table):
    assert not [name for name in table if f"| `{name}` |" not in read(PAGE)]


def test_symbols_of_numbers_are_unique():
    used = [r.symbol for rules in PARAMETERS.values() for r in rules.values() if r.symbol != "-"]
    assert len(used) == len(set(used))


def test_links_lead_somewhere():
    targets = re.findall(r"\]\(([^)#\s]+)", read(PAGE))
    assert targets and not [t for t in targets if not (PAGE.parent / t).exists()]
