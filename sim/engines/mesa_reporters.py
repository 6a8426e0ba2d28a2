"""What Mesa's data collector asks a couple model for: functions by name, so that they are pickled.

Partners stand among the model's reporters too (``alarm_A``, ``sent_demand_B``), since Mesa's
``batch_run`` may leave out what is asked of agents. With several couples they are means over them.
"""

from collections.abc import Callable
from functools import partial
from math import nan
from typing import TYPE_CHECKING, Any

from models.cores import FIRST, Core
from sim.world.addresses import PARTNERS, partner_index

if TYPE_CHECKING:
    from sim.engines.mesa_model import Bond, CoupleModel, Partner

FEELS = ("alarm", "arousal", "affect", "belief", "threat_store", "safety_memory")
WATCHED = (*FEELS, "plasticity_gate", "approach", "avoidance", "freeze")
DIRECTIONS = ("sent", "heard")


def of_partners(core: Core = FIRST) -> dict[str, Callable[["Partner"], Any]]:
    """What a teacher wants to look at: signals sent and heard, alarm, both stores, the gate."""
    return {**_measures(core), "partner": _label, "couple": _number}


def of_models(core: Core = FIRST) -> dict[str, Callable[["CoupleModel"], Any]]:
    """The same of each partner by name, and what is of the couple or of the run."""
    measures = {
        f"{name}_{slot}": partial(_mean, measure, partner_index(slot))
        for name, measure in _measures(core).items()
        for slot in PARTNERS
    }
    # ``partial`` because Mesa calls what is neither that nor a plain function without the model.
    of_run = {"day": _day, "contact": _contact, "closeness": _closeness, "seed": _seed}
    return {**of_run, **measures}


def _measures(core: Core) -> dict[str, Callable[["Partner"], float]]:
    felt = WATCHED if core is FIRST else core.PartnerState._fields
    states = {name: partial(_felt, name) for name in felt}
    states |= {name: partial(_read, name) for name in core.reads}
    signals = {
        f"{direction}_{field}": partial(_signalled, direction, field)
        for direction in DIRECTIONS
        for field in core.Signal._fields
    }
    return {**states, **signals}


def _felt(name: str, partner: "Partner") -> float:
    return getattr(partner.state, name)


def _read(name: str, partner: "Partner") -> float:
    """A read-out of the last step; nan before the first."""
    return nan if partner.read is None else getattr(partner.read, name)


def _signalled(direction: str, field: str, partner: "Partner") -> float:
    """A field of a signal; nan before the first step, when there is none."""
    signal = getattr(partner, direction)
    return nan if signal is None else getattr(signal, field)


def _label(partner: "Partner") -> str:
    return partner.label


def _number(partner: "Partner") -> int:
    return partner.bond.number


def _mean(measure: Callable[["Partner"], float], who: int, model: "CoupleModel") -> float:
    bonds = _bonds(model)
    if who:
        return sum([measure(bond.b) for bond in bonds]) / len(bonds)
    return sum([measure(bond.a) for bond in bonds]) / len(bonds)


def _bonds(model: "CoupleModel") -> list["Bond"]:
    """The bonds of now, listed once a step: going through a set of Mesa's costs as much as all."""
    step, bonds = model.listed
    if step != model.tick:
        bonds = list(model.bonds)
        model.listed = (model.tick, bonds)
    return bonds


def _day(model: "CoupleModel") -> float:
    return model.days


def _contact(model: "CoupleModel") -> float:
    """Whether they were in contact in the last time step; nan before the first."""
    return model.situation.contact if model.tick else nan


def _closeness(model: "CoupleModel") -> float:
    bonds = _bonds(model)
    return sum(bond.state.closeness for bond in bonds) / len(bonds)


def _seed(model: "CoupleModel") -> int:
    return model.seed
