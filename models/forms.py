"""The few mathematical forms that every circuit is written in.

Both dynamic forms are exact solutions over an interval in which their rates are constant,
so a decay does not depend on how the interval is cut, and neither can leave its range.
"""

import numpy as np

MINUTES_PER_HOUR = 60.0
MINUTES_PER_DAY = 1440.0


def logistic(x):
    """Logistic function, 1 / (1 + e^-x): any real number to (0, 1)."""
    return 1.0 / (1.0 + np.exp(-x))


def squash(x):
    """Odd saturation, x / sqrt(1 + x^2): any real number to (-1, 1), slope 1 at 0."""
    return x / np.sqrt(1.0 + x * x)


def saturate(x):
    """Hyperbolic saturation, x / (1 + x): [0, inf) to [0, 1)."""
    return x / (1.0 + x)


def positive(x):
    """The positive part, max(x, 0): for errors and flows, never for a state."""
    return np.maximum(x, 0.0)


def settle(value, target, dt, time_constant):
    """Relax ``value`` towards ``target`` for ``dt`` [min] with ``time_constant`` [min].

    Exact solution of ``dx/dt = (target - x) / time_constant``.
    """
    return target + (value - target) * np.exp(-dt / time_constant)


def fill(level, rise, fall, dt):
    """Let ``level`` in [0, 1] rise towards 1 and fall towards 0 for ``dt`` [min].

    Exact solution of ``dx/dt = rise (1 - x) - fall x`` with both rates [1/min] constant.
    ``fall`` must be positive. The resting level is ``rise / (rise + fall)``, inside (0, 1).
    """
    total = rise + fall
    resting = rise / total
    return resting + (level - resting) * np.exp(-dt * total)


def pulled(level, rise, fall, prototype, time_constant, dt):
    """``fill`` with a pull towards ``prototype`` in (0, 1) of ``time_constant`` [min].

    Exact solution of ``dx/dt = rise (1 - x) - fall x + (prototype - x) / time_constant``.
    """
    pull = 1.0 / time_constant
    total = rise + fall + pull
    resting = (rise + prototype * pull) / total
    return resting + (level - resting) * np.exp(-dt * total)
