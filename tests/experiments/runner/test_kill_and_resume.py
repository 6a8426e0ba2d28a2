"""Stopped in whatever way and called again, each long command ends with the very same bytes."""

import signal
import sys

import pytest

from tests.helpers.stopping import finished, kept, stopped, tree

FEWER_LANDSCAPES = """
import experiments.questions.landscape as q
q.PAIRS, q.ANYONE = q.PAIRS[:3], 3
"""
FEWER_KNOCKOUTS = """
import experiments.parsimony.needs as needs, experiments.parsimony.command as command
from itertools import islice
whole, claims = needs.knockouts, needs.all_claims
needs.knockouts = lambda: islice(whole(), 6)
needs.all_claims = lambda: {name: claims()[name] for name in ("C11", "C15")}
needs.PAIR_DAYS, command.COUPLES = 2, 3
"""
SMALLER_CLAIMS = """
import experiments.claims.battery as battery
battery.QUICK = battery.Size(dyads=4, draws=2, dyads_a_draw=2)
"""
FEWER_PICTURES = """
import experiments.pages.gallery.figures as figures
some = ("alarm_curves", "window_of_tolerance", "exchange", "presence")
figures.FIGURES = {name: figures.FIGURES[name] for name in some if name in figures.FIGURES}
"""
LONG = {
    "earned_security": ("run earned_security --dyads 2 --days 8 --quick", ""),
    "landscape": ("run landscape --dyads 1 --days 1 --quick", FEWER_LANDSCAPES),
    "assessment": ("run assessment --dyads 6 --days 3 --quick", ""),
    "claims": ("claims --quick --only C11,C12,C15,C16,C19,C20", SMALLER_CLAIMS),
    "parsimony": ("parsimony", FEWER_KNOCKOUTS),
    "gallery": ("gallery --quick", FEWER_PICTURES),
}
POLITE = [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there"),
]


@pytest.mark.parametrize(("name", "number"), zip(LONG, POLITE * 2, strict=True))
def test_stopped_in_every_way_it_ends_with_the_same_bytes(name, number, tmp_path):
    """One polite signal and the rude one each; a signal has one handler for all commands.

    Over the commands every polite signal comes twice.
    """
    words, change = LONG[name]
    once, often = tmp_path / "once", tmp_path / "often"
    finished([*words.split(), "--out", str(once)], change)
    again = [*words.split(), "--out", str(often)]
    code, err = stopped(again, number, often, change=change)
    assert code == 130 and err.count("\n") == 1, err
    assert "Interrupted: " in err and "kept" in err and "the same command goes on" in err
    code, err = stopped(again, signal.SIGKILL, often, change=change)
    assert code == -signal.SIGKILL and err == ""
    assert kept(often) > 1
    finished(again, change)
    assert tree_of_results(often) == tree_of_results(once)
    assert not list(often.glob(".pairbond/parts")) and kept(often) == kept(once)


def tree_of_results(out):
    """What a reader sees; verdicts of claims stay besides, for the next run."""
    return {name: text for name, text in tree(out).items() if not name.startswith(".pairbond")}


@pytest.mark.parametrize("name", ["earned_security", "claims"])
def test_killed_at_any_moment_it_goes_on(name, tmp_path):
    """At moments of the clock and not of the work: also between two parts, and while it writes."""
    import random
    import time

    from tests.helpers.stopping import started

    words, change = LONG[name]
    once, often = tmp_path / "once", tmp_path / "often"
    finished([*words.split(), "--out", str(once)], change)
    again = [*words.split(), "--out", str(often)]
    draw = random.Random(3)
    for early in (1.0, 2.25, 3.5, 4.75):
        process = started(again, change)
        time.sleep(early + draw.uniform(0.0, 1.25))
        process.kill()
        process.communicate()
        if (often / "run.json").exists():
            break
    finished(again, change)
    assert tree_of_results(often) == tree_of_results(once)


SHORT = "run couple --dyads 3 --days 250 --quick"


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    """What the short question leaves when nobody stops it."""
    out = tmp_path_factory.mktemp("short") / "once"
    finished([*SHORT.split(), "--out", str(out)])
    return tree(out)


@pytest.mark.parametrize("number", [*POLITE, signal.SIGKILL])
def test_a_short_question_leaves_nothing_and_gives_the_same_afterwards(number, short, tmp_path):
    from tests.helpers.stopping import started

    words, often = SHORT, tmp_path / "often"
    process = started([*words.split(), "--out", str(often)])
    while not often.exists():
        assert process.poll() is None
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    if number == signal.SIGKILL:
        assert {path.name for path in often.iterdir()} == {".pairbond"}
    else:
        assert (process.returncode, err) == (130, "Interrupted: nothing was written.\n")
        assert not often.exists()
    finished([*words.split(), "--out", str(often)])
    assert tree(often) == short


def test_another_run_does_not_take_the_parts_of_this_one(tmp_path):
    words, _ = LONG["earned_security"]
    out = tmp_path / "out"
    stopped([*words.split(), "--out", str(out)], signal.SIGKILL, out)
    from experiments.runner.cli import main

    assert main([*words.split(), "--seed", "2", "--out", str(out)]) == 2
    other = [*words.split(), "--seed", "2", "--out", str(out), "--replace"]
    alone = [*words.split(), "--seed", "2", "--out", str(tmp_path / "alone")]
    finished(other)
    finished(alone)
    assert tree(out) == tree(tmp_path / "alone")
