"""What each state is there for: does it move behaviour, and which claims look at it?"""

import ast
from pathlib import Path
from typing import NamedTuple

from models.state import DyadState, PartnerState
from sim.codegen.program import Program
from sim.engines.traced import traced
from sim.provenance import ROOT

LOOKING = ("experiments", "sim/analysis")
"""Folders whose files may look at states."""
NO_USE = ("bench", "parsimony", "stud", "__", "gates", "history")
"""Files that name states for other reasons than to show them, or states of the second core."""


class Use(NamedTuple):
    """Where a state is needed."""

    acts: bool
    """Whether it reaches, now or later, a signal that the partner can perceive."""
    feeds: tuple[str, ...]
    """States of the next exchange that it enters directly."""
    recorded: tuple[str, ...]
    """Claims and experiments that measure it."""


def uses() -> dict[str, Use]:
    """Each state of a partner and of the couple, by name."""
    program = traced()
    names = (*PartnerState._fields, *DyadState._fields)
    inputs_of = _inputs(program)
    feeds = {name: _fed(name, inputs_of) for name in names}
    acting = _acting(names, feeds, inputs_of)
    texts = _texts()
    return {
        name: Use(
            name in acting,
            tuple(sorted(feeds[name])),
            tuple(sorted(who for who, words in texts.items() if {name, f"{name}_end"} & words)),
        )
        for name in names
    }


def _inputs(program: Program) -> dict[str, set[str]]:
    """Output to the inputs that it depends on within one exchange."""
    reached: list[set[str]] = []
    for node in program.nodes:
        if node.is_leaf:
            reached.append({str(node.value)} if node.opcode == "input" else set())
        else:
            reached.append(set().union(*(reached[k] for k in node.operands)))
    return {name: reached[place] for name, place in program.outputs.items()}


def _short(path: str) -> str:
    return path.rpartition(".")[2]


def _fed(name: str, inputs_of: dict[str, set[str]]) -> set[str]:
    """States whose next value depends on ``name`` of the same partner or couple; not itself."""
    mine = {f"couple.a.{name}", f"couple.dyad.{name}"}
    return {
        _short(output)
        for output, inputs in inputs_of.items()
        if output.startswith(("couple.a.", "couple.dyad.")) and mine & inputs
    } - {name}


def _acting(
    names: tuple[str, ...], feeds: dict[str, set[str]], inputs_of: dict[str, set[str]]
) -> set[str]:
    """States from which a sent signal can be reached, at once or through others."""
    signals = [inputs for output, inputs in inputs_of.items() if output.startswith("sent_a.")]
    shown = {_short(path) for inputs in signals for path in inputs if path.startswith("couple.a.")}
    acting = shown & set(names)
    while more := {name for name in names if feeds[name] & acting} - acting:
        acting |= more
    return acting


def _texts() -> dict[str, set[str]]:
    """Claims by their numbers, and whatever else looks at states, with the words in its code."""
    found = {}
    for path in (path for folder in LOOKING for path in sorted((ROOT / folder).rglob("*.py"))):
        if not any(part.startswith(NO_USE) for part in path.relative_to(ROOT).parts):
            found[_label(path)] = words(ast.parse(path.read_text(encoding="utf-8")))
    return found


def _label(path: Path) -> str:
    """``C05 C06 C29`` for the file of these claims, else the name of the file."""
    parts = path.stem.upper().split("_")
    return " ".join(part for part in parts if part[:1] == "C" and part[1:].isdigit()) or path.stem


def words(tree: ast.Module) -> set[str]:
    """The attributes that a text reads, its strings, and the words of ``"one two".split()``.

    Words of other strings don't count: prose mentions names without looking at them.
    """
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Constant(value=str(names)), attr="split"):
                found |= set(names.split())
            case ast.Attribute(attr=name) | ast.Constant(value=str(name)):
                found.add(name)
    return found
