"""Pictures draw what they are given."""

import numpy as np

from sim import landscape as land
from tests.helpers.systems import GONE, cubic


def test_pictures_draw_what_they_are_given():
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    from sim.plots.landscape import bifurcation, phase_plane

    system = land.of_classic(GONE)
    found = land.equilibria(system, starts=32)
    basin = land.basins(system, [point.state for point in found.stable], 30.0, points=21)
    lines = land.nullclines(system, points=21)
    ax = phase_plane(lines, found.points, basin.values, ax=plt.figure().gca())
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("rhett", "scarlett")
    branch = land.branch(cubic, np.array([1.3247179572]), 1.0, (-1.0, 1.0), step=0.05)
    ax = bifurcation(branch, ax=plt.figure().gca())
    assert [text.get_text() for text in ax.legend().get_texts()] == ["stable", "unstable", "fold"]
    plt.close("all")
