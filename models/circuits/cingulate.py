"""S04 and S05, the cingulate: discrepancy, and pain that closeness is expected to bring."""

from models.forms import positive, squash
from models.parameters import PartnerParameters


def turning_away(latency):
    """How far a late reply amounts to turning away: 0 as usual, 1 five times as late.

    Equation::

        turned_away = 0.25 * (latency - 1)

    ``latency`` [usual replies]. Below 0 where a misreading makes a reply seem sooner than usual.

    Source: IA (scanner, late replies); no published dose and response; assumed.
    """
    return 0.25 * (latency - 1.0)


def discrepancy(expectation, warmth, turned_away, parameters: PartnerParameters):
    """Evidence [cues] from responses colder or later than expected, in [0, g_C).

    Equation::

        discrepancy = g_C * squash(positive(expectation - warmth + 0.5 * turned_away))

    ``turned_away`` is ``turning_away`` and not the latency; ``g_C`` [cues].

    Source: IA (scanner): conflict monitoring as a gap between expected and perceived; assumed.
    """
    return parameters.cingulate_gain * squash(positive(expectation - warmth + 0.5 * turned_away))


def anticipated_pain(closeness_pain, closeness, demand, shared):
    """Pain expected from closeness and from being needed, at least 0.

    Equation::

        pain = anticipated_pain_on * closeness_pain * (closeness + demand)

    Learnt avoidance rather than extra pain: avoidance goes with *less* cingulate response to
    exclusion, which contradicts the essays.

    Source: IA (withdrawer), contradicted by DeWall et al. 2012; form assumed.
    """
    return shared.anticipated_pain_on * closeness_pain * (closeness + demand)
