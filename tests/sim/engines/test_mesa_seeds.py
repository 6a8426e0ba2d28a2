"""Seeds of a couple model: from a text box, none, and Mesa's ``rng``."""

import numpy as np
import pytest

from sim.engines.mesa_model import CoupleModel

ALIKE = [42, "42", " 42 ", 42.0, np.int64(42), np.uint64(42), np.float64(42.0), np.array(42)]


def lived(**given):
    model = CoupleModel(collect=False, **given)
    model.advance(3)
    return model.couple(), model.random.random(), model.rng.random()


@pytest.mark.parametrize("name", ["seed", "rng"])
@pytest.mark.parametrize("given", ALIKE, ids=repr)
def test_a_number_is_the_same_in_every_form(name, given):
    model = CoupleModel(collect=False, **{name: given})
    assert model.seed == 42 and type(model.seed) is int
    assert lived(**{name: given}) == lived(seed=42)


@pytest.mark.parametrize("given", [{}, {"seed": None}, {"rng": None}])
def test_no_seed_is_another_one_each_time_and_can_be_read(given):
    one, two = (CoupleModel(collect=False, **given) for _ in "ab")
    assert one.seed != two.seed and 0 <= one.seed < 2**53
    one.advance(3)
    again = lived(seed=one.seed)
    assert (one.couple(), one.random.random(), one.rng.random()) == again


def test_the_largest_seed():
    assert CoupleModel(seed=str(2**64 - 1), collect=False).seed == 2**64 - 1


SOURCES = {
    "sequence": lambda: [1, 2, 3],
    "array": lambda: np.array([1, 2, 3]),
    "seed sequence": lambda: np.random.SeedSequence(7),
    "generator": lambda: np.random.default_rng(7),
    "bit generator": lambda: np.random.PCG64(7),
}


@pytest.mark.parametrize("source", SOURCES)
def test_what_numpy_takes_for_a_seed_gives_the_same_couples_again(source):
    make = SOURCES[source]
    assert lived(rng=make()) == lived(rng=make()) != lived(rng=8)


def test_one_generator_gives_one_replicate_after_the_other():
    shared = np.random.default_rng(1)
    seeds = [CoupleModel(rng=shared, collect=False).seed for _ in range(5)]
    assert len(set(seeds)) == 5 and CoupleModel(rng=shared, collect=False).rng is shared
