"""Heat maps: a readable number in every cell that has one."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from sim.plots.heat_maps import heat, heat_map, phase_map


@pytest.fixture
def ax():
    figure, drawn = plt.subplots()
    yield drawn
    plt.close(figure)


def cells(ax):
    """Text and colour at each (row, column)."""
    return {(t.get_position()[::-1]): (t.get_text(), t.get_color()) for t in ax.texts}


def test_light_letters_on_dark_cells_and_dark_on_light(ax):
    heat(np.array([[0.0, 1.0]]), ax, "cividis")
    assert cells(ax) == {(0, 0): ("0.00", "white"), (0, 1): ("1.00", "black")}


def test_a_matrix_says_where_a_number_is_missing(ax):
    heat(np.array([[0.2, np.nan]]), ax, "cividis")
    assert cells(ax)[0, 1][0] == "–"


def test_diverging_colours_part_at_zero(ax):
    heat(np.array([[-1.0, 0.5]]), ax, "PuOr_r")
    assert ax.images[0].get_clim() == (-1.0, 1.0)


def test_a_sweep_leaves_missing_points_empty_and_large_ones_without_numbers(ax):
    heat_map(np.array([[0.2, np.nan]]), [1.0], [1.0, 2.0], ax)
    assert list(cells(ax)) == [(0, 0)]
    figure, other = plt.subplots()
    heat_map(np.zeros((20, 20)), range(20), range(20), other)
    assert not other.texts
    plt.close(figure)


def test_the_commonest_outcome_colours_a_point_and_its_share_is_printed(ax):
    shares = np.array([[[0.75, 0.1]], [[0.25, 0.9]]])
    phase_map(shares, ["calm", "pursuit"], [1.0], [1.0, 2.0], ax)
    assert [text for text, _ in cells(ax).values()] == ["75", "90"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["calm", "pursuit"]
