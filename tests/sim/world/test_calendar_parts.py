"""Cutting and joining calendars: nothing is lost, nothing is changed."""

import numpy as np
import pytest

from sim.world.calendar import conversation, daily_life, joined, separation

LIFE = daily_life(3).with_event(1.5, "B", stressor=2.0)


def fields(calendar):
    """Every array of a calendar, by name."""
    return {
        **calendar.situation._asdict(),
        **{f"event {name}": values for name, values in calendar.events._asdict().items()},
        "kind": calendar.kind,
    }


def same(one, two):
    return all(np.array_equal(x, fields(two)[name]) for name, x in fields(one).items())


@pytest.mark.parametrize("step", [0, 1, 30, len(LIFE)])
def test_both_parts_of_a_cut_make_the_whole(step):
    before, after = LIFE[:step], LIFE[step:]
    assert len(before) == step and len(after) == len(LIFE) - step
    assert same(before + after, LIFE)


def test_a_part_has_the_intervals_of_its_place():
    part = LIFE[20:40]
    assert all(np.array_equal(x, fields(LIFE)[name][20:40]) for name, x in fields(part).items())
    assert (part.events.stressor > 0.0).sum() == 1


def test_ends_count_from_the_start_of_the_part():
    assert LIFE[5:].end[0] == LIFE.situation.dt[5]


def test_many_joined_are_the_same_as_added_one_by_one():
    parts = [daily_life(2), conversation(5.0), separation(1, texts=True), LIFE[:7]]
    one_by_one = parts[0] + parts[1] + parts[2] + parts[3]
    assert same(joined(parts), one_by_one)
    assert same(joined(parts[:1]), parts[0])


@pytest.mark.parametrize("wrong", [0, -1, "2", (0, 3)])
def test_one_interval_is_no_calendar(wrong):
    with pytest.raises(TypeError, match="must be a slice"):
        LIFE[wrong]


def test_a_calendar_is_not_iterated_over_by_mistake():
    with pytest.raises(TypeError):
        list(LIFE)
