"""Calendars built by hand are checked when they are lived through, by every driver."""

import numpy as np
import pytest

import sim
from models.state import Event, Situation
from sim.engines.mesa_model import CoupleModel
from sim.landscape import of_couple
from sim.world.calendar import MOST_DAYS, MOST_STEPS, Calendar, conversation, daily_life, joined
from sim.world.protocols import course, laboratory, scripted, session
from sim.world.soundness import check_calendar

DAY = daily_life(1)
STEPS = len(DAY)
RUNS = {
    "simulate": lambda calendar: sim.simulate("scanner", "secure", calendar=calendar, seed=1),
    "CoupleModel": lambda calendar: CoupleModel(calendar=calendar, seed=1),
    "of_couple": lambda calendar: of_couple("scanner", "secure", calendar=calendar),
    "scripted": lambda calendar: scripted(calendar, help_warmth=0.5),
}


def situation(**fields):
    return Calendar(DAY.situation._replace(**fields), DAY.events, DAY.kind)


def events(**fields):
    return Calendar(DAY.situation, DAY.events._replace(**fields), DAY.kind)


def one(value, shape=STEPS, place=3):
    values = np.zeros(shape)
    values[place] = value
    return values


BAD = {
    "contact 7": (situation(contact=one(7.0)), "Situation.contact = 7 in time step 3: must be in"),
    "clarity nan": (situation(clarity=one(np.nan)), "Situation.clarity = nan in time step 3"),
    "awake -1": (situation(awake=one(-1.0)), "Situation.awake = -1 in time step 3: must be in"),
    "stressor": (events(stressor=one(-2.0, (STEPS, 2))), "Event.stressor = -2 in time step 3"),
    "stressor inf": (events(stressor=one(np.inf, (STEPS, 2))), "Event.stressor = inf"),
    "warmth": (events(help_warmth=one(1.5, (STEPS, 2))), "Event.help_warmth = 1.5"),
    "one column": (events(delay=np.zeros(STEPS)), f"of shape ({STEPS}, 2)"),
    "one number": (situation(proximity=1.0), f"of shape ({STEPS},)"),
    "short": (situation(proximity=np.ones(STEPS - 1)), f"of shape ({STEPS},)"),
    "text": (situation(proximity=np.full(STEPS, "x")), "must be an array of numbers"),
    "bool": (situation(proximity=np.full(STEPS, True)), "must be an array of numbers"),
    "masked": (situation(awake=np.ma.masked_less(one(1.0), 0.5)), "none masked"),
    "kind": (Calendar(DAY.situation, DAY.events, DAY.kind[:5]), "of shape (5,)"),
    "empty": (Calendar(DAY.situation, DAY.events, DAY.kind[:0]), "from 1 to"),
    "none": (None, "must be a Calendar"),
    "number": (3, "calendar = 3: must be a Calendar"),
}
del BAD["none"]  # None means that none is given


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("fault", BAD)
def test_an_impossible_calendar_is_refused_in_one_line(run, fault):
    calendar, words = BAD[fault]
    with pytest.raises(ValueError, match=r"^calendar") as refused:
        RUNS[run](calendar)
    assert words in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "calendar",
    [
        DAY,
        conversation(5.0),
        course("insight", 2, 10),
        laboratory(30.0),
        session("calm_correction"),
        situation(contact=np.zeros(STEPS, int), dt=np.full(STEPS, 5, np.float32)),
    ],
)
def test_a_possible_one_is_itself(calendar):
    assert check_calendar(calendar) is calendar


NOT_BUILT = {
    "situation": (lambda: Calendar(None, DAY.events, DAY.kind), "must be a Situation"),
    "joined": (lambda: joined([DAY, 3]), "calendar = 3: must be a Calendar"),
    "added": (lambda: DAY + 3, "calendar = 3: must be a Calendar"),
    "nothing": (lambda: joined([]), "at least one"),
    "step": (lambda: DAY.at(STEPS), f"must be below {STEPS}"),
    "half": (lambda: DAY.at(0.5), "step = 0.5"),
    "texts": (lambda: sim.separation(1, texts="no"), "texts = 'no': must be True or False"),
    "third": (lambda: scripted(DAY, third="no"), "third = 'no'"),
    "when": (lambda: scripted(DAY, when=len), "when: must give True or False"),
    "dose": (lambda: session("insight", dose=2.0), "dose = 2: must be in [0, 1]"),
    "minutes": (lambda: session("insight", minutes=-5.0), "minutes = -5"),
    "sessions": (lambda: course("insight", 2.5, 10), "sessions = 2.5"),
    "step 0": (lambda: laboratory(10.0, step=0.0), "step = 0: must be above 0"),
    "proximity": (lambda: laboratory(10.0, proximity=3.0), "proximity = 3"),
}


@pytest.mark.parametrize("fault", NOT_BUILT)
def test_what_cannot_be_built_is_refused_in_one_line(fault):
    build, words = NOT_BUILT[fault]
    with pytest.raises(ValueError) as refused:
        build()
    assert words in str(refused.value) and "\n" not in str(refused.value)


HUGE = {
    "daily_life": lambda: daily_life(10**9),
    "separation": lambda: sim.separation(MOST_DAYS + 1),
    "days": lambda: sim.simulate("scanner", "secure", days=10**9, seed=1),
    "float days": lambda: daily_life(np.float32(1e9)),
    "times": lambda: DAY * 10**9,
    "turns": lambda: conversation(1e5, 0.001),
    "laboratory": lambda: laboratory(1e9, 0.001),
    "course": lambda: course("insight", 2, 10**9),
    "many": lambda: joined([DAY * (MOST_STEPS // STEPS)] * 2),
    "beyond floats": lambda: daily_life(10**400),
}


@pytest.mark.parametrize("size", HUGE)
def test_sizes_are_bounded_before_anything_is_built(size):
    with pytest.raises(ValueError, match=r"must be at most [0-9,]+ ") as refused:
        HUGE[size]()
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 200


def test_fields_are_those_that_are_declared():
    assert Situation._fields == DAY.situation._fields and Event._fields == DAY.events._fields
