"""Generated files are current, and ``refresh`` makes the old ones anew, and no other."""

import json

import pytest

from experiments.runner import generated, refresh
from experiments.runner.cli import main
from experiments.runner.generated import Drawn, Failed, Made, Measured, Timed
from tests.helpers.generated import check_current


@pytest.mark.parametrize("path", [row.path for row in refresh.ROWS])
def test_a_generated_file_is_current(path):
    check_current(path)


def test_each_row_makes_a_file_of_its_own():
    rows = [*refresh.ROWS, *refresh.FIGURES, *refresh.PERFORMANCE]
    paths = [row.path for row in rows]
    assert len(set(paths)) == len(paths)
    assert not [path for path in paths if not (refresh.ROOT / path).is_file()]


# --- rows in a house of their own -----------------------------------------------------------------


@pytest.fixture
def house(tmp_path, monkeypatch):
    """An empty checkout, with commands that only write down that they were called."""
    (tmp_path / "docs/figures").mkdir(parents=True)
    for module in (refresh, generated):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(generated, "FIGURES", tmp_path / "docs/figures")
    monkeypatch.setattr(generated, "DRAWN", tmp_path / "docs/figures/drawn.json")
    return tmp_path


@pytest.fixture
def calls(house, monkeypatch):
    """What commands were run; one that is given ``--out`` draws ``a.png``, others write a page."""
    called = []

    def run(*words):
        called.append(words)
        if "--out" in words:
            out = house / words[words.index("--out") + 1]
            out.mkdir()
            (out / "a.png").write_bytes(b"new")
        else:
            (house / "docs/slow.md").write_text("MARK\nnew\n## States\nold")

    monkeypatch.setattr(generated, "run", run)
    return called


def write(house, text, path="docs/a.md"):
    (house / path).write_text(text)


def test_a_file_that_is_missing_or_differs_is_made(house):
    row = Made("docs/a.md", lambda present: f"{present.split('|')[0]}|made")
    assert row.fault() == "missing"
    for before, after in (("by hand|old", "by hand|made"), ("|", "|made")):
        write(house, before)
        assert row.fault() == "differs from its sources"
        row.make()
        assert (house / "docs/a.md").read_text() == after and row.fault() == ""
    assert [path.name for path in (house / "docs").iterdir() if path.is_file()] == ["a.md"]


def states(page):
    return page.partition("## States")[0] + "## States\nnew"


def test_a_measured_page_is_measured_only_if_its_mark_is_old(house, calls):
    row = Measured("docs/slow.md", lambda: "MARK", ("claims", "--write-docs"), "long", states)
    assert row.fault() == "missing"
    write(house, "OLD\n## States\nnew", "docs/slow.md")
    assert row.fault() == "measured with other code"
    row.make()
    assert calls == [("claims", "--write-docs")]
    assert row.fault() == "" and (house / "docs/slow.md").read_text().endswith("## States\nnew")
    write(house, "MARK\nkept\n## States\nold", "docs/slow.md")
    assert row.fault() == "differs from its sources"
    row.make()
    assert len(calls) == 1 and "kept" in (house / "docs/slow.md").read_text()


def test_figures_are_drawn_again_when_their_code_has_changed(house, calls):
    row = Drawn(("a.png",), ("run", "x"), ("experiments.questions.classics",), "long")
    assert row.fault() == "missing"
    write(house, "old", "docs/figures/a.png")
    assert row.fault() == "drawn with other code"
    row.make()
    assert calls[0][:3] == ("run", "x", "--out") and row.fault() == ""
    assert (house / "docs/figures/a.png").read_bytes() == b"new"
    record = json.loads((house / "docs/figures/drawn.json").read_text())
    assert list(record) == ["docs/figures/a.png"]
    write(house, json.dumps({"docs/figures/a.png": "other"}), "docs/figures/drawn.json")
    assert row.fault() == "drawn with other code"


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def rows(house, monkeypatch):
    """Two quick rows, of which the second is current."""
    write(house, "made", "docs/b.md")
    two = (Made("docs/a.md", lambda _: "made"), Made("docs/b.md", lambda _: "made"))
    monkeypatch.setattr(refresh, "ROWS", two)
    monkeypatch.setattr(refresh, "FIGURES", (Made("docs/figures/f.svg", lambda _: "drawn"),))
    return house


def test_check_says_one_line_a_file_and_writes_nothing(rows, capsys):
    write(rows, "old")
    assert main(["refresh", "--check"]) == 1
    assert capsys.readouterr().err == (
        "docs/a.md: differs from its sources; run: python -m experiments refresh\n"
    )
    assert (rows / "docs/a.md").read_text() == "old"


def test_check_names_the_option_that_a_figure_needs(rows, capsys):
    assert main(["refresh", "--check", "--figures"]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "docs/figures/f.svg: missing; run: python -m experiments refresh --figures"


def test_refresh_makes_what_is_old_and_says_so(rows, capsys):
    assert main(["refresh"]) == 0
    reported = capsys.readouterr().out.splitlines()
    assert reported == ["docs/a.md: made anew (missing)", "docs/b.md: current",
                    "2 generated files are current"]  # fmt: skip
    assert not (rows / "docs/figures/f.svg").exists()
    assert main(["refresh", "--check"]) == 0


def test_times_are_taken_only_when_asked_for(rows, calls, monkeypatch):
    monkeypatch.setattr(refresh, "PERFORMANCE", (Timed("docs/slow.md", ("bench",), "long"),))
    assert main(["refresh"]) == 0 and not calls
    assert main(["refresh", "--check", "--performance"]) == 0 and not calls
    assert main(["refresh", "--performance"]) == 0 and calls == [("bench",)]


def fails(fault):
    def text(_):
        raise fault

    return text


@pytest.mark.parametrize(
    "fault, reported",
    [(Failed("'x' ended with 2"), "'x' ended with 2"),
     (ModuleNotFoundError(name="numba"), "needs the package 'numba': pip install -e \".[dev]\"")],
)  # fmt: skip
def test_what_cannot_be_made_is_one_line_and_stops_no_other(
    rows, monkeypatch, capsys, fault, reported
):
    monkeypatch.setattr(refresh, "ROWS", (Made("docs/b.md", fails(fault)), refresh.ROWS[0]))
    assert main(["refresh"]) == 1
    assert capsys.readouterr().err == f"docs/b.md: {reported}\n"
    assert (rows / "docs/a.md").read_text() == "made"


def test_ctrl_c_says_how_to_go_on(rows, monkeypatch, capsys):
    monkeypatch.setattr(refresh, "ROWS", (Made("docs/b.md", fails(KeyboardInterrupt())),))
    assert main(["refresh"]) == 130
    assert "go on with: python -m experiments refresh" in capsys.readouterr().err


def test_an_installation_is_refused_in_one_line(rows, capsys):
    (rows / "docs").rename(rows / "elsewhere")
    assert main(["refresh"]) == 2
    assert (
        capsys.readouterr().err == "refresh: needs a checkout; an installation has no docs folder\n"
    )


def test_a_command_that_fails_is_named():
    with pytest.raises(Failed, match="experiments run nobody ended with 2"):
        generated.run("run", "nobody")
