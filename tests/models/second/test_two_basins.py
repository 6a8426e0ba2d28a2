"""Without noise a couple is one map: one stable end for secure pairs, two for anxious ones."""

import numpy as np
import pytest

from models.second import PartnerParameters, architecture, exchange
from models.second.start import initial_couple
from models.second.state import RandomNumbers
from models.state import NO_EVENT, Situation
from tests.helpers.second_draws import SHARED

GOOD, BAD = 0.4, -0.6
TOGETHER = Situation(2.5, 1.0, 1.0, 1.0, 1.0, 1.0)
DAY = (40 * (TOGETHER,)) + (
    Situation(860.0, 0.0, 0.0, 0.0, 1.0, 1.0),
    Situation(480.0, 0.0, 0.0, 0.0, 0.0, 1.0),
)
"""100 minutes together, the rest of the day apart."""


def started(person, warmth):
    """Two of the same, for whom all has been as ``warmth`` says so far, its strain included."""
    felt = dict.fromkeys(
        ("warmth_shown", "expected_warmth", "sentiment", "satisfaction"), np.array(warmth)
    )
    couple = initial_couple(person, person)
    partner = couple.a._replace(**felt, strain=np.maximum(0.0, -np.array(warmth)))
    return couple._replace(a=partner, b=partner)


def sentiments(couple, person):
    """Sentiment after half a year, and after three quarters."""
    none = RandomNumbers(*(6 * (0.0,)))
    found = []
    for days in (180, 90):
        for _ in range(days):
            for at in DAY:
                args = (person, person, at, NO_EVENT, NO_EVENT, none, none, SHARED)
                couple = exchange(couple, *args).couple
        found.append(couple.a.sentiment)
    return found


@pytest.mark.slow
def test_a_secure_pair_has_one_end_and_an_anxious_pair_two():
    two = [architecture(name) for name in ("secure", "anxious")]
    rows = [two[0], two[0], two[1], two[1]]
    people = PartnerParameters(*(np.array(column) for column in zip(*rows, strict=True)))
    half, later = sentiments(started(people, [GOOD, BAD, GOOD, BAD]), people)
    secure_good, secure_bad, anxious_good, anxious_bad = later
    assert secure_good > 0.3 and secure_bad > 0.3
    assert abs(secure_good - secure_bad) < abs(half[0] - half[1]) + 1e-9 < 0.1
    assert anxious_good > 0.2 and anxious_bad < -0.4
    np.testing.assert_allclose(later[2:], half[2:], atol=0.1)  # each stays where it is
