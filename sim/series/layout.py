"""Which column is what: long (one row a person and time) or wide (both partners side by side)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from models.parameters import unknown

KEYS = {"condition", "couple", "dyad", "person", "partner", "role", "role01", "time", "day"}
HOW = (
    "name your columns, read_series(path, couple='id', time='day', partner='person', "
    "value='mood'; both partners side by side: value=('mood_f', 'mood_m')), or rename them to "
    "couple, time, partner, value (long: one row a person and time)"
)


class Options(NamedTuple):
    """The columns as the caller names them; None where they are to be found."""

    couple: Any = None
    time: Any = None
    partner: Any = None
    value: Any = None
    day: Any = None


class Layout(NamedTuple):
    """The columns found. ``values``: variable to its column, or in a wide file to its two.

    ``time`` is None where each person has one row. ``partner`` is None in a wide file, whose
    partners are called ``slots``.
    """

    couple: tuple[str, ...]
    time: str | None
    partner: str | None
    day: str | None
    values: dict[str, tuple[str, ...]]
    slots: tuple[str, str] | None


def layout(columns: Sequence[str], given: Options, title: str) -> Layout:
    """What each column of a file is, from the caller's names and the usual ones."""
    couple = _couple(columns, given.couple, title)
    bare = given.time is None and "time" not in columns
    time = None if bare else _one(columns, "time", given.time, title)
    day = None if given.day is None else _one(columns, "day", given.day, title)
    partner = _partner(columns, given.partner, title)
    named = {*couple, time, day, partner}
    if partner is not None:
        return Layout(couple, time, partner, day, _long(columns, given.value, named, title), None)
    pairs = _wide(columns, given.value, named, title)
    slots = {_names(pair) for pair in pairs.values()}
    if len(slots) > 1:
        raise ValueError(
            f"value: partners are called {' and '.join(map(str, sorted(slots)))}; must be the same "
            "two names for each variable"
        )
    return Layout(couple, time, None, day, pairs, slots.pop())


def _couple(columns: Sequence[str], given: Any, title: str) -> tuple[str, ...]:
    """One column, or several whose cells together name the couple."""
    if given is not None and not isinstance(given, str) and isinstance(given, Iterable):
        if not (names := tuple(_one(columns, "couple", name, title) for name in given)):
            raise ValueError("couple = []: must name at least one column")
        return names
    if given is None and "couple" not in columns and "dyad" in columns:
        # The software numbers couples anew in each condition.
        return ("condition", "dyad") if "condition" in columns else ("dyad",)
    return (_one(columns, "couple", given, title),)


def _partner(columns: Sequence[str], given: Any, title: str) -> str | None:
    if given is not None:
        return _one(columns, "partner", given, title)
    return next((name for name in ("partner", "role") if name in columns), None)


def _one(columns: Sequence[str], what: str, given: Any, title: str) -> str:
    name = what if given is None else given
    if not isinstance(name, str):
        raise ValueError(f"{what} = {given!r}: must be the name of a column")
    if name not in columns:
        raise ValueError(no_column(columns, name, title))
    return name


def no_column(columns: Sequence[str], name: str, title: str) -> str:
    """One line for a column that is not there: the nearest, and how to name one's own."""
    shown = list(columns) if len(columns) <= 12 else [*columns[:12], "..."]
    return f"{title}: {unknown(name, shown, 'column')}; {HOW}"


def _long(
    columns: Sequence[str], value: Any, named: set[Any], title: str
) -> dict[str, tuple[str, ...]]:
    if value is None:
        rest = [name for name in columns if name not in named | KEYS]
        if "value" in columns or not {"role", "dyad"} & set(columns):
            value = "value"
        elif len(rest) == 1:
            value = rest[0]
        else:
            raise ValueError(f"{title}: has several values; name value={' or '.join(rest)}")
    if isinstance(value, Mapping):
        raise ValueError("value: a mapping names both partners' columns, this file has a partner")
    names = [value] if isinstance(value, str) else list(_iterable(value))
    if len(set(map(str, names))) < len(names):
        raise ValueError(f"value = {value!r}: names a column twice")
    return {name: (_one(columns, "value", name, title),) for name in names}


def _wide(
    columns: Sequence[str], value: Any, named: set[Any], title: str
) -> dict[str, tuple[str, ...]]:
    rest = [name for name in columns if name not in named | KEYS]
    if value is None:
        stems = [name.removesuffix("_A") for name in rest if name.endswith("_A")]
        pairs = [stem for stem in stems if f"{stem}_B" in rest]
        if not pairs:
            raise ValueError(no_column(columns, "partner", title))
        if len(pairs) > 1:
            raise ValueError(f"{title}: has several values; name value={' or '.join(pairs)}")
        value = pairs[0]
    if isinstance(value, Mapping):
        return {str(name): _pair(columns, pair, title) for name, pair in value.items()}
    names = [value] if isinstance(value, str) else list(_iterable(value))
    if len(names) == 2 and all(name in columns for name in names):
        return {_stem(*names): (names[0], names[1])}
    return {name: _found(columns, rest, name, title) for name in names}


def _iterable(value: Any) -> Iterable[Any]:
    if not isinstance(value, Iterable) or not (several := list(value)):
        raise ValueError(f"value = {value!r}: must be a column, two columns, or a list of columns")
    return several


def _pair(columns: Sequence[str], pair: Any, title: str) -> tuple[str, ...]:
    if isinstance(pair, str) or not isinstance(pair, Sequence) or len(pair) != 2:
        raise ValueError(f"value = {pair!r}: must be two columns, one for each partner")
    return tuple(_one(columns, "value", name, title) for name in pair)


def _found(columns: Sequence[str], rest: list[str], stem: Any, title: str) -> tuple[str, str]:
    """The two columns of a variable: ``stem_A`` and ``stem_B``, or ``men_stem`` and so on."""
    text = str(stem)
    pair = [
        n for n in rest if re.fullmatch(rf"{re.escape(text)}[_. ]\w+|\w+[_. ]{re.escape(text)}", n)
    ]
    exact = [f"{text}_A", f"{text}_B"]
    if all(name in rest for name in exact):
        pair = exact
    if len(pair) != 2:
        raise ValueError(no_column(columns, text, title))
    return pair[0], pair[1]


def _names(pair: tuple[str, ...]) -> tuple[str, str]:
    """What the partners are called: where the names of their columns differ."""
    one, two = (re.split(r"[_. ]", name) for name in pair)
    if len(one) == len(two):
        apart = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
        if len(apart) == 1 and all(apart[0]):
            return apart[0]
    return pair[0], pair[1]


def _stem(first: str, second: str) -> str:
    """The variable: what the names of both columns share."""
    one, two = re.split(r"[_. ]", first), re.split(r"[_. ]", second)
    shared = [a for a, b in zip(one, two, strict=False) if a == b]
    return "_".join(shared) or "value"
