"""What holds for every core: engines agree over a life, pieces change nothing, swapping mirrors."""

import copy
import dataclasses
import pickle

import numpy as np
import pytest

from models.cores import NAMES, core_named
from sim import CoupleModel
from sim.engines.ensemble import simulate
from sim.world.calendar import conversation, daily_life
from tests.helpers.engines import FAST, largest_difference, run

LIFE = daily_life(2).with_event(0.5, "A", stressor=1.5) + conversation(5.0, owner="B")


def same(one, two):
    """Whether all variables are the same bits; what was not measured in both is the same."""
    return all(np.array_equal(one[n].values, two[n].values, equal_nan=True) for n in two.data_vars)


def talk(core, **options):
    request = dict(a="anxious", b="secure", calendar=LIFE, dyads=6, seed=5, core=core)
    request |= dict(variables="all", ends=True)
    return simulate(**(request | options))


def test_the_second_core_gives_the_same_bits_on_both_fast_engines():
    one, two = (run(engine, core="second", ends=True) for engine in FAST)
    assert same(one, two)


def test_pieces_and_threads_change_nothing_of_the_second_core():
    whole = run("numpy", core="second")
    assert same(whole, run("numpy", core="second", chunk=7))
    assert same(whole, run("compiled", core="second", chunk=40, threads=2))


def test_agents_live_the_second_core_as_arrays_do():
    agents = talk("second", engine="mesa", record="trajectory")
    assert largest_difference(agents, talk("second", engine="numpy", record="trajectory")) < 1e-9


@pytest.mark.parametrize("core", NAMES)
def test_swapping_everything_mirrors_everything(core):
    one = talk(core, engine="numpy")
    calendar = dataclasses.replace(
        LIFE, events=type(LIFE.events)(*(f[:, ::-1] for f in LIFE.events))
    )
    two = talk(core, a="secure", b="anxious", calendar=calendar, streams=("B", "A"), engine="numpy")
    mirrored = two.isel(partner=[1, 0])
    assert one.sizes["time"] > 1 and same(one, mirrored)


@pytest.mark.parametrize("core", NAMES)
def test_a_result_says_its_core_and_how_long_it_took(core):
    longest = core_named(core).longest_step
    data = talk(core, record="trajectory", engine="numpy")
    assert data.attrs["core"] == core and data.attrs["elapsed"] == data.sizes["time"]
    assert (data.sizes["time"] == len(LIFE)) == (longest > 10.0)


def test_read_outs_are_means_over_contact():
    data = talk("second", engine="numpy", variables=["alarm", "arousal", "sent_bid"])
    methods = {name: data[name].attrs["cell_methods"] for name in ("alarm", "arousal", "sent_bid")}
    assert methods["alarm"] == methods["sent_bid"] == "time: mean over contact"
    assert methods["arousal"] == "time: mean over waking time"
    fine = talk("second", engine="numpy", record="trajectory", variables=["alarm"])
    contact = (fine.kind == "exchange") & (fine.time <= 1.0)
    expected = fine.alarm.where(contact, drop=True).mean("time")
    np.testing.assert_allclose(data.alarm.isel(time=0), expected, rtol=1e-12)


def test_six_random_numbers_do_not_repeat_each_other():
    """A second block of an address is other numbers: chance of one kind says nothing of another."""
    data = simulate(
        "secure", "secure", days=1, dyads=400, seed=2, core="second", ends=True, engine="numpy"
    )
    states = ("misreading", "strain", "wish", "alternatives")
    rows = np.array([data[f"{name}_end"].values.ravel() for name in states])
    others = np.corrcoef(rows)[np.triu_indices(4, 1)]
    assert abs(others).max() < 4.0 / np.sqrt(rows.shape[1])


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))])
def test_a_copy_of_agents_of_the_second_core_goes_on_like_the_original(copied):
    model = CoupleModel("anxious", "secure", core="second", seed=4)
    model.advance(30)
    other = copied(model)
    for one in (model, other):
        one.advance(300)
    assert other.core is model.core and other.couple() == model.couple()


def test_agents_report_read_outs_once_there_are_any():
    model = CoupleModel("anxious", "secure", core="second", seed=4)
    model.advance(3)
    table = model.datacollector.get_model_vars_dataframe()
    assert np.isnan(table.alarm_A[0]) and (table.alarm_A[1:] > 0.0).all()
    assert table.arousal_B.notna().all()


def test_a_core_is_copied_as_itself_and_a_changed_one_is_not_taken_for_it():
    core = core_named("second")
    assert copy.deepcopy(core) is core and pickle.loads(pickle.dumps(core)) is core
    coarse = dataclasses.replace(core, longest_step=10.0)
    assert copy.deepcopy(coarse) is coarse
    with pytest.raises(TypeError, match="pickle"):
        pickle.dumps(coarse)


def test_a_changed_core_runs_as_it_is_changed():
    coarse = dataclasses.replace(core_named("second"), longest_step=10.0)
    data = talk(coarse, record="trajectory", engine="numpy")
    assert data.sizes["time"] == len(LIFE)


def test_couples_begin_as_close_as_their_core_has_it():
    for name in NAMES:
        model = CoupleModel("secure", "secure", core=name, seed=1)
        assert model.couple().dyad.closeness == core_named(name).closeness
    given = CoupleModel("secure", "secure", core="second", seed=1, closeness=0.2)
    assert given.couple().dyad.closeness == 0.2
