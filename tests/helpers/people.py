"""People for tests: in rows, at random, at the ends of every range."""

import numpy as np

from models import PARAMETERS, PartnerParameters


def rows(*people: PartnerParameters) -> PartnerParameters:
    """Several people as one parameter set of arrays."""
    return PartnerParameters(*(np.array(field, float) for field in zip(*people, strict=True)))


def anybody(count: int, seed: int) -> PartnerParameters:
    """``count`` people drawn uniformly over the full declared ranges."""
    random = np.random.default_rng(seed)
    rules = PARAMETERS[PartnerParameters].values()
    return PartnerParameters(*(random.uniform(*rule.range, count) for rule in rules))


def corners_of() -> list[PartnerParameters]:
    """The person with every parameter at its lowest, and the one at their highest."""
    rules = PARAMETERS[PartnerParameters].values()
    return [PartnerParameters(*(rule.range[end] for rule in rules)) for end in (0, 1)]
