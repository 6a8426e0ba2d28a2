"""``emit``, ``respond`` and ``bond`` for plain floats: traced from ``models``, printed as Python.

NumPy's functions take a microsecond for each single number, so Mesa agents would crawl. These
have the same operations in the same order, on Python's ``math``; what depends on the
circumstances alone is worked out once a step, in ``now``. Building takes some 50 ms, at first use.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from models.couple import bond, respond
from models.parameters import PartnerParameters, SharedParameters
from models.partner import emit
from models.state import DyadState, Event, Luck, PartnerState, Signal, Situation
from sim.printers.python import python_function
from sim.tracing import trace

COMMON = ("situation.", "shared.")


class Scalar(NamedTuple):
    """The three moves of an exchange on floats.

    ``emit(state, parameters)``; ``respond(state, parameters, sent, coming, dyad, event, luck,
    open_)`` and ``bond(dyad, commitment_a, commitment_b, sent_a, sent_b)`` are bound to the
    circumstances by ``at(situation, shared)``.
    """

    emit: Callable[..., Signal]
    at: Callable[[Situation, SharedParameters], tuple[Callable[..., Any], Callable[..., Any]]]


@cache
def scalar() -> Scalar:
    """The functions, traced and compiled once a process."""
    show = python_function(trace(emit, PartnerState, PartnerParameters), "emit")
    hear_now, hear = _parted(
        "respond", respond, PartnerState, PartnerParameters, Signal, Signal, DyadState, Situation,
        Event, Luck, "open_", SharedParameters,
    )  # fmt: skip
    join_now, join = _parted(
        "bond", bond, DyadState, "commitment_a", "commitment_b", Signal, Signal, Situation,
        SharedParameters,
    )  # fmt: skip

    def at(situation: Situation, shared: SharedParameters) -> tuple[Any, Any]:
        common = (*situation, *shared)
        heard, joined = hear_now(common), join_now(common)

        def respond_now(state, parameters, sent, coming, dyad, event, luck, open_):
            return hear(
                state, parameters, sent, coming, dyad, situation, event, luck, open_, shared, heard
            )

        def bond_now(dyad, commitment_a, commitment_b, sent_a, sent_b):
            return join(dyad, commitment_a, commitment_b, sent_a, sent_b, situation, shared, joined)

        return respond_now, bond_now

    return Scalar(show, at)


def _parted(name: str, function: Callable[..., Any], *templates: Any) -> tuple[Any, Any]:
    """``function`` in two parts: of the circumstances alone, then of the couple."""
    first, rest = trace(function, *templates).split(COMMON)
    return python_function(first, "now"), python_function(rest, name)
