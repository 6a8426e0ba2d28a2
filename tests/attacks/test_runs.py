"""No mistake in an argument of a run gets past the door, or is told in a library's words."""

import numpy as np
import pytest

from models import PartnerParameters, SharedParameters
from models.architectures import architecture
from sim.engines.ensemble import simulate
from sim.world.calendar import daily_life
from sim.world.population import Population, around
from tests.helpers.attacks import Door, refusal

pytestmark = pytest.mark.slow
DAY = daily_life(1)


def run(**given):
    given = {"a": "secure", "b": "scanner", "calendar": DAY, "dyads": 2, "seed": 1} | given
    return simulate(given.pop("a"), given.pop("b"), **given)


def days(days=1):
    return simulate("secure", "secure", seed=1, days=days)


def spread(**given):
    return run(a=around("secure", **given))


def person(**given):
    return run(a=architecture("secure", **given))


DOORS = {
    "simulate": Door(
        run,
        {
            "a": "thing",
            "b": "thing",
            "calendar": "thing",
            "dyads": "count",
            "seed": "seed",
            "engine": "name",
            "record": "name",
            "variables": "name",
            "since": "share",
            "shared": "thing",
            "closeness": "share",
            "streams": "name",
            "conditions": "name",
            "precision": "name",
            "threads": "count",
            "chunk": "count",
        },
        # Couples may be named one by one, and a day may be begun in its middle.
        (
            "dyads: list",
            "since: bool",
            "threads: huge",
            "chunk: huge",
            "chunk: beyond 64 bits",
            "since: huge",
        ),
        {"a": "secure", "b": "secure"},
    ),
    "days": Door(days, {"days": "count"}),
    "around": Door(spread, {"spread": "positive", "vagal_tone": "share"}, ("none above",)),
    "architecture": Door(person, {"vagal_tone": "share"}),
}


PERSON = PartnerParameters()
OTHERS = {
    "person nobody knows": (lambda: run(a="scaner"), "did you mean 'scanner'"),
    "person of nan": (lambda: run(a=PERSON._replace(warmth=float("nan"))), "warmth"),
    "person of text": (lambda: run(a=PERSON._replace(warmth="0.5")), "warmth"),
    "person of objects": (lambda: run(a=PERSON._replace(warmth=object())), "warmth"),
    "person of a masked": (lambda: run(a=PERSON._replace(warmth=np.ma.masked)), "warmth"),
    "people partly masked": (
        lambda: run(a=PERSON._replace(warmth=np.ma.array([0.1, 0.2], mask=[0, 1]))),
        "warmth",
    ),
    "people too few": (lambda: run(a=PERSON._replace(warmth=np.zeros(3)), dyads=2), "warmth"),
    "people ragged": (lambda: run(a=PERSON._replace(warmth=[[1], [1, 2]])), "warmth"),
    "person of bools": (lambda: run(a=PERSON._replace(warmth=np.array([True, False]))), "warmth"),
    "population of a name": (lambda: run(a=Population("secure")), "centre"),
    "population of a spread of text": (lambda: run(a=Population(PERSON, "x")), "spread"),
    "population of a spread below 0": (lambda: run(a=Population(PERSON, -1.0)), "spread"),
    "no people": (lambda: run(a=[]), "a"),
    "people of unequal number": (lambda: run(a=["secure"] * 2, b=["secure"] * 3), "conditions"),
    "a person twice nested": (lambda: run(a=[["secure"]]), "person"),
    "nobody": (lambda: run(a=None), "person"),
    "days and a calendar": (lambda: run(days=3), "exactly one"),
    "neither": (lambda: simulate("secure", "secure", seed=1), "exactly one"),
    "an empty calendar": (lambda: run(calendar=DAY[:0]), "calendar"),
    "since beyond the end": (lambda: run(since=2.0), "since"),
    "since below 0": (lambda: run(since=-1e-9), "since"),
    "shared out of range": (
        lambda: run(shared=SharedParameters(misreading_time=-1.0)),
        "misreading_time",
    )
    if "misreading_time" in SharedParameters._fields
    else (lambda: run(shared=SharedParameters()._replace(safety_rise=-1.0)), "safety_rise"),
    "shared of text": (lambda: run(shared=SharedParameters()._replace(safety_rise="3")), "rise"),
    "shared of an array": (
        lambda: run(shared=SharedParameters()._replace(safety_rise=np.array([300.0, 300.0]))),
        "safety_rise",
    ),
    "no shared": (lambda: run(shared=[]), "shared"),
    "people for shared": (lambda: run(shared=PERSON), "shared"),
    "couples twice": (lambda: run(dyads=[3, 3]), "dyads"),
    "no couples": (lambda: run(dyads=[]), "dyads"),
    "couples below 0": (lambda: run(dyads=[-1]), "dyads"),
    "couples of parts": (lambda: run(dyads=[0.5]), "dyads"),
    "couples of bools": (lambda: run(dyads=[True, False]), "dyads"),
    "couples of text": (lambda: run(dyads=["1"]), "dyads"),
    "couples beyond 64 bits": (lambda: run(dyads=[2**70]), "dyads"),
    "couples in a table": (lambda: run(dyads=[[1, 2], [3, 4]]), "dyads"),
    "couples partly masked": (lambda: run(dyads=np.ma.array([1, 2], mask=[0, 1])), "dyads"),
    "conditions of one name": (
        lambda: run(a=["secure", "scanner"], conditions=["x", "x"]),
        "conditions",
    ),
    "conditions too few": (lambda: run(a=["secure"] * 2, conditions=["x"]), "conditions"),
    "variables of numbers": (lambda: run(variables=[3]), "variable"),
    "no variables": (lambda: run(variables=[]), "variables"),
    "streams of one": (lambda: run(streams=("A", "A")), "streams"),
    "streams of numbers": (lambda: run(streams=(0, 1)), "streams"),
    "progress that can't be called": (lambda: run(progress=3), "progress"),
    "float32 with numpy": (lambda: run(engine="numpy", precision="float32"), "precision"),
    "a thousand years": (lambda: days(days=400_000), "days"),
    "days of NumPy that are too many": (lambda: days(days=np.int64(10**9)), "days"),
    "a million couples, every step": (
        lambda: run(dyads=10**7, record="trajectory", variables="all"),
        "memory",
    ),
    "around nobody": (lambda: around("scaner"), "did you mean 'scanner'"),
    "around a number": (lambda: around(3), "architecture"),
    "around a list": (lambda: around(["secure"]), "architecture"),
    "around, an unknown parameter": (lambda: around("secure", vagal_tne=1), "vagal_tone"),
    "architecture of a list": (lambda: architecture(["secure"]), "architecture"),
}


@pytest.mark.parametrize(("call", "word"), OTHERS.values(), ids=OTHERS)
def test_what_is_senseless_as_a_whole_is_refused(call, word):
    refusal(call, word)


NUMBERS = {
    "float32": (run, {"closeness": np.float32(0.5), "since": np.float32(0.5)}),
    "0-dimensional": (run, {"closeness": np.array(0.5), "since": np.array(0.25)}),
    "whole numbers of NumPy": (run, {"dyads": np.int8(2), "seed": np.uint64(2**63)}),
    "days of NumPy": (days, {"days": np.int16(1)}),
    "days that are a float": (days, {"days": 1.0}),
    "days of one in an array": (days, {"days": np.array(1)}),
    "a person of float32": (run, {"a": PERSON._replace(warmth=np.float32(0.5))}),
    "people of float32": (run, {"a": PERSON._replace(warmth=np.array([0.5, 0.4], np.float32))}),
    "a population of float32": (run, {"a": Population(PERSON, np.float32(0.1))}),
    "an override of float32": (spread, {"vagal_tone": np.float32(0.5)}),
    "shared of float32": (
        run,
        {"shared": SharedParameters()._replace(safety_rise=np.float32(300.0))},
    ),
    "threads": (run, {"threads": np.int64(1), "chunk": np.int64(5)}),
}


@pytest.mark.parametrize(("call", "given"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_of_numpy_are_numbers(call, given):
    call(**given)
