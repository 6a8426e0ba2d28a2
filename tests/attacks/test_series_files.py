"""A table that is none, or that means something else, is refused by ``read_series`` in a line."""

import os

import numpy as np
import pytest

from sim.series import read_series
from tests.helpers.attacks import refusal
from tests.helpers.series_files import table, written

pytestmark = pytest.mark.slow
HEAD = "couple,time,partner,value\n"


def rows(couples=("c1", "c2"), times=range(6), partners="fm", value="{t}.5"):
    return "".join(
        f"{c},{t},{p},{value.format(t=t)}\n" for c in couples for p in partners for t in times
    )


def spoilt(line, place=3):
    """Good rows, one of them replaced."""
    kept = rows().splitlines(keepends=True)
    return HEAD + "".join([*kept[:place], line + "\n", *kept[place + 1 :]])


TEXTS = {
    "nothing": b"",
    "blank lines": b"\n\n\n",
    "a header alone": HEAD,
    "a header twice": HEAD + HEAD,
    "no header": rows(),
    "one row": HEAD + "c1,0,f,1\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "zeros": bytes(1000),
    "a workbook": b"PK\x03\x04" + bytes(100),
    "UTF-16 cut short": (HEAD + rows()).encode("utf-16")[:-1],
    "quotes without end": HEAD + '"c1,0,f,1\n' + rows(),
    "a web page": "<html><body><table><tr><td>1</td></tr></table></body></html>",
    "JSON": '[{"couple": 1, "time": 0, "partner": "f", "value": 1}]',
    "too few cells": spoilt("c1,3"),
    "too many cells": spoilt("c1,3,f,1,2,3"),
    "words for numbers": HEAD + rows(value="good"),
    "a word": spoilt("c1,3,f,good"),
    "an empty answer": spoilt("c1,3,f,"),
    "a missing answer": spoilt("c1,3,f,NA"),
    "infinity": spoilt("c1,3,f,inf"),
    "an overflow": spoilt("c1,3,f,1e999"),
    "a code": spoilt("c1,3,f,-999"),
    "two numbers": spoilt("c1,3,f,1 2"),
    "a hexadecimal": spoilt("c1,3,f,0x1F"),
    "a share": spoilt("c1,3,f,50%"),
    "no couple": spoilt(",3,f,1"),
    "no partner": spoilt("c1,3,,1"),
    "no time": spoilt("c1,,f,1"),
    "a time of text": spoilt("c1,three,f,1"),
    "a time of nan": spoilt("c1,nan,f,1"),
    "a time that is endless": spoilt("c1,inf,f,1"),
    "a time twice": spoilt("c1,2,f,1"),
    "a time that goes back": spoilt("c1,0.5,f,1"),
    "an uneven step": spoilt("c1,3.4,f,1"),
    "a time far away": spoilt("c1,1e300,f,1"),
    "a third partner": spoilt("c1,3,x,1"),
    "one partner": HEAD + rows(partners="f"),
    "one partner missing": HEAD + rows(["c1"]) + rows(["c2"], partners="f"),
    "three partners": HEAD + rows(partners="fmx"),
    "unequal lengths": HEAD + rows(["c1"]) + rows(["c2"], range(4)),
    "clocks apart": HEAD + rows(["c1"], partners="f") + rows(["c1"], range(100, 106), "m"),
    "a column twice": HEAD.replace("value", "value,value") + rows(value="{t},{t}"),
    "dates that are none": HEAD + rows(times=["2024-02-30", "2024-02-31"]),
    "dates and numbers": HEAD + rows(["c1"]) + rows(["c2"], ["2024-02-01", "2024-02-02"]),
    "other columns": "a,b,c,d\n" + rows(),
    "columns without names": ",,,\n" + rows(),
    "one column": "couple\nc1\nc2\n",
    "nulls within": (HEAD + rows()).replace("c2", "c\0").encode(),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_no_table_is_one_line(text, tmp_path):
    path = tmp_path / "theirs.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    refusal(lambda: read_series(path), "")
    assert [p.name for p in tmp_path.iterdir()] == ["theirs.csv"]


@pytest.fixture
def good(tmp_path):
    return written(tmp_path, table(mood=1.0))


COLUMN = {"nan": float("nan"), "number": 3, "nobody's": "nobody", "empty": "", "long": "x" * 9999}
OPTIONS = {
    **{
        f"{o} {how}": {o: v}
        for o in ("couple", "time", "partner", "day")
        for how, v in COLUMN.items()
    },
    **{f"value {how}": {"value": v} for how, v in COLUMN.items()},
    "value a list of nothing": {"value": []},
    "value twice": {"value": ["value", "value"]},
    "value of mappings": {"value": {"mood": ("mood",)}},
    "couple of nothing": {"couple": []},
    "couple of numbers": {"couple": [1, 2]},
    "time is the value": {"time": "value"},
    "couple is the partner": {"couple": "partner"},
    "time is the couple": {"time": "couple"},
    "missing object": {"missing": object()},
    "missing mapping": {"missing": [{}]},
    "missing nan": {"missing": [None]},
    "real text": {"real": "x"},
    "sep of two": {"sep": ";;"},
    "sep of none": {"sep": ""},
    "sep a number": {"sep": 3},
    "sep a letter": {"sep": "a"},
    "sep a line": {"sep": "\n"},
    "sep a quote": {"sep": '"'},
    "decimal": {"decimal": ";"},
    "decimal a number": {"decimal": 3},
    "decimal a list": {"decimal": [","]},
    "encoding": {"encoding": "utf-99"},
    "encoding a number": {"encoding": 3},
    "encoding of no text": {"encoding": "base64"},
    "encoding a null": {"encoding": "utf\0"},
    "encoding another": {"encoding": "utf-16"},
    "longest_step text": {"longest_step": "x"},
    "longest_step nan": {"longest_step": float("nan")},
    "longest_step 0": {"longest_step": 0},
    "longest_step bool": {"longest_step": True},
    "longest_step below a step": {"longest_step": 0.5},
    "longest_step list": {"longest_step": [1]},
    "day and longest_step": {"day": "mood", "longest_step": 2},
}


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_an_option_that_means_nothing_is_one_line(options, good):
    refusal(lambda: read_series(good, **options), "")


PLACES = {
    "nowhere": "nowhere.csv",
    "a folder": ".",
    "a loop": "loop",
    "a fifo": "fifo",
    "a device": "/dev/zero",
    "a long name": "n" * 300,
    "a null": "a\0b",
    "below a file": "theirs.csv/x",
    "empty": "",
    "a number": 3,
    "nothing": None,
    "bytes": b"theirs.csv",
    "a list": ["theirs.csv"],
    "a frame": table(),
    "an array": np.zeros((2, 2, 9)),
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_what_is_no_file_is_one_line(place, good, tmp_path, monkeypatch):
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "fifo")
    monkeypatch.chdir(tmp_path)
    refusal(lambda: read_series(place), "")
