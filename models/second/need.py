"""S06 and S07: need is homeostatic, relief breeds tolerance, affect is partly the partner's."""

from typing import NamedTuple

from models.declare import Number
from models.forms import positive
from models.second.circumstances import Circumstances
from models.second.forms import approach
from models.second.parameters import PartnerParameters
from models.second.state import PartnerState, Signal


class Feeling(NamedTuple):
    """How one feels now."""

    relief: Number
    affect: Number


def own_mood(state: PartnerState, parameters: PartnerParameters):
    """Mood of one's own, before relief [warmths].

    Equation::

        own_mood = (mood_set_point - state.strain - state.load - state.arousal
                    - reward_dependence * state.need)

    Source: Keramati and Gutkin 2014 (unmet need as negative affect); weights assumed.
    """
    s, p = state, parameters
    return p.mood_set_point - s.strain - s.load - s.arousal - p.reward_dependence * s.need


def feel(
    state: PartnerState, parameters: PartnerParameters, risk, heard: Signal, now: Circumstances
) -> Feeling:
    """Relief, and felt affect, in which the partner's mood has a part.

    Equation::

        relief = now.contact * (1 - risk) * (1 - state.tolerance)
        own = own_mood(state) + reward_dependence * relief
        affect = own + (1 - interoception) * now.contact * (heard.mood - own)

    ``risk`` is the probability that the partner is cold. The merger's affect is largely what the
    partner shows.

    Source: Solomon and Corbit 1974 (tolerance); Critchley et al. 2004 (interoception); weights
    assumed.
    """
    p = parameters
    relief = now.contact * (1.0 - risk) * (1.0 - state.tolerance)
    own = own_mood(state, p) + p.reward_dependence * relief
    affect = own + (1.0 - p.interoception) * now.contact * (heard.mood - own)
    return Feeling(relief, affect)


# more than six arguments: one for each symbol of the equation
def crave(
    state: PartnerState, parameters, alarm, relief, perceived, now: Circumstances, shared
) -> tuple[Number, Number]:
    """Need of closeness and tolerance to relief, both in [0, 1).

    Equation::

        need = need_on * approach(state.need, now.awake * proximity_need * (1 + alarm) / tau_d,
                                  relief / tau_r, now.dt)
        gain = reward_dependence * now.contact * positive(perceived) / tau_m
        tolerance = tolerance_on * approach(state.tolerance, gain, 1 / tau_s, now.dt)

    ``tau_d``, ``tau_r``, ``tau_m``, ``tau_s`` [min].

    Source: Keramati and Gutkin 2014; Solomon and Corbit 1974.
    """
    p = parameters
    rise = now.awake * p.proximity_need * (1.0 + alarm) / shared.load_time
    need = shared.need_on * approach(state.need, rise, relief / shared.relief_time, now.dt)
    gain = p.reward_dependence * now.contact * positive(perceived) / shared.expectation_time
    tolerance = approach(state.tolerance, gain, 1.0 / shared.season_time, now.dt)
    return need, shared.tolerance_on * tolerance
