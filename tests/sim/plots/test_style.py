"""Looks: told apart by line and mark as well as by colour, given by place and not by name."""

from models.architectures import ARCHITECTURES
from sim.plots.style import ARCHITECTURE, look


def test_every_architecture_has_its_own_look():
    assert list(ARCHITECTURE) == list(ARCHITECTURES)
    for feature in ("color", "linestyle", "marker"):
        assert len({str(one[feature]) for one in ARCHITECTURE.values()}) == len(ARCHITECTURES)


def test_a_new_row_of_the_table_finds_a_look_of_its_own():
    assert len({str(look(number)) for number in range(4 * len(ARCHITECTURES))}) == 4 * len(
        ARCHITECTURES
    )


def test_the_same_place_is_the_same_look():
    assert look(3) == ARCHITECTURE[list(ARCHITECTURES)[3]]
