"""A missed row says where it lies, where it must lie and why; one in its band says nothing."""

from experiments.gates.bands import BANDS
from experiments.gates.measuring import Row
from experiments.gates.tables import reasons

BY_ID = {band.id: band for band in BANDS}


def test_a_missed_row_gives_its_reason_or_says_that_none_is_known():
    rows = [
        Row(BY_ID["G5.beyond_secure"], [1.0]),
        Row(BY_ID["G3.partners"], [0.9]),
        Row(BY_ID["G3.traits"], [0.5]),
    ]
    first, second = reasons(rows)
    assert first == f"G5.beyond_secure: 1, must be at least 2; {rows[0].band.reason}."
    assert second == "G3.partners: 0.9, must be 0.3 to 0.7; why is not known yet."
