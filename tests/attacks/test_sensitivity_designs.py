"""Designs and indices of sensitivity refuse what is no problem, no design and no output."""

import numpy as np
import pytest

from sim.analysis import sensitivity as s
from tests.helpers.attacks import Door, refusal

pytestmark = pytest.mark.slow
TWO = s.problem(["x", "y"], [0.0, 0.0], [1.0, 2.0])
SALTELLI = s.sobol_design(TWO, 64, 1)
PATHS = s.morris_design(TWO, 8, 1)
SPREAD = s.spread_design(TWO, 100, 1, "sobol")


def output(points):
    return points[:, 0] + points[:, 1] ** 2


def kept(function, points, **fixed):
    """``function`` of a problem, points and their output, whichever of them it takes."""

    def call(**given):
        problem = given.pop("problem", TWO)
        rows, found = given.pop("points", points), given.pop("output", output(points))
        if function in (s.morris_indices, s.pawn_indices):
            return function(problem, rows, found, **(fixed | given))
        return function(problem, found, points=rows, **(fixed | given))

    return call


INDICES = {"problem": "thing", "points": "thing", "output": "thing", "seed": "seed"}
DOORS = {
    "problem": Door(
        lambda **given: s.problem(
            given.pop("names", ["x"]), given.pop("low", 0.0), given.pop("high", 1.0)
        ),
        {"names": "thing", "low": "positive", "high": "positive"},
        ("low: none above", "low: negative"),
        {"low": "", "high": ""},
    ),
    "sobol_design": Door(
        lambda **given: s.sobol_design(**({"problem": TWO, "samples": 8, "seed": 1} | given)),
        {"problem": "thing", "samples": "count", "seed": "seed"},
    ),
    "morris_design": Door(
        lambda **given: s.morris_design(**({"problem": TWO, "trajectories": 8, "seed": 1} | given)),
        {"problem": "thing", "trajectories": "count", "seed": "seed", "levels": "count"},
    ),
    "spread_design": Door(
        lambda **given: s.spread_design(
            **({"problem": TWO, "samples": 8, "seed": 1, "method": "sobol"} | given)
        ),
        {"problem": "thing", "samples": "count", "seed": "seed", "method": "name"},
    ),
    "sobol_indices": Door(
        kept(s.sobol_indices, SALTELLI, resamples=10), INDICES | {"resamples": "count"}
    ),
    "sobol_convergence": Door(kept(s.sobol_convergence, SALTELLI), INDICES),
    "morris_indices": Door(kept(s.morris_indices, PATHS), INDICES | {"levels": "count"}),
    "pawn_indices": Door(
        kept(s.pawn_indices, SPREAD, permutations=19),
        INDICES | {"slices": "count", "permutations": "count"},
    ),
    "noise_share": Door(
        lambda **given: s.noise_share(**({"errors": [0.1, 0.1], "output": [1.0, 2.0]} | given)),
        {"errors": "thing", "output": "thing"},
        ("list",),
    ),
    "converged": Door(
        lambda **given: s.converged(
            **({"indices": s.sobol_indices(TWO, output(SALTELLI), points=SALTELLI)} | given)
        ),
        {"indices": "thing", "narrow": "positive"},
    ),
}


def spoilt(values, place, value):
    changed = np.array(values, float)
    changed[place] = value
    return changed


GOOD = output(SALTELLI)
OTHERS = {
    "no inputs": (lambda: s.problem([], [], []), "names"),
    "an input twice": (lambda: s.problem(["x", "x"], [0, 0], [1, 1]), "twice"),
    "an input by number": (lambda: s.problem([3], [0], [1]), "names"),
    "a range upside down": (lambda: s.problem(["x"], 1, 0), "'x'"),
    "a range of nan": (lambda: s.problem(["x"], np.nan, 1), "'x'"),
    "ranges too few": (lambda: s.problem(["x", "y"], [0], [1]), "as many"),
    "names that are a text": (lambda: s.problem("x", 0, 1), "names"),
    "a problem without ranges": (
        lambda: s.sobol_design({"num_vars": 2, "names": ["x", "y"]}, 8, 1), "problem",
    ),
    "a problem that miscounts": (
        lambda: s.sobol_design({**TWO, "num_vars": 3}, 8, 1), "problem",
    ),
    "a problem of ranges upside down": (
        lambda: s.spread_design({**TWO, "bounds": [[1, 0], [0, 1]]}, 8, 1, "sobol"), "problem",
    ),
    "samples of no power": (lambda: s.sobol_design(TWO, 100, 1), "power of 2"),
    "odd levels": (lambda: s.morris_design(TWO, 8, 1, levels=3), "levels"),
    "an output short": (lambda: s.sobol_indices(TWO, GOOD[:-1], points=SALTELLI), "output"),
    "an output of nan": (
        lambda: s.sobol_indices(TWO, spoilt(GOOD, 3, np.nan), points=SALTELLI), "output",
    ),
    "an output masked": (
        lambda: s.sobol_indices(TWO, np.ma.masked_equal(GOOD, GOOD[0]), points=SALTELLI), "output",
    ),
    "an output of texts": (
        lambda: s.sobol_indices(TWO, GOOD.astype(str), points=SALTELLI), "output",
    ),
    "an output of two columns": (
        lambda: s.sobol_indices(TWO, SALTELLI, points=SALTELLI), "output",
    ),
    "points of another design": (
        lambda: s.sobol_indices(TWO, output(SPREAD)[:100], points=SPREAD), "points",
    ),
    "points of nan": (
        lambda: s.pawn_indices(TWO, spoilt(SPREAD, (3, 0), np.nan), output(SPREAD)), "points",
    ),
    "points masked": (
        lambda: s.pawn_indices(TWO, np.ma.masked_less(SPREAD, 0.5), output(SPREAD)), "points",
    ),
    "points outside": (lambda: s.pawn_indices(TWO, SPREAD * 9, output(SPREAD)), "points"),
    "paths of other levels": (
        lambda: s.morris_indices(TWO, PATHS, output(PATHS), levels=6), "levels",
    ),
    "more slices than points": (
        lambda: s.pawn_indices(TWO, SPREAD, output(SPREAD), slices=90), "slices",
    ),
    "errors too few": (lambda: s.noise_share([0.1], [1.0, 2.0]), "errors"),
    "errors below 0": (lambda: s.noise_share([-0.1, 0.1], [1.0, 2.0]), "errors"),
}  # fmt: skip


@pytest.mark.parametrize(("call", "word"), OTHERS.values(), ids=OTHERS)
def test_what_is_senseless_as_a_whole_is_refused(call, word):
    refusal(call, word)
