"""Need, freezing, and impulses that regulation holds back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.circuits import drives
from tests.helpers.strategies import SECURE, share


@given(share, share, share, st.floats(0.2, 2.0))
def test_need_rises_with_alarm_and_distance(alarm, closeness, craving, n):
    person = SECURE._replace(proximity_need=n)
    found = drives.need(alarm, closeness, craving, person)
    assert 0.0 < found < 1.0
    assert drives.need(1.0, closeness, craving, person) >= found
    assert drives.need(alarm, 0.0, craving, person) >= found


@given(share, share, share, share)
def test_freeze_needs_both_drives(approach, away, more, held):
    found = drives.freeze(approach, away)
    assert 0.0 < found < 1.0
    assert drives.freeze(approach, 0.0) == drives.freeze(0.0, away) < 0.003  # rare, never never
    assert drives.freeze(approach, away) >= drives.freeze(0.0, away)
    assert drives.freeze(min(approach + more, 1.0), away) >= found
    assert drives.withdraw(approach, away, 1.0, held) == 0.0
    assert drives.demand(1.0, 0.5, approach, away, 1.0, held, 0.0, SECURE.protest) == 0.0


def test_freeze_comes_where_both_drives_are_high():
    assert drives.freeze(0.9, 0.9) > 0.95 > 0.5 > drives.freeze(0.9, 0.3)
    assert drives.freeze(0.6, 0.7) == pytest.approx(0.5)


@given(share, share, share, share, share)
def test_impulses_are_held_back_by_regulation(alarm, approach, away, frozen, held):
    given_ = approach, away, frozen
    demand = drives.demand(alarm, 0.2, *given_, held, 0.0, SECURE.protest)
    leave = drives.withdraw(approach, away, frozen, held)
    assert 0.0 <= demand <= 1.0 and 0.0 <= leave <= 1.0
    assert drives.demand(alarm, 0.2, *given_, 1.0, 0.0, SECURE.protest) <= demand
    assert drives.withdraw(approach, away, frozen, 1.0) <= leave
    assert drives.demand(1.0, 0.2, *given_, held, 0.0, SECURE.protest) >= demand
    assert drives.demand(alarm, 0.2, *given_, held, 1.0, SECURE.protest) >= demand  # grievance
    assert drives.demand(alarm, 0.2, *given_, held, 0.0, 0.98) >= demand  # habit of protest
