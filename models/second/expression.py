"""S01, what is shown: face and acts follow what was chosen, at the pace of expression."""

from models.forms import settle
from models.second.action import Choice
from models.second.circumstances import Circumstances
from models.second.forms import wander
from models.second.parameters import PartnerParameters, SharedParameters
from models.second.state import PartnerState


def show(
    state: PartnerState, choice: Choice, now: Circumstances, draw, shared: SharedParameters
) -> tuple:
    """Face [warmths] and the three acts that show, after the time step.

    Equation::

        moving = 1 - freeze
        pace = tau_f * (1 + freeze)
        look = moving * (l_w * (warm + bid / 2) - l_c * (demand + withdraw))
        warmth_shown = wander(state.warmth_shown, look, now.dt, pace, l_0, draw)
        act = settle(state.act, moving * act, now.dt, pace)

    The face has its own play of standard deviation ``l_0``; somebody frozen shows less, later.

    Source: Gottman, Swanson and Murray 1999 (pace of expression: inertia of affect in talks).
    """
    moving, pace = 1.0 - choice.freeze, shared.expression_time * (1.0 + choice.freeze)
    kind = shared.kind_look * (choice.warm + 0.5 * choice.bid)
    look = moving * (kind - shared.cold_look * (choice.demand + choice.withdraw))
    return (
        wander(state.warmth_shown, look, now.dt, pace, shared.face_play, draw),
        settle(state.bid, moving * choice.bid, now.dt, pace),
        settle(state.demand, moving * choice.demand, now.dt, pace),
        settle(state.withdrawal, moving * choice.withdraw, now.dt, pace),
    )


def shown(parameters: PartnerParameters):
    """Share of mood that shows: deactivation hides up to half of it.

    Equation::

        shown = 1 - deactivation / 2

    Source: Spangler and Grossmann 1993 (avoidance hides arousal); form assumed.
    """
    return 1.0 - 0.5 * parameters.deactivation
