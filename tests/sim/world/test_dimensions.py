"""People on anxiety and avoidance: standard normal, correlated, each at an address."""

import numpy as np
import pytest

from models.cores import core_named
from models.declare import declarations
from sim.world.dimensions import TOGETHER, on_dimensions

MANY = np.arange(6000)


def test_dimensions_are_standard_and_correlated():
    sample = on_dimensions(MANY, 3, 0)
    for values in (sample.anxiety, sample.avoidance):
        assert abs(values.mean()) < 0.05 and values.std() == pytest.approx(1.0, abs=0.03)
    assert np.corrcoef(sample.anxiety, sample.avoidance)[0, 1] == pytest.approx(TOGETHER, abs=0.04)


def test_who_is_anxious_lies_towards_the_anxious_preset():
    sample, core = on_dimensions(MANY, 3, 0), core_named("second")
    high = sample.anxiety > 1.0
    for name in ("amygdala_threshold", "template_warmth", "proximity_need"):
        values = getattr(sample.people, name)
        towards = getattr(core.architecture("anxious"), name) - getattr(
            core.architecture("secure"), name
        )
        assert np.sign(values[high].mean() - values[~high].mean()) == np.sign(towards)


def test_everybody_is_in_range_and_alone_decides_who_they_are():
    rules = core_named("second")
    for name, rule in declarations(rules.PartnerParameters).items():
        values = getattr(on_dimensions(MANY, 1, 1).people, name)
        assert (values > rule.range[0]).all() and (values < rule.range[1]).all()
    some = on_dimensions(np.array([41, 7]), 3, 0)
    np.testing.assert_array_equal(some.anxiety, on_dimensions(MANY, 3, 0).anxiety[[41, 7]])


@pytest.mark.parametrize("assortment", [0.0, 0.4])
def test_partners_are_as_alike_as_asked(assortment):
    a, b = (on_dimensions(MANY, 5, who, assortment) for who in (0, 1))
    assert np.corrcoef(a.anxiety, b.anxiety)[0, 1] == pytest.approx(assortment, abs=0.04)


def test_an_assortment_out_of_range_is_refused():
    with pytest.raises(ValueError, match="assortment = 1"):
        on_dimensions(MANY, 5, 0, 1.0)
