"""``python -m experiments refresh``: make anew every generated file that is old.

One row a file, in the order in which they are made. ``--check`` only says which are old. What a
row imports it imports when it is asked, so that a package that is missing stops that row alone.
"""

from collections.abc import Callable
from functools import partial

from experiments.runner.generated import Drawn, Failed, Generated, Made, Measured, Timed
from experiments.runner.stopping import INTERRUPTED, Stopped
from sim.provenance import ROOT

COMMAND = "python -m experiments refresh"
OLD = 1


class Stale(Stopped):
    """Files are old, or one could not be made: one line a file."""

    def __init__(self, lines: list[str], code: int = OLD) -> None:
        super().__init__("\n".join(lines), code)


def answer(check: bool, figures: bool, performance: bool, say: Callable[[str], None]) -> None:
    """Make anew what is old of what is asked for, or only say so; raises ``Stale``."""
    if not (ROOT / "docs").is_dir():
        raise ValueError("refresh: needs a checkout; an installation has no docs folder")
    asked = (*ROWS, *(FIGURES if figures else ()))
    asked += PERFORMANCE if performance and not check else ()
    lines = check_all(asked) if check else make_all(asked, say)
    if lines:
        raise Stale(lines)
    say(f"{len(asked)} generated files are current")


def check_all(rows: tuple[Generated, ...]) -> list[str]:
    """One line for each file that is old."""
    return [said for row in rows if (said := line(row))]


def line(row: Generated) -> str:
    """What is wrong with a file and what to do about it; empty if nothing is."""
    why = _asked(row.fault)
    takes = f" ({row.takes})" if row.takes else ""
    return f"{row.path}: {why}; run: {COMMAND}{_option(row)}{takes}" if why else ""


def make_all(rows: tuple[Generated, ...], say: Callable[[str], None]) -> list[str]:
    """Make every file that is old, say what became of each; one line for each that failed."""
    failed = []
    for row in rows:
        why = _asked(row.fault)
        if not why:
            say(f"{row.path}: current")
            continue
        if row.takes:
            say(f"{row.path}: {why}; making it anew takes {row.takes}")
        fault = _asked(partial(_make, row))
        say(f"{row.path}: {fault or f'made anew ({why})'}")
        failed += [f"{row.path}: {fault}"] * bool(fault)
    return failed


def _make(row: Generated) -> str:
    row.make()
    return ""


def _asked(ask: Callable[[], str]) -> str:
    """The answer, or in its place what kept it from coming, in some words."""
    try:
        return ask()
    except Failed as fault:
        return str(fault)
    except ModuleNotFoundError as fault:
        return f"needs the package '{fault.name}': pip install -e \".[dev]\""
    except KeyboardInterrupt as end:
        kept = f"Interrupted; what was finished is kept, go on with: {COMMAND}"
        raise Stale([kept], INTERRUPTED) from end


def _option(row: Generated) -> str:
    asked = {"figures": FIGURES, "performance": PERFORMANCE}
    return next((f" --{name}" for name, rows in asked.items() if row in rows), "")


# --- how each text is made ------------------------------------------------------------------------


def _model(present: str) -> str:
    from experiments.pages.model_page import rewritten

    return rewritten(present)


def _schema(_: str) -> str:
    from experiments.study.schema import text

    return text()


def _explore(_: str) -> str:
    from experiments.pages.explore.generate import page

    return page()


def _claims() -> str:
    from experiments.claims.page import mark

    return mark()


def _gates() -> str:
    from experiments.gates.page import mark

    return mark()


def _parsimony() -> str:
    from experiments.parsimony.page import mark

    return mark()


def _states(present: str) -> str:
    from experiments.parsimony.page import rewritten

    return rewritten(present)


def _house(present: str) -> str:
    from experiments.pages.house.page import rewritten

    return rewritten(present)


def _rooms(_: str) -> str:
    from experiments.pages.house.picture import svg

    return svg()


def _question(name: str, *files: str, takes: str) -> Drawn:
    """Figures of the experiment ``name``."""
    return Drawn(files, ("run", name), (f"experiments.questions.{name}",), takes)


# --- the table ------------------------------------------------------------------------------------

ROWS: tuple[Generated, ...] = (
    Made("docs/model.md", _model),
    Made("docs/second_core.md", _model),
    Made("experiments/studies/study.schema.json", _schema),
    Made("docs/explore.html", _explore),
    Made("docs/about/house.md", _house),
    Made("docs/about/house.svg", _rooms),
    Measured("docs/claims.md", _claims, ("claims", "--write-docs", "--replace"), "some 4 minutes"),
    Measured("docs/gates.md", _gates, ("gates", "--write-docs", "--replace"), "some 5 minutes"),
    Measured(
        "docs/parsimony.md",
        _parsimony,
        ("parsimony", "--write-docs", "--replace"),
        "some 15 minutes",
        _states,
    ),
)
FIGURES: tuple[Generated, ...] = (
    _question(
        "scanner_withdrawer", "scanner_withdrawer.png", "conflict_talk.png", takes="a minute"
    ),
    _question("classics", "classics.png", takes="a minute"),
    _question("history", "history.png", takes="a minute"),
    _question("love_story", "laura_and_petrarch.png", "gone_with_the_wind.png", takes="a minute"),
    Drawn(
        ("exchange.gif",),
        ("gallery", "--write-docs"),
        ("experiments.pages.gallery.figures", "experiments.pages.gallery.film"),
        "some 3 minutes",
    ),
)
PERFORMANCE: tuple[Generated, ...] = (
    Timed("docs/performance.md", ("bench", "--write-docs"), "some 5 minutes"),
)
