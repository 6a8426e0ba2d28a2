"""How a mistake is told: what was given, on one line, cut short; the nearest name there is."""

import difflib
from collections.abc import Iterable
from typing import Any

LONGEST = 60
MOST_NAMES = 12
"""Names that are listed where none is near."""


def shown(value: Any, most: int = LONGEST) -> str:
    """``value`` as it would be typed, on one line of at most ``most`` letters."""
    bare = value.item() if _one_number(value) else value
    try:
        text = repr(bare)
    except Exception:  # an object that cannot even show itself is somebody else's
        text = f"a {type(value).__name__}"
    return short(text, most)


def unknown(name: Any, known: Iterable[Any], what: str) -> str:
    """One line for a name that does not exist, with the nearest that does."""
    names = [str(one) for one in known]
    given = short(name, LONGEST) if isinstance(name, str) else shown(name)
    near = difflib.get_close_matches(given, names, n=1, cutoff=0.5)
    more = ", ..." if len(names) > MOST_NAMES else ""
    hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(names[:MOST_NAMES])}{more}"
    return f"no {what} '{given}': {hint}"


def named(name: Any, known: Iterable[str], what: str) -> str:
    """``name`` if it is one of the ``known``; ``ValueError`` with the nearest otherwise."""
    names = list(known)
    if not isinstance(name, str) or name not in names:
        raise ValueError(unknown(name, names, what))
    return str(name)


def one_of(name: str, value: Any, choices: Iterable[str]) -> str:
    """``value`` if it is one of the ``choices`` of the argument ``name``; ``ValueError`` if not."""
    words = list(choices)
    if not isinstance(value, str) or value not in words:
        raise ValueError(f"{name} = {shown(value)}: must be one of {', '.join(words)}")
    return value


def short(text: str, most: int = LONGEST) -> str:
    """``text`` on one line, without what a terminal would take for a command."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= most else f"{line[: most - 3]}..."


def _one_number(value: Any) -> bool:
    """Whether this is one number of NumPy's, which shows as the number that it is."""
    return getattr(value, "ndim", 1) == 0 and hasattr(value, "item") and not hasattr(value, "mask")
