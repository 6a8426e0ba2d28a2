"""The table on the page "Bring your own couples" is what its code gives."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from sim import series

PAGE = Path(__file__).resolve().parents[3] / "docs" / "howto" / "own_couples.md"
ROW = re.compile(r"^\| ((?:actor|partner) \w+) \| (\S+) \| (\S+) \| (\S+) to (\S+) \|$", re.M)


def test_the_table_is_what_the_code_gives():
    diary = files("experiments") / "data" / "diary" / "diary.csv"
    table = series.actor_partner(
        series.read_series(diary, time="day", value="vigor", missing="keep")
    )
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    assert len(rows) == 4
    for effect, *shown in rows:
        found = table.loc[effect, ["estimate", "standard_error", "low", "high"]]
        assert [float(x) for x in shown] == pytest.approx(list(found), abs=6e-4), effect
