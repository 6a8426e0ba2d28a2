"""The second core: a couple from perception as inference, two causes, need, choice and appraisal.

It stands beside the first core until every driver runs on it; see
``docs/decisions/0016-two-cores-for-a-while.md``. One file a mechanism; the partner is on one screen
in ``partner``, the couple in ``couple``.
"""

from models.second.architectures import ARCHITECTURES, architecture
from models.second.couple import Exchange, exchange
from models.second.parameters import PARAMETERS, PartnerParameters, SharedParameters
from models.second.partner import emit, update
from models.second.state import Couple, DyadState, PartnerState, ReadOut, Signal

__all__ = [
    "ARCHITECTURES",
    "PARAMETERS",
    "Couple",
    "DyadState",
    "Exchange",
    "PartnerParameters",
    "PartnerState",
    "ReadOut",
    "SharedParameters",
    "Signal",
    "architecture",
    "emit",
    "exchange",
    "update",
]
