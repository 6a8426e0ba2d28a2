"""A function is found by its module and name."""

import pytest

from experiments.runner.registry import function_of
from models.couple import exchange


def test_a_function_is_found_by_its_module_and_name():
    assert function_of("models.couple", "exchange") is exchange
    with pytest.raises(AttributeError, match="no_such"):
        function_of("models.couple", "no_such")
