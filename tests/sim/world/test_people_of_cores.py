"""People of either core: whose presets, how far they spread, and who is taken for nobody's."""

import numpy as np
import pytest

from models.cores import core_named
from models.declare import declarations
from models.parameters import PartnerParameters as FirstParameters
from models.second import PartnerParameters, architecture
from sim.world.people import as_list, resolve
from sim.world.population import Population, around, draw, spread_of

IDS, SECOND = np.arange(4000), core_named("second")


def logit(values, limits):
    low, high = limits
    share = (values - low) / (high - low)
    return np.log(share / (1.0 - share))


def test_people_of_the_second_core_spread_as_its_table_says():
    people = draw(Population(PartnerParameters()), 3, IDS, 0)
    for name, rule in declarations(PartnerParameters).items():
        spread = logit(getattr(people, name), rule.range).std()
        assert spread == pytest.approx(SECOND.spreads[name], rel=0.05), name


def test_every_parameter_of_the_second_core_has_a_spread():
    assert set(SECOND.spreads) == set(PartnerParameters._fields)


def test_a_name_means_people_around_the_preset_of_the_core():
    named = resolve("anxious", 3, IDS, 1, SECOND)
    drawn = draw(Population(architecture("anxious")), 3, IDS, 1)
    assert isinstance(named, PartnerParameters)
    for one, two in zip(named, drawn, strict=True):
        np.testing.assert_array_equal(one, two)


def test_without_a_spread_it_is_that_of_the_centre():
    assert spread_of(Population(PartnerParameters())) == 1.0
    assert spread_of(Population(FirstParameters())) == 0.25
    assert around("secure", core="second").spread == 1.0 and around("secure").spread == 0.25
    assert around("secure", 0.1, core="second", vagal_tone=0.5).centre.vagal_tone == 0.5


def test_half_the_spread_is_half_the_way():
    near, far = (draw(Population(architecture("merger"), s), 3, IDS, 0) for s in (0.5, 1.0))
    limits = declarations(PartnerParameters)["vagal_tone"].range
    middle = logit(architecture("merger").vagal_tone, limits)
    one, two = (logit(people.vagal_tone, limits) - middle for people in (near, far))
    np.testing.assert_allclose(2.0 * one, two, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("person", [PartnerParameters(), Population(PartnerParameters())])
def test_somebody_of_another_core_is_refused_in_one_line(person):
    with pytest.raises(ValueError, match=r"core 'second', this run's core is 'first'") as fault:
        resolve(person, 1, IDS, 0)
    assert "\n" not in str(fault.value)


def test_a_value_out_of_the_second_core_range_is_refused():
    person = PartnerParameters()._replace(integration=99.0)
    with pytest.raises(ValueError, match=r"PartnerParameters.integration = 99: must be in"):
        resolve(person, 1, IDS, 0, SECOND)


def test_one_person_of_any_core_is_no_list():
    assert as_list(PartnerParameters()) == [PartnerParameters()]
    assert as_list(["secure", PartnerParameters()], 2)[1] == PartnerParameters()
