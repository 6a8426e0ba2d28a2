"""The exchange as a list of operations, and where its values stand in the arrays of an engine.

Both fast engines run this list, ``numpy`` call by call and ``compiled`` as machine code, with the
elementary functions of ``sim.randomness.elementary``: their results are the same bits.
"""

from functools import cache, lru_cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from models.cores import FIRST, Core
from models.state import Event, Situation
from sim.codegen.program import Program
from sim.codegen.tape import Tape
from sim.codegen.tracing import trace
from sim.engines.recording import is_signal
from sim.world.calendar import Calendar

COMMON = ("situation.", "event_a.", "event_b.", "shared.")


class Layout(NamedTuple):
    """Which value stands in which row of the kernel's arrays."""

    states: tuple[str, ...]
    signals: tuple[str, ...]
    people: tuple[str, ...]
    random_numbers: tuple[str, ...]
    given: tuple[str, ...]
    shared: tuple[str, ...]
    table: int
    """How many numbers of each step all couples share."""

    def row(self, name: str) -> int:
        """The row of a state or signal in the block."""
        return (*self.states, *self.signals).index(name)


@cache
def parts(core: Core = FIRST) -> tuple[Program, Program, Layout]:
    """The exchange in two parts, of the circumstances alone and of the couple, and the layout."""
    program = traced(core)
    first, rest = program.split(COMMON)
    used = tuple(name for name in rest.used_inputs if name.startswith(COMMON))
    states = tuple(name for name in program.inputs if name.startswith("couple."))
    layout = Layout(
        states=states,
        signals=tuple(name for name in program.outputs if name not in states),
        people=tuple(name for name in program.inputs if name.startswith("person_")),
        random_numbers=tuple(name for name in program.inputs if name.startswith("random_numbers_")),
        given=tuple(n for n in program.inputs if n.startswith(COMMON) and "shared." not in n),
        shared=tuple(name for name in program.inputs if name.startswith("shared.")),
        table=len(used) + len(first.outputs),
    )
    return first, rest, layout


@cache
def traced(core: Core = FIRST) -> Program:
    """The straight list of operations of ``exchange``."""
    return trace(
        core.exchange,
        core.Couple,
        core.PartnerParameters,
        core.PartnerParameters,
        Situation,
        Event,
        Event,
        core.RandomNumbers,
        core.RandomNumbers,
        core.SharedParameters,
    )


def common_names(core: Core = FIRST) -> tuple[str, ...]:
    """What stands in a row of the table: circumstances as they are, then what follows of them."""
    first, rest, _ = parts(core)
    used = tuple(name for name in rest.used_inputs if name.startswith(COMMON))
    return used + tuple(first.outputs)


def circumstances(calendar: Calendar, shared: Any, core: Core = FIRST) -> np.ndarray:
    """What all couples share in each step: rows of ``common_names``, shape (steps, names)."""
    events = [np.asarray(field)[:, who] for who in (0, 1) for field in calendar.events]
    given = np.array([*calendar.situation, *events], float)
    return _table(given.tobytes(), len(calendar), tuple(float(value) for value in shared), core)


@lru_cache(4)  # whoever moves a slider asks for the same days again
def _table(given: bytes, steps: int, shared: tuple[float, ...], core: Core) -> np.ndarray:
    first, _, layout = parts(core)
    circumstance = np.frombuffer(given).reshape(-1, steps)
    places = dict(zip(layout.given, circumstance, strict=True))
    places |= {name: np.array(value) for name, value in zip(layout.shared, shared, strict=True)}
    table = np.empty((len(common_names(core)), steps))
    rows = dict(zip(common_names(core), table, strict=True))
    for name in rows.keys() & places.keys():
        rows[name][:] = places[name]
    Tape(first, places, {name: rows[name] for name in first.outputs}).run()
    return np.ascontiguousarray(table.T)


@cache
def rows_of(name: str, core: Core = FIRST) -> tuple[int, ...]:
    """The rows in which a recorded variable stands: of A and of B, or the couple's one."""
    layout = parts(core)[2]
    if name in core.dyad_variables:
        return (layout.row(f"couple.dyad.{name}"),)
    if name in core.reads:
        return tuple(layout.row(f"read_{who}.{name}") for who in "ab")
    if is_signal(name):
        direction, field = name.split("_", 1)
        return tuple(layout.row(f"{direction}_{who}.{field}") for who in "ab")
    return tuple(layout.row(f"couple.{who}.{name}") for who in "ab")


def couple_of(rows: np.ndarray, core: Core = FIRST) -> Any:
    """The states from the rows in which they stand."""
    values = iter(rows)
    kinds: tuple[Any, ...] = (core.PartnerState, core.PartnerState, core.DyadState)
    return core.Couple(*(kind(*islice(values, len(kind._fields))) for kind in kinds))
