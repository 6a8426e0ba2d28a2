"""Tables on a terminal: numbers whole, at any width; nothing undefined printed as a number."""

import io

import pandas as pd
import pytest
from rich.console import Console

from experiments.runner.terminal import print_table

WORDS = "a name of several words that is rather long"


def printed(table, width):
    console = Console(file=io.StringIO(), width=width, highlight=False)
    print_table(console, table)
    lines = console.file.getvalue().splitlines()
    assert all(len(line) <= width for line in lines)
    return [line.rstrip() for line in lines]


def numbers(rows, **more):
    values = {f"number {k}": [f"{k}.123456789" for _ in range(rows)] for k in range(6)}
    return pd.DataFrame({"what": [f"{WORDS} {k}" for k in range(rows)], **values, **more})


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_no_number_is_cut(width):
    text = "\n".join(printed(numbers(3), width))
    assert all(text.count(f"{k}.123456789") == 3 for k in range(6))
    assert "…" not in text


def test_a_wide_terminal_has_rows_side_by_side():
    assert len(printed(numbers(3), 160)) == 4
    assert len(printed(numbers(3), 80)) == 3 * 7


def test_long_text_may_wrap_beside_its_numbers():
    table = pd.DataFrame({"what": [WORDS + " " + WORDS], "value": [0.25]})
    lines = printed(table, 60)
    assert 2 < len(lines) <= 4 and lines[1].endswith("0.25")


@pytest.mark.parametrize("values", [("yes", "no"), (True, False)])
def test_of_a_long_table_only_what_does_not_hold(values):
    holds = [values[1] if row == 17 else values[0] for row in range(30)]
    lines = printed(numbers(30, holds=holds), 80)
    assert lines[0].startswith("30 rows, too wide for this terminal: see table.csv.")
    assert f"{WORDS} 17" in lines and f"{WORDS} 16" not in lines
    assert len(printed(numbers(30, holds=[values[0]] * 30), 80)) == 1


@pytest.mark.parametrize("width", [40, 80])
def test_what_is_undefined_is_a_dash_or_left_out(width):
    table = pd.DataFrame({"pair": ["one", "two"], "a long word": [0.5, float("nan")]})
    assert "nan" not in "\n".join(printed(table.assign(**{"x" * 30: "y" * 30}), width))
    assert any(line.endswith("–") for line in printed(table, 40))


def test_an_empty_table_is_no_fault():
    assert printed(pd.DataFrame(), 80) == [""] or printed(pd.DataFrame(), 80) == []


def test_a_star_says_what_it_stands_for(tmp_path, monkeypatch, capsys):
    from experiments.runner.cli import main

    monkeypatch.chdir(tmp_path)
    words = "run couple --dyads 2 --days 2 --set a.vagal_tone=0.4 --set b.warmth=0.3"
    assert main(words.split()) == 0
    out = capsys.readouterr().out
    assert "*" in out.partition("* changed")[0]
    assert "* changed: A vagal_tone 0.4; B warmth 0.3" in out
    assert main(["run", "couple", "--dyads", "2", "--days", "2", "--replace"]) == 0
    assert "*" not in capsys.readouterr().out
