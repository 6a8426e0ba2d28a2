"""Series of couples from a table: labelled arrays (couple, partner, time).

What is wrong with a file is said in one line, with row and column as a spreadsheet counts them:
the header is row 1.
"""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from sim.checks import file_path
from sim.series import cells
from sim.series.clock import Clock, Cut, clock, described
from sim.series.layout import Layout, Options, layout, no_column
from sim.series.text import Sheet, sheet

DIMS = ("couple", "partner", "time")
EXCHANGEABLE = ("first", "second")
TWO_OF_ONE_KIND = (
    "; two of one kind? number them 1 and 2 within each couple, or name a column that tells them "
    "apart, partner='person'"
)


# more than six arguments: a file of others differs in as many ways, each told by its own name
def read_series(
    path: str | Path,
    *,
    couple: Any = None,
    time: str | None = None,
    partner: str | None = None,
    value: Any = None,
    day: str | None = None,
    longest_step: float | None = None,
    missing: Any = None,
    real: Any = None,
    sep: str | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
) -> Any:
    """A table of couples as (couple, partner, time); several values as a dataset of such arrays.

    Columns: ``couple`` (or several that together name it), ``time``, ``partner`` and ``value`` name
    them where they are not called so. ``value`` is a column; a list of columns (a dataset); or,
    in a file with both partners side by side and no ``partner``, two columns, the part that their
    names share (``"alarm"`` for ``alarm_A``, ``alarm_B``), or a mapping of such pairs.

    Partners: two in each couple. If all couples have the same two names, those are the labels. Else
    (person numbers, same-sex couples) they are ``first`` and ``second`` in order of appearance,
    ``attrs["exchangeable"]`` is 1, and the coordinate ``person`` keeps their names.

    Times: numbers or dates (days), even and rising; none are needed if each person has one row.
    ``day`` is a column, and ``longest_step`` a time, that cuts the series into pieces (coordinate
    ``piece``); no analysis goes across.

    Missing answers: refused, or with ``missing="keep"`` (or a code, or a list of codes) nan, also
    where a row is not there. A usual code (-9, -99, -999, 99, 999, 9999) far outside all
    others is refused unless it is in ``missing`` or, if it is an answer, in ``real``.

    Separator, decimal mark and encoding are told from the file unless given. Raises ``ValueError``
    with one line for anything that cannot be read.
    """
    rule = cells.missing_rule(missing, real)
    table = sheet(file_path(path), sep, encoding)
    columns = layout(
        list(table.cells.columns), Options(couple, time, partner, value, day), table.name
    )
    long = _long(table, columns, rule, decimal)
    names = _partners(long.rows, columns)
    found = clock(long.rows, Cut(day is not None, longest_step, rule.keep), long.rounding)
    return _labelled(long, found, names, table.name)


class _Long(NamedTuple):
    """Rows of (couple, person, time, day, one column a value), and how times are written."""

    rows: pd.DataFrame
    values: tuple[str, ...]
    rounding: float
    unit: str


def _long(table: Sheet, columns: Layout, rule: cells.Missing, decimal: str | None) -> _Long:
    texts = table.cells
    used = list(dict.fromkeys(name for pair in columns.values.values() for name in pair))
    numbers = [*used, columns.time] if columns.time else used
    mark = cells.decimal_mark(texts[numbers], table.separator, decimal)
    times, rounding, unit = _times(table, columns, mark)
    answers = {name: cells.values(texts[name], mark, rule) for name in used}
    for name in (*columns.couple, columns.partner, columns.day):
        if name is not None:
            cells.no_gaps(texts[name])
    couples = texts[columns.couple[0]]
    for name in columns.couple[1:]:
        couples = couples + "-" + texts[name]
    if couples.nunique() < len(texts[list(columns.couple)].drop_duplicates()):
        raise ValueError(
            f"{table.name}: columns {' and '.join(columns.couple)} give two couples one name when "
            "joined by '-'; rename one"
        )
    slots = columns.slots or ("",)
    parts = []
    for place, slot in enumerate(slots):
        part = pd.DataFrame({"couple": couples, "time": times})
        part["person"] = texts[columns.partner] if columns.partner else slot
        part["day"] = texts[columns.day] if columns.day else ""
        for name, pair in columns.values.items():
            part[f"value {name}"] = answers[pair[place]]
        parts.append(part)
    return _Long(pd.concat(parts), tuple(columns.values), rounding, unit)


def _times(table: Sheet, columns: Layout, mark: str) -> tuple[pd.Series, float, str]:
    """The times; without a column of them all 0, if each person has one row."""
    if columns.time is not None:
        return cells.times(table.cells[columns.time], mark)
    who = [name for name in (*columns.couple, columns.partner, columns.day) if name]
    if table.cells.duplicated(who).any():
        raise ValueError(no_column(list(table.cells.columns), "time", table.name))
    return pd.Series(0.0, table.cells.index), 0.0, "none"


def _partners(rows: pd.DataFrame, columns: Layout) -> list[str]:
    """The labels of the two partners: their names if all couples have the same two."""
    if columns.slots:
        return list(columns.slots)
    names = list(dict.fromkeys(rows["person"]))
    for couple, own in rows.groupby("couple", sort=False):
        two = list(dict.fromkeys(own["person"]))
        if len(two) == 2:
            continue
        if len(two) > 2:
            row = own.index[own["person"] == two[2]][0]
            raise ValueError(
                f"row {row}, column {columns.partner} = {two[2]!r}: must be one of two names, "
                f"{two[0]!r} or {two[1]!r}; a couple (here {couple!r}) has two partners"
            )
        alike = bool(own.duplicated(["day", "time"]).any())
        tip = TWO_OF_ONE_KIND if alike else ""
        raise ValueError(
            f"row {own.index[0]}, column {columns.partner} = {two[0]!r}: couple {couple!r} has one "
            f"partner only, must have two{tip}"
        )
    return names if len(names) == 2 else list(EXCHANGEABLE)


def _labelled(long: _Long, found: Clock, names: list[str], title: str) -> Any:
    rows = long.rows
    couples = list(dict.fromkeys(rows["couple"]))
    at = rows["couple"].map({name: place for place, name in enumerate(couples)}).to_numpy()
    people = _people(rows, names)
    who = np.array([people[key] for key in zip(rows["couple"], rows["person"], strict=True)])
    _together(rows, found, at, who)
    shape = (len(couples), 2, len(found.times))
    coords: dict[str, Any] = {"couple": couples, "partner": names, "time": found.times}
    coords |= described(found)
    exchangeable = tuple(names) == EXCHANGEABLE
    if exchangeable:
        label = {(couples.index(c), place): person for (c, person), place in people.items()}
        coords["person"] = (DIMS[:2], [[label[c, p] for p in (0, 1)] for c in range(len(couples))])
    arrays = {}
    for name in long.values:
        array = np.full(shape, np.nan)
        array[at, who, found.place] = rows[f"value {name}"]
        about = {
            "long_name": f"{name} in {title}",
            "units": "as in the file",
            "step": found.step,
            "time_units": long.unit,
            "missing": int(np.isnan(array).sum()),
            "exchangeable": int(exchangeable),
        }
        arrays[name] = xr.DataArray(array, coords, DIMS, name=name, attrs=about)
    return next(iter(arrays.values())) if len(arrays) == 1 else xr.Dataset(arrays)


def _people(rows: pd.DataFrame, names: list[str]) -> dict[tuple[str, str], int]:
    """The place, 0 or 1, of each person in their couple."""
    places: dict[tuple[str, str], int] = {}
    seen: dict[str, int] = {}
    for key in dict.fromkeys(zip(rows["couple"], rows["person"], strict=True)):
        number = seen.setdefault(key[0], 0)
        places[key] = names.index(key[1]) if key[1] in names else number
        seen[key[0]] += 1
    return places


def _together(rows: pd.DataFrame, found: Clock, at: np.ndarray, who: np.ndarray) -> None:
    """Refuse a couple whose partners never have a row at one time: their clocks differ."""
    frame = pd.DataFrame({"at": at, "who": who, "place": found.place})
    both = frame.groupby(["at", "place"])["who"].nunique().eq(2).groupby("at").any()
    if not both.all():
        alone = int(both.index[~both][0])
        row = int(np.flatnonzero(at == alone)[0])
        raise ValueError(
            f"row {rows.index[row]}: partners of couple {rows['couple'].iloc[row]!r} have no time "
            "in common; are their clocks shifted?"
        )
