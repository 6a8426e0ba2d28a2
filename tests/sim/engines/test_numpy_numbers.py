"""NumPy's numbers are numbers, to the last bit, and are written as numbers."""

import json

import numpy as np
import pytest
import xarray as xr

import sim
from models import SharedParameters, architecture
from sim.analysis.orbits import orbit
from sim.engines.mesa_model import CoupleModel
from sim.landscape import equilibria, of_classic, of_couple
from sim.world.childhood import caregivers, grow_up
from sim.world.protocols import course, session

KINDS = {
    "float32": np.float32,
    "float64": np.float64,
    "array": np.array,
    "array of float32": lambda value: np.array(value, np.float32),
}
HALF = 0.5  # exact in every kind


def run(half, two):
    """A run in which every number that may be given is given."""
    person = architecture("scanner", vagal_tone=half)
    around = sim.around("secure", spread=half, warmth=half)
    calendar = sim.daily_life(two, together=half) + sim.conversation(two, turn_seconds=two * 10)
    return sim.simulate(
        person,
        around,
        calendar=calendar.with_event(half, "A", stressor=half),
        dyads=two,
        seed=two,
        since=half,
        closeness=half,
        shared=SharedParameters()._replace(channel_ab=half),
        variables=["alarm"],
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_is_the_same_to_the_last_bit(kind):
    number = KINDS[kind]
    found, wanted = run(number(HALF), number(2.0)), run(HALF, 2)
    xr.testing.assert_identical(found, wanted)
    assert json.loads(found.people_a) == json.loads(wanted.people_a)


@pytest.mark.parametrize("whole", [np.int8, np.uint16, np.int64, np.uint64, np.array])
def test_whole_numbers_too(whole):
    assert run(HALF, whole(2)).identical(run(HALF, 2))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_numbers(kind, tmp_path):
    number = KINDS[kind]
    person = architecture("scanner")._replace(vagal_tone=number(HALF))
    crowd = sim.Population(person, number(HALF))
    life = sim.simulate([person, crowd], "secure", days=1, seed=1, variables=["alarm"])
    first, second = json.loads(life.people_a)
    assert first["vagal_tone"] == second["centre"]["vagal_tone"] == second["spread"] == HALF
    life.to_netcdf(tmp_path / "x.nc", engine="h5netcdf")


@pytest.mark.parametrize("kind", KINDS)
def test_mesa_orbits_landscapes_protocols(kind):
    number = KINDS[kind]
    model, same = (
        CoupleModel(
            architecture("scanner", vagal_tone=half),
            closeness=half,
            shared=SharedParameters()._replace(channel_ab=half),
            seed=seed,
        )
        for half, seed in ((number(HALF), number(2.0)), (HALF, 2))
    )
    for one in (model, same):
        one.advance(3)
    assert model.couple() == same.couple()
    assert all(type(value) is float for value in (*model.partner("A").state, *model.shared))
    xr.testing.assert_identical(
        orbit("strogatz", number(2.0), {"romeo": number(HALF)}, {"romeo_self": number(HALF)},
              samples=number(5.0), rtol=number(HALF)),
        orbit("strogatz", 2.0, {"romeo": HALF}, {"romeo_self": HALF}, samples=5, rtol=HALF),
    )  # fmt: skip
    system = of_classic("strogatz", romeo_self=number(HALF))
    assert equilibria(system, number(8.0), number(2.0)).word == equilibria(system, 8, 2).word
    of_couple("scanner", "secure", days=number(2.0), draws=number(2.0), seed=number(2.0),
              memories={"safety_memory": number(HALF)})  # fmt: skip
    caregivers(number(2.0), number(2.0))
    grow_up("secure", dyads=number(2.0), seed=number(2.0), days=number(2.0))
    assert sim.daily_life(1).at(number(2.0)) == sim.daily_life(1).at(2)
    session("insight", number(2.0), number(HALF), "A", number(HALF))
    course("insight", number(2.0), number(4.0), number(HALF))


MASKED = np.ma.masked
FEW = np.ma.array([0.4, 0.5], mask=[False, True])


@pytest.mark.parametrize(
    "call",
    [
        lambda: architecture("scanner", vagal_tone=MASKED),
        lambda: sim.simulate(architecture("scanner")._replace(vagal_tone=FEW), "secure", days=1,
                             dyads=2, seed=1),
        lambda: sim.simulate("scanner", "secure", days=MASKED, seed=1),
        lambda: sim.simulate("scanner", "secure", days=1, seed=MASKED),
        lambda: sim.around("scanner", spread=MASKED),
        lambda: orbit("strogatz", FEW),
        lambda: orbit("strogatz", 1, FEW),
        lambda: CoupleModel(rng=FEW),
    ],
)  # fmt: skip
def test_masked_numbers_are_none(call):
    with pytest.raises(ValueError) as refused:
        call()
    assert "\n" not in str(refused.value)
