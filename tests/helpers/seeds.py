"""The seeds under which whatever is random must hold: the fast tests try the first only."""

import pytest

SEEDS = (1, pytest.param(2, marks=pytest.mark.slow))
