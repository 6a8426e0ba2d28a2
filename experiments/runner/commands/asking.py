"""``run`` and ``list``: answer a question of ours, or say which there are."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from experiments.runner import completion
from experiments.runner.commands import REPLACE
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
    vs: Annotated[
        list[str] | None,
        typer.Option(
            "--vs",
            metavar="b=WHO|a.PARAMETER=VALUE",
            help="Compare with a {paired} that differs in this alone; may be repeated.",
            autocompletion=completion.arms,
        ),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help=REPLACE)] = False,
) -> None:
    """Answer a question: data, table and figures in a folder."""
    # Numbers arrive as text, so that one place judges them and words every fault the same way.
    from experiments.runner.configuration import configure
    from experiments.runner.folder import already, check_folder
    from experiments.runner.provenance import about

    given = {"seed": seed, "dyads": dyads, "days": days, "out": out, "quick": quick}
    configuration = configure(name, settings or (), vs or (), a=a, b=b, **given)
    same = about(configuration)
    if check_folder(configuration.out, same, replace):
        typer.echo(already(configuration.out))
        return
    _answer(all_experiments()[name], configuration, same, replace)


def list_questions() -> None:
    """List the questions with their sizes and times."""
    typer.echo(questions())


def _answer(
    experiment: Experiment,
    configuration: "RunConfiguration",
    same: Mapping[str, Any],
    replace: bool,
) -> None:
    os.environ["MPLBACKEND"] = "Agg"  # figures go to files; no window, no display needed
    from experiments.runner.folder import at_work
    from experiments.runner.output import save
    from experiments.runner.printed import legend, printed
    from experiments.runner.progress import Bar
    from experiments.runner.provenance import collect
    from experiments.runner.running import answer
    from experiments.runner.stopping import telling
    from experiments.runner.terminal import show

    start, out = time.perf_counter(), configuration.out
    with at_work(out, same, replace) as place:
        with Bar(experiment.name) as progress:
            outcome = answer(configuration, progress, place.parts)
        seconds = time.perf_counter() - start
        save(outcome, configuration, collect(configuration, seconds), out)
    with telling(lambda: f"everything was written before, in {out}."):
        rows = printed(outcome.table, outcome.layout)
        notes, brief = [*legend(outcome.table), *outcome.notes], None
        if outcome.layout.columns:
            brief = printed(outcome.table, outcome.layout, brief=True)
        show(experiment.question, rows, notes, "table.md", brief)
        typer.echo(f"\nWritten in {seconds:.0f} s: {out}")
