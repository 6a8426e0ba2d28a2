"""S13 and part of S22: four graded acts, chosen by what promises, what pushes, what is held."""

from typing import NamedTuple

import numpy as np

from models.declare import Number
from models.forms import logistic, positive
from models.second.alarm import Guard
from models.second.circumstances import Circumstances
from models.second.forms import bounded
from models.second.parameters import SharedParameters
from models.second.perception import Percept
from models.second.state import DyadState, PartnerState


class Choice(NamedTuple):
    """Shares of the four acts, and how far one freezes instead of acting."""

    warm: Number
    bid: Number
    demand: Number
    withdraw: Number
    freeze: Number


def spared(state: PartnerState, held, invested, shared: SharedParameters):
    """Accommodation: how far coldness is not answered in kind, in (0, 1).

    Equation::

        kind = logistic(b * (state.sentiment + invested))
        spared = accommodation_on * held * (1 - state.disengagement) * kind

    Source: Rusbult et al. 1991 (accommodation).
    """
    kind = logistic(shared.choice_slope * (state.sentiment + invested))
    return shared.accommodation_on * held * (1.0 - state.disengagement) * kind


# more than six arguments: one for each symbol of the equation
def warm(state: PartnerState, parameters, percept: Percept, held, spare, heard, now, shared):
    """Utility of warm engagement.

    Equation::

        news = percept.warmth - surprise_on * percept.expected
        answer = q * (positive(news) - (1 - spare) * positive(-news))
        grudge = sentiment_on * q_s * (1 - spare) * positive(-state.sentiment)
        warm = (c_k * (1 + held) / 2 + cordiality + answer - grudge
                + held * heard.bid - now.heat - state.disengagement)

    What is answered is *surprise*: warmth beyond what is expected, which keeps the quick loop
    between two partners below a gain of one. Sentiment acts only where it is bad and not held back,
    which makes the slow loop.

    Source: Weiss 1980 (sentiment override); weights assumed.
    """
    news = percept.warmth - shared.surprise_on * percept.expected
    answer = shared.answer * (positive(news) - (1.0 - spare) * positive(-news))
    grudge = shared.sentiment_on * shared.grudge * (1.0 - spare) * positive(-state.sentiment)
    custom = shared.kindness * 0.5 * (1.0 + held) + parameters.cordiality
    return custom + answer - grudge + held * heard.bid - now.heat - state.disengagement


# more than six arguments: one for each symbol of the equation
def choose(
    state: PartnerState, parameters, percept, guarded: Guard, spare, heard, near, now, shared
) -> Choice:
    """Shares of the four acts: a softmax of their utilities with slope ``b``, and freezing.

    Equation::

        shows = 1 - deactivation
        loose = 1 - held
        left = now.contact * (1 - 1 / heard.latency)
        wish = wish_on * state.wish + now.topic
        bid = held * state.need * shows
        press = press_on * u_p
        pressed = u * alarm + press * state.need * left
        demand = (loose * shows * (reward_dependence * state.need + pressed)
                  + u_w * (1 - state.disengagement) * positive(wish))
        fled = u * deactivation * (near + alarm) + closeness_fear * near
        withdraw = fled + press * loose * (deactivation + u * positive(-wish)) * heard.demand
        blocked = bounded((deactivation + closeness_fear) * (near + alarm))
        freeze = conflict_on * state.need * blocked * loose

    ``wish`` [sd] is one's own wish for change, one higher where the topic is one's own and one
    lower where it is the partner's: who wants change demands, who wants none and is pressed
    withdraws.

    Source: Dayan et al. 2006 (Pavlovian pushes); Christensen and Heavey 1990, Heavey et al. 1995
    (who wants change demands); Miller 1944 (approach and avoidance); weights assumed.
    """
    s, p, held = state, parameters, guarded.held
    shows, loose = 1.0 - p.deactivation, 1.0 - held
    left = now.contact * (1.0 - 1.0 / heard.latency)
    wish = shared.wish_on * s.wish + now.topic
    press = shared.press_on * shared.press
    pressed = shared.push * guarded.alarm + press * s.need * left
    demand = loose * shows * (p.reward_dependence * s.need + pressed)
    demand = demand + shared.urge * (1.0 - s.disengagement) * positive(wish)
    fled = shared.push * p.deactivation * (near + guarded.alarm) + p.closeness_fear * near
    refused = p.deactivation + shared.push * positive(-wish)
    warmly, bidding, demanding, withdrawing = softmax(
        warm(s, p, percept, held, spare, heard, now, shared),
        held * s.need * shows,
        demand,
        fled + press * loose * refused * heard.demand,
        shared.choice_slope,
    )
    blocked = bounded((p.deactivation + p.closeness_fear) * (near + guarded.alarm))
    return Choice(
        warm=warmly,
        bid=bidding,
        demand=demanding,
        withdraw=withdrawing,
        freeze=shared.conflict_on * s.need * blocked * loose,
    )


def softmax(first, second, third, fourth, slope):
    """Shares of four utilities that add up to 1, each in (0, 1).

    Equation::

        share_i = exp(slope * u_i) / sum_j exp(slope * u_j)
    """
    top = np.maximum(np.maximum(first, second), np.maximum(third, fourth))
    weights = [np.exp(slope * (utility - top)) for utility in (first, second, third, fourth)]
    total = weights[0] + weights[1] + weights[2] + weights[3]
    return tuple(weight / total for weight in weights)


def near_of(dyad: DyadState, now: Circumstances):
    """Closeness while in contact with the partner: a third person's company is not close."""
    return dyad.closeness * now.partner
