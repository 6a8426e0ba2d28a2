"""The paired bench: ratios of pairs, alternating order, results compared."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from experiments.bench import paired


def test_the_ratio_is_that_of_pairs_and_not_of_medians():
    found = paired.compare([(2.0, 1.0), (10.0, 9.0), (4.0, 3.0)])
    assert (found.old, found.new) == (4.0, 3.0)
    assert (found.ratio, found.low, found.high) == (0.75, 0.5, 0.9)


def test_who_goes_first_changes_and_the_first_round_is_not_counted(monkeypatch, tmp_path):
    order = []

    def seconds(tree, question, out):
        order.append("new" if tree == paired.ROOT else "old")
        return 100.0 if len(order) <= 2 else float(len(order))

    monkeypatch.setattr(paired, "seconds", seconds)
    monkeypatch.setattr(paired, "differing", lambda *folders: [])
    found, _ = paired.measure(Path("elsewhere"), "couple", 2, tmp_path)
    assert order == ["old", "new", "old", "new", "new", "old"]
    assert found.old == (3.0 + 6.0) / 2 and found.new == (4.0 + 5.0) / 2


def folder(path, value=1.0, table="a,b\n1,2\n"):
    path.mkdir()
    xr.Dataset({"x": ("time", np.full(3, value))}).to_netcdf(path / "results.nc")
    (path / "table.csv").write_text(table)
    pd.DataFrame({"x": [1]}).to_csv(path / "dyad.csv", index=False)
    return path


def test_the_same_results_are_found_the_same(tmp_path):
    assert paired.differing(folder(tmp_path / "a"), folder(tmp_path / "b")) == []


def test_other_results_are_named(tmp_path):
    other = folder(tmp_path / "b", value=1.0 + 1e-12, table="a,b\n1,3\n")
    assert paired.differing(folder(tmp_path / "a"), other) == ["table.csv", "x"]


@pytest.mark.parametrize("words", [["nowhere"], [str(paired.ROOT), "--rounds", "0"]])
def test_a_wrong_tree_or_number_is_refused_in_one_line(words, capsys):
    with pytest.raises(SystemExit) as end:
        paired.main(words)
    assert end.value.code == 2
    assert "must be" in capsys.readouterr().err.splitlines()[-1]
