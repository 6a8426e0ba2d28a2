"""People around a preset: in range, by address alone, centred, and one of a kind at spread 0."""

from importlib import import_module

import numpy as np
import pytest

import sim
from models import ARCHITECTURES, PARAMETERS, PartnerParameters, architecture
from sim.world.people import label_of, resolve
from sim.world.population import DEFAULT_SPREAD, Population, around, draw
from tests.helpers.people import corners_of
from tests.helpers.seeds import SEEDS

MANY = np.arange(4000)
RULES = PARAMETERS[PartnerParameters]
each_architecture = pytest.mark.parametrize("name", ARCHITECTURES)
each_seed = pytest.mark.parametrize("seed", SEEDS)


@each_architecture
@each_seed
@pytest.mark.parametrize("spread", [DEFAULT_SPREAD, 3.0])
def test_draws_stay_in_range(name, seed, spread):
    people = draw(around(name, spread), seed, MANY, 0)
    for field, rule in RULES.items():
        values = getattr(people, field)
        low, high = rule.range
        assert values.shape == MANY.shape and (values >= low).all() and (values <= high).all()


@each_architecture
@each_seed
def test_the_middle_of_people_is_the_centre(name, seed):
    """The spread is symmetric on the logit: the median is the centre, the mean is near it."""
    centre, people = architecture(name), draw(around(name), seed, MANY, 1)
    for field, rule in RULES.items():
        width = rule.range[1] - rule.range[0]
        values = getattr(people, field)
        assert abs(np.median(values) - getattr(centre, field)) < 0.01 * width, field
        assert abs(values.mean() - getattr(centre, field)) < 0.015 * width, field


@each_seed
def test_the_spread_is_that_of_the_logit(seed):
    people = draw(around("secure", 0.5), seed, MANY, 0)
    shifts = []
    for field, rule in RULES.items():
        share = (getattr(people, field) - rule.range[0]) / (rule.range[1] - rule.range[0])
        shifts.append(np.log(share / (1.0 - share)))
    assert np.allclose(np.std(shifts, axis=1), 0.5, atol=0.03)
    off = np.corrcoef(shifts) - np.eye(len(shifts))
    assert np.abs(off).max() < 5.0 / np.sqrt(len(MANY))  # one parameter's draw is not another's


@each_architecture
def test_without_spread_everybody_is_the_centre(name):
    people = draw(around(name, 0.0), 1, MANY[:20], 0)
    for field, value in architecture(name)._asdict().items():
        np.testing.assert_allclose(getattr(people, field), value, rtol=1e-12, atol=1e-12)


@each_seed
def test_a_person_depends_on_the_address_alone(seed):
    whole = np.array(draw(around("scanner"), seed, MANY[:50], 0))
    some = np.array(draw(around("scanner"), seed, np.array([41, 7]), 0))
    np.testing.assert_array_equal(whole[:, [41, 7]], some)
    other_partner = np.array(draw(around("scanner"), seed, MANY[:50], 1))
    other_seed = np.array(draw(around("scanner"), seed + 9, MANY[:50], 0))
    assert (whole != other_partner).all() and (whole != other_seed).all()


@each_seed
def test_presets_share_the_luck_of_their_people(seed):
    """Common random numbers: who is above the centre in one preset is so in every other."""
    one, two = (draw(around(name), seed, MANY[:200], 0) for name in ("secure", "merger"))
    for field in RULES:
        order = [np.argsort(getattr(people, field)) for people in (one, two)]
        np.testing.assert_array_equal(*order)


def test_an_end_of_a_range_stays_put():
    for person in corners_of():
        people = draw(Population(person, 1.0), 1, MANY[:10], 0)
        for field, value in person._asdict().items():
            assert (getattr(people, field) == value).all()


def test_overrides_move_the_centre():
    people = draw(around("scanner", vagal_tone=0.9), 1, MANY, 0)
    assert abs(np.median(people.vagal_tone) - 0.9) < 0.01


def test_a_name_stands_for_people_around_it():
    named = resolve("scanner", 3, MANY[:5], 0)
    spread = resolve(around("scanner"), 3, MANY[:5], 0)
    np.testing.assert_array_equal(np.array(named), np.array(spread))
    exactly = resolve(architecture("scanner"), 3, MANY[:5], 0)
    assert (exactly.vagal_tone == architecture("scanner").vagal_tone).all()


def test_labels():
    assert label_of("scanner") == "scanner"
    assert label_of(around("scanner")) == ARCHITECTURES["scanner"].label
    assert label_of(architecture("scanner")) == "person"


def test_what_is_announced_is_reachable():
    """A module of the same name must not hide a function, whichever is loaded first."""
    import_module("sim.world.population")
    assert {"around", "Population"} <= set(sim.__all__)
    assert sim.around is around and sim.Population is Population
    assert all(callable(getattr(sim, name)) for name in sim.__all__)


NAN = float("nan")
BAD = {
    "name": (lambda: around("scaner"), ["scaner", "scanner"]),
    "parameter": (lambda: around("scanner", vagal_tne=0.3), ["vagal_tne", "vagal_tone"]),
    "value": (lambda: around("scanner", vagal_tone=3.0), ["vagal_tone", "3", "[0.05, 0.95]"]),
    "spread": (lambda: around("scanner", spread=-1.0), ["spread", "-1", "[0, 3]"]),
    "spread nan": (lambda: around("scanner", spread=NAN), ["spread", "nan"]),
    "spread text": (lambda: around("scanner", spread="wide"), ["spread", "wide"]),
    "spread of a Population": (
        lambda: resolve(Population(architecture("secure"), -1.0), 1, MANY[:2], 0), ["spread", "-1"]
    ),
    "spread nan of a Population": (
        lambda: resolve(Population(architecture("secure"), NAN), 1, MANY[:2], 0), ["spread", "nan"]
    ),
    "centre": (lambda: resolve(Population("secure"), 1, MANY[:2], 0), ["centre", "secure"]),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_people_are_refused_in_one_line(case):
    call, words = BAD[case]
    with pytest.raises(ValueError) as refused:
        call()
    message = str(refused.value)
    assert "\n" not in message and all(word in message for word in words), message
