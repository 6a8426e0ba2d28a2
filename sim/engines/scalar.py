"""``emit``, ``respond`` and ``bond`` for plain floats: traced from ``models``, printed as Python.

NumPy's functions take a microsecond for each single number, so Mesa agents would crawl. These
have the same operations in the same order, on Python's ``math``; what depends on the
circumstances alone is worked out once a step, in ``now``. Building takes some 50 ms, at first use.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from models.cores import FIRST, Core
from models.state import Event, Situation
from sim.codegen.printers.python import python_function
from sim.codegen.tracing import trace

COMMON = ("situation.", "shared.", "event", "open_")


class Scalar(NamedTuple):
    """The three moves of an exchange on floats.

    ``emit(state, parameters)``; ``respond(event, open_, situation, shared)`` and
    ``bond(event_a, event_b, situation, shared)`` give the functions for these circumstances:
    ``respond(state, parameters, sent, partner, dyad, random_numbers)``, which gives the new state,
    the signal as heard and the read-outs of a core that has any, and
    ``bond(dyad, told_a, told_b, sent_a, sent_b)``.
    """

    emit: Callable[..., Any]
    respond: Callable[..., Callable[..., tuple[Any, ...]]]
    bond: Callable[..., Callable[..., Any]]


_: Any = None  # stands where the circumstances stood, which have become ``now``


@cache
def scalar(core: Core = FIRST) -> Scalar:
    """The functions, traced and compiled once a process."""
    emit = trace(core.emit, core.PartnerState, core.PartnerParameters)
    show = python_function(emit, "emit")
    hear_now, hear = _parted(
        "respond",
        core.respond,
        core.PartnerState,
        core.PartnerParameters,
        core.Signal,
        core.Signal,
        core.DyadState,
        Situation,
        Event,
        core.RandomNumbers,
        "open_",
        core.SharedParameters,
    )
    join_now, join = _parted(
        "bond",
        core.bond,
        core.DyadState,
        "told_a",
        "told_b",
        core.Signal,
        core.Signal,
        Event,
        Event,
        Situation,
        core.SharedParameters,
    )

    def respond_in(event, open_, situation, shared):
        now = hear_now((*situation, *event, open_, *shared))

        def respond_now(state, parameters, sent, partner, dyad, random_numbers):
            return hear(state, parameters, sent, partner, dyad, _, _, random_numbers, _, _, now)

        return respond_now

    def bond_in(event_a, event_b, situation, shared):
        now = join_now((*event_a, *event_b, *situation, *shared))

        def bond_now(dyad, told_a, told_b, sent_a, sent_b):
            return join(dyad, told_a, told_b, sent_a, sent_b, _, _, _, _, now)

        return bond_now

    return Scalar(show, respond_in, bond_in)


def _parted(name: str, function: Callable[..., Any], *templates: Any) -> tuple[Any, Any]:
    """``function`` in two parts: of the circumstances alone, then of the couple."""
    first, rest = trace(function, *templates).split(COMMON, inputs_too=True)
    return python_function(first, "now"), python_function(rest, name)
