"""S04 and S05, the cingulate: discrepancy, and pain that closeness is expected to bring."""

from models.forms import positive, squash
from models.parameters import PartnerParameters


def turning_away(latency):
    """How far a late reply amounts to turning away; 0 as usual, 1 five times as late."""
    return 0.25 * (latency - 1.0)


def discrepancy(expectation, warmth, away, parameters: PartnerParameters):
    """Evidence from responses colder or later than expected, ``g_C squash(max(E - w + l / 2, 0))``.

    In [cues]. Conflict monitoring as a gap between expected and perceived signal (IA, scanner).
    """
    return parameters.cingulate_gain * squash(positive(expectation - warmth + 0.5 * away))


def anticipated_pain(closeness_pain, closeness, demand, shared):
    """Pain expected from closeness and from being needed, ``kappa (L + D)`` [1].

    Learnt avoidance rather than extra pain: avoidance goes with *less* cingulate response to
    exclusion (DeWall et al. 2012), which contradicts the essays.
    """
    return shared.anticipated_pain_on * closeness_pain * (closeness + demand)
