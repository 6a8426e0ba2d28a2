"""The one way in which a test says that a generated file is old: the command that mends it."""

import pytest

from experiments.runner import refresh


def check_current(path):
    """Fail with one line, and nothing else, if the generated file ``path`` is old."""
    row = next(row for row in refresh.ROWS if row.path == path)
    if line := refresh.line(row):
        pytest.fail(line, pytrace=False)
