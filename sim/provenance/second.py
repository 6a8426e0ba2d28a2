"""The second core by content: its operations, numbers and people, with what runs them.

``sim.provenance.content`` does the same for the first core; engines, calendars and random numbers
are the same for both, so their parts are taken from there.
"""

import ast
from collections.abc import Iterator
from inspect import getsource

from models.cores import core_named
from models.second import couple, start
from sim.provenance import content, trees

SHARED = ("calendars", "randomness", "drivers")


def second_hash() -> str:
    """The hash of the second core and of what runs it."""
    found = content.parts()
    own = {"second": content.hashed(_lines())}
    return content.together(own | {name: found[name] for name in SHARED})


def _lines() -> Iterator[str]:
    yield content.traced(couple.exchange)
    yield from trees.statements(ast.parse(getsource(start)), ())
    core = core_named("second")
    yield from content.of_core(core)
    for name, spread in sorted(core.spreads.items()):
        yield f"{name} {content.number(spread)}"
    yield content.number(core.longest_step)
    yield f"{core.bond_reads} {core.starts_by_chance}"
