"""S02, S11 and S14: alarm as accumulated evidence, what can be held back, when one can learn."""

from typing import NamedTuple

import numpy as np

from models.declare import Number
from models.forms import logistic
from models.second.circumstances import Circumstances
from models.second.forms import raised
from models.second.parameters import PartnerParameters, SharedParameters
from models.second.perception import Percept
from models.second.state import PartnerState


class Guard(NamedTuple):
    """Alarm, and what the body leaves one free to do. Shares."""

    evidence: Number
    alarm: Number
    held: Number
    """Share of an impulse that can be held back."""
    gate: Number
    """Gate of learning in the old cause: live and inside the window."""
    open_: Number
    """Gate of learning about this partner: inside the window, more so when live."""


def accumulate(state: PartnerState, parameters, percept: Percept, near, now: Circumstances, shared):
    """Evidence of danger at the end of the time step.

    Equation::

        buffered = 1 - buffer_on * near * (1 - 2 * threat)
        drive = risk * now.contact * now.awake + closeness_fear * near + now.danger * buffered
        evidence = drive + accumulator_on * (state.evidence - drive) * exp(-now.dt / tau_f)

    ``near`` is closeness while in contact. Danger from outside weighs less beside somebody who is
    expected to be warm, and more beside somebody who is expected to be cold (``threat``).

    Source: Ratcliff 1978 (accumulation); Coan, Schaefer and Davidson 2006, Beckes and Coan 2011
    (presence); Main and Hesse 1990 (closeness as danger).
    """
    buffered = 1.0 - shared.buffer_on * near * (1.0 - 2.0 * percept.threat)
    drive = percept.risk * now.contact * now.awake + parameters.closeness_fear * near
    drive = drive + now.danger * buffered
    kept = np.exp(-now.dt / shared.expression_time)
    return drive + shared.accumulator_on * (state.evidence - drive) * kept


def guard(
    evidence, state: PartnerState, parameters: PartnerParameters, shared: SharedParameters
) -> Guard:
    """Alarm, regulation and the gates of learning.

    Equation::

        alarm = logistic(k * (evidence - amygdala_threshold))
        edge = w_0 * (1 + vagal_tone) * exp(-toll_on * state.strain)
        room = edge - state.arousal
        held = raised(regulation, d_i * state.integration_gained + k * (room - w_0))
        live = logistic(2 * k * (state.arousal - edge / 2))
        within = logistic(2 * k * room)
        gate = window_on * live * within + (1 - window_on) / 2
        open_ = window_on * (1 + 4 * live) / 5 * within + (1 - window_on) / 2

    ``edge`` is the edge of the window of tolerance, which strain narrows. Learning in the old cause
    needs activation inside the window; learning about this partner goes on, slower, when calm.

    Source: Siegel 1999 (window of tolerance); McEwen 1998 (load); Foa and Kozak 1986 (activation).
    """
    s, p, k = state, parameters, shared.slope
    edge = shared.window_edge * (1.0 + p.vagal_tone) * np.exp(-shared.toll_on * s.strain)
    room = edge - s.arousal
    gained = shared.integration_depth * s.integration_gained
    live = logistic(2.0 * k * (s.arousal - 0.5 * edge))
    within = logistic(2.0 * k * room)
    free = 0.5 * (1.0 - shared.window_on)
    return Guard(
        evidence=evidence,
        alarm=logistic(k * (evidence - p.amygdala_threshold)),
        held=raised(p.regulation, gained + k * (room - shared.window_edge)),
        gate=shared.window_on * live * within + free,
        open_=shared.window_on * 0.2 * (1.0 + 4.0 * live) * within + free,
    )
