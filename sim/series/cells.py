"""From cells of text to numbers: decimal commas, missing answers, dates.

What is wrong is said in one line, with row and column as a spreadsheet counts them.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple, NoReturn

import numpy as np
import pandas as pd

WORDS = frozenset({"", "na", "nan", ".", "n/a", "#n/a", "null", "none", "missing"})
"""What stands for no answer, whatever the case of its letters."""
USUAL_CODES = (-9.0, -99.0, -999.0, -9999.0, 99.0, 999.0, 9999.0)
KEEP = "keep"
COMMA = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")


class Missing(NamedTuple):
    """Whether missing answers are kept, the numbers that stand for one, and those that do not."""

    keep: bool
    codes: frozenset[float]
    words: frozenset[str]
    real: frozenset[float]


def missing_rule(missing: Any, real: Any) -> Missing:
    """The options ``missing`` and ``real`` of ``read_series``, checked."""
    codes, words = set(), set()
    given = list(_several(missing))
    for entry in given:
        if entry == KEEP and isinstance(entry, str):
            continue
        number = _number(entry)
        if number is not None:
            codes.add(number)
        elif isinstance(entry, str):
            words.add(entry.strip().lower())
        else:
            raise ValueError(
                f"missing = {missing!r}: must be 'keep', a code such as -999, or a list of both"
            )
    kept = [_number(entry) for entry in _several(real)]
    if None in kept:
        raise ValueError(f"real = {real!r}: must be numbers that are real answers, such as 99")
    return Missing(bool(given), frozenset(codes), frozenset(words), frozenset(kept))  # type: ignore[arg-type]


def _several(given: Any) -> Iterable[Any]:
    if given is None:
        return ()
    if isinstance(given, str) or not isinstance(given, Iterable):
        return (given,)
    return given


def _number(entry: Any) -> float | None:
    if isinstance(entry, bool | np.bool_):
        return None
    try:
        number = float(entry)
    except (TypeError, ValueError):
        return None
    return number if np.isfinite(number) else None


def decimal_mark(cells: pd.DataFrame, separator: str, given: str | None) -> str:
    """``given``, or a comma if the numbers have commas and no points."""
    if given is not None:
        if given not in (",", "."):
            raise ValueError(f"decimal = {given!r}: must be ',' or '.'")
        return given
    texts = cells.to_numpy(dtype=object).ravel()
    commas = [text for text in texts if COMMA.fullmatch(text)]
    points = any("." in text and _number(text) is not None for text in texts)
    if not commas or points:
        return "."
    # Between commas a quoted "1,234" is more often a thousand than one and a bit.
    doubtful = separator == "," and all(THOUSANDS.fullmatch(text) for text in commas)
    return "." if doubtful else ","


def values(cells: pd.Series, mark: str, rule: Missing) -> pd.Series:
    """The answers in a column as numbers, nan where one is missing and that is allowed."""
    texts = cells.str.replace(",", ".", regex=False) if mark == "," else cells
    lower = cells.str.lower()
    absent = lower.isin(WORDS)
    gone = absent | lower.isin(rule.words) if rule.keep else absent & False
    numbers = pd.to_numeric(texts.where(~gone), errors="coerce").astype(float)
    gone |= numbers.isin(rule.codes)
    numbers = numbers.where(~gone)
    if (bad := ~np.isfinite(numbers) & ~gone).any():
        row = int(numbers.index[bad][0])
        tip = "; missing answers are read by missing='keep'" if absent[row] else ""
        refuse(cells, row, f"must be a finite number{tip}")
    _no_codes(cells, numbers.dropna(), rule)
    return numbers


def _no_codes(cells: pd.Series, numbers: pd.Series, rule: Missing) -> None:
    """Refuse one of the usual codes of a missing answer where it lies far outside all others."""
    usual = numbers.isin(USUAL_CODES)
    others = numbers[~usual]
    for code in sorted(set(numbers[usual]) - rule.real):
        if others.empty or not _far(code, float(others.min()), float(others.max())):
            continue
        row = int(numbers.index[numbers == code][0])
        refuse(
            cells,
            row,
            f"lies far outside all others ({others.min():g} to {others.max():g}); is it a code for "
            f"a missing answer? then missing={code:g}, else real={code:g}",
        )


def _far(code: float, low: float, high: float) -> bool:
    """More than half the range of the others away, or the only number below 0."""
    if code < 0.0 <= low:
        return True
    return max(low - code, code - high) > 0.5 * (high - low)


def times(cells: pd.Series, mark: str) -> tuple[pd.Series, float, str]:
    """A column of times as numbers, the size of its last decimal (0: exact), and its unit.

    Dates (2024-03-01, with or without a time of day) become days since the earliest midnight.
    """
    if cells.map(lambda text: bool(DATE.fullmatch(text))).all():
        try:
            dates = pd.to_datetime(cells, format="ISO8601")
        except (ValueError, OverflowError):
            known = pd.to_datetime(cells, format="ISO8601", errors="coerce").notna()
            refuse(cells, int(cells.index[~known][0]), "must be a date that there is")
        return (dates - dates.min().normalize()) / pd.Timedelta(days=1), 0.0, "days"
    texts = cells.str.replace(",", ".", regex=False) if mark == "," else cells
    numbers = pd.to_numeric(texts, errors="coerce").astype(float)
    if (bad := ~np.isfinite(numbers)).any():
        refuse(cells, int(numbers.index[bad][0]), "must be a finite number, or all dates")
    decimals = texts.map(lambda text: len(text.partition(".")[2]))
    exact = texts.str.contains("e", case=False).any()
    return numbers, 0.0 if exact else 10.0 ** -int(decimals.max()), "as in the file"


def no_gaps(cells: pd.Series) -> None:
    """Refuse an empty cell in a column that says whose row it is."""
    if (empty := cells == "").any():
        refuse(cells, int(cells.index[empty][0]), "must not be empty")


def refuse(cells: pd.Series, row: int, rule: str) -> NoReturn:
    """One line on one cell."""
    text = cells.at[row]
    seen = "an empty cell" if text == "" else repr(text)
    raise ValueError(f"row {row}, column {cells.name} = {seen}: {rule}")
