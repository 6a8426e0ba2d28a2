"""Faults of a study file as lines: file, path within it, rule, value, nearest name."""

from typing import Any

from pydantic import ValidationError

from models.parameters import unknown

LONGEST = 60
TAGGED = {"contexts": 2, "distributions": 2}
"""Below these tables pydantic puts the kind into the path, so many steps further on."""


def lines(wrong: ValidationError) -> list[tuple[str, str]]:
    """(path, message) for each error of pydantic."""
    return [(path_of(error["loc"]), _message(error)) for error in wrong.errors(include_url=False)]


def path_of(loc: tuple[Any, ...]) -> str:
    """A dotted path in the file, without what pydantic puts in for kinds."""
    parts = [str(part) for part in loc]
    for table, steps in TAGGED.items():
        if table in parts and len(parts) > (place := parts.index(table) + steps):
            del parts[place]
    if parts and parts[-1] == "[key]":
        parts.pop()
    return ".".join(parts)


def named(path: str, raw: dict[str, Any]) -> str:
    """The path as it is reported: a block of ``vary`` by what it varies, no numbers in lists."""
    first, *rest = path.split(".")
    if first == "vary" and rest and rest[0].isdecimal():
        return ".".join([_block(int(rest[0]), raw), *rest[1:2]])
    for table in ("measures", "values"):
        head, found, last = path.rpartition(f"{table}.")
        if found and last.split(".")[0].isdecimal():
            return head + table
    return path


def _block(number: int, raw: dict[str, Any]) -> str:
    """``vary ('people.a.spread')``, or the place of a block without a path, counted from 1."""
    block = raw["vary"][number]
    path = block.get("path") if isinstance(block, dict) else None
    return varying(path) if isinstance(path, str) and path else f"vary (block {number + 1})"


def varying(path: str) -> str:
    """How a block of ``vary`` is called."""
    return f"vary ({shown(path)})"


def shown(value: Any) -> str:
    """A value on one line, cut if it is long."""
    try:
        text = " ".join(repr(value).split())
    except (ValueError, RecursionError):  # an integer too long to print, tables too deep
        text = "a value too large to show"
    return text if len(text) <= LONGEST else text[:LONGEST] + "..."


def _message(error: Any) -> str:
    kind, found = error["type"], shown(error["input"])
    limits = error.get("ctx", {})
    rule = _rule(kind, limits, error)
    plain = kind in ("missing", "extra_forbidden") or rule.startswith("no choice")
    return rule if plain else f"{rule}, got {found}"


def _rule(kind: str, limits: Any, error: Any) -> str:
    compared = {
        "greater_than_equal": ("at least", "ge"),
        "less_than_equal": ("at most", "le"),
        "greater_than": ("above", "gt"),
        "less_than": ("below", "lt"),
    }
    if kind in compared:
        words, name = compared[kind]
        return f"must be {words} {limits[name]:g}"
    if kind in ("literal_error", "union_tag_invalid"):
        return _nearest(kind, limits, error)
    return _WORDS.get(kind, str(error["msg"]).replace("Input should", "must"))


def _nearest(kind: str, limits: Any, error: Any) -> str:
    known = limits["expected" if kind == "literal_error" else "expected_tags"]
    names = [name.strip(" '") for name in known.replace(" or ", ", ").split(",")]
    wrong = error["input"] if kind == "literal_error" else limits["tag"]
    if not isinstance(wrong, str):
        return f"must be one of {', '.join(names)}"
    return unknown(wrong[:LONGEST], names, "choice")


_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "no such key",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "must be a whole number of a sensible size",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "string_type": "must be a text",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
    "union_tag_not_found": "must be a table with a 'kind'",
}
