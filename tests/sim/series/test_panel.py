"""Panels: cross-lagged paths, actor and partner effects."""

import numpy as np
import pytest

from sim import series as dyadic
from tests.helpers.series import labelled, var1


def test_cross_lagged_paths_of_known_size():
    """Standard normal waves with paths .5 and .3 given: closed form, four standard errors."""
    random = np.random.default_rng(5)
    before = random.standard_normal((4000, 2))
    mix = np.array([[0.5, 0.3], [0.0, 0.6]])
    after = before @ mix.T + random.standard_normal((4000, 2)) * 0.5
    table = dyadic.cross_lagged(labelled(np.stack([before, after], axis=-1)))
    size = np.sqrt((mix**2).sum(axis=1) + 0.25)
    wanted = {"A": (0.5, 0.3), "B": (0.6, 0.0)}
    for place, (name, (own, cross)) in enumerate(wanted.items()):
        row = table.loc[name]
        assert row.stability == pytest.approx(own / size[place], abs=4 * row.stability_se)
        assert row.cross == pytest.approx(cross / size[place], abs=4 * row.cross_se)
        assert 0.005 < row.cross_se < 0.03


def test_actor_and_partner_effects_come_back():
    table = dyadic.actor_partner(var1(60, 120, 2, inert=(0.4, 0.3), coord=(0.25, 0.1)))
    for effect, truth in (
        ("actor A", 0.4), ("actor B", 0.3), ("partner A", 0.25), ("partner B", 0.1),
    ):  # fmt: skip
        row = table.loc[effect]
        assert abs(row.estimate - truth) < 4.0 * row.standard_error + 0.015, effect
        assert row.low < row.estimate < row.high
