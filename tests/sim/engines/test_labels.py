"""Conditions have names of their own: made, told apart, or refused in one line."""

import numpy as np
import pytest

import sim
from models import SharedParameters, architecture
from sim.analysis import exports
from sim.engines.labels import labels
from sim.world.population import around

ONE, TWO = architecture("scanner"), architecture("scanner", vagal_tone=0.8)
FEW, MANY = around("scanner"), around("scanner", vagal_tone=0.8)
BOTH = [SharedParameters(), SharedParameters(channel_ab=0.0)]
CROWD = "Hypervigilant scanner"


def named(a, b, shared=None, **options):
    life = sim.simulate(a, b, days=1, seed=1, variables="alarm", shared=shared, **options)
    return life.condition.values.tolist()


@pytest.mark.parametrize(
    ("a", "b", "names"),
    [
        (["scanner", "merger"], "secure", ["scanner-secure", "merger-secure"]),
        (ONE, TWO, ["person-person"]),
        ([ONE, "scanner"], TWO, ["person-person", "scanner-person"]),
        ([ONE, TWO], "secure", ["person 1-secure", "person 2-secure"]),
        ("secure", [TWO, ONE], ["secure-person 1", "secure-person 2"]),
        ([FEW, MANY], "secure", [f"{CROWD} 1-secure", f"{CROWD} 2-secure"]),
        ([FEW, around("scanner", 0.3)], "secure", [f"{CROWD} 1-secure", f"{CROWD} 2-secure"]),
        ([ONE, TWO], [TWO, ONE], ["person 1-person 2", "person 2-person 1"]),
        ([ONE, ONE], "secure", ["person-secure 1", "person-secure 2"]),
        (["scanner", "scanner"], "secure", ["scanner-secure 1", "scanner-secure 2"]),
        ([ONE, TWO, ONE], "secure", ["person 1-secure 1", "person 2-secure", "person 1-secure 2"]),
    ],
)
def test_default_names_are_told_apart(a, b, names):
    assert named(a, b) == names


def test_other_shared_parameters_are_told_apart():
    assert named("scanner", "secure", BOTH) == ["scanner-secure 1", "scanner-secure 2"]


def test_a_number_that_is_taken_is_not_given_again():
    people = [around("scanner")._replace(label=label) for label in ("x", "x", "x-y 1")]
    others = [around("secure")._replace(label=label) for label in ("y", "y", "")]
    made = labels([*people[:2], people[2]], others, None)
    assert len(set(made)) == 3
    assert len(set(labels(["a"] * 3, ["b", "b", "b 1"], None))) == 3


def test_arrays_of_people_are_told_apart():
    crowd = ONE._replace(vagal_tone=np.array([0.2, 0.3]))
    other = ONE._replace(vagal_tone=np.array([0.2, 0.4]))
    assert named([crowd, other], "secure", dyads=2) == ["person 1-secure", "person 2-secure"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["x", "x"], "'x' is given twice (places 1 and 2)"),
        (["1", 1], "'1' is given twice"),
        ("xy", "must be a list of names"),
        (["x"], "1 names for 2 conditions"),
        ([], "0 names for 2 conditions"),
        ([["x"], ["y"]], "must be a list of names"),
        (7, "must be a list of names"),
    ],
)
def test_names_that_do_not_tell_apart_are_refused(given, words):
    with pytest.raises(ValueError, match=r"^conditions") as refused:
        named(["scanner", "merger"], "secure", conditions=given)
    assert words in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize("given", [["x", "y"], ("x", "y"), np.array(["x", "y"])])
def test_names_given_are_kept(given):
    assert named(["scanner", "merger"], "secure", conditions=given) == ["x", "y"]


@pytest.mark.parametrize("layout", exports.LAYOUTS)
@pytest.mark.parametrize("people", [[ONE, TWO], [FEW, MANY], [ONE, ONE]])
def test_every_row_has_keys_of_its_own(layout, people):
    life = sim.simulate(people, "withdrawer", days=2, dyads=3, seed=1, variables=["alarm"])
    table = exports.LAYOUTS[layout](life)
    keys = [name for name in ("couple", "role", "time") if name in table]
    assert not table.duplicated(keys).any() and table["couple"].nunique() == 6


@pytest.mark.parametrize("layout", exports.LAYOUTS)
def test_a_table_whose_keys_are_not_unique_is_refused(layout, tmp_path):
    life = sim.simulate([ONE, TWO], "withdrawer", days=1, dyads=2, seed=1, variables=["alarm"])
    alike = life.assign_coords(condition=["x", "x"])
    with pytest.raises(ValueError, match=r"there twice by couple, time.*couple x-0") as refused:
        exports.LAYOUTS[layout](alike)
    assert "\n" not in str(refused.value)
    with pytest.raises(ValueError, match="there twice"):
        exports.write(alike, tmp_path / "new")
    twice = life.isel(dyad=[0, 0])
    with pytest.raises(ValueError, match="there twice"):
        exports.LAYOUTS[layout](twice)
