"""A snapshot of a couple for drawing: what was sent, what was heard, who is alarmed."""

from math import log
from typing import TYPE_CHECKING, NamedTuple

from models.parameters import PartnerParameters
from models.state import PartnerState, Signal

if TYPE_CHECKING:
    from sim.engines.mesa_model import CoupleModel, Partner


class PartnerSnapshot(NamedTuple):
    """One partner at one time step; evidence and criterion in cues, the rest without unit."""

    evidence: float
    criterion: float
    alarm: float
    arousal: float
    gate: float
    felt_safety: float
    sent: Signal | None
    heard: Signal | None


class Snapshot(NamedTuple):
    """Both partners, the time since the start [min], and whether they are in contact."""

    minutes: float
    contact: bool
    a: PartnerSnapshot
    b: PartnerSnapshot


def snapshot_of(model: "CoupleModel") -> Snapshot:
    """A snapshot of the first couple of a ``CoupleModel``."""
    contact = model.tick > 0 and model.situation.contact > 0.0
    return Snapshot(
        model.minutes, contact, *(partner_snapshot_of(model.partner(slot)) for slot in "AB")
    )


def partner_snapshot_of(partner: "Partner") -> PartnerSnapshot:
    """One partner of a ``CoupleModel``; nothing is sent or heard before the first step."""
    state, heard = partner.state, partner.heard
    return PartnerSnapshot(
        evidence=state.evidence,
        criterion=criterion(state, partner.parameters),
        alarm=state.alarm,
        arousal=state.arousal,
        gate=state.plasticity_gate,
        felt_safety=state.felt_safety,
        sent=partner.sent,
        heard=heard,
    )


def criterion(state: PartnerState, parameters: PartnerParameters) -> float:
    """The evidence [cues] at which the alarm would be one half now: threshold and all buffers.

    The inverse of ``models.circuits.amygdala.alarm`` with no mechanism off. Before the first
    exchange the alarm is that of rest and the criterion says nothing.
    """
    return float(state.evidence - log(state.alarm / (1.0 - state.alarm)) / parameters.amygdala_gain)
