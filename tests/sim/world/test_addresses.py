"""Labels, couple numbers and streams: what is taken, and one clear line for what is not."""

import numpy as np
import pytest

from sim.world.addresses import PARTNERS, dyad_numbers, partner_index, stream_numbers


def test_labels_and_places_agree():
    assert [partner_index(label) for label in PARTNERS] == [0, 1]


def test_an_unknown_partner_is_named():
    with pytest.raises(ValueError, match="owner = 'C': must be 'A' or 'B'"):
        partner_index("C")


@pytest.mark.parametrize("given", [3, 3.0, np.int64(3), np.array(3), [0, 1, 2], np.arange(3)])
def test_couples_are_counted_or_named(given):
    assert dyad_numbers(given).tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "bad", [0, -2, True, [], [1.5], [-1], [[1, 2]], "ab", [[1], [2, 3]], [2**56], 2.5, None]
)
def test_no_couple_is_guessed(bad):
    with pytest.raises(ValueError, match=r"^dyads = .*: must be "):
        dyad_numbers(bad)


def test_a_couple_is_there_once():
    with pytest.raises(ValueError, match=r"^dyads: couple 7 is given 2 times"):
        dyad_numbers([3, 7, 7])


def test_masked_numbers_are_no_numbers():
    with pytest.raises(ValueError, match=r"^dyads = .*: must be "):
        dyad_numbers(np.ma.array([1, 2], mask=[False, True]))


@pytest.mark.parametrize("many", [10**7 + 1, 10**12, 10**30, np.float32(1e12)])
def test_the_number_of_couples_is_bounded_before_any_is_made(many):
    with pytest.raises(ValueError, match=r"^dyads = .*: must be at most 10,000,000 couples"):
        dyad_numbers(many)


def test_streams_are_swapped_or_not():
    assert stream_numbers(("A", "B")) == (0, 1) and stream_numbers(["B", "A"]) == (1, 0)


@pytest.mark.parametrize("bad", [("A", "A"), ("A",), ("A", "B", "B"), ("a", "b")])
def test_each_stream_belongs_to_one_partner(bad):
    with pytest.raises(ValueError, match=r"must be \('A', 'B'\) or \('B', 'A'\)"):
        stream_numbers(bad)
