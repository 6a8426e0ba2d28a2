"""Telling who it is from behaviour: right where there is something to tell, chance elsewhere."""

import numpy as np
import pytest

from experiments.questions.assessment import (
    BINS,
    calibration,
    judged,
    labelled,
    recovery,
    with_error,
)
from models.architectures import ARCHITECTURES
from tests.helpers.seeds import SEEDS

KINDS, COUPLES, CODES = 8, 200, 5


def people(seed, apart, kinds=KINDS):
    """Codes of some kinds of people whose centres lie ``apart`` standard deviations."""
    random = np.random.default_rng(seed)
    centres = apart * random.standard_normal((kinds, 1, CODES))
    return centres + random.standard_normal((kinds, COUPLES, CODES))


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_chance_where_nobody_differs(seed):
    hits = recovery(judged(people(seed, 0.0)))
    assert hits.mean() == pytest.approx(1 / KINDS, abs=0.035)


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_nearly_sure_where_people_lie_far_apart(seed):
    assert recovery(judged(people(seed, 6.0))).mean() > 0.97


@pytest.mark.parametrize("seed", SEEDS)
def test_its_certainty_is_honest_where_its_assumptions_hold(seed):
    reported, right, counts = calibration(judged(people(seed, 1.0)))
    full = counts > 50
    assert full.sum() >= 3
    assert np.abs(reported - right)[full].max() < 0.09


def test_probabilities_add_up_and_the_labels_fit():
    likely = judged(people(1, 1.0, len(ARCHITECTURES)))
    assert likely.sum(axis=2) == pytest.approx(1.0)
    dataset = labelled(likely)
    assert dataset.told.sum("as").values == pytest.approx(1.0)
    assert (
        int(dataset.people.sum()) == len(ARCHITECTURES) * COUPLES
        and len(dataset.said) == len(BINS) - 1
    )


def test_codes_are_as_reliable_as_said():
    true = people(1, 2.0)
    noisy = with_error(true, 1)
    for code in range(CODES):
        r = np.corrcoef(true[..., code].ravel(), noisy[..., code].ravel())[0, 1]
        assert r**2 == pytest.approx(0.7, abs=0.03)
