"""A run that goes on from where another ended is one run, in either core and engine."""

import numpy as np
import pytest

from models.cores import NAMES, core_named
from models.parameters import PartnerParameters as FirstParameters
from models.parameters import SharedParameters as FirstShared
from models.second.parameters import PartnerParameters as SecondParameters
from sim.engines.ensemble import simulate
from sim.world.calendar import conversation, daily_life
from tests.helpers.engines import FAST

FIRST_DAYS, TALK = daily_life(2), conversation(5.0)


def life(core, calendar, **options):
    options = {"a": ["anxious", "secure"], "b": "avoidant", "dyads": 5, "seed": 3} | options
    return simulate(options.pop("a"), options.pop("b"), calendar=calendar, core=core, **options)


def ends(data):
    """All last states, by name."""
    return {name: data[name].values for name in data if name.endswith("_end")}


@pytest.mark.parametrize("engine", [*FAST, "mesa"])
@pytest.mark.parametrize("core", NAMES)
def test_two_runs_are_one(core, engine):
    if engine == "compiled":
        pytest.importorskip("numba")
    whole = life(core, FIRST_DAYS + TALK, ends=True, engine=engine)
    before = life(core, FIRST_DAYS, ends=True, engine=engine)
    after = life(core, TALK, start=before, ends=True, engine=engine)
    kinds = core_named(core)
    assert set(ends(whole)) == {
        f"{name}_end" for name in (*kinds.PartnerState._fields, *kinds.DyadState._fields)
    }
    for name, values in ends(whole).items():
        np.testing.assert_array_equal(values, ends(after)[name], err_msg=name)
    assert after.attrs["elapsed"] == whole.attrs["elapsed"]


def test_arms_share_their_past_and_a_state_may_be_changed():
    before = life("second", FIRST_DAYS, ends=True, a="anxious")
    twice = life("second", TALK, start=before, a=["anxious"] * 2, conditions=["one", "two"])
    np.testing.assert_array_equal(twice["demand"][0], twice["demand"][1])
    colder = before.copy()
    colder["sentiment_end"] = colder["sentiment_end"] - 0.5
    other = life("second", TALK, start=colder, a="anxious")
    assert (other["warm_engagement"] < twice["warm_engagement"][0]).mean() > 0.7


def test_conditions_are_found_by_name():
    before = life("second", FIRST_DAYS, ends=True)
    turned = life("second", TALK, start=before.isel(condition=[1, 0]))
    np.testing.assert_array_equal(turned["alarm"], life("second", TALK, start=before)["alarm"])
    one = life("second", TALK, start=before.isel(condition=1), a="secure")
    np.testing.assert_array_equal(turned["alarm"].isel(condition=[1]), one["alarm"])


@pytest.mark.parametrize("core", NAMES)
@pytest.mark.parametrize("how", [{"chunk": 3}, {"threads": 2}, {"precision": "float32"}])
def test_cut_into_pieces_two_runs_are_still_one(core, how):
    pytest.importorskip("numba")
    how = {"engine": "compiled", "dyads": 70, "ends": True, **how}
    whole = life(core, FIRST_DAYS + TALK, **how)
    before = life(core, FIRST_DAYS, **how)
    after = life(core, TALK, start=before, **how)
    for name, values in ends(whole).items():
        np.testing.assert_array_equal(values, ends(after)[name], err_msg=name)


def test_some_couples_go_on_alone():
    before = life("second", FIRST_DAYS, ends=True, a="anxious")
    all_of_them = life("second", TALK, start=before, a="anxious")
    some = life("second", TALK, start=before.sel(dyad=[3, 1]), a="anxious", dyads=[3, 1])
    np.testing.assert_array_equal(all_of_them["alarm"].sel(dyad=[3, 1]), some["alarm"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: 3, "must be a dataset of a run with ends=True"),
        (lambda d: d.drop_vars("need_end"), "start: has no need_end"),
        (lambda d: d.isel(dyad=slice(3)), "start: has other couples"),
        (lambda d: d.assign_attrs(core="first"), "comes from the first core"),
        (lambda d: d.assign(need_end=d.need_end * np.nan), "need_end must be finite"),
        (lambda d: d.assign(need_end=d.need_end.astype(str)), "need_end = .* must be numbers"),
        (lambda d: d.assign(need_end=d.need_end.sel(partner="A")), "need_end has dimensions"),
        (lambda d: d.isel(partner=[1, 0]), "must have the partners A and B, in this order"),
        (lambda d: d.isel(dyad=[1, 0, 2, 3, 4]), "in the same order"),
        (
            lambda d: d.assign_coords(condition=["one", "two"]),
            "2 conditions .one, two., this run 2",
        ),
        (lambda d: d.assign_attrs(elapsed="many"), "start: elapsed = 'many': must be a whole"),
        (lambda d: d.assign_attrs(elapsed=2**32 - 5), "time steps in all; must be at most 2.32"),
    ],
)
def test_a_start_that_cannot_be_used_is_refused_in_one_line(change, says):
    before = life("second", FIRST_DAYS, ends=True)
    with pytest.raises(ValueError, match=says) as fault:
        life("second", TALK, start=change(before))
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"core": "secnd"}, "no core 'secnd': did you mean 'second'"),
        (
            {"core": "first", "a": SecondParameters()},
            "person: is a PartnerParameters of the core 's",
        ),
        ({"core": "second", "b": FirstParameters()}, "this run's core is 'second'"),
        (
            {"core": "second", "shared": FirstShared()},
            "shared: is a SharedParameters of the core 'f",
        ),
        ({"core": 3}, "no core '3': known: first, second"),
        ({"core": "second", "ends": 1}, "ends = 1: must be True or False"),
        ({"core": "second", "a": "nobody"}, "no architecture 'nobody'"),
        ({"core": "second", "variables": ["cortisol"]}, "no one in variables 'cortisol'"),
    ],
)
def test_what_is_of_no_core_is_refused(options, says):
    with pytest.raises(ValueError, match=says):
        simulate(**({"a": "secure", "b": "secure", "days": 1, "seed": 1} | options))
