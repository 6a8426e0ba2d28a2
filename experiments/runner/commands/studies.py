"""``study`` and ``report``: a file of conditions, run and then told on one page."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.runner.commands import REPLACE


# more than six arguments: each is an option of the command line
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
    replace: Annotated[bool, typer.Option("--replace", help=REPLACE)] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON schema of study files.")
    ] = False,
) -> None:
    """Run a study file: many conditions, resumable, in parallel. Ends with failed cells."""
    from experiments.runner.lean import show_dask

    if dask is not None:
        show_dask()
    from experiments.runner.progress import Bar
    from experiments.study import command

    if schema:
        return command.print_schema()
    if file is None:
        raise ValueError("study: FILE is missing; those that are shipped: experiments/studies")
    modes = {"resume": resume, "status": status, "dry_run": dry_run}
    count = command.default_workers() if workers is None else workers
    command.answer(file, out, count, dask, modes, only, replace, Bar(file.stem), typer.echo)


def report(
    folder: Annotated[Path, typer.Argument(help="Folder of a study.", metavar="FOLDER")],
) -> None:
    """Write one page about a study, and tables for other programs. It may be unfinished."""
    from experiments.study import report as reporting

    page, warnings = reporting.write(folder)
    for line in warnings:
        typer.echo(line)
    typer.echo(f"Written: {page}")
