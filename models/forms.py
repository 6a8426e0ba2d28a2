"""The few mathematical forms that every circuit is written in.

Both dynamic forms are exact solutions over a time step in which their rates are constant,
so a decay does not depend on how the time step is cut, and neither can leave its range.
"""

import numpy as np


def logistic(x):
    """Logistic function: any real number to (0, 1), one half at 0.

    Equation::

        logistic = 1 / (1 + exp(-x))
    """
    return 1.0 / (1.0 + np.exp(-x))


def squash(x):
    """Odd saturation: any real number to (-1, 1), slope 1 at 0.

    Equation::

        squash = x / sqrt(1 + x**2)
    """
    return x / np.sqrt(1.0 + x * x)


def saturate(x):
    """Hyperbolic saturation: [0, inf) to [0, 1), one half at 1.

    Equation::

        saturate = x / (1 + x)
    """
    return x / (1.0 + x)


def positive(x):
    """The positive part: for errors and flows, never for a state.

    Equation::

        positive = max(x, 0)
    """
    return np.maximum(x, 0.0)


def settle(value, target, dt, time_constant):
    """Relax ``value`` towards ``target`` for ``dt`` [min] with ``time_constant`` [min].

    Exact solution of ``dx/dt = (target - x) / time_constant`` while the target stays constant.

    Equation::

        settle = target + (value - target) * exp(-dt / time_constant)
    """
    return target + (value - target) * np.exp(-dt / time_constant)


def fill(level, rise, fall, dt):
    """Let ``level`` in [0, 1] rise towards 1 and fall towards 0 for ``dt`` [min].

    Exact solution of ``dx/dt = rise (1 - x) - fall x`` while both rates [1/min] stay constant.
    ``rise`` and ``fall`` must be positive; then the resting level is inside (0, 1).

    Equation::

        total = rise + fall
        resting = rise / total
        fill = resting + (level - resting) * exp(-dt * total)
    """
    total = rise + fall
    resting = rise / total
    return resting + (level - resting) * np.exp(-dt * total)


def pulled(level, rise, fall, prototype, time_constant, dt):
    """``fill`` with a pull towards ``prototype`` in (0, 1) of ``time_constant`` [min].

    Exact solution of ``dx/dt = rise (1 - x) - fall x + (prototype - x) / time_constant`` while
    the rates [1/min] stay constant and are not negative.

    Equation::

        total = rise + fall + 1 / time_constant
        resting = (rise + prototype / time_constant) / total
        pulled = resting + (level - resting) * exp(-dt * total)
    """
    pull = 1.0 / time_constant
    total = rise + fall + pull
    resting = (rise + prototype * pull) / total
    return resting + (level - resting) * np.exp(-dt * total)
