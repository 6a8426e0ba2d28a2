"""A codebook: what each column of a table means, its unit, its range, how many cells are empty."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("name", "meaning", "unit", "range", "missing")
MOST_NAMED = 12
"""Texts of a column that are named one by one."""
LONGEST = 60

About = Mapping[str, tuple[str, str]]
"""Name of a column to its meaning and its unit; the unit is '' where there is none."""


def codebook(table: "pd.DataFrame", about: About) -> "pd.DataFrame":
    """One row a column of ``table``: name, meaning, unit, the range found there, empty cells.

    Raises ``ValueError`` for a column without a meaning.
    """
    import pandas as pd

    rows = []
    for name in map(str, table.columns):
        if name not in about:
            raise ValueError(f"column '{name}': has no meaning for the codebook")
        meaning, unit = about[name]
        cells = table[name]
        known = cells[cells.notna() & (cells != "")]  # an empty text is an empty cell as well
        unit = "" if unit == "1" else unit
        rows.append((name, meaning, unit, _range(known), len(cells) - len(known)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _range(known: "pd.Series[Any]") -> str:
    """Lowest to highest number; the texts if they are few and short; else how many there are."""
    if known.empty:
        return ""
    if known.dtype.kind in "iuf":
        return f"{known.min():.9g} to {known.max():.9g}"
    texts = list(dict.fromkeys(map(str, known.unique())))
    joined = ", ".join(texts)
    if len(texts) <= MOST_NAMED and len(joined) <= LONGEST:
        return joined
    return f"{len(texts)} different texts"
