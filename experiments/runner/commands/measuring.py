"""``claims``, ``gates``, ``parsimony``, ``bench``: what holds, what it needs, how fast it is."""

import os
from pathlib import Path
from typing import Annotated

import typer

from experiments.runner.commands import REPLACE
from experiments.runner.usable import needs_docs

SEED = typer.Option(min=0, help="Random seed.")
FOLDER = typer.Option(help="Folder.")


# more than six arguments: each is an option of the command line
def claims(
    only: Annotated[str | None, typer.Option(metavar="C11,C12", help="Only these.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Few couples and draws: a look.")] = False,
    seed: Annotated[int, SEED] = 1,
    out: Annotated[Path, FOLDER] = Path("results/claims"),
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Also write the table here.")
    ] = None,
    write_docs: Annotated[
        bool, typer.Option("--write-docs", help="Rewrite docs/claims.md.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help=REPLACE)] = False,
) -> None:
    """Measure the articles' claims: effect, ablation, robustness. Goes on where it stopped."""
    from experiments.claims.command import Asked, answer
    from experiments.runner.folder import already
    from experiments.runner.progress import Bar
    from experiments.runner.terminal import show

    with Bar("claims") as progress:
        asked = Asked(only, quick, seed, out, json_file, write_docs, replace)
        found = answer(asked, progress)
    if found is None:
        return typer.echo(already(out))
    table, notes = found
    show("What do the articles claim, and what follows from the model?", table, notes, "table.md")
    typer.echo(f"\nWritten: {out}")


# more than six arguments: each is an option of the command line
def gates(
    only: Annotated[str | None, typer.Option(metavar="G3,G5", help="Only these.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Few couples, one seed: a look.")] = False,
    seeds: Annotated[
        str | None, typer.Option(metavar="11,12", help="Random seeds; six unless given.")
    ] = None,
    out: Annotated[Path, FOLDER] = Path("results/gates"),
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Also write the rows here.")
    ] = None,
    write_docs: Annotated[
        bool, typer.Option("--write-docs", help="Rewrite docs/gates.md.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help=REPLACE)] = False,
) -> None:
    """Measure the second core against its gates. Goes on where it stopped."""
    os.environ["MPLBACKEND"] = "Agg"
    from experiments.gates.command import Asked, answer
    from experiments.gates.tables import QUESTION
    from experiments.runner.folder import already
    from experiments.runner.progress import Bar
    from experiments.runner.terminal import show

    with Bar("gates") as progress:
        asked = Asked(only, quick, seeds, out, json_file, write_docs, replace)
        found = answer(asked, progress)
    if found is None:
        return typer.echo(already(out))
    table, notes = found
    show(QUESTION, table, notes, "table.md")
    typer.echo(f"\nWritten: {out}")


def parsimony(
    seed: Annotated[int, SEED] = 1,
    out: Annotated[Path, FOLDER] = Path("results/parsimony"),
    write_docs: Annotated[
        bool, typer.Option("--write-docs", help="Rewrite docs/parsimony.md.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help=REPLACE)] = False,
) -> None:
    """Find which claims need each parameter. Goes on where it stopped."""
    os.environ["MPLBACKEND"] = "Agg"
    from experiments.parsimony.command import answer
    from experiments.runner.folder import already
    from experiments.runner.progress import Bar
    from experiments.runner.terminal import show

    with Bar("parsimony") as progress:
        found = answer(out, seed, write_docs, replace, progress)
    if found is None:
        return typer.echo(already(out))
    table, notes = found
    show("What is each parameter needed for?", table, notes, "table.md")


def bench(
    json: Annotated[Path | None, typer.Option(help="Write what was found to this file.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Few rounds: a look.")] = False,
    write_docs: Annotated[
        bool, typer.Option("--write-docs", help="Make docs/performance.md from it.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over that file.")] = False,
) -> None:
    """Measure the engines side by side."""
    from experiments.bench import engines as measuring
    from experiments.bench.page import text, write_page
    from experiments.runner.usable import check_file, refusing

    if json is not None:
        check_file("--json", json, replace)
    if write_docs:
        needs_docs()
    answer = measuring.measure(quick, lambda words: typer.echo(f"{words} ...", err=True))
    typer.echo(text(answer))
    if json is not None:
        with refusing(json, "--json"):
            measuring.write(answer, json)
    if write_docs:
        write_page(answer)
