"""A report is one page that needs nothing else and says what is missing."""

import re
from pathlib import Path

import pandas as pd
import pytest

from experiments.runner.cli import main

HEAD = """
title = "A <test> & more"
question = "Is it safe?"
expects = "Nothing."
replicates = 3
measures = ["phase", "closeness", "alarm"]
window = 2
[people.a]
preset = "scanner"
[contexts.life]
kind = "daily_life"
days = 2
"""
DESIGNS = {
    "nothing varies": "",
    "one number": '[[vary]]\npath = "closeness"\nvalues = [0.2, 0.4, 0.6]',
    "one name": '[[vary]]\npath = "people.b.preset"\nvalues = ["secure", "merger"]',
    "two": '[[vary]]\npath = "closeness"\nvalues = [0.2, 0.4]\n'
    '[[vary]]\npath = "people.b.preset"\nvalues = ["secure", "merger"]',
    "three": '[[vary]]\npath = "closeness"\nvalues = [0.2, 0.4]\n'
    '[[vary]]\npath = "people.b.preset"\nvalues = ["secure", "merger"]\n'
    '[[vary]]\npath = "repeat"\nvalues = [1, 2]',
    "list": '[design]\nmethod = "list"\n[[vary]]\npath = "closeness"\nvalues = [0.2, 0.4]\n'
    '[[vary]]\npath = "people.b.preset"\nvalues = ["secure", "merger"]',
    "saltelli": '[design]\nmethod = "saltelli"\nsamples = 4\n[[vary]]\npath = "closeness"\n'
    'low = 0.2\nhigh = 0.8\n[[vary]]\npath = "shared.safety_rise"',
    "morris": '[design]\nmethod = "morris"\nsamples = 4\n[[vary]]\npath = "closeness"\n'
    'low = 0.2\nhigh = 0.8\n[[vary]]\npath = "people.a.overrides.warmth"\nreach = 0.1',
    "hypercube": '[design]\nmethod = "latin_hypercube"\nsamples = 64\n[[vary]]\n'
    'path = "closeness"\nlow = 0.2\nhigh = 0.8\n[[vary]]\npath = "people.b.overrides.warmth"',
}


LONGER = {"three", "list", "saltelli", "hypercube", "one name"}


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.slow] * (n in LONGER)) for n in DESIGNS]
)
def test_each_design_has_a_page_that_needs_nothing_else(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("study.toml").write_text(HEAD + DESIGNS[name], encoding="utf-8")
    assert main(["study", "study.toml", "--workers", "1", "--out", "out"]) == 0
    assert main(["report", "out"]) == 0, capsys.readouterr().err
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert "<h1>A &lt;test&gt; &amp; more</h1>" in page and "<script" not in page
    assert re.findall(r'(?:src|href)="(?!data:)', page) == []
    assert not re.search(r"https?://", page)
    assert "data:image/png;base64," in page and "source_hash" in page
    cells = pd.read_csv("out/table.csv")
    assert {"estimate", "low", "high", "interval", "n", "sd", "unit"} <= set(cells)
    book = pd.read_csv("out/table_codebook.csv")
    assert list(cells.columns) == list(book["name"])
    assert main(["report", "out"]) == 0
    assert Path("out/report.html").read_text(encoding="utf-8") == page


def test_a_report_on_nothing_is_a_line(tmp_path, capsys):
    assert main(["report", str(tmp_path)]) == 2
    assert "holds no study" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_report_says_what_is_missing(tmp_path, monkeypatch, capsys):
    import shutil

    monkeypatch.chdir(tmp_path)
    Path("study.toml").write_text(HEAD + DESIGNS["two"], encoding="utf-8")
    main(["study", "study.toml", "--workers", "1", "--out", "out"])
    shutil.rmtree(next(Path("out/cells").glob("*/*")))
    capsys.readouterr()
    assert main(["report", "out"]) == 0
    reported = capsys.readouterr().out.splitlines()
    assert reported == [
        "1 of 4 cells are missing or failed.",
        f"Written: {Path('out/report.html')}",
    ]
    assert reported[0] in Path("out/report.html").read_text()


def test_a_report_says_what_was_expected_and_how_to_repeat_it(tmp_path, monkeypatch):
    """Repeated as told, the study and its report land in the usual folder."""
    monkeypatch.chdir(tmp_path)
    text = (HEAD + DESIGNS["nothing varies"]).replace("window = 2\n", "")
    Path("my study.toml").write_text(text, encoding="utf-8")
    assert main(["study", "my study.toml", "--workers", "1", "--out", "out"]) == 0
    assert main(["report", "out"]) == 0
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert "Expected beforehand: Nothing." in page
    assert "over the last 28 days, or all days of a shorter life." in page
    assert "report &#x27;results/studies/my study&#x27;" in page and "FOLDER" not in page
    assert main(["study", "my study.toml", "--workers", "1"]) == 0
    assert main(["report", "results/studies/my study"]) == 0
    assert Path("results/studies/my study/report.html").read_text(encoding="utf-8") == page


@pytest.mark.slow
def test_the_page_opens_from_a_file_without_a_network(tmp_path, monkeypatch):
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = Path("/usr/bin/chromium")
    if not chromium.exists():
        pytest.skip("no Chromium here")
    monkeypatch.chdir(tmp_path)
    Path("study.toml").write_text(HEAD + DESIGNS["two"], encoding="utf-8")
    main(["study", "study.toml", "--workers", "1", "--out", "out"])
    main(["report", "out"])
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        page, asked, reported = browser.new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: reported.append(message.text))
        page.goto((tmp_path / "out" / "report.html").as_uri())
        widths = page.evaluate("[...document.images].map(image => image.naturalWidth)")
        browser.close()
    assert widths and all(width > 300 for width in widths) and not reported
    assert [url for url in asked if not url.startswith("data:")] == [asked[0]]
