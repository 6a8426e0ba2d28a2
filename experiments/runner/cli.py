"""The command line: list the experiments, run one, say in one line what is wrong."""

import os
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.runner.progress import Progress
from experiments.runner.registry import Experiment, all_experiments, find, preset_names
from experiments.study.faults import StudyStopped

if TYPE_CHECKING:
    from experiments.runner.configuration import RunConfiguration
    from experiments.runner.output import Outcome

REFUSED, INTERRUPTED = 2, 130
PROGRAM = "python -m experiments"
PRESETS = ", ".join(preset_names())

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,  # plain help is quicker and reads the same everywhere
    pretty_exceptions_enable=False,
    help="Ask the simulation a question. Without a command: list the questions.",
)

# All errors of usage descend from it; its own name moved between Typer's versions.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        # Some versions of Typer turn Ctrl-C into this number, some let it pass.
        if app(arguments, prog_name=PROGRAM, standalone_mode=False) == INTERRUPTED:
            raise KeyboardInterrupt
    except StudyStopped as end:
        return _stop(str(end), end.code)
    except (KeyboardInterrupt, typer.Abort):
        return _stop("Interrupted: nothing was written.", INTERRUPTED)
    except UsageError as fault:
        return _stop(f"{_message(fault)} (see {PROGRAM} --help)", REFUSED)
    except (ValueError, MemoryError) as fault:
        if os.environ.get("PAIRBOND_TRACEBACK"):
            raise
        return _stop(str(fault) or "Not enough memory: ask for fewer couples or days.", REFUSED)
    return 0


@app.callback(invoke_without_command=True)
def overview(context: typer.Context) -> None:
    """Ask the simulation a question. Without a command: list the questions."""
    if context.invoked_subcommand is None:
        typer.echo(f"Run one with: {PROGRAM} run NAME\n")
        typer.echo("\n\n".join(_entry(experiment) for experiment in all_experiments().values()))


@app.command()
def run(
    name: Annotated[str, typer.Argument(help="Experiment; see the list.", metavar="NAME")],
    seed: Annotated[
        str | None, typer.Option(metavar="INT", help="Random seed; 1 unless given.")
    ] = None,
    dyads: Annotated[str | None, typer.Option(metavar="INT", help="Couples per condition.")] = None,
    days: Annotated[str | None, typer.Option(metavar="INT", help="Simulated days.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder; results/NAME unless given.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Few couples, few days: a look.")] = False,
    a: Annotated[str | None, typer.Option(help=f"Partner A of 'couple': {PRESETS}.")] = None,
    b: Annotated[str | None, typer.Option(help="Partner B of 'couple'; the same.")] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="a.PARAMETER=VALUE",
            help="Change a partner: docs/model.md.",
        ),
    ] = None,
) -> None:
    """Run the experiment NAME and write data, table and figures into a folder."""
    # Numbers arrive as text, so that one place judges them and words every fault the same way.
    from experiments.runner.configuration import configure
    from experiments.runner.folder import check_folder

    given = {"seed": seed, "dyads": dyads, "days": days, "out": out, "quick": quick}
    configuration = configure(name, settings or (), a=a, b=b, **given)
    check_folder(configuration.out)
    _run(find(name), configuration)


@app.command()
def claims(
    only: Annotated[str | None, typer.Option(metavar="C11,C12", help="Only these.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Few couples and draws: a look.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Random seed.")] = 1,
    out: Annotated[Path, typer.Option(help="Folder.")] = Path("results/claims"),
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Also write the table here.")
    ] = None,
    write_docs: Annotated[
        bool, typer.Option("--write-docs", help="Rewrite docs/claims.md.")
    ] = False,
) -> None:
    """Measure the articles' claims: effect, ablation, robustness. Goes on where it stopped."""
    from experiments.claims.command import answer

    with _Bar("claims") as progress:
        table, notes = answer(only, quick, seed, out, json_file, write_docs, progress)
    _show(
        "What do the articles claim, and what follows from the model?", table, notes, "claims.csv"
    )
    typer.echo(f"\nWritten: {out}")


@app.command()
def parsimony(
    seed: Annotated[int, typer.Option(min=0, help="Random seed.")] = 1,
    out: Annotated[Path, typer.Option(help="Folder.")] = Path("results/parsimony"),
    write_docs: Annotated[
        bool, typer.Option("--write-docs", help="Rewrite docs/parsimony.md.")
    ] = False,
) -> None:
    """Which claims need each parameter? Takes some 20 minutes; goes on where it stopped."""
    os.environ["MPLBACKEND"] = "Agg"
    from experiments.parsimony.command import answer

    with _Bar("parsimony") as progress:
        table, notes = answer(out, seed, write_docs, progress)
    _show("What is each parameter needed for?", table, notes)


@app.command()
def bench(
    json: Annotated[Path | None, typer.Option(help="Write what was found to this file.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Few rounds: a look.")] = False,
    write_docs: Annotated[
        bool, typer.Option("--write-docs", help="Make docs/performance.md from it.")
    ] = False,
) -> None:
    """Measure the engines side by side."""
    from experiments.bench import engines as measuring
    from experiments.bench.page import text, write_page

    answer = measuring.measure(quick, lambda words: typer.echo(f"{words} ...", err=True))
    typer.echo(text(answer))
    if json is not None:
        measuring.write(answer, json)
    if write_docs:
        write_page(answer)


@app.command()
def gallery(
    out: Annotated[Path, typer.Option(help="Folder.")] = Path("results/gallery"),
    quick: Annotated[bool, typer.Option("--quick", help="Few couples and frames: a look.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Random seed.")] = 1,
    write_docs: Annotated[
        bool, typer.Option("--write-docs", help="Also put the pictures into docs/figures.")
    ] = False,
) -> None:
    """Draw the gallery: ten figures that tell the model, and a film of an exchange."""
    from experiments.pages.gallery.command import answer

    with _Bar("gallery") as progress:
        files = answer(out, quick, seed, write_docs, progress)
    typer.echo(f"Written: {out} ({len(files)} pictures)")


@app.command()
def page(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port; any free one unless given.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Serve a live page: one couple, sliders, Mesa's controls. Needs the extra 'page'."""
    from experiments.pages.live_command import serve

    serve(port, browser)


@app.command()
def study(
    file: Annotated[Path | None, typer.Argument(help="Study file (TOML).", metavar="FILE")] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="N", help="Processes; one a processor unless given.")
    ] = None,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler, or 'local'.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with what is there.")] = False,
    status: Annotated[bool, typer.Option("--status", help="Count cells, run nothing.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Cells, time and disk beforehand.")
    ] = False,
    only: Annotated[str | None, typer.Option(metavar="KEY", help="One cell, by its key.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder; results/studies/FILE.")] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON schema of study files.")
    ] = False,
) -> None:
    """Run the study in FILE: many conditions, resumable, in parallel. Ends with failed cells."""
    from experiments.study import command

    if schema:
        return command.print_schema()
    if file is None:
        raise ValueError("study: FILE is missing; those that are shipped: experiments/studies")
    modes = {"resume": resume, "status": status, "dry_run": dry_run}
    count = command.default_workers() if workers is None else workers
    command.answer(file, out, count, dask, modes, only, _Bar(file.stem), typer.echo)


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(help="Folder of a study.", metavar="FOLDER")],
) -> None:
    """Write one page about a study, finished or not, and its tables for other programs."""
    from experiments.study import report as reporting

    page, warnings = reporting.write(folder)
    for line in warnings:
        typer.echo(line)
    typer.echo(f"Written: {page}")


@app.command()
def refresh(
    check: Annotated[bool, typer.Option("--check", help="Only say which are old.")] = False,
    figures: Annotated[bool, typer.Option("--figures", help="The figures too.")] = False,
    performance: Annotated[bool, typer.Option("--performance", help="The times too.")] = False,
) -> None:
    """Make every generated file anew that is older than its sources."""
    from experiments.runner.refresh import answer

    answer(check, figures, performance, typer.echo)


@app.command()
def explore(
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether docs/explore.html is up to date.")
    ] = False,
) -> None:
    """Make docs/explore.html, the page that opens by double click, from the model's source."""
    from experiments.pages.explore import generate

    if check:
        generate.check()
        typer.echo(f"{generate.PAGE.name} is up to date")
        return
    generate.write()
    typer.echo(f"Written: {generate.PAGE}")


def _run(experiment: Experiment, configuration: "RunConfiguration") -> None:
    os.environ["MPLBACKEND"] = "Agg"  # figures go to files; no window, no display needed
    from experiments.runner.output import save
    from experiments.runner.provenance import collect
    from experiments.runner.running import answer

    start = time.perf_counter()
    with _Bar(experiment.name) as progress:
        outcome = answer(configuration, progress)
    seconds = time.perf_counter() - start
    save(outcome, configuration, collect(configuration, seconds), configuration.out)
    _report(experiment, outcome, configuration.out, seconds)


class _Bar:
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self, name: str) -> None:
        from tqdm import tqdm

        form = "{desc} {percentage:3.0f}% |{bar}| {elapsed} (left: {remaining})"
        self.bar = tqdm(total=0, desc=name, disable=None, leave=False, bar_format=form)

    def __enter__(self) -> Progress:
        return self.move

    def __exit__(self, *_: object) -> None:
        self.bar.close()

    def move(self, done: int, total: int) -> None:
        self.bar.total = total
        self.bar.update(done - self.bar.n)


def _report(experiment: Experiment, outcome: "Outcome", folder: Path, seconds: float) -> None:
    """The answer at the end: question, table, notes, folder."""
    _show(experiment.question, outcome.table, outcome.notes)
    typer.echo(f"\nWritten in {seconds:.0f} s: {folder}")


def _show(question: str, table: "object", notes: list[str], file: str = "table.csv") -> None:
    from rich.console import Console

    from experiments.runner.terminal import print_table

    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    console.print(f"\n{question}\n", style="bold", markup=False)
    print_table(console, table, file)  # type: ignore[arg-type]
    for note in notes:
        console.print(note, markup=False)


def _entry(experiment: Experiment) -> str:
    question = textwrap.fill(experiment.question, 80, initial_indent="  ", subsequent_indent="  ")
    dyads, days = experiment.defaults["dyads"], experiment.defaults["days"]
    size = f"{dyads} couples, {days} days" if experiment.sizes else "equations, no couples drawn"
    size += f", about {experiment.minutes:g} min"
    return f"{experiment.name}\n{question}\n  [{size}]"


def _message(fault: Exception) -> str:
    """What Typer says about an error of usage, on one line."""
    words = getattr(fault, "format_message", fault.__str__)()
    return " ".join(str(words).split())


def _stop(lines: str, code: int) -> int:
    typer.echo(lines, err=True)
    return code
