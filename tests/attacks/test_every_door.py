"""Every mistake in every argument of a public function is refused in one line that names it.

The tables stand in the other files, one for each room, beside what is special there.
"""

import pytest

from tests.attacks import (
    test_classics,
    test_couple_model,
    test_exported_tables,
    test_runs,
    test_sensitivity_designs,
    test_series_analyses,
    test_worlds,
)
from tests.helpers.attacks import attack, attacks

pytestmark = pytest.mark.slow
ROOMS = (
    test_classics,
    test_couple_model,
    test_exported_tables,
    test_runs,
    test_sensitivity_designs,
    test_series_analyses,
    test_worlds,
)
DOORS = {name: door for room in ROOMS for name, door in room.DOORS.items()}


@pytest.mark.parametrize(("door", "name", "wrong"), attacks(DOORS))
def test_a_mistake_is_one_line_that_names_the_argument(door, name, wrong):
    attack(door, name, wrong)


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_each_door_opens_to_good_input(door):
    door.call()


def test_no_two_rooms_have_a_door_of_one_name():
    assert len(DOORS) == sum(len(room.DOORS) for room in ROOMS)
