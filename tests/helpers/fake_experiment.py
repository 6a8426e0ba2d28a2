"""Experiments that cost nothing, to test what surrounds an experiment.

``fake`` answers, ``fake_refusing`` raises as the model does on bad input, ``fake_broken`` has an
outcome that can't be written, ``fake_waiting`` says that it has started and waits to be stopped.
"""

import sys
import time

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from experiments.runner.answers import mean, table
from experiments.runner.output import Outcome
from experiments.runner.recorded import recorded
from experiments.runner.registry import Experiment, all_experiments

NAMES = ("fake", "fake_refusing", "fake_broken", "fake_waiting")
REFUSAL = "PartnerParameters.warmth = 7: must be in [0, 1]\nday = 9: no exchange at or after it"
calls = []


class UnwritableFigure(Figure):
    def savefig(self, *arguments, **options):
        raise KeyboardInterrupt


def stand_in(monkeypatch, tmp_path, *more):
    """Fake experiments, these names among them, and an empty folder to stand in."""
    monkeypatch.setattr(sys.modules[__name__], "calls", [])
    for name in (*NAMES, *more):
        monkeypatch.setitem(all_experiments(), name, entry(name))
    monkeypatch.chdir(tmp_path)


def entry(name):
    return Experiment(
        name=name,
        module="tests.helpers.fake_experiment",
        order=1000,
        question="Is a fake experiment handled like a real one?",
        expects="Disproved if not.",
        minutes=0.01,
        defaults={"dyads": 3, "days": 4},
        quick={"dyads": 2, "days": 2},
        partners={"a": "scanner", "b": "secure"},
    )


def register():
    all_experiments().update({name: entry(name) for name in NAMES})


def run(configuration, progress):
    calls.append(configuration)
    progress(1, 2)
    if configuration.name == "fake_refusing":
        raise ValueError(REFUSAL)
    if configuration.name == "fake_waiting":
        print("started", flush=True)
        time.sleep(60)
    progress(2, 2)
    return outcome(configuration)


def outcome(configuration):
    data = dataset(configuration)
    warmth = data.warmth.mean("day")
    found = table(
        mean("the fake", "warmth", warmth.sel(partner=role), role=role, unit="1", meaning="warmth")
        for role in ("A", "B")
    )
    kind = UnwritableFigure if configuration.name == "fake_broken" else Figure
    figure = kind(figsize=(3, 2))
    figure.add_subplot().plot(data.day, data.warmth.isel(dyad=0, partner=0))
    life = data[["warmth"]].expand_dims(condition=["the fake"]).rename(day="time")
    return Outcome(data, found, {"warmth": figure}, ["A note of the fake."], recorded(life))


def dataset(configuration):
    shape = (configuration.dyads, configuration.days, 2)
    rng = np.random.default_rng(configuration.seed)
    warmth = rng.normal(size=shape).astype(np.float32)
    labels = {"units": "1", "long_name": "warmth"}
    return xr.Dataset(
        {
            "warmth": (("dyad", "day", "partner"), warmth, labels),
            "closeness": (("dyad",), rng.random(shape[0]), {"units": "1", "long_name": "close"}),
            "couples": ((), shape[0], {"units": "couples", "long_name": "number of couples"}),
        },
        {"day": np.arange(shape[1]), "partner": ["A", "B"]},
    )
