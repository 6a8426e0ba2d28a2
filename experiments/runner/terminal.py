"""A table on a terminal: side by side if that can be read, else row after row."""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

GAP = 2
NARROWEST_TEXT = 24
MOST_STACKED = 12
NONE = "–"
JUDGED = "holds"
"""A column of yes and no: of a long table too wide for the terminal, only what does not hold."""
WIDE = 160
"""Columns where the output is no terminal."""


def show(
    question: str, table: Any, notes: list[str], file: str = "table.csv", brief: Any = None
) -> None:
    """The answer at the end: question, table and notes; ``brief``: for a narrow terminal."""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)
    console.print(f"\n{question}\n", style="bold", markup=False)
    if brief is not None and len(table) > MOST_STACKED and not _fits(table, console.width):
        console.print(f"Estimates only; with intervals and standard deviations: {file}.")
        table = brief
    print_table(console, table, file)
    for note in notes:
        console.print(note, markup=False)


def print_table(console: "Console", table: "pd.DataFrame", file: str = "table.csv") -> None:
    """Print every row, or what does not hold and the ``file`` that has the rest."""
    named = any(name is not None for name in table.index.names)
    rows = table.reset_index() if named else table
    if _fits(rows, console.width):
        _side_by_side(console, rows)
    elif len(rows) > MOST_STACKED and JUDGED in rows:
        missed = rows[~rows[JUDGED].isin(["yes", True])]
        tail = " Those that do not hold:" if len(missed) else ""
        console.print(f"{len(rows)} rows, too wide for this terminal: see {file}.{tail}")
        _stacked(console, missed)
    else:
        _stacked(console, rows)


def _fits(rows: "pd.DataFrame", width: int) -> bool:
    """Whether the rows can be read side by side."""
    return _room_for_text(rows, width) >= NARROWEST_TEXT


def _room_for_text(rows: "pd.DataFrame", width: int) -> float:
    """Columns left for the widest column if no other is cut; unlimited if that needs fewer."""
    widths = sorted(_width(name, rows[name]) for name in rows.columns)
    if not widths:
        return float("inf")
    left = width - sum(widths[:-1]) - GAP * (len(widths) - 1)
    return float("inf") if left >= widths[-1] else left


def _width(name: Any, values: "pd.Series[Any]") -> int:
    """Of a column: its longest value or the longest word above it."""
    return max([len(w) for w in str(name).split()] + [len(cell(v)) for v in values], default=0)


def _side_by_side(console: "Console", rows: "pd.DataFrame") -> None:
    from rich.markup import escape
    from rich.table import Table

    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for name in rows.columns:
        justify: Any = "right" if rows[name].dtype.kind in "iuf" else "left"
        drawn.add_column(escape(str(name)), justify=justify)
    for row in rows.itertuples(index=False):
        drawn.add_row(*(escape(cell(value)) for value in row))
    console.print(drawn)


def _stacked(console: "Console", rows: "pd.DataFrame") -> None:
    """Each row below its first value; what is undefined is left out."""
    from rich.markup import escape
    from rich.table import Table

    names = [str(name) for name in rows.columns[1:]]
    for first, *others in rows.itertuples(index=False):
        console.print(cell(first), style="bold", markup=False)
        drawn = Table(box=None, show_header=False, pad_edge=False, padding=(0, GAP))
        for name, value in zip(names, others, strict=True):
            if cell(value) != NONE:
                drawn.add_row("", escape(name), escape(cell(value)))
        console.print(drawn)


def cell(value: object) -> str:
    """A value in three digits; a dash for one that is undefined."""
    if isinstance(value, float):
        return f"{value:.3g}" if value == value else NONE
    return str(value)
