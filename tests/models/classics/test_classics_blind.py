"""The classic models agree with a second reading of their papers, written without seeing them.

``blind_classics`` was finished before its author opened ``models/classics``. Where the two differ,
the paper decides; neither is bent to fit the other.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from models.classics import CLASSICS
from models.classics.coupled_oscillator import glla
from tests.helpers import blind_classics

DRAWS = 500
TOLERANCE = {"rtol": 1e-12, "atol": 1e-12}

# Parameters whose sign the equation cannot tell (a square): misread as twice their value instead.
EVEN = {"flattery", "bias_half", "loading"}

# Parameters that no right-hand side reads: the delay is the tool's, which supplies the past.
NOT_READ = {"delay"}

READ = [
    (name, parameter)
    for name, model in CLASSICS.items()
    for parameter in model.rules
    if parameter not in NOT_READ
]


def draws(model, corners=False):
    """``DRAWS`` triples of state, past state and parameters: within search box and ranges.

    With ``corners`` each parameter stands at one end of its range.
    """
    rng = np.random.default_rng([20261122, *model.name.encode()])
    lows, highs = np.array([rule.range for rule in model.rules.values()], float).T
    for _ in range(DRAWS):
        state, past = (
            type(model.start)(**{v: float(rng.uniform(*model.search[v])) for v in model.variables})
            for _ in range(2)
        )
        share = rng.uniform(size=len(lows))
        values = lows + (np.round(share) if corners else share) * (highs - lows)
        yield state, past, type(model.parameters)(*values.tolist())


def theirs(model, state, past, p):
    """The model's right-hand side, with the past where it delays."""
    return model.lagged(state, past, p) if model.lagged else model.rate(state, p)


def ours(model, state, past, p):
    """The second reading of the same."""
    reading = getattr(blind_classics, model.name)
    return reading(state, past, p) if model.lagged else reading(state, p)


@pytest.mark.parametrize("corners", [False, True], ids=["inside", "corners"])
@pytest.mark.parametrize("name", CLASSICS)
def test_a_blind_second_reading_agrees(name, corners):
    model = CLASSICS[name]
    for state, past, p in draws(model, corners):
        expected = ours(model, state, past, p)
        assert len(expected) == len(state)
        assert_allclose(
            theirs(model, state, past, p), expected, **TOLERANCE, err_msg=f"{state} {past} {p}"
        )


@pytest.mark.parametrize("name", CLASSICS)
def test_it_agrees_where_states_and_parameters_are_arrays(name):
    model = CLASSICS[name]
    rows = list(draws(model))
    columns = [type(column[0])(*np.array(column).T) for column in zip(*rows, strict=True)]
    expected = np.array([ours(model, *row) for row in rows]).T
    assert_allclose(np.array(theirs(model, *columns)), expected, **TOLERANCE)


@pytest.mark.parametrize("name", [n for n, m in CLASSICS.items() if m.lagged])
def test_without_delay_the_past_is_the_present(name):
    model = CLASSICS[name]
    for state, _, p in draws(model):
        assert_allclose(model.rate(state, p), ours(model, state, state, p), **TOLERANCE)


@pytest.mark.parametrize(("name", "parameter"), READ)
def test_one_wrong_sign_is_noticed(name, parameter):
    """Each parameter in turn is read with the wrong sign: at least one draw must tell."""
    model, factor = CLASSICS[name], 2.0 if parameter in EVEN else -1.0

    def differs(state, past, p):
        wrong = p._replace(**{parameter: factor * getattr(p, parameter)})
        misread = ours(model, state, past, wrong)
        return not np.allclose(theirs(model, state, past, p), misread, **TOLERANCE)

    assert any(differs(*draw) for draw in draws(model))


@pytest.mark.parametrize("name", CLASSICS)
def test_one_wrong_sign_of_a_result_is_noticed(name):
    model = CLASSICS[name]
    for i in range(len(model.start)):
        state, past, p = next(draws(model))
        wrong = [-value if i == j else value for j, value in enumerate(ours(model, state, past, p))]
        assert not np.allclose(theirs(model, state, past, p), wrong, **TOLERANCE)


@pytest.mark.parametrize(("embed", "spacing", "step"), [(5, 5, 1.0), (4, 1, 0.5), (7, 2, 2.0)])
def test_derivatives_by_glla_agree(embed, spacing, step):
    series = np.random.default_rng(1).normal(size=200)
    expected = blind_classics.glla(series, embed, spacing, step)
    assert_allclose(glla(series, embed, spacing, step), expected, **TOLERANCE)
