"""``run`` and ``list``: answer a question of ours, or say which there are."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.runner import completion
from experiments.runner.listing import questions
from experiments.runner.registry import Experiment, all_experiments

if TYPE_CHECKING:
    from experiments.runner.configuration import RunConfiguration


# more than six arguments: each is an option of the command line
def run(
    name: Annotated[
        str,
        typer.Argument(
            help="Question; see the list.", metavar="NAME", autocompletion=completion.questions
        ),
    ],
    seed: Annotated[
        str | None, typer.Option(metavar="INT", help="Random seed; 1 unless given.")
    ] = None,
    dyads: Annotated[str | None, typer.Option(metavar="INT", help="Couples per condition.")] = None,
    days: Annotated[str | None, typer.Option(metavar="INT", help="Simulated days.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder; results/NAME unless given.")] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Few couples, few days, no SVG: a look.")
    ] = False,
    a: Annotated[
        str | None,
        typer.Option(
            metavar="WHO",
            help="Partner A of {paired}: {architectures}.",
            autocompletion=completion.architectures,
        ),
    ] = None,
    b: Annotated[
        str | None,
        typer.Option(
            metavar="WHO",
            help="Partner B of {paired}; the same.",
            autocompletion=completion.architectures,
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="a.PARAMETER=VALUE",
            help="Change a partner of {paired}; docs/model.md has all parameters.",
            autocompletion=completion.settings,
        ),
    ] = None,
) -> None:
    """Answer a question: data, table and figures in a folder."""
    # Numbers arrive as text, so that one place judges them and words every fault the same way.
    from experiments.runner.configuration import configure
    from experiments.runner.folder import check_folder

    given = {"seed": seed, "dyads": dyads, "days": days, "out": out, "quick": quick}
    configuration = configure(name, settings or (), a=a, b=b, **given)
    check_folder(configuration.out)
    _answer(all_experiments()[name], configuration)


def list_questions() -> None:
    """List the questions with their sizes and times."""
    typer.echo(questions())


def _answer(experiment: Experiment, configuration: "RunConfiguration") -> None:
    os.environ["MPLBACKEND"] = "Agg"  # figures go to files; no window, no display needed
    from experiments.runner.output import save
    from experiments.runner.printed import legend, printed
    from experiments.runner.progress import Bar
    from experiments.runner.provenance import collect
    from experiments.runner.running import answer
    from experiments.runner.terminal import show

    start = time.perf_counter()
    with Bar(experiment.name) as progress:
        outcome = answer(configuration, progress)
    seconds = time.perf_counter() - start
    save(outcome, configuration, collect(configuration, seconds), configuration.out)
    rows = printed(outcome.table, outcome.layout)
    notes, brief = [*legend(outcome.table), *outcome.notes], None
    if outcome.layout.columns:
        brief = printed(outcome.table, outcome.layout, brief=True)
    show(experiment.question, rows, notes, "table.md", brief)
    typer.echo(f"\nWritten in {seconds:.0f} s: {configuration.out}")
