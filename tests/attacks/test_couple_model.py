"""Nor does a mistake get past the door of the Mesa model."""

import numpy as np
import pytest

from sim.engines.mesa_model import CoupleModel
from sim.world.calendar import daily_life
from tests.helpers.attacks import Door, refusal

pytestmark = pytest.mark.slow
DAY = daily_life(1)


def model(**given):
    return CoupleModel(given.pop("a", "secure"), **({"calendar": DAY, "seed": 1} | given))


DOORS = {
    "CoupleModel": Door(
        model,
        {
            "a": "thing",
            "b": "thing",
            "couples": "count",
            "calendar": "thing",
            "seed": "seed",
            "closeness": "share",
            "shared": "thing",
            "streams": "name",
        },
        ("couples: list", "seed: number as text"),
        {"a": "secure", "b": "secure"},
    ),
}
OTHERS = {
    "Mesa nobody": (lambda: model(a="scaner"), "did you mean 'scanner'"),
    "Mesa couples twice": (lambda: model(couples=[3, 3]), "couples"),
    "Mesa, a calendar without a step": (lambda: model(calendar=DAY[:0]), "calendar"),
    "Mesa, no partner C": (lambda: model().partner("C"), "owner"),
}


@pytest.mark.parametrize(("call", "word"), OTHERS.values(), ids=OTHERS)
def test_what_is_senseless_as_a_whole_is_refused(call, word):
    refusal(call, word)


def test_numbers_of_numpy_are_numbers():
    model(closeness=np.float32(0.5), seed=np.int64(3), couples=np.int64(2))
