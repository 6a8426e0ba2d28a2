"""S15, metabolic cost: vigilance and arousal, minus the load that a trusted partner carries."""


def cost(alarm, arousal, held, shared_load, baseline):
    """Energy spent on watching and being ready [resting costs], ``vigilance (1 - load)``.

    A budget in the sense of social baseline theory (Coan and Sbarra 2015), never measured.
    """
    vigilance = baseline + alarm + arousal + 0.3 * held * alarm
    return vigilance * (1.0 - shared_load)
