"""G11, economy: how many numbers and states the core has."""

from experiments.gates.cohort import Cohort
from models.second.parameters import PartnerParameters, SharedParameters, is_switch
from models.second.state import PartnerState


def measure(cohort: Cohort) -> dict[str, float]:
    """Counts, which do not depend on the cohort."""
    return {
        "personal": len(PartnerParameters._fields),
        "shared": sum(not is_switch(name) for name in SharedParameters._fields),
        "states": len(PartnerState._fields),
    }
