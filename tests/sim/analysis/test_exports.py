"""Exports: the layouts of dyadic research, with codebooks."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import sim
from sim.analysis import exports

VARIABLES = ["closeness", "alarm", "sent_demand"]


@pytest.fixture(scope="module")
def life():
    return sim.simulate(
        ["scanner", "secure"], "withdrawer", days=3, dyads=4, seed=1, variables=VARIABLES
    )


def test_individual_has_a_row_a_person_and_day(life):
    table = exports.individual(life)
    assert len(table) == 2 * 4 * 2 * 3
    assert table.groupby("person").size().eq(3).all() and table.person.nunique() == 16
    assert (table.role01 == (table.role == "B")).all()
    row = table[(table.couple == "secure-withdrawer-2") & (table.role == "B") & (table.time == 2.0)]
    there = life.sel(condition="secure-withdrawer", dyad=2, partner="B", time=2.0)
    assert row.alarm.item() == there.alarm.item() and row.closeness.item() == there.closeness.item()


def test_dyad_has_both_partners_side_by_side(life):
    table = exports.dyad(life)
    assert len(table) == 2 * 4 * 3
    assert {"alarm_A", "alarm_B", "sent_demand_A", "closeness"} <= set(table)
    there = life.alarm.sel(partner="A").isel(condition=0, dyad=3).values
    rows = table[(table.condition == life.condition.values[0]) & (table.dyad == 3)]
    np.testing.assert_array_equal(rows.alarm_A, there)


def test_pairwise_gives_each_person_the_partners_values(life):
    table = exports.pairwise(life).set_index(["couple", "time", "role"]).sort_index()
    a, b = (table.xs(slot, level="role") for slot in "AB")
    pd.testing.assert_series_equal(a.alarm, b.alarm_partner, check_names=False)
    pd.testing.assert_series_equal(b.sent_demand, a.sent_demand_partner, check_names=False)
    assert "closeness_partner" not in table


def test_an_actor_partner_model_finds_known_effects():
    """Outcome = 0.5 actor + 0.2 partner + noise: both come back from the pairwise file."""
    smf = pytest.importorskip("statsmodels.formula.api")
    random = np.random.default_rng(5)
    x = random.normal(size=(1, 3000, 2))
    y = 0.5 * x + 0.2 * x[..., ::-1] + random.normal(0, 0.3, x.shape)
    dims = ("condition", "dyad", "partner")
    data = xr.Dataset(
        {"x": (dims, x), "y": (dims, y)},
        {"condition": ["one"], "dyad": np.arange(3000), "partner": ["A", "B"]},
    )
    fitted = smf.ols("y ~ x + x_partner", exports.pairwise(data)).fit()
    assert abs(fitted.params["x"] - 0.5) < 0.02 and abs(fitted.params["x_partner"] - 0.2) < 0.02


@pytest.mark.parametrize("layout", exports.LAYOUTS)
def test_every_column_has_a_line_in_the_codebook(layout, life):
    table, book = exports.LAYOUTS[layout](life), exports.codebook(life, layout)
    assert list(book.name) == list(table.columns)
    assert (book.meaning.str.len() >= 5).all()


def test_everything_is_written_and_read_back(life, tmp_path):
    written = exports.write(life, tmp_path)
    assert len(written) == 8 and all(path.stat().st_size for path in written)
    with xr.open_dataset(tmp_path / "results.nc", engine="h5netcdf") as back:
        xr.testing.assert_equal(back.load(), life)
        assert "alarm: alarm" in back.attrs["codebook"]
    first = [path.read_bytes() for path in written]
    assert first == [path.read_bytes() for path in exports.write(life, tmp_path)]


def test_a_dataset_without_partners_is_refused_as_persons(life):
    with pytest.raises(ValueError, match="no dimension 'partner'"):
        exports.individual(life[["closeness"]])
