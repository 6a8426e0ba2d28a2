"""Mutation makes real changes, leaves the tree as it was, and reports each of them."""

import ast

import pytest

from experiments.bench.mutation import CORES, TABLES, applied, changes, main, measure, possible
from sim.provenance import ROOT

FOLDER = ROOT / CORES["second"][0]


def test_each_change_is_another_program():
    found = possible(FOLDER)
    assert {row["kind"] for row in found} >= {"operator", "constant", "sign", "term dropped"}
    assert not {row["file"] for row in found} & TABLES
    for row in found:
        before = ast.dump(ast.parse((FOLDER / row["file"]).read_text(encoding="utf-8")))
        assert ast.dump(ast.parse(row["source"])) != before, row["change"]


def test_one_expression_is_replaced_and_the_rest_stays():
    source = '"""é 2 + 3."""\nx = y + 2 * z  # why\n'
    made = [applied(source, node, new) for node, new, _ in changes(ast.parse(source).body[1])]
    assert '"""é 2 + 3."""\nx = (y - 2 * z)  # why\n' in made
    assert '"""é 2 + 3."""\nx = y + (2 / z)  # why\n' in made
    assert '"""é 2 + 3."""\nx = y + (2.6) * z  # why\n' in made


def test_no_change_to_try_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--count", "0"])
    assert stopped.value.code == 2
    assert "--count must be at least 1" in capsys.readouterr().err


@pytest.mark.slow
def test_five_changes_are_reported_and_the_tree_is_as_it_was(capsys):
    before = {path: path.read_bytes() for path in FOLDER.glob("*.py")}
    report = measure(count=5, seed=2)
    assert before == {path: path.read_bytes() for path in FOLDER.glob("*.py")}
    assert report["count"] == len(report["changes"]) == 5 < report["possible"]
    assert report["caught"] == sum(row["caught"] for row in report["changes"]) >= 1
    assert set(report["changes"][0]) == {"file", "line", "kind", "change", "caught"}
    assert "5/5" in capsys.readouterr().err
