"""Comparisons of results."""

import numpy as np


def check_same(one, two) -> None:
    """Assert that two datasets have the same variables with the same bits."""
    assert set(one.data_vars) == set(two.data_vars)
    for name in one.data_vars:
        np.testing.assert_array_equal(one[name].values, two[name].values, err_msg=name)


def slope(x: np.ndarray, y: np.ndarray) -> float:
    """Slope of the least-squares line."""
    return float(np.polyfit(np.asarray(x, float), np.asarray(y, float), 1)[0])
