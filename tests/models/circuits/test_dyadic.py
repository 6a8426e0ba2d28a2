"""Closeness, commitment and the hazard of parting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.circuits import dyadic
from models.state import DyadState
from tests.helpers.couples import SHARED
from tests.helpers.strategies import STATE, share, signals


@given(signals, signals, share)
def test_closeness_is_the_same_for_both_and_grows_with_warmth(one, two, level):
    found = dyadic.closeness(level, one, two, 1.0, 1.0, 1.0, SHARED)
    assert found == dyadic.closeness(level, two, one, 1.0, 1.0, 1.0, SHARED)
    assert 0.0 <= found <= 1.0
    warmer = one._replace(warmth=1.0)
    assert dyadic.closeness(level, warmer, two, 1.0, 1.0, 1.0, SHARED) >= found
    gone = one._replace(latency=5.0)
    assert dyadic.closeness(level, gone, two, 1.0, 1.0, 1.0, SHARED) <= found


@given(signals, signals, share, share)
def test_texting_builds_no_touch(one, two, level, touch):
    held = one._replace(contact=touch)
    texts = [dyadic.closeness(level, s, two, 1.0, 0.0, 1.0, SHARED) for s in (one, held)]
    assert texts[0] == texts[1]


@given(share, st.floats(-1, 1), share, share, st.floats(0.1, 1e4))
def test_belief_counts_in_commitment(level, satisfaction, closeness, belief, dt):
    state = STATE._replace(commitment=level, satisfaction=satisfaction, belief=belief)
    dyad = DyadState(closeness=closeness, hazard=0.0)
    found = dyadic.commitment(state, dyad, dt, SHARED)
    assert 0.0 <= found <= 1.0
    assert dyadic.commitment(state._replace(belief=1.0), dyad, dt, SHARED) >= found


def test_the_hazard_of_parting_is_that_of_its_source():
    """lambda per 30 days at a commitment of one half."""
    month = dyadic.hazard(0.0, 0.5, 0.5, 43200.0, SHARED)
    assert month == pytest.approx(SHARED.hazard_dating)
    assert dyadic.hazard(0.0, 0.9, 0.9, 43200.0, SHARED) < month
