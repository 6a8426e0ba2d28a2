"""Classic lovers give what their papers, or a closed form, say they give."""

from math import exp, pi, sqrt

import numpy as np
import pytest

from models.classics import find
from models.classics.strogatz import conserved
from sim.analysis.orbits import DivergesError, orbit, returns
from tests.helpers.classics import SECURE, equilibrium, last, slopes, vector


def test_strogatz_turns_with_period_two_pi_and_keeps_its_energy():
    model = find("strogatz")
    path = orbit(model, 20 * pi, method="DOP853", rtol=1e-12)
    kept = conserved(path, model.parameters)
    assert np.abs(kept - kept[0]).max() < 1e-9
    np.testing.assert_allclose(last("strogatz", 2 * pi), [1.0, 0.0], atol=1e-9)
    turns = returns(model, 40.0, "romeo", 0.0)
    np.testing.assert_allclose(np.diff(turns), 2 * pi, rtol=1e-10)


def test_the_secure_couple_grows_to_its_equilibrium_without_turning_back():
    path = orbit(find("secure_couple"), 60.0)
    np.testing.assert_allclose(last("secure_couple", 60.0), [3.125, 2.25], atol=1e-9)
    for name in ("partner_1", "partner_2"):
        assert (np.diff(path[name].values) > -1e-8).all()


@pytest.mark.parametrize(("beta", "holds"), [(0.999, True), (1.001, False)])
def test_the_secure_couple_is_stable_up_to_the_product_of_forgetting(beta, holds):
    p = find("secure_couple").parameters._replace(reactiveness_1=beta, reactiveness_2=1.0)
    grows = np.linalg.eigvals(slopes(find("secure_couple"), np.zeros(2), p)).real.max()
    assert (grows < 0) == holds


def test_laura_and_petrarch_cycle():
    model = find("laura_petrarch")
    expected = [-0.2474851, 0.17339759, 9.05117546]
    np.testing.assert_allclose(last("laura_petrarch", 5.0), expected, atol=5e-9)
    turns = returns(model, 150.0, "petrarch", 0.0)
    assert abs(np.diff(turns)[-1] - 3.78942635) < 5e-9


GONE = {
    (1.0, 7.0): ((1.12605767, 6.67786418), True),
    (6.0, 1.4): ((6.19357433, 1.38975685), True),
    (3.4, 2.9): ((3.41097704, 2.88889072), False),
}


@pytest.mark.parametrize("near", GONE)
def test_gone_with_the_wind_has_two_ends_and_a_saddle(near):
    model = find("gone_with_the_wind")
    expected, stable = GONE[near]
    state = equilibrium(model, near)
    np.testing.assert_allclose(state, expected, atol=5e-9)
    eigenvalues = np.linalg.eigvals(slopes(model, state))
    assert (eigenvalues.real.max() < 0) == stable
    assert stable or eigenvalues.real.min() < 0


def test_equal_lovers_part_at_the_golden_pitchfork():
    model, love = find("gone_with_the_wind"), (3 + sqrt(5)) / 2
    k = exp(love) / (love - 1)
    fork = model.parameters._replace(appeal_scarlett=1.0, appeal_rhett=1.0, reactiveness=k)
    assert np.abs(vector(model, fork)(np.array([love, love]))).max() < 1e-12
    eigenvalues = np.linalg.eigvals(slopes(model, np.array([love, love]), fork)).real
    assert abs(eigenvalues.max()) < 1e-8
    for factor, apart in ((0.98, False), (1.02, True)):
        chosen = {"appeal_scarlett": 1.0, "appeal_rhett": 1.0, "reactiveness": k * factor}
        end = last("gone_with_the_wind", 2000.0, start={"rhett": 2.7}, parameters=chosen)
        assert (abs(end[0] - end[1]) > 0.1) == apart


NO_BIAS = {"bias_1": 0.0, "bias_2": 0.0}


def test_insecure_and_biased_lovers_cycle():
    late = orbit(find("insecure_biased"), 400.0).sel(time=slice(300, None))
    assert np.ptp(late.partner_1.values) > 0.15 and np.ptp(late.partner_2.values) > 1.5
    periods = np.diff(returns(find("insecure_biased"), 800.0, "partner_1", 0.95))
    assert len(periods) > 5 and np.ptp(periods[-3:]) < 1e-5


def test_without_bias_or_without_insecurity_they_do_not():
    still = orbit(find("insecure_biased"), 400.0, parameters=NO_BIAS).sel(time=slice(300, None))
    assert max(np.ptp(still.partner_1.values), np.ptp(still.partner_2.values)) < 1e-6
    with pytest.raises(DivergesError) as reported:
        orbit(find("insecure_biased"), 4000.0, parameters=SECURE)
    way = reported.value.orbit
    assert (np.diff(way.partner_1.values) > 0).all() and (np.diff(way.partner_2.values) > 0).all()


@pytest.mark.slow
def test_the_triangle_is_chaotic():
    from sim.landscape import largest_exponent, of_classic

    model = find("sprott_triangle")
    found = largest_exponent(of_classic(model), model.start, 400.0, transient=100.0)
    assert abs(found.value - 0.38) < 0.03
