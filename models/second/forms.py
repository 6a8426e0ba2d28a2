"""The forms in which the second core is written, besides those of ``models.forms``.

Each is an exact solution over a time step in which its rates are constant, so that a decay does
not depend on how the time step is cut.
"""

import numpy as np

from models.forms import fill, logistic

LEAST_RATE = 1e-12
"""[1/min] With both rates 0 a level stays where it is, and nothing is divided by 0."""


def bounded(x):
    """Odd saturation, the hyperbolic tangent: any real number to (-1, 1), slope 1 at 0.

    Equation::

        bounded = 2 * logistic(2 * x) - 1
    """
    return 2.0 * logistic(2.0 * x) - 1.0


def raised(share, shift):
    """A share in (0, 1) moved by ``shift`` on the logit.

    Equation::

        odds = share * exp(shift)
        raised = odds / (odds + 1 - share)
    """
    odds = share * np.exp(shift)
    return odds / (odds + 1.0 - share)


def approach(level, rise, fall, dt):
    """Let ``level`` in [0, 1] rise towards 1 and fall towards 0 for ``dt`` [min].

    Exact solution of ``dx/dt = rise (1 - x) - fall x`` while both rates [1/min], not negative, stay
    constant.

    Equation::

        approach = fill(level, rise, fall + 1e-12, dt)
    """
    return fill(level, rise, fall + LEAST_RATE, dt)


# more than six arguments: one for each symbol of the equation
def wander(value, centre, dt, time_constant, size, draw):
    """An Ornstein-Uhlenbeck process with stationary sd ``size``, exact in ``dt`` [min].

    Equation::

        kept = exp(-dt / time_constant)
        wander = centre + (value - centre) * kept + size * sqrt(1 - kept**2) * draw

    ``draw`` standard normal. Its moments do not depend on how time is cut.

    Source: Uhlenbeck and Ornstein 1930.
    """
    kept = np.exp(-dt / time_constant)
    return centre + (value - centre) * kept + size * np.sqrt(1.0 - kept * kept) * draw
