"""Ways to ask a classic model: its end, its slopes, its equilibria."""

import numpy as np
from scipy.optimize import root

from models.classics import find
from sim.analysis.orbits import orbit


def last(name, until, **given):
    """The state of a model at ``until``, as an array."""
    path = orbit(find(name), until, **given).isel(time=-1)
    return np.array([float(path[v]) for v in find(name).start._fields])


def vector(model, parameters=None):
    """The model's rate on an array of states, one a row."""
    kind, chosen = type(model.start), parameters or model.parameters
    return lambda y: np.array(np.broadcast_arrays(*model.rate(kind(*y), chosen)), float)


def slopes(model, at, parameters=None):
    """Jacobian of the rate by central differences."""
    rate, step = vector(model, parameters), 1e-6
    moves = np.eye(len(at)) * step
    return np.array([(rate(at + m) - rate(at - m)) / (2 * step) for m in moves]).T


def equilibrium(model, near, parameters=None):
    rate = vector(model, parameters)
    still = (lambda y: rate(y) - y) if model.kind == "map" else rate
    found = root(still, near, options={"xtol": 1e-14})
    assert np.abs(still(found.x)).max() < 1e-12
    return found.x


SECURE = {"steepness_1": 0.0, "steepness_2": 0.0}


def somewhere(model, rng, shape=()):
    return type(model.start)(*(rng.uniform(*model.search[n], shape) for n in model.start._fields))


def someone(model, rng, shape=()):
    return type(model.parameters)(*(rng.uniform(*r.range, shape) for r in model.rules.values()))
