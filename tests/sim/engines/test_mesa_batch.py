"""Mesa's ``batch_run`` over couples: replicates, partners' measures, fixed people, steps."""

import mesa
import numpy as np
import pandas as pd
import pytest

from models import SharedParameters, architecture
from sim.engines.mesa_model import CoupleModel, Partner
from sim.world.calendar import conversation, daily_life
from sim.world.population import around

NEW = hasattr(mesa.DataCollector(), "_collection_steps")  # Mesa 3.4 on


def batch(parameters, steps=5, **options):
    """One row a run and recorded step, whatever else Mesa puts a row for."""
    rows = mesa.batch_run(
        CoupleModel, parameters, max_steps=steps, display_progress=False, **options
    )
    return pd.DataFrame(rows).drop_duplicates(["RunId", "Step"]).set_index("RunId").sort_index()


def alone(seed, steps, **given):
    model = CoupleModel(seed=seed, collect=False, **given)
    model.advance(steps)
    return model


@pytest.mark.filterwarnings("ignore:The `iterations` keyword:DeprecationWarning")
@pytest.mark.parametrize("processes", [1, pytest.param(2, marks=pytest.mark.slow)])
@pytest.mark.parametrize("given", [{}, {"seed": None}])
def test_replicates_differ_and_their_seeds_are_kept(processes, given):
    options = {"iterations": 3, "number_processes": processes}
    rows = batch({"a": ["scanner", "secure"], **given}, **options)
    assert len(rows) == 6 and rows["seed"].nunique() == 6 and rows["alarm_A"].nunique() == 6
    for row in rows.itertuples():
        model = alone(int(row.seed), int(row.Step), a=row.a)
        assert model.partner("A").state.alarm == row.alarm_A
        assert model.partner("B").sent.demand == row.sent_demand_B


@pytest.mark.skipif(NEW, reason="Mesa 3.4 on sets the seed itself, from rng")
def test_given_seeds_are_replicates_that_repeat():
    rows = batch({"seed": [3, 4, "5"]})
    assert rows["seed"].tolist() == [3, 4, 5] and rows["alarm_A"].nunique() == 3
    assert batch({"seed": [3, 4, "5"]})["alarm_A"].tolist() == rows["alarm_A"].tolist()


def test_a_row_is_of_one_moment():
    rows = batch({"a": "scanner"}, steps=7, data_collection_period=1).set_index("Step")
    model = CoupleModel(seed=int(rows["seed"].iloc[0]))
    for step in range(8):
        assert rows.loc[step, "day"] == model.days
        assert rows.loc[step, "alarm_A"] == model.partner("A").state.alarm
        model.step()


def test_model_and_partners_have_one_step_number():
    model = CoupleModel(seed=3, calendar=daily_life(1))
    assert model.steps == model.tick == 0
    model.advance(9)
    of_model = model.datacollector.get_model_vars_dataframe()
    of_partner = model.datacollector.get_agenttype_vars_dataframe(Partner).reset_index("Step")
    assert model.steps == model.tick == 9 == of_model.index[-1]
    for slot in "AB":
        own = of_partner[of_partner["partner"] == slot].set_index("Step")
        assert own.index.tolist() == of_model.index.tolist()
        for name in ("alarm", "sent_demand", "heard_warmth"):
            np.testing.assert_array_equal(own[name].to_numpy(), of_model[f"{name}_{slot}"])


def test_measures_of_several_couples_are_means():
    model = CoupleModel(couples=3, seed=2)
    model.advance(2)
    last = model.datacollector.get_model_vars_dataframe().iloc[-1]
    each = [model.partner("B", number).state.alarm for number in range(3)]
    assert last["alarm_B"] == pytest.approx(np.mean(each), rel=1e-15)


WHOLE = {
    "a": [architecture("scanner", vagal_tone=0.8)],
    "b": [around("secure", 0.1)],
    "shared": [SharedParameters(channel_ab=0.0)],
    "calendar": [conversation(5.0)],
    "couples": [[4, 7]],
    "streams": [("B", "A")],
}


def test_fixed_parameters_in_a_list_run_once():
    assert len(batch(WHOLE)) == 1


def test_a_calendar_is_one_value():
    calendar = conversation(5.0)
    rows = batch({"calendar": calendar})
    assert len(rows) == 1 and rows["calendar"].iloc[0] is calendar


@pytest.mark.parametrize("name", ["a", "b", "shared", "streams"])
def test_what_mesa_takes_apart_is_refused_with_the_remedy(name):
    with pytest.raises(ValueError, match="put it in a list") as refused:
        batch({name: WHOLE[name][0]})
    assert "\n" not in str(refused.value)


def test_a_calendar_that_ends_ends_the_run():
    rows = batch({"calendar": conversation(1.0)}, steps=100)
    assert rows["Step"].iloc[0] == (6 if NEW else 5)  # Mesa 3.3 reports the step before the last
