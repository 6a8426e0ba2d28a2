"""What is the case for one partner in one time step, from calendar and events (S23, S24).

Help is signals, exposures, contexts and rehearsed acts: the fields of ``Event`` in which a
treatment would name what is to be learnt (``narrative``, ``recalibration``, ``interoceptive``) are
not read.
"""

from typing import NamedTuple

import numpy as np

from models.declare import Number
from models.second.parameters import SharedParameters
from models.state import Event, Situation


class Circumstances(NamedTuple):
    """One partner's circumstances."""

    dt: Number
    """Length of the time step [min]."""
    contact: Number
    """In contact with anybody, share."""
    partner: Number
    """In contact with the partner, and not with a third person, share."""
    third: Number
    """The company is a third person (1) or the partner (0)."""
    awake: Number
    clarity: Number
    """Clarity with which warmth can be read, share."""
    danger: Number
    """Danger from outside the couple, or evoked."""
    heat: Number
    """Heat of the topic under discussion, share."""
    topic: Number
    """Whose topic it is: 1 one's own, -1 the partner's, 0 nobody's."""
    strangeness: Number
    """Strangeness of the place, in favour of the old cause [logit]."""
    words: Number
    """Words that reassure or explain, share."""
    calming: Number
    """Guidance that calms the body, share."""
    stressor: Number
    """Stressor from outside the couple [sd]."""


def circumstances(situation: Situation, event: Event, shared: SharedParameters) -> Circumstances:
    """One partner's circumstances.

    Equation::

        clarity = situation.clarity * (c_0 + event.help_share * (event.help_clarity - c_0))
        topic = 2 * event.grievance - 1 where event.conflict > 0, else 0
        strangeness = a_o * (1 - situation.familiarity)
        words = event.help_share * event.help_reassurance + event.insight

    A live signal has the clarity ``c_0``, a scripted one its own. A strange place favours the old
    cause as full arousal would. ``grievance`` of one half leaves the topic nobody's.
    """
    plain, share = shared.plainness, event.help_share
    return Circumstances(
        dt=situation.dt,
        contact=situation.contact,
        partner=situation.contact * (1.0 - event.third),
        third=event.third,
        awake=situation.awake,
        clarity=situation.clarity * (plain + share * (event.help_clarity - plain)),
        danger=event.threat,
        heat=event.conflict,
        topic=np.where(event.conflict > 0.0, 2.0 * event.grievance - 1.0, 0.0),
        strangeness=shared.arousal_bias * (1.0 - situation.familiarity),
        words=share * event.help_reassurance + event.insight,
        calming=event.calming,
        stressor=event.stressor,
    )
