"""The generated tables of ``docs/about/house.md``: what each room holds and may import."""

import ast
import re
from collections.abc import Sequence

from experiments.pages.house.plan import EXCEPTIONS, MAY_IMPORT, REGISTRIES, SIM
from sim.provenance import trees

REGION = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.S)


def rewritten(page: str) -> str:
    """The page with every table made anew."""
    return REGION.sub(lambda part: f"{part[1]}\n{TABLES[part[2]]()}\n{part[3]}", page)


def rooms() -> str:
    """One row a room, from the top of the house down: what it holds, what it may import."""
    rows = [
        (f"`{room.replace('.', '/')}`", holds(room), _below(allowed))
        for room, allowed in reversed(MAY_IMPORT.items())
        if room != "experiments"  # the package itself: a docstring
    ]
    return _table(("room", "holds", "may import"), rows)


def exceptions() -> str:
    """What single modules may do beyond their rooms."""
    rows = [(f"`{user}`", f"imports `{room}`", why) for (user, room), why in EXCEPTIONS.items()]
    rows += [(f"`{user}`", "imports by name", why) for user, why in REGISTRIES.items()]
    return _table(("module", "may", "because"), rows)


TABLES = {"rooms": rooms, "exceptions": exceptions}


def holds(room: str) -> str:
    """The first sentence of a room's docstring."""
    tree = trees.parsed(trees.modules()[room].read_text(encoding="utf-8"))
    first = " ".join((ast.get_docstring(tree) or "").split("\n\n")[0].split())
    return re.sub(r"``([^`]*)``", r"`\1`", first)


def _below(allowed: tuple[str, ...]) -> str:
    """Names of rooms; those that may use the whole of ``sim`` say so in two words."""
    whole = set(SIM) <= set(allowed)
    names = [room for room in allowed if not (whole and room in SIM)]
    listed = ["`models`", "all of `sim`"] if whole else []
    return ", ".join(listed + [f"`{name.split('.')[-1]}`" for name in names]) or "nothing of ours"


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
