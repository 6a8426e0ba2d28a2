"""The command line: which commands there are, and one line for whatever is wrong."""

import os
from typing import Annotated

import typer

from experiments.runner import program
from experiments.runner.commands import asking, measuring, showing, studies
from experiments.runner.group import Commands, RunCommand, add
from experiments.runner.listing import overview
from experiments.runner.stopping import INTERRUPTED, REFUSED, Stopped
from experiments.runner.streams import UNPRINTED, say

LONGEST_LINE, LONGEST_HEAD, LONGEST_TAIL = 500, 200, 250
TIMES = {
    "run": "see the questions; seconds with --quick",
    "claims": "long; --quick for a look",
    "gates": "about 5 min, half a minute with --quick",
    "parsimony": "about 20 min",
    "bench": "about 20 min, 2 with --quick",
    "gallery": "about 5 min, 1 with --quick",
    "refresh": "seconds, unless measured pages are old",
    "study": "--dry-run says how long",
}
"""What a command takes, for the overview; in minutes only where it was measured."""

app = typer.Typer(
    cls=Commands,
    # A shell completes the words of a program, not of a module that Python runs.
    add_completion=program.typed() == program.INSTALLED,
    rich_markup_mode=None,  # plain help is quicker and reads the same everywhere
    pretty_exceptions_enable=False,
    help="Ask the simulation a question; its name is a command too. Alone: list all there is.",
)
add(app, asking.run, cls=RunCommand)
add(app, asking.list_questions, "list")
add(app, studies.study)
add(app, studies.report)
add(app, measuring.claims)
add(app, measuring.gates)
add(app, measuring.parsimony)
add(app, showing.gallery)
add(app, showing.page)
add(app, showing.explore)
add(app, showing.refresh)
add(app, measuring.bench)

# All errors of usage descend from it; its own name moved between Typer's versions.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        # Some versions of Typer turn Ctrl-C into this number, some let it pass.
        if app(arguments, prog_name=program.typed(), standalone_mode=False) == INTERRUPTED:
            raise KeyboardInterrupt
    except Stopped as end:
        return _stop(str(end), end.code)
    except (KeyboardInterrupt, typer.Abort):
        return _stop("Interrupted: nothing was written.", INTERRUPTED)
    except UsageError as fault:
        return _stop(_message(fault), REFUSED)
    except OSError as fault:
        # Without a name it is what prints that fails; that is told elsewhere.
        if fault.filename is None or os.environ.get("PAIRBOND_TRACEBACK"):
            raise
        return _stop(f"{fault.filename}: {fault.strerror or fault}", UNPRINTED)
    except (ValueError, MemoryError) as fault:
        if os.environ.get("PAIRBOND_TRACEBACK"):
            raise
        return _stop(str(fault) or "Not enough memory: ask for fewer couples or days.", REFUSED)
    return 0


def _version(wanted: bool) -> None:
    if wanted:
        from sim.provenance import source_hash, version

        typer.echo(f"pairbond {version()}\nsource hash {source_hash()}")
        raise typer.Exit()


@app.callback(invoke_without_command=True)
def alone(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show version and source hash."
        ),
    ] = False,
) -> None:
    """Ask the simulation a question; its name is a command too. Alone: list all there is."""
    if context.invoked_subcommand is None:
        commands = getattr(context.command, "commands", {})
        typer.echo(overview(program.typed(), commands, TIMES))


def _message(fault: Exception) -> str:
    """What Typer says about an error of usage, on one line, and where to read on."""
    words = getattr(fault, "format_message", fault.__str__)()
    context = getattr(fault, "ctx", None)
    path = program.typed() if context is None else context.command_path
    return f"{' '.join(str(words).split())} (see {path} --help)"


def _stop(lines: str, code: int) -> int:
    say("\n".join(map(_readable, lines.splitlines())))
    return code


def _readable(line: str) -> str:
    """A line without what a terminal obeys, cut where it is long: a word may be anything."""
    shown = "".join(letter if letter.isprintable() else " " for letter in line)
    return (
        shown
        if len(shown) <= LONGEST_LINE
        else f"{shown[:LONGEST_HEAD]} ... {shown[-LONGEST_TAIL:]}"
    )
