"""``gallery``, ``page``, ``explore``: pictures and pages that show the model."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.runner.commands import REPLACE


def gallery(
    out: Annotated[Path, typer.Option(help="Folder.")] = Path("results/gallery"),
    quick: Annotated[bool, typer.Option("--quick", help="Few couples and frames: a look.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Random seed.")] = 1,
    write_docs: Annotated[
        bool, typer.Option("--write-docs", help="Also put the pictures into docs/figures.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help=REPLACE)] = False,
) -> None:
    """Draw the gallery: ten figures and a film of an exchange. Goes on where it stopped."""
    from experiments.pages.gallery.command import answer
    from experiments.runner.folder import already
    from experiments.runner.progress import Bar

    with Bar("gallery") as progress:
        files = answer(out, quick, seed, write_docs, replace, progress)
    typer.echo(f"Written: {out} ({len(files)} pictures)" if files else already(out))


def page(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port; any free one unless given.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Serve a live page: one couple, sliders, Mesa's controls. Needs the extra 'page'."""
    from experiments.pages.live_command import serve
    from experiments.runner.lean import show_dask

    show_dask()  # what Solara looks for is its own affair
    serve(port, browser)


def refresh(
    check: Annotated[bool, typer.Option("--check", help="Only say which are old.")] = False,
    figures: Annotated[bool, typer.Option("--figures", help="The figures too.")] = False,
    performance: Annotated[bool, typer.Option("--performance", help="The times too.")] = False,
) -> None:
    """Make every generated file anew that is older than its sources."""
    from experiments.runner.refresh import answer

    answer(check, figures, performance, typer.echo)


def explore(
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether docs/explore.html is up to date.")
    ] = False,
) -> None:
    """Make docs/explore.html, the page that opens by double click. From the model's source."""
    from experiments.pages.explore import generate

    if check:
        generate.check()
        typer.echo(f"{generate.PAGE.name} is up to date")
        return
    generate.write()
    typer.echo(f"Written: {generate.PAGE}")
