"""S09 and S10: arousal under the vagal brake, the load of the day, and strain that alarm leaves."""

import numpy as np

from models.second.circumstances import Circumstances
from models.second.forms import approach, wander
from models.second.parameters import PartnerParameters, SharedParameters
from models.second.state import PartnerState


def arouse(
    state: PartnerState,
    parameters: PartnerParameters,
    alarm,
    now: Circumstances,
    shared: SharedParameters,
):
    """Arousal in (0, 1): alarm and heat raise it, the vagal brake lowers it.

    Equation::

        rise = a_r * exp(state.load + state.strain) + now.awake * (alarm + now.heat)
        brake = (1 + now.calming) / (1 - vagal_tone)
        arousal = approach(state.arousal, rise / tau_b, brake / tau_b, now.dt)

    Partners' arousal moves together by what they do to each other: contagion of arousal by itself
    was tried, and no gate needed it.

    Source: Porges 1995 (vagal brake, as a form only).
    """
    resting = shared.resting_rise * np.exp(state.load + state.strain)
    rise = resting + now.awake * (alarm + now.heat)
    brake = (1.0 + now.calming) / (1.0 - parameters.vagal_tone)
    return approach(state.arousal, rise / shared.body_time, brake / shared.body_time, now.dt)


def load(state: PartnerState, now: Circumstances, draw, shared: SharedParameters):
    """Load of the day [warmths]: a stationary process of half a day, and stressors that happen.

    Equation::

        load = wander(state.load, 0, now.dt, tau_d, s_d, draw) + s_d * now.stressor
    """
    level = wander(state.load, 0.0, now.dt, shared.load_time, shared.load_size, draw)
    return level + shared.load_size * now.stressor


def strain(state: PartnerState, alarm, now: Circumstances, draw, shared: SharedParameters):
    """Strain [warmths]: a season of about a month, and what alarm in company leaves behind.

    Equation::

        season = wander(state.strain, 0, now.dt, tau_s, season_on * s_s, draw)
        strain = season + toll_on * t_a * alarm * now.contact * now.dt / tau_a

    Strain narrows the window of tolerance and speaks for the old cause: half of what makes two
    basins.

    Source: McEwen 1998 (allostatic load); form assumed.
    """
    size = shared.season_on * shared.strain_size
    season = wander(state.strain, 0.0, now.dt, shared.season_time, size, draw)
    left = shared.toll_on * shared.alarm_toll * alarm
    return season + left * now.contact * now.dt / shared.appraisal_time
