"""Couples of a known process, for tests of estimators: what is true is what was put in."""

import numpy as np

from tests.helpers.series import labelled

ACTOR, PARTNER = (0.4, 0.2), (0.0, 0.25)
"""Effects of the first and the second role unless told otherwise."""


def diary(
    couples=40, days=40, seed=1, actor=ACTOR, partner=PARTNER, spread=(1.0, 3.0), shared=0.0,
    between=(1.0, 1.0), varying=0.0, burn=50,
):  # fmt: skip
    """First-order autoregressions with shocks of unequal size, ``shared`` is their correlation.

    ``varying``: standard deviation, between couples, of each of the four effects.
    """
    random = np.random.default_rng(seed)
    rows = np.array([[actor[0], partner[0]], [partner[1], actor[1]]])
    rows = rows + varying * random.standard_normal((couples, 2, 2))
    one, two = spread
    shocks = np.linalg.cholesky([[one**2, shared * one * two], [shared * one * two, two**2]])
    now, kept = np.zeros((couples, 2)), []
    for _ in range(burn + days):
        now = np.einsum("cij,cj->ci", rows, now) + random.standard_normal((couples, 2)) @ shocks.T
        kept.append(now)
    values = np.moveaxis(np.array(kept[burn:]), 0, -1)
    return labelled(values + np.array(between)[:, None] * random.standard_normal((couples, 2, 1)))


def holed(series, share, seed):
    found = series.copy(deep=True)
    found.values[np.random.default_rng(seed).random(found.shape) < share] = np.nan
    return found


def swapped(series, seed):
    """The same couples, each called first or second by a coin."""
    turn = np.random.default_rng(seed).random(series.sizes["couple"]) < 0.5
    found = series.copy(deep=True)
    found.values[turn] = found.values[turn][:, ::-1]
    return found
