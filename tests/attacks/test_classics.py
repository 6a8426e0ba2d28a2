"""Orbits and landscapes of the classic models refuse what their equations cannot mean."""

import numpy as np
import pytest

from models.classics import CLASSICS, find
from sim import landscape as land
from sim.analysis.orbits import orbit, returns
from tests.helpers.attacks import Door, refusal

pytestmark = pytest.mark.slow
LOVE = find("secure_couple")
SYSTEM = land.of_classic(LOVE)
TALK = find("gottman_simultaneous")
REST = land.equilibria(SYSTEM, 16).points[0].state


def family(value):
    return land.of_classic(find("gone_with_the_wind"), reactiveness=value)


SCARLETT = land.equilibria(family(5.0), 16).points[0].state


def with_system(function, **fixed):
    return lambda **given: function(given.pop("system", SYSTEM), **(fixed | given))


def path(**given):
    return orbit(given.pop("classic", "strogatz"), given.pop("until", 3.0), **given)


def turns(**given):
    given = {"classic": "strogatz", "until": 9.0, "variable": "romeo", "level": 0.0} | given
    return returns(**given)


SOLVER = {"rtol": "positive", "atol": "positive", "bound": "positive", "method": "name"}
_DOORS = {
    "find": Door(lambda **given: find(given.get("name", "strogatz")), {"name": "name"},
                 called={"name": "classic"}),
    "orbit": Door(
        path,
        {"classic": "name", "until": "positive", "start": "thing", "parameters": "thing",
         "samples": "count"} | SOLVER,
        ("until: list", "start: list", "start: mapping", "parameters: mapping"),
        {"classic": ""},
    ),
    "returns": Door(
        turns, {"classic": "name", "until": "positive", "variable": "name", "level": "number",
                "start": "thing", "parameters": "thing"},
        spare=("start: mapping", "parameters: mapping"), called={"classic": ""},
    ),
    "of_classic": Door(
        lambda **given: land.of_classic(given.pop("classic", LOVE), **given),
        {"classic": "thing", "appeal_1": "number"},
        called={"classic": ""},
    ),
    "equilibria": Door(
        with_system(land.equilibria, starts=4),
        {"system": "thing", "starts": "count", "seed": "seed"},
    ),
    "sobol": Door(
        with_system(land.sobol, count=4, seed=1),
        {"system": "thing", "count": "count", "seed": "seed"},
    ),
    "nullclines": Door(
        with_system(land.nullclines, points=9),
        {"system": "thing", "axes": "thing", "at": "thing", "points": "count"},
    ),
    "advance": Door(
        with_system(land.advance, states=REST, duration=1.0),
        {"system": "thing", "states": "thing", "duration": "positive", "accuracy": "positive"},
        ("duration: none above",),
    ),
    "attractors_reached": Door(
        with_system(land.attractors_reached, starts=REST, attractors=REST, duration=1.0),
        {"system": "thing", "starts": "thing", "attractors": "thing", "duration": "positive"},
        ("duration: none above",),
    ),
    "basins": Door(
        with_system(land.basins, attractors=REST, duration=1.0, points=3),
        {"system": "thing", "attractors": "thing", "duration": "positive", "axes": "thing",
         "at": "thing", "points": "count"},
        ("duration: none above",),
    ),
    "settled": Door(
        with_system(land.settled, starts=[REST], bout=1.0, bouts=1),
        {"system": "thing", "starts": "thing", "bout": "positive", "bouts": "count"},
        ("bout: none above",),
    ),
    "limit_cycle": Door(
        with_system(land.limit_cycle, start=REST, transient=1.0, longest=1.0),
        {"system": "thing", "start": "thing", "transient": "positive", "longest": "positive"},
        ("transient: none above",),
    ),
    "largest_exponent": Door(
        with_system(land.largest_exponent, start=REST, duration=10.0),
        {"system": "thing", "start": "thing", "duration": "positive", "transient": "positive",
         "every": "positive", "seed": "seed"},
        ("transient: none above",),
    ),
    "hysteresis": Door(
        lambda **given: land.hysteresis(
            **({"family": family, "values": [5.0, 6.0], "start": SCARLETT, "duration": 1.0}
               | given)
        ),
        {"family": "thing", "values": "thing", "start": "thing", "duration": "positive"},
        ("values: list", "duration: none above"),
    ),
    "branch": Door(
        lambda **given: land.branch(
            **({"family": family, "start": SCARLETT, "parameter": 5.0, "limits": (4.9, 5.1),
                "step": 0.1, "most": 3} | given)
        ),
        {"family": "thing", "start": "thing", "parameter": "number", "limits": "thing",
         "step": "positive", "most": "count"},
        ("limits: list",),
    ),
    "of_couple": Door(
        lambda **given: land.of_couple(
            given.pop("a", "secure"), given.pop("b", "secure"), **({"days": 1, "draws": 2} | given)
        ),
        {"a": "thing", "b": "thing", "shared": "thing", "days": "count", "draws": "count",
         "seed": "seed", "memories": "thing", "calendar": "thing"},
        called={"a": "", "b": "", "memories": "memor"},
    ),
}  # fmt: skip


STATES = ("start", "starts", "states", "attractors", "at")
# Two numbers in a list are a state of these models, and two limits.
TWO = tuple(f"{name}: list" for name in (*STATES, "limits", "values"))
DOORS = {title: door._replace(spare=(*door.spare, *TWO)) for title, door in _DOORS.items()}


@pytest.mark.parametrize("name", CLASSICS)
def test_every_parameter_of_every_model_is_held_to_its_range(name):
    model = CLASSICS[name]
    for parameter, rule in model.rules.items():
        for beyond in (rule.range[0] - 1.0, rule.range[1] + 1.0, np.nan, "x"):
            refusal(lambda p=parameter, v=beyond: orbit(model, 1, parameters={p: v}), parameter)
            # A branch may be followed beyond the range; what is no number it can't.
            if model.kind in ("flow", "map") and (isinstance(beyond, str) or beyond != beyond):
                refusal(lambda p=parameter, v=beyond: land.of_classic(model, **{p: v}), parameter)


OTHERS = {
    "a delay where there is none": (
        lambda: orbit("liebovitch", 1.0, parameters={"delay": 1.0}), "liebovitch_delay",
    ),
    "a delay in a landscape": (
        lambda: land.of_classic(find("liebovitch"), delay=1.0), "liebovitch_delay",
    ),
    "a landscape of a delay": (lambda: land.of_classic(find("liebovitch_delay")), "delay"),
    "a model by nearly its name": (lambda: orbit("strogats", 1.0), "did you mean"),
    "a start of unknown states": (lambda: orbit("strogatz", 1.0, {"romio": 1.0}), "romeo"),
    "a start of nan": (lambda: orbit("strogatz", 1.0, {"romeo": np.nan}), "romeo"),
    "times that fall": (lambda: orbit("strogatz", [2.0, 1.0]), "until"),
    "half a step of a map": (lambda: orbit("gottman_simultaneous", 1.5), "until"),
    "steps without end": (lambda: orbit("gottman_simultaneous", 1e12), "until"),
    "an option that SciPy has": (lambda: orbit("strogatz", 1.0, max_step=1.0), "max_step"),
    "returns of a map": (lambda: turns(classic="gottman_simultaneous"), "flow"),
    "a cycle of a map": (lambda: land.limit_cycle(land.of_classic(TALK), [0, 0], 1, 1), "flow"),
    "a branch from nowhere": (
        lambda: land.branch(family, SCARLETT + 1.0, 5.0, (4.9, 5.1)), "start",
    ),
    "limits that are one": (lambda: land.branch(family, SCARLETT, 5.0, (5.0, 5.0)), "limits"),
    "an axis that is not there": (lambda: land.nullclines(SYSTEM, (0, 7)), "axes"),
    "an axis twice": (lambda: land.nullclines(SYSTEM, (1, 1)), "axes"),
    "states of another length": (lambda: land.advance(SYSTEM, np.zeros(5), 1.0), "states"),
    "states of nan": (lambda: land.advance(SYSTEM, REST * np.nan, 1.0), "states"),
    "a box upside down": (lambda: SYSTEM.within(partner_1=(1.0, 0.0)), "partner_1"),
    "a box of one end": (lambda: SYSTEM.within(partner_1=1.0), "partner_1"),
    "a box of nobody": (lambda: SYSTEM.within(nobody=(0.0, 1.0)), "partner_1"),
    "memories beyond": (lambda: land.of_couple("secure", "secure", memories={"harm_memory": 2}),
                        "harm_memory"),
    "memories of text": (
        lambda: land.of_couple("secure", "secure", memories={"harm_memory": "x"}), "harm_memory",
    ),
    "a landscape of a crowd": (lambda: land.of_couple(["secure"], "secure"), "person"),
}  # fmt: skip


@pytest.mark.parametrize(("call", "word"), OTHERS.values(), ids=OTHERS)
def test_what_is_senseless_as_a_whole_is_refused(call, word):
    refusal(call, word)
