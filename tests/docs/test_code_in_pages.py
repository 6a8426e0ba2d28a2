"""Code in the documents runs, and commands are understood."""

import ast
import re
import shlex
import textwrap

import pytest
from typer.main import get_command

from experiments.runner import cli
from experiments.runner.configuration import configure
from tests.helpers.documents import read
from tests.helpers.paths import ROOT

PAGES = {
    path.relative_to(ROOT).as_posix(): path
    for path in [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
    if "_build" not in path.parts
}
LONG = ("interventions", "landscape", "record", "simulate")
SLOW = {"docs/start/tutorial.md", *(f"docs/howto/{name}.md" for name in LONG)}
PROGRAM = "pairbond"


def blocks(name, kind):
    """The code blocks of a page that are marked so."""
    return re.findall(rf"^ *```{kind}\n(.*?)^ *```", read(PAGES[name]), flags=re.M | re.S)


def slow(names):
    """The pages, the slow ones marked."""
    return [pytest.param(n, marks=pytest.mark.slow) if n in SLOW else n for n in names]


@pytest.mark.parametrize("name", slow(n for n in PAGES if blocks(n, "python run")))
def test_code_blocks_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    scope = {"__name__": "documentation"}
    for block in blocks(name, "python run"):
        exec(compile(block, name, "exec"), scope)


@pytest.mark.parametrize("name", [n for n in PAGES if blocks(n, "python")])
def test_fragments_are_python(name):
    """What is no program of its own, and so not run, is at least Python."""
    for block in blocks(name, "python"):
        ast.parse(textwrap.dedent(block))


def test_the_pages_that_have_code_to_run_are_found():
    ours = {"README.md", "docs/model.md", *SLOW}
    assert not [name for name in ours if not blocks(name, "python run")]


@pytest.mark.parametrize("name", [n for n in PAGES if PROGRAM in "".join(blocks(n, "sh"))])
def test_commands_are_understood(name):
    """Every command of a page is parsed as the command line parses it, without running it."""
    for block in blocks(name, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            if line.strip().startswith(PROGRAM):
                understood(shlex.split(line.split("#")[0])[1:])


def understood(words):
    """Fail unless the command line takes these words."""
    group = get_command(cli.app)
    if not words or words[0].startswith("-"):
        return
    with group.make_context(PROGRAM, [words[0]]) as outer:
        command = group.get_command(outer, words[0])
        assert command is not None, f"no command or question {words[0]}"
        reported = command.make_context(words[0], list(words[1:]), parent=outer)
    if words[0] == "run":
        given = reported.params
        given.pop("replace")  # of the folder, not of the run
        configure(given.pop("name"), given.pop("settings") or (), **given)


@pytest.mark.parametrize(
    "line", ["frobnicate", "run couple --a scaner", "run couple --set a.vagel_tone=1", "page --tot"]
)
def test_a_wrong_command_is_found(line):
    with pytest.raises((AssertionError, ValueError, cli.UsageError)):
        understood(shlex.split(line))
