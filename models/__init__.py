"""The science: a partner's equations, the couple's coupling, parameters and presets."""

from models.architectures import ARCHITECTURES, architecture, override
from models.couple import Exchange, exchange
from models.parameters import PARAMETERS, PartnerParameters, SharedParameters
from models.partner import emit, update
from models.state import Couple, DyadState, Event, PartnerState, Signal, Situation

__all__ = [
    "ARCHITECTURES",
    "PARAMETERS",
    "Couple",
    "DyadState",
    "Event",
    "Exchange",
    "PartnerParameters",
    "PartnerState",
    "SharedParameters",
    "Signal",
    "Situation",
    "architecture",
    "emit",
    "exchange",
    "override",
    "update",
]
