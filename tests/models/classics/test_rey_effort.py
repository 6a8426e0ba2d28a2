"""The effort that keeps love is above the preferred one, and optimal."""

from math import exp, sqrt

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from models.classics import find
from models.classics.rey_effort import discomfort, utility
from tests.helpers.classics import equilibrium, slopes, vector


def test_the_effort_that_keeps_love_is_above_the_preferred_one():
    model = find("rey_effort")
    feeling, effort = equilibrium(model, [2.0, 2.0])
    assert abs(effort - sqrt(1 + 5 / 1.1)) < 1e-12 and effort > model.parameters.preferred_effort
    assert feeling == pytest.approx(effort)  # r = a
    low, high = np.sort(np.linalg.eigvals(slopes(model, np.array([feeling, effort]))).real)
    assert low < 0 < high


def test_the_rule_for_effort_is_the_condition_for_an_optimum():
    """Effort along the stable manifold beats every small change of it that is tried."""
    model = find("rey_effort")
    time, feeling, effort = stable_way(model)
    p = model.parameters

    def worth(change):
        chosen = effort + change
        fed = solve_ivp(
            lambda t, x: -p.fading * x + p.efficiency * np.interp(t, time, chosen),
            (0, time[-1]), [feeling[0]], t_eval=time, rtol=1e-9, max_step=0.05,
        ).y[0]  # fmt: skip
        flow = np.exp(-p.impatience * time) * (utility(fed, p) - discomfort(chosen, p))
        # Beyond the horizon what is felt fades by itself; its worth counts to first order.
        slope = p.enjoyment / (1 + feeling[-1]) / (p.fading + p.impatience)
        return np.trapezoid(flow, time) + exp(-p.impatience * time[-1]) * slope * fed[-1]

    best = worth(0.0 * time)
    for change in (0.1 * np.exp(-time), 0.1 * np.sin(time), 0.1 * np.cos(3 * time)):
        assert worth(change) < best and worth(-change) < best


def stable_way(model):
    """Time, feeling and effort towards the saddle, by integrating backwards from beside it."""
    at = equilibrium(model, [2.0, 2.0])
    values, vectors = np.linalg.eig(slopes(model, at))
    away = vectors[:, np.argmin(values.real)].real
    begin = at + 1e-6 * away * np.sign(away[0])
    back = solve_ivp(
        lambda _, y: -vector(model)(y), (0, 12), begin, rtol=1e-11, t_eval=np.linspace(0, 12, 2401)
    )
    return back.t, *back.y[:, ::-1]
