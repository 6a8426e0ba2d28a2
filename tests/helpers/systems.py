"""Small dynamical systems whose landscape is known."""

import numpy as np

from models.classics import CLASSICS
from sim.landscape import System

GONE = CLASSICS["gone_with_the_wind"]


def flow(rate, *box):
    names = tuple("xyzuvw"[: len(box)])
    return System(lambda state: np.stack(rate(*state)), "flow", names, np.array(box, float))


def normal_form(growth):
    """Hopf's normal form: a cycle of radius sqrt(growth) and period 2 pi where growth > 0."""

    def rate(x, y):
        size = x * x + y * y
        return growth * x - y - x * size, x + growth * y - y * size

    return flow(rate, (-2, 2), (-2, 2))


def cubic(push):
    """x' = push + x - x^3: folds at push = +-2 / sqrt(27)."""
    return flow(lambda x: (push + x - x**3,), (-2, 2))


FOLD = 2.0 / np.sqrt(27.0)
