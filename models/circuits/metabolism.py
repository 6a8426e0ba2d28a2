"""S15, metabolic cost: vigilance and arousal, minus the load that a trusted partner carries."""


def cost(alarm, arousal, regulated, shared_load, baseline):
    """Energy spent on watching and being ready [resting costs], at least 0.

    Equation::

        vigilance = baseline + alarm + arousal + 0.3 * regulated * alarm
        cost = vigilance * (1 - shared_load)

    ``baseline`` is the cingulate's (a slow trait), ``regulated`` the regulation. ``shared_load`` is
    a share; ``update`` gives the buffer of the threshold, whose number is in [0, 0.9). A budget in
    the sense of social baseline theory, never measured.

    Source: Coan and Sbarra 2015 (idea); form and weights assumed.
    """
    vigilance = baseline + alarm + arousal + 0.3 * regulated * alarm
    return vigilance * (1.0 - shared_load)
