"""Copies of a couple model: they go on exactly like the original, and leave it alone."""

import copy
import pickle
import subprocess
import sys

import pytest

from sim.engines.mesa_model import CoupleModel, Partner
from sim.world.calendar import daily_life
from tests.helpers.paths import ROOT


class Couples(CoupleModel):
    """A class of the user's own, with something to count."""

    counted = 0

    def step(self):
        super().step()
        self.counted += 1


def by(name):
    """``dumps`` and ``loads`` of another package, where it is installed."""
    return lambda model: (kit := pytest.importorskip(name)).loads(kit.dumps(model))


WAYS = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{
        f"pickle {protocol}": lambda model, protocol=protocol: pickle.loads(
            pickle.dumps(model, protocol)
        )
        for protocol in (2, pickle.HIGHEST_PROTOCOL)
    },
    "cloudpickle": by("cloudpickle"),
    "dill": by("dill"),
    "of a copy": lambda model: pickle.loads(pickle.dumps(copy.deepcopy(model))),
    "through a partner": lambda model: pickle.loads(pickle.dumps(model.partner("B"))).model,
}


def record(model):
    collector = model.datacollector
    return (
        collector.get_model_vars_dataframe(),
        collector.get_agenttype_vars_dataframe(Partner),
    )


def same(one, two):
    """Whether two models are in the same state and have recorded the same, bit for bit."""
    assert [bond.couple for bond in one.bonds] == [bond.couple for bond in two.bonds]
    assert (one.tick, one.steps, one.minutes, one.running) == (
        two.tick, two.steps, two.minutes, two.running,
    )  # fmt: skip
    for ours, theirs in zip(record(one), record(two), strict=True):
        assert ours.equals(theirs)
    return True


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("steps", [0, 5, 250])
def test_a_copy_goes_on_like_the_original(way, steps):
    model = CoupleModel("scanner", seed=1, calendar=daily_life(20))
    model.advance(steps)
    twin = WAYS[way](model)
    assert same(model, twin)
    for one in (model, twin):
        one.advance(20)
    assert same(model, twin) and model.tick == steps + 20
    assert model.rng.random() == twin.rng.random() and model.random.random() == twin.random.random()


@pytest.mark.parametrize("way", WAYS)
def test_a_copy_leaves_the_original_alone(way):
    model = CoupleModel(seed=1)
    model.advance(3)
    before, twin = model.couple(), WAYS[way](model)
    twin.advance(30)
    twin.step()
    assert model.couple() == before and (model.tick, model.steps) == (3, 3)
    assert len(record(model)[0]) == 4 and twin.steps == twin.tick == 34
    assert not set(map(id, twin.agents)) & set(map(id, model.agents))


NEXT_WEEK = """
import pickle, sys
model = pickle.load(open(sys.argv[1], "rb"))
model.advance(30)
print(repr(model.couple()))
"""


def test_another_process_goes_on_next_week(tmp_path):
    model = CoupleModel(seed=1)
    model.advance(5)
    kept = tmp_path / "kept.pickle"
    kept.write_bytes(pickle.dumps(model))
    command = [sys.executable, "-c", NEXT_WEEK, str(kept)]
    there = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    model.advance(30)
    assert there.stdout.strip() == repr(model.couple())


def test_two_ways_on_from_one_point():
    """With and without trouble, from the same day on, with common random numbers."""
    model = CoupleModel(seed=1, calendar=daily_life(10))
    model.advance(100)
    quiet, troubled = copy.deepcopy(model), pickle.loads(pickle.dumps(model))
    troubled.calendar = troubled.calendar.with_event(5, "A", stressor=2.0)
    for one in (model, quiet, troubled):
        one.run_model()
    assert same(model, quiet) and not quiet.running
    assert troubled.couple() != quiet.couple() and troubled.tick == quiet.tick


def test_a_longer_calendar_goes_on_without_a_seam():
    short, long = (
        CoupleModel(seed=1, calendar=daily_life(2)),
        CoupleModel(seed=1, calendar=daily_life(4)),
    )
    short.run_model()
    short.calendar = daily_life(4)
    for one in (short, long):
        one.advance(84)
    assert same(short, long)


def test_many_couples_and_a_class_of_ones_own():
    model = Couples(couples=400, seed=2)
    model.advance(2)
    twin = pickle.loads(pickle.dumps(model))
    for one in (model, twin):
        one.advance(2)
    assert same(model, twin) and twin.counted == model.counted == 4


def test_an_agent_added_to_a_copy_has_a_number_of_its_own():
    model = CoupleModel(seed=1)
    for way in ("deepcopy", "pickle 5"):
        twin = WAYS[way](model)
        child = Partner(twin, "child", model.partner("A").parameters, model.partner("A").state)
        assert [agent.unique_id for agent in twin.agents].count(child.unique_id) == 1
