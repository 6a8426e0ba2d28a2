"""The equations of the page: traced from ``models`` and ``sim``, printed as JavaScript.

Nothing is typed again. What JavaScript itself must supply are the views of a number's bits that
``sim.randomness.elementary`` calls primitives, and the whole-number arithmetic of Philox; both
are in ``page/noise.js``. The results are the bits of the engines ``numpy`` and ``compiled``.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from models.circuits import amygdala, hippocampus, vagus
from models.initial_state import initial_couple
from models.parameters import PartnerParameters, SharedParameters
from models.state import DyadState, PartnerState, Situation
from sim.codegen.printers.javascript import JAVASCRIPT, javascript_function
from sim.codegen.program import Program
from sim.codegen.tracing import Symbol, trace
from sim.engines.traced import traced
from sim.randomness import binding, constants, elementary, noise

# The tracer knows these two by name only; the printed text calls the primitives in their place.
PRIMITIVES = JAVASCRIPT.spelling(
    floor="Math.floor({0})",
    log="exponentOf({0})",
    tanh="fractionOf({0})",
    exp="powerOfTwo({0})",
)
OWN = JAVASCRIPT.spelling(exp="ownExp({0})")


class Readings(NamedTuple):
    """What the page draws beside the states: the marks that alarm and arousal are held against."""

    criterion: Any
    """Evidence at which the alarm is one half [cues]."""
    window: Any
    """Arousal beyond which regulation fails."""


def readings(
    state: PartnerState,
    parameters: PartnerParameters,
    dyad: DyadState,
    situation: Situation,
    third,
    shared: SharedParameters,
) -> Readings:
    """The marks of the coming time step, as ``models.partner.update`` composes them (a test)."""
    threat = hippocampus.threat_store(state, parameters, situation, shared)
    safe = hippocampus.context(state, situation, shared) * state.safety_memory
    closeness = dyad.closeness * (1.0 - third)
    buffer = amygdala.buffer(threat, closeness, situation.proximity, parameters, shared)
    criterion = state.threshold + buffer + shared.criterion_on * shared.criterion_weight * safe
    return Readings(criterion, vagus.window_of_tolerance(state.vagal_tone))


def readings_program() -> Program:
    """The traced marks."""
    return trace(
        readings, PartnerState, PartnerParameters, DyadState, Situation, "third", SharedParameters
    )


def initial_state_program() -> Program:
    """The traced beginning of a couple."""
    return trace(initial_couple, PartnerParameters, PartnerParameters, "closeness")


class _Live(Symbol):
    """A symbol for the text of ``elementary``, which also works in place and compares."""

    __hash__ = None  # type: ignore[assignment]

    def _record(self, opcode: str, operands: tuple) -> "_Live":
        found = super()._record(opcode, operands)
        return _Live(found.recorder, found.place)

    def __imul__(self, other: Any) -> Any:
        return self * other

    def __iadd__(self, other: Any) -> Any:
        return self + other

    def __eq__(self, other: object) -> Any:
        return np.absolute(self - other) <= 0.0


def _on_symbols(name: str) -> Callable[..., Any]:
    """A function of ``elementary`` or ``noise``, ready to be traced."""
    primitives = {
        "floor": np.floor,
        "sqrt": np.sqrt,
        "where": np.where,
        "power_of_two": np.exp,
        "split": lambda x: (np.log(x), np.tanh(x)),
    }
    text = binding.rebind(
        (*elementary.TEXT, noise.box_muller),
        constants.CONSTANTS | noise.CONSTANTS | primitives,
        binding.as_it_stands,
    )
    function = getattr(text, name)
    return lambda *xs: function(*(_Live(x.recorder, x.place) for x in xs))


def elementary_source() -> str:
    """``expInto`` and ``boxMuller``, from the text that all engines run."""
    exponential, normal = _on_symbols("exp"), _on_symbols("box_muller")
    programs = {
        "expInto": trace(lambda x: exponential(x), "x"),
        "boxMuller": trace(lambda u, v: normal(u, v), "u", "v"),
    }
    return "\n".join(javascript_function(p, name, PRIMITIVES) for name, p in programs.items())


def equation_source() -> str:
    """``exchange``, ``readings`` and ``initialState``: functions of an array into an array."""
    return "\n".join(
        [
            javascript_function(traced(), "exchange", OWN),
            javascript_function(readings_program(), "readings", OWN),
            javascript_function(initial_state_program(), "initialState", OWN),
        ]
    )


def layout() -> dict[str, Any]:
    """Where each value stands in the arrays of the three functions."""
    exchange, marks, birth = traced(), readings_program(), initial_state_program()
    return {
        "inputs": list(exchange.inputs),
        "outputs": list(exchange.outputs),
        "readingInputs": list(marks.inputs),
        "initialOutputs": list(birth.outputs),
        "initialInputs": list(birth.inputs),
    }


def noise_constants() -> dict[str, int]:
    """The numbers of Philox, and the purpose of the draws of an exchange."""
    return {
        "multiplier0": noise.MULTIPLIER_0,
        "multiplier1": noise.MULTIPLIER_1,
        "weyl0": noise.WEYL_0,
        "weyl1": noise.WEYL_1,
        "purpose": int(noise.Purpose.EXCHANGE),
    }
