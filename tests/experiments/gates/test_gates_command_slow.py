"""One gate from the command line to its files."""

import json

import pytest

from experiments.gates.bands import BANDS
from experiments.runner.cli import main


@pytest.mark.slow
def test_a_quick_gate_is_measured_kept_and_not_measured_again(tmp_path, capsys):
    out, file = tmp_path / "gates", tmp_path / "gates.json"
    words = ["gates", "--quick", "--only", "G8", "--out", str(out), "--json", str(file)]
    assert main(words) == 0
    rows = json.loads(file.read_text())
    wanted = [band for band in BANDS if band.gate == "G8"]
    assert [row["id"] for row in rows] == [band.id for band in wanted]
    for row, band in zip(rows, wanted, strict=True):
        assert row["passes"] == band.holds(row["mean"]) and row["values"] == [row["mean"]]
    # What mechanisms give with any number of couples: words persuade, and do not calm.
    found = {row["id"]: row["mean"] for row in rows}
    assert found["G8.words_belief"] > 0.5 and found["G8.words_alarm"] < 0.15
    assert found["G8.presence_secure"] < 0.0 < found["G8.presence_disorganized"]
    said = capsys.readouterr().out
    missed = [row for row in rows if not row["passes"]]
    assert f"{len(rows) - len(missed)} of {len(rows)} rows in band" in said
    assert all(f"{row['id']}: {row['mean']:.3g}, must be" in said for row in missed)
    assert "these verdicts are rough" in said
    before = (out / "table.csv").stat().st_mtime_ns
    assert main(words[:-2]) == 0
    assert (out / "table.csv").stat().st_mtime_ns == before
