"""The seeds under which whatever is random must hold: the fast tests try the first only."""

import pytest

BOTH = (1, 2)
"""For a test that compares what two seeds give."""
SEEDS = (BOTH[0], pytest.param(BOTH[1], marks=pytest.mark.slow))
