"""The formatter is let alone: a table that it would pull apart is the exception, once a file."""

import re

import pytest

from tests.helpers.faults import fail_with
from tests.helpers.paths import ROOT

pytestmark = pytest.mark.text

FILES = [p for top in ("models", "sim", "experiments") for p in sorted((ROOT / top).rglob("*.py"))]
UNFORMATTED = {
    "models/architectures.py",
    "models/parameters.py",
    "models/second/architectures.py",
    "models/second/parameters.py",
    "experiments/gates/bands.py",
    "sim/analysis/published_figures.py",
}
"""Files with a table that the formatter would pull apart."""


def test_the_formatter_is_let_alone_but_for_tables():
    marks = {
        path.relative_to(ROOT).as_posix(): len(
            re.findall(r"# fmt: (?:skip|off)", path.read_text(encoding="utf-8"))
        )
        for path in FILES
    }
    fail_with(
        f'{name}: let the formatter do it; write a list of names as "one two".split()'
        for name, count in marks.items()
        if count > (name in UNFORMATTED)
    )
