"""The page is not older than its sources and asks for nothing outside."""

import re

import pytest

from experiments.pages.explore import equations, generate
from experiments.runner.cli import main
from sim.provenance import source_hash


def test_the_page_names_the_source_that_made_it(page):
    assert f'<meta name="source-hash" content="{source_hash()}">' in page


def test_an_older_page_is_found(page, tmp_path):
    old = tmp_path / "explore.html"
    with pytest.raises(ValueError, match="must exist"):
        generate.check(old)
    old.write_text(page.replace(source_hash(), "0" * 64), encoding="utf-8")
    with pytest.raises(ValueError, match="older than the model"):
        generate.check(old)
    old.write_text(page + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="differs from its parts"):
        generate.check(old)


def test_the_command_says_that_the_page_is_up_to_date(capsys):
    assert main(["explore", "--check"]) == 0
    assert "up to date" in capsys.readouterr().out


def test_the_command_refuses_an_old_page_in_one_line(monkeypatch, capsys):
    def old():
        raise ValueError("explore.html: older than the model")

    monkeypatch.setattr(generate, "check", old)
    assert main(["explore", "--check"]) == 2
    assert capsys.readouterr().err == "explore.html: older than the model\n"


def test_the_page_asks_for_nothing_from_outside(page):
    found = re.findall(r"https?://[^\s\"'<]+|@import|url\([^#]|<link[^>]*>|\bsrc=|\bfetch\(", page)
    assert set(found) <= {'<link rel="icon" href="data:,">', "http://www.w3.org/2000/svg"}


def test_no_part_is_left_unfilled(page):
    assert "{{" not in re.sub(r"<script.*?</script>", "", page, flags=re.S)


def test_nothing_of_the_model_is_typed_again():
    """Neither a name of a state nor a formula stands in the hand-written engine."""
    text = "".join((generate.PARTS / f"{name}.js").read_text() for name in ("engine", "ensemble"))
    assert not re.search(r"Math\.(exp|log|tanh|sqrt|pow)", text)
    assert equations.layout()["outputs"][0] == "couple.a.misreading"
