"""A null is drawn behind what it judges."""

import numpy as np

from sim import series as dyadic
from tests.helpers.series import var1


def test_the_null_is_drawn():
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    from sim.plots.series import against_null

    null = dyadic.surrogate_null(var1(6, 100, 1), dyadic.correlation_curve(20, 3), draws=19)
    ax = against_null(np.arange(-3, 4), null, plt.figure().gca())
    assert len(ax.lines) == 2 and "leads by" in ax.get_xlabel()
    plt.close("all")
