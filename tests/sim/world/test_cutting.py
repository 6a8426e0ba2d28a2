"""A calendar in finer steps has the same time, contact and events."""

import numpy as np
import pytest

from sim.world.calendar import conversation, daily_life
from sim.world.cutting import cut

DAYS = daily_life(3).with_event(1.0, "B", stressor=2.0)


@pytest.mark.parametrize("longest", [0.7, 2.5, 3.4, 10.0])
def test_time_and_contact_stay(longest):
    fine = cut(DAYS, longest)
    assert fine.end[-1] == pytest.approx(DAYS.end[-1])
    contact = fine.situation.contact > 0
    assert fine.situation.dt[contact].max() <= longest + 1e-9
    for one in (DAYS, fine):
        assert (one.situation.dt * one.situation.contact).sum() == pytest.approx(300.0)
    assert (fine.kind[~contact] == DAYS.kind[DAYS.situation.contact == 0]).all()


def test_a_stressor_happens_once():
    assert cut(DAYS, 2.5).events.stressor.sum() == DAYS.events.stressor.sum() == 2.0


def test_what_is_short_enough_is_left_alone():
    talk = conversation(5.0)
    assert cut(talk, 2.5) is talk
    assert cut(DAYS, np.inf) is DAYS


def test_a_stressor_happens_at_the_end_of_its_step():
    fine = cut(DAYS, 2.5)
    (before,), (after,) = (c.end[np.flatnonzero(c.events.stressor[:, 1])] for c in (DAYS, fine))
    assert after == pytest.approx(before)


@pytest.mark.parametrize("longest", [0.7, 1 / 3, 2.5, 3.0])
def test_a_second_cut_changes_nothing(longest):
    fine = cut(DAYS, longest)
    assert cut(fine, longest) is fine
