"""Real time: lengths, turns, owners, separations, events and sums of calendars."""

import numpy as np
import pytest

from models.state import Event, Situation
from sim.world.calendar import (
    MINUTES_PER_DAY,
    Calendar,
    conversation,
    daily_life,
    separation,
)
from sim.world.protocols import scripted


@pytest.mark.parametrize("days", [1, 7, 30])
def test_a_day_has_1440_minutes_and_ten_exchanges(days):
    calendar = daily_life(days)
    minutes, exchange = calendar.situation.dt, calendar.kind == "exchange"
    for day in range(days):
        here = calendar.day == day
        assert minutes[here].sum() == pytest.approx(MINUTES_PER_DAY, rel=1e-12)
        assert (here & exchange).sum() == 10
    assert set(calendar.day) == set(range(days))
    assert calendar.end[-1] == pytest.approx(days * MINUTES_PER_DAY)


def test_nights_are_eight_hours_asleep_without_contact():
    situation, kind = daily_life(3).situation, daily_life(3).kind
    night = kind == "night"
    assert night.sum() == 3 and (situation.dt[night] == 480.0).all()
    assert (situation.awake == (kind != "night")).all()
    assert (situation.contact == (kind == "exchange")).all()


def test_weekdays_have_texts_and_weekends_do_not():
    calendar = daily_life(14)
    exchange = calendar.kind == "exchange"
    texts = [
        int((calendar.situation.proximity[exchange & (calendar.day == day)] == 0.0).sum())
        for day in range(14)
    ]
    assert texts == [5, 5, 5, 5, 5, 0, 0] * 2
    text = exchange & (calendar.situation.proximity == 0.0)
    assert (calendar.situation.clarity[text] < 1.0).all()
    assert (calendar.situation.clarity[exchange & ~text] == 1.0).all()


@pytest.mark.parametrize(("together", "met"), [(0.0, 0), (3 / 7, 12), (0.5, 14), (1.0, 28)])
def test_the_share_of_days_face_to_face(together, met):
    calendar = daily_life(28, together=together)
    faces = [calendar.situation.proximity[calendar.day == day].max() for day in range(28)]
    assert sum(faces) == met


@pytest.mark.parametrize(("minutes", "seconds", "turns"), [(15, 10, 90), (15, 2, 450), (1, 20, 3)])
def test_turns_of_a_conversation(minutes, seconds, turns):
    talk = conversation(minutes, seconds)
    assert len(talk) == turns and (talk.kind == "talk").all()
    assert talk.situation.dt.sum() == pytest.approx(minutes)
    assert (talk.situation.contact == 1.0).all() and (talk.situation.proximity == 1.0).all()


def test_a_conversation_lasts_as_long_as_it_says():
    """Turns that do not divide the minutes must not change the length unnoticed."""
    talk = conversation(1.0, 25.0)
    assert talk.situation.dt.sum() == pytest.approx(1.0)


@pytest.mark.parametrize(("owner", "who"), [("A", 0), ("B", 1)])
def test_the_topic_has_an_owner_and_both_feel_its_heat(owner, who):
    events = conversation(2.0, owner=owner, heat=0.6).events
    assert (events.grievance[:, who] == 1.0).all() and (events.grievance[:, 1 - who] == 0.0).all()
    assert (events.conflict == 0.6).all()


def test_separation_is_apart_with_or_without_texts():
    silent, texts = separation(2), separation(2, texts=True)
    assert (silent.situation.contact == 0.0).all() and (silent.kind == "apart").all()
    assert (silent.situation.proximity == 0.0).all() and (texts.situation.proximity == 0.0).all()
    assert texts.situation.contact.sum() == 20.0
    assert silent.end[-1] == texts.end[-1] == pytest.approx(2 * MINUTES_PER_DAY)
    assert silent.situation.awake.min() == 0.0  # they sleep


def test_calendars_add_in_order():
    whole = daily_life(1) + conversation(5.0) + separation(1)
    assert len(whole) == 21 + 30 + 21
    assert list(dict.fromkeys(whole.kind)) == ["exchange", "between", "night", "talk", "apart"]
    assert whole.end[-1] == pytest.approx(2 * MINUTES_PER_DAY + 5.0)
    for field in (*whole.situation, *whole.events):
        assert len(field) == len(whole)


def test_a_calendar_times_three_is_itself_thrice():
    one = daily_life(1) + conversation(1.0)
    thrice, summed = one * 3, one + one + one
    for x, y in zip((*thrice.situation, *thrice.events), (*summed.situation, *summed.events),
                    strict=True):  # fmt: skip
        np.testing.assert_array_equal(x, y)
    assert (thrice.kind == summed.kind).all()


def test_adding_changes_neither_part():
    one, two = daily_life(1), daily_life(1)
    before = one.situation.dt.copy()
    whole = one + two
    whole.situation.dt[:] = 1.0
    np.testing.assert_array_equal(one.situation.dt, before)


@pytest.mark.parametrize(("owner", "who"), [("A", 0), ("B", 1)])
def test_an_event_happens_once_to_its_owner(owner, who):
    plain = daily_life(3)
    calendar = plain.with_event(1.5, owner, stressor=2.0, delay=3.0)
    [[step, column]] = np.argwhere(calendar.events.stressor)
    assert column == who and calendar.events.stressor[step, who] == 2.0
    assert calendar.events.delay[step, who] == 3.0
    start = calendar.end[step] - calendar.situation.dt[step]
    assert 1.5 * MINUTES_PER_DAY <= start < 1.5 * MINUTES_PER_DAY + 100.0
    assert calendar.situation.contact[step] == 1.0
    assert not plain.events.stressor.any()


def test_an_event_on_an_exchange_s_own_start_is_that_exchange():
    calendar = daily_life(2).with_event(1.0, "A", conflict=1.0)
    assert np.flatnonzero(calendar.events.conflict[:, 0]).tolist() == [21]


def test_events_add_up_on_one_calendar():
    calendar = daily_life(2).with_event(0, "A", stressor=1.0).with_event(1, "B", stressor=2.0)
    assert calendar.events.stressor.sum() == 3.0


def test_circumstances_of_a_step_are_floats():
    situation, a, b = daily_life(1).with_event(0, "B", delay=2.0).at(0)
    assert all(type(x) is float for part in (situation, a, b) for x in part)
    assert (a.delay, b.delay) == (0.0, 2.0) and situation.dt == 10.0


def test_a_night_belongs_to_the_day_before_it():
    calendar = daily_life(2)
    assert calendar.day[calendar.kind == "night"].tolist() == [0, 1]


@pytest.mark.parametrize("length", [0.0, -1.0, np.nan, np.inf])
def test_an_interval_without_a_length_is_refused(length):
    one = np.ones(1)
    events = Event(*(np.zeros((1, 2)) for _ in Event._fields))
    with pytest.raises(ValueError, match="dt"):
        Calendar(Situation(np.array([length]), *[one] * 5), events, np.array(["talk"]))


BAD = {
    "days": (lambda: daily_life(-1), ["days", "-1", "at least 1"]),
    "no days": (lambda: daily_life(0), ["days", "0", "at least 1"]),
    "half days": (lambda: daily_life(2.5), ["days", "2.5", "whole"]),
    "days nan": (lambda: daily_life(float("nan")), ["days", "nan", "whole"]),
    "days inf": (lambda: daily_life(float("inf")), ["days", "inf", "whole"]),
    "days text": (lambda: daily_life("3"), ["days", "3", "whole"]),
    "days bool": (lambda: daily_life(True), ["days", "True", "whole"]),
    "together": (lambda: daily_life(3, together=2.0), ["together", "2", "[0, 1]"]),
    "together nan": (lambda: daily_life(3, together=float("nan")), ["together", "nan"]),
    "separation": (lambda: separation(0), ["days", "0"]),
    "minutes": (lambda: conversation(-5.0), ["-5", "min"]),
    "minutes inf": (lambda: conversation(float("inf")), ["inf", "min"]),
    "turn": (lambda: conversation(15.0, 0.0), ["0", "turn"]),
    "turn too long": (lambda: conversation(1.0, 100.0), ["100", "at least one turn"]),
    "owner": (lambda: conversation(owner="C"), ["owner", "C", "'A' or 'B'"]),
    "heat": (lambda: conversation(heat=2.0), ["heat", "2", "[0, 1]"]),
    "heat below": (lambda: conversation(heat=-1.0), ["heat", "-1", "[0, 1]"]),
    "heat nan": (lambda: conversation(heat=float("nan")), ["heat", "nan"]),
    "event": (lambda: daily_life(2).with_event(1, "A", stresor=1.0), ["stresor", "stressor"]),
    "event's owner": (lambda: daily_life(2).with_event(1, "X", delay=1.0), ["owner", "X"]),
    "event's day": (lambda: daily_life(2).with_event(9, "A", delay=1.0), ["day", "9"]),
    "event's negative day": (lambda: daily_life(2).with_event(-1, "A", delay=1.0), ["day", "-1"]),
    "event nan": (lambda: daily_life(2).with_event(1, "A", delay=float("nan")), ["delay", "nan"]),
    "event's range": (lambda: daily_life(2).with_event(1, "A", conflict=7.0), ["conflict", "7"]),
    "negative event": (lambda: daily_life(2).with_event(1, "A", stressor=-2.0), ["stressor", "-2"]),
    "times": (lambda: daily_life(1) * 0, ["times", "0", "at least 1"]),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_in_one_line(case):
    call, words = BAD[case]
    with pytest.raises(ValueError) as refused:
        call()
    message = str(refused.value)
    assert "\n" not in message and all(word in message for word in words), message


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"help_warmth": 6}, r"help_warmth = 6: must be in \[-1, 1\]"),
        ({"help_warmht": 0.2}, "did you mean 'help_warmth'"),
        ({"threat": -1.0}, "threat = -1: must be at least 0"),
    ],
)
def test_a_script_is_checked_like_any_event(fields, words):
    with pytest.raises(ValueError, match=words):
        scripted(daily_life(1), **fields)
