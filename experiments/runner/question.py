"""What a file of ``experiments/questions`` declares of itself, and how it is read.

It is read from the text of the file and not by running it, so that a listing imports no simulation.
"""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

DECLARATION = re.compile(r"^QUESTION = .*?^\)$", re.M | re.S)
SIZES = {"dyads", "days"}
PARTNERS = {"a", "b"}


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question, in literal values only: ``QUESTION = Question(order=10, ...)``.

    ``order`` is its place in the listing. ``expects`` says what would disprove the expected answer.
    ``minutes`` is how long the run takes with its ``defaults``. ``defaults`` and ``quick`` give
    ``dyads`` and ``days``. ``partners`` names who ``a`` and ``b`` are unless told; empty means that
    the experiment chooses its couples itself. Without ``sizes`` nothing is drawn at random:
    ``dyads``, ``days`` and ``seed`` mean nothing and are refused. ``in_parts`` says that ``run``
    takes ``parts`` as well and keeps finished parts there, so that it can be stopped and go on.
    """

    order: int
    question: str
    expects: str
    minutes: float
    defaults: Mapping[str, int]
    quick: Mapping[str, int]
    partners: Mapping[str, str] = field(default_factory=dict)
    sizes: bool = True
    in_parts: bool = False

    def __post_init__(self) -> None:
        """Refuse the first value that can't be meant, in one line."""
        for name, (rule, good) in RULES.items():
            value = getattr(self, name)
            if not good(value):
                raise ValueError(f"{name} = {value!r}: must be {rule}")


def declared(text: str) -> dict[str, Any]:
    """The values that the text of a file declares, by field; ``ValueError`` with one line if not.

    Only their names and their form are checked here, their meaning is where they are used.
    """
    call = _call(text)
    if call.args or any(keyword.arg is None for keyword in call.keywords):
        raise ValueError("QUESTION must name each of its values, as in minutes=1.0")
    values = {str(keyword.arg): _literal(keyword) for keyword in call.keywords}
    if missing := [name for name in _needed() if name not in values]:
        raise ValueError(f"QUESTION lacks {', '.join(missing)}")
    return values


def _call(text: str) -> ast.Call:
    """The call right of ``QUESTION =``; the rest of the text is parsed only if it must be."""
    short = DECLARATION.search(text)
    # Empty lines in place of what is left out, so that an error names the line of the file.
    piece = "\n" * text.count("\n", 0, short.start()) + short[0] if short else text
    for node in ast.parse(piece).body:
        match node:
            case ast.Assign(targets=[ast.Name("QUESTION")], value=ast.Call() as call):
                if ast.unparse(call.func) == "Question":
                    return call
    raise ValueError(f"must declare QUESTION = Question(...) with {', '.join(_needed())}")


def _literal(keyword: ast.keyword) -> Any:
    """The value of one argument, which must be a field's name and written out."""
    known = [one.name for one in fields(Question)]
    if keyword.arg not in known:
        from models.parameters import unknown

        raise ValueError(f"line {keyword.lineno}: {unknown(str(keyword.arg), known, 'field')}")
    try:
        return ast.literal_eval(keyword.value)
    except ValueError as fault:
        where = f"line {keyword.lineno}: {keyword.arg} = {ast.unparse(keyword.value)}"
        raise ValueError(
            f"{where}: must be written out, since this file is listed without being run"
        ) from fault


def _needed() -> list[str]:
    """The fields without a default."""
    every = (one for one in fields(Question) if one.default_factory is MISSING)
    return [one.name for one in every if one.default is MISSING]


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _sizes(value: object) -> bool:
    if not isinstance(value, Mapping) or set(value) != SIZES:
        return False
    return all(_whole(size) and size > 0 for size in value.values())


def _partners(value: object) -> bool:
    if not isinstance(value, Mapping) or set(value) not in (set(), PARTNERS):
        return False
    return all(_text(name) for name in value.values())


def _minutes(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0


RULES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "order": ("a whole number", _whole),
    "question": ("a text that ends with '?'", lambda v: _text(v) and v.endswith("?")),
    "expects": ("a text", _text),
    "minutes": ("a number above 0", _minutes),
    "defaults": ("whole numbers above 0 for 'dyads' and 'days'", _sizes),
    "quick": ("whole numbers above 0 for 'dyads' and 'days'", _sizes),
    "partners": ("names of presets for 'a' and 'b', or empty", _partners),
    "sizes": ("True or False", lambda v: isinstance(v, bool)),
    "in_parts": ("True or False", lambda v: isinstance(v, bool)),
}
