"""The printed table, made from ``table.csv``: for a terminal, a page, ``table.md``."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from experiments.runner.terminal import NONE, cell

MOST_NAMED = 4
"""Quantities that a legend names one by one."""
PLAIN = 1e6
"""Up to here a whole number is printed as such."""
TINY = 1e-4
"""Below it a number without a spread is written with its power of ten."""
LEAST_PLACES, MOST_PLACES = 3, 6


class Layout(NamedTuple):
    """How a table is printed: ``rows`` and ``columns`` name columns of ``table.csv``.

    One printed row stands for each combination of ``rows``, one printed column for each of
    ``columns``; without ``columns`` each row of the file is one. ``extras`` are the columns that a
    run adds, with meaning and unit; printed as they are, but for those ``hidden``. ``digits``
    are significant ones.
    """

    rows: tuple[str, ...] = ("condition",)
    columns: tuple[str, ...] = ("quantity", "role")
    extras: Mapping[str, tuple[str, str]] = MappingProxyType({})
    digits: int = 3
    hidden: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            "rows": list(self.rows),
            "columns": list(self.columns),
            "extras": {name: list(about) for name, about in self.extras.items()},
            "digits": self.digits,
            "hidden": list(self.hidden),
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> "Layout":
        """What ``plain`` gave."""
        extras = {name: (about[0], about[1]) for name, about in plain["extras"].items()}
        rows, columns, hidden = (tuple(plain[name]) for name in ("rows", "columns", "hidden"))
        return cls(rows, columns, extras, plain["digits"], hidden)


def printed(table: pd.DataFrame, layout: Layout, brief: bool = False) -> pd.DataFrame:
    """The shown rows as texts: estimate, interval in brackets, sd; ``brief``: estimates only."""
    shown = table[table["shown"] == 1].fillna({n: "" for n in _texts(table)})
    shown = shown.assign(quantity=[_with_unit(q, u) for q, u in zip_of(shown, "quantity", "unit")])
    lines: dict[tuple[str, ...], dict[str, str]] = {}
    more: dict[tuple[str, ...], dict[str, str]] = {}
    known = (*layout.rows, *layout.columns, *layout.hidden)
    added = [name for name in layout.extras if name not in known]
    records: list[dict[str, Any]] = shown.to_dict("records")  # type: ignore[assignment]
    for place, one in enumerate(records):
        key = tuple(cell(one[name]) for name in layout.rows)
        head = " ".join(t for name in layout.columns if (t := cell(one[name]))) or "estimate"
        if not layout.columns:
            key = (*key, str(place))
        line = lines.setdefault(key, dict(zip(layout.rows, key, strict=False)))
        line[head] = text(one, layout.digits, brief)
        own = more.setdefault(key, {})
        for name in added:
            if (said := _said(one[name], layout.digits)) not in ("", NONE):
                own.setdefault(name.replace("_", " "), said)
    joined = pd.DataFrame([line | more[key] for key, line in lines.items()]).fillna(NONE)
    last = [name.replace("_", " ") for name in added]
    return joined[[c for c in joined if c not in last] + [c for c in last if c in joined]]


def text(one: Mapping[str, Any], digits: int = 3, brief: bool = False) -> str:
    """A row's number, its interval in brackets, and the standard deviation between couples."""
    if not np.isfinite(one["estimate"]):
        return NONE
    places = _places(one)
    if places is None:
        return number(one["estimate"], digits)
    parts = [fixed(one["estimate"], places)]
    if np.isfinite(one["low"]) and not brief:
        parts.append(f"[{fixed(one['low'], places)}, {fixed(one['high'], places)}]")
    if np.isfinite(one["sd"]) and not brief:
        parts.append(f"sd {fixed(one['sd'], places)}")
    return " ".join(parts)


def fixed(value: float, places: int) -> str:
    """A number in so many decimal places, and never -0."""
    return f"{round(value, places) + 0.0:.{places}f}"


def _said(value: Any, digits: int) -> str:
    """A cell of a run's own column."""
    if isinstance(value, float):
        return number(value, digits) if np.isfinite(value) else NONE
    return cell(value)


def number(value: float, digits: int = 3) -> str:
    """A number in so many significant digits; a whole number without decimals."""
    if float(value).is_integer() and abs(value) < PLAIN:
        return f"{value:.0f}"
    if abs(value) < TINY:
        return f"{value:.1e}"
    return f"{value:#.{digits}g}".removesuffix(".")


def _places(one: Mapping[str, Any]) -> int | None:
    """Decimal places that give the error (or the spread) two digits; None without either."""
    for scale in ((one["high"] - one["low"]) / 2.0, one["sd"]):
        if np.isfinite(scale) and scale > 10.0**-MOST_PLACES:
            return int(np.clip(1 - np.floor(np.log10(scale)), 0, MOST_PLACES))
    known = np.isfinite(one["sd"]) or np.isfinite(one["low"])
    return LEAST_PLACES if known else None


def legend(table: pd.DataFrame) -> list[str]:
    """What the numbers, the brackets and sd of a printed table are."""
    shown = table[table["shown"] == 1].fillna({n: "" for n in _texts(table)})
    said = _by(shown, "statistic")
    lines = [] if said in ("", "value") else [f"Numbers: {said}."]
    framed = shown[np.isfinite(shown["low"])]
    if len(framed):
        lines.append(f"In brackets: {_by(framed, 'interval')}.")
    spread = shown[np.isfinite(shown["sd"])]
    if len(spread):
        over = " or ".join(dict.fromkeys(spread["over"]))
        lines.append(f"sd: standard deviation between {over}.")
    counted = shown[np.isfinite(shown["n"])]
    counts = [
        f"{_span(own['n'].to_list())} {over}" for over, own in counted.groupby("over", sort=False)
    ]
    return lines + ([f"n: {'; '.join(counts)}."] if counts else [])


def markdown(title: str, rows: pd.DataFrame, lines: Sequence[str]) -> str:
    """The printed table as ``table.md``."""

    def line(cells: Any) -> str:
        return "| " + " | ".join(str(one).replace("|", "\\|") for one in cells) + " |"

    body = [line(one) for one in rows.itertuples(index=False)]
    head = [line(rows.columns), "|" + "---|" * len(rows.columns)] if len(rows.columns) else []
    return "\n".join([f"# {title}", "", *head, *body, "", *(f"- {one}" for one in lines)]) + "\n"


def zip_of(frame: pd.DataFrame, *names: str) -> Any:
    """The cells of some columns side by side."""
    return zip(*(frame[name] for name in names), strict=True)


def _by(frame: pd.DataFrame, name: str) -> str:
    """The one value of a column; if it has several, each with the quantities that it is of."""
    groups: dict[str, list[str]] = {}
    for value, quantity in zip_of(frame, name, "quantity"):
        groups.setdefault(value, []).append(quantity)
    if len(groups) < 2:
        return next(iter(groups), "")
    return "; ".join(f"{value} ({_few(list(dict.fromkeys(own)))})" for value, own in groups.items())


def _few(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _span(counts: list[float]) -> str:
    low, high = min(counts), max(counts)
    return f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"


def _with_unit(quantity: str, unit: str) -> str:
    return f"{quantity} [{unit}]" if unit else quantity


def _texts(table: pd.DataFrame) -> list[str]:
    """Columns of texts, in which an empty cell is an empty text."""
    return [str(name) for name in table if table[name].dtype.kind not in "iufb"]
