"""Mesa and the ensemble agree for every architecture."""

import pytest

from sim.engines.ensemble import simulate
from sim.engines.mesa_model import CoupleModel
from sim.world.calendar import conversation, daily_life
from tests.helpers.architectures import each_architecture, each_seed


@each_architecture
@each_seed
def test_mesa_agrees_with_the_ensemble(name, seed):
    """Two days of everyday life and a talk; rounding may differ, nothing else."""
    calendar = daily_life(2) + conversation(3.0, owner="B")
    data = simulate(
        name, "withdrawer", calendar=calendar, dyads=2, seed=seed, record="trajectory",
        variables="all",
    )  # fmt: skip
    model = CoupleModel(name, "withdrawer", couples=2, calendar=calendar, seed=seed, collect=False)
    last = data.isel(condition=0, time=-1)
    model.advance(len(calendar))
    for number in (0, 1):
        couple = model.couple(number)
        for label, state in (("A", couple.a), ("B", couple.b)):
            here = last.sel(dyad=number, partner=label)
            who = model.partner(label, number)
            found = {
                **state._asdict(),
                **{f"sent_{k}": v for k, v in who.sent._asdict().items()},
                **{f"heard_{k}": v for k, v in who.heard._asdict().items()},
            }
            for variable, value in found.items():
                assert value == pytest.approx(float(here[variable]), rel=1e-12, abs=1e-13), variable
        for variable, value in couple.dyad._asdict().items():
            expected = float(last[variable].sel(dyad=number))
            assert value == pytest.approx(expected, rel=1e-12), variable
