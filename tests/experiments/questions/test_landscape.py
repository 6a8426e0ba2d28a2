"""The experiment would see two basins, and says what it was given."""

import numpy as np
import pytest

from sim.landscape import System


def test_the_experiment_would_see_two_basins_and_the_repair():
    """A made-up couple with two attractors, at closeness .2 and .8, and the watershed between."""
    from experiments.questions.landscape import measured

    def week(state):
        away = (state[0] - 0.5) / 0.3
        return np.stack([0.5 + 0.3 * (away + 0.3 * (away - away**3)), 0.5 * state[1]])

    two = System(week, "map", ("closeness", "expectation_a"), np.array([[0.0, 1.0], [-1.0, 1.0]]))
    found = measured(two, days=7.0, starts=16, seed=1)
    assert (found["basins"], found["equilibria"], found["unsettled"]) == (2, 3, 0.0)
    assert found["closeness"] == pytest.approx(0.8, abs=1e-3)
    assert found["repair"] == pytest.approx(0.3, abs=2e-3)
    assert found["half_time"] == pytest.approx(7.0, rel=1e-6)  # multipliers .4 and .5


def test_the_experiment_draws_and_says_what_it_was_given():
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    from experiments.questions import landscape as experiment

    cell = dict.fromkeys(experiment.MEASURES, 1.0)
    rows = [(pair, label, cell) for pair in experiment.PAIRS for label in experiment.MEMORIES]
    rows[0] = (rows[0][0], rows[0][1], cell | {"basins": 2.0})
    data = experiment.matrices(rows)
    notes = experiment.notes(data, np.array([1, 1, 2, 0]))
    one = f"{len(experiment.PAIRS) - 1} of {len(experiment.PAIRS)}"
    assert notes[0] == f"As they meet, {one} pairs have one basin, 1 have two or more."
    assert "1 have two or more basins, 1 come to no rest" in notes[2]
    assert len(experiment.answers(rows)) == len(rows) * len(cell)
    way = (("pair", "start", "day"), np.zeros((1, 2, 3)))
    drawn = experiment.figure(data.assign(way=way).assign_coords(pair=["A and B"], day=[0, 7, 14]))
    assert one in drawn.axes[1].get_title(loc="left")
    plt.close("all")
