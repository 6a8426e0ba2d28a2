"""Labels, couple numbers and streams: what is taken, and one clear line for what is not."""

import numpy as np
import pytest

from sim.world.addresses import PARTNERS, dyad_numbers, partner_index, stream_numbers


def test_labels_and_places_agree():
    assert [partner_index(label) for label in PARTNERS] == [0, 1]


def test_an_unknown_partner_is_named():
    with pytest.raises(ValueError, match="owner = 'C': must be 'A' or 'B'"):
        partner_index("C")


@pytest.mark.parametrize("given", [3, np.int64(3), [0, 1, 2], np.arange(3)])
def test_couples_are_counted_or_named(given):
    assert dyad_numbers(given).tolist() == [0, 1, 2]


@pytest.mark.parametrize("bad", [0, -2, True, [], [1.5], [-1], [[1, 2]], "ab"])
def test_no_couple_is_guessed(bad):
    with pytest.raises(ValueError, match=r"^dyads = .*: must be "):
        dyad_numbers(bad)


def test_streams_are_swapped_or_not():
    assert stream_numbers(("A", "B")) == (0, 1) and stream_numbers(["B", "A"]) == (1, 0)


@pytest.mark.parametrize("bad", [("A", "A"), ("A",), ("A", "B", "B"), ("a", "b")])
def test_each_stream_belongs_to_one_partner(bad):
    with pytest.raises(ValueError, match=r"must be \('A', 'B'\) or \('B', 'A'\)"):
        stream_numbers(bad)
