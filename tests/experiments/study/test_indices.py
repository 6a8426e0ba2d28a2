"""Known indices come out of the whole pipeline of a study."""

import numpy as np
import pandas as pd
import pytest

from experiments.runner.cli import main
from experiments.study import cell as cells
from experiments.study import measures
from models.parameters import PARAMETERS, PartnerParameters
from tests.helpers.weighted_sum import KNOWN, WEIGHTS, inside

pytest.importorskip("SALib")
STUDY = """
title = "A test function"
question = "Does the pipeline find known indices?"
expects = "Known."
replicates = 2
spread_is = 0
measures = ["closeness"]
window = 1
[people.a]
spread = 0
[people.b]
spread = 0
[contexts.life]
kind = "daily_life"
days = 1
[design]
method = "saltelli"
samples = 512
[[vary]]
path = "people.a.overrides.vagal_tone"
[[vary]]
path = "people.a.overrides.template_threat"
[[vary]]
path = "people.b.overrides.deactivation"
[[vary]]
path = "people.b.overrides.integration"
""".replace("spread_is = 0\n", "")
INPUTS = [
    ("a", "vagal_tone"),
    ("a", "template_threat"),
    ("b", "deactivation"),
    ("b", "integration"),
]


@pytest.mark.slow
def indices(rows):
    """Sobol indices as a row an input, from the rows of ``table.csv``."""
    found = {}
    for one in rows.itertuples():
        ends = {"": one.estimate, "_low": one.low, "_high": one.high}
        found.setdefault(one.input, {}).update(
            {f"{one.statistic}{end}": value for end, value in ends.items()}
        )
    return pd.DataFrame.from_dict(found, orient="index")


def test_known_indices_come_out_of_the_whole_pipeline(tmp_path, monkeypatch):
    """File, design, cells, store, report: a weighted sum of parameters in place of the couple."""

    def weighted_sum(found):
        values = []
        for cell in found:
            total = 0.0
            for weight, (who, name) in zip(WEIGHTS, INPUTS, strict=True):
                low, high = PARAMETERS[PartnerParameters][name].range
                value = getattr(getattr(cell.scenario.people, who).overrides, name)
                total += weight * (value - low) / (high - low)
            values.append(np.full((cell.plan.replicates, 1), total))
        return values

    monkeypatch.setattr("experiments.study.work.compute", weighted_sum)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "known.toml").write_text(STUDY, encoding="utf-8")
    assert main(["study", "known.toml", "--workers", "1", "--out", "out"]) == 0
    assert main(["report", "out"]) == 0
    rows = pd.read_csv("out/table.csv")
    rows = rows[(rows.condition == "all cells") & (rows.shown == 1)]
    table = indices(rows)
    assert list(table.index) == [f"{who}_{name}" for who, name in INPUTS]
    assert inside(table, "S1", KNOWN) and inside(table, "ST", KNOWN)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "converged" in page and "Sobol indices" in page


def test_measures_and_columns_agree():
    assert measures.columns(("closeness", "alarm")) == [
        ("closeness", ""),
        ("alarm", "A"),
        ("alarm", "B"),
    ]
    assert cells.mcse(np.array([1.0, np.nan, 3.0])) == pytest.approx(1.0)
    assert cells.mcse(np.array([1.0])) == float("inf")
