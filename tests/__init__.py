"""The tests; README.md says how they are laid out."""

import pytest

pytest.register_assert_rewrite("tests.helpers")
