"""S13, approach and avoidance: pursue, withdraw, or freeze when both are high and blocked."""

from models.circuits.cingulate import anticipated_pain
from models.forms import logistic, positive, squash
from models.parameters import PartnerParameters
from models.state import PartnerState


def need(alarm, closeness, craving, parameters: PartnerParameters):
    """Latent need for proximity in (0, 1): alarm, distance and craving activate attachment.

    Equation::

        need = squash(n * (0.4 + alarm + 0.5 * (1 - closeness) + craving))

    What is shown of it is another matter (``deactivation``).

    Source: NAA (avoidance is not lack of need); form and levels assumed.
    """
    return squash(parameters.proximity_need * (0.4 + alarm + 0.5 * (1.0 - closeness) + craving))


def avoidance(state: PartnerState, alarm, fear, closeness, parameters, shared):
    """Avoidance drive in [0, 1): anticipated pain, fear of closeness, flight from alarm.

    Equation::

        pain = anticipated_pain(state.closeness_pain, closeness, 2 * state.reading_demand)
        avoidance = squash(pain + fear * (0.4 + closeness) + q * alarm)

    Source: IA (withdrawer), NAA (disorganised); Mikulincer and Shaver 2007 (deactivation); weights
    assumed.
    """
    pain = anticipated_pain(state.closeness_pain, closeness, 2.0 * state.reading_demand, shared)
    return squash(pain + fear * (0.4 + closeness) + parameters.flight * alarm)


def freeze(approach, avoidance):
    """Freeze in (0, 1): both drives high, neither completes.

    Equation::

        freeze = logistic(14 * (approach * avoidance - 0.42))

    ``avoidance`` is the avoidance drive. One half where the product of the drives is 0.42; 0.003
    where either is 0.

    Source: Main and Hesse 1990 (idea); form assumed.
    """
    return logistic(14.0 * (approach * avoidance - 0.42))


# more than six arguments: one for each symbol of the equation
def demand(alarm, craving, approach, avoidance, frozen, regulated, grievance, protest):
    """Impulse to demand in [0, 1): approach under alarm or craving, as far as not held back.

    Equation::

        pressure = squash(3 * protest * alarm + 1.5 * craving + grievance)
        demand = (1 - frozen) * approach * (1 - avoidance) * (1 - 0.6 * regulated) * pressure

    ``protest`` is the habit as it stands (S18), ``avoidance`` the avoidance drive, ``regulated``
    the regulation; ``grievance`` is ``event.grievance * event.conflict``: who wants a change
    demands it.

    Source: Mikulincer and Shaver 2007 (protest); Christensen and Heavey 1990 (topic owner);
    form and weights assumed.
    """
    pressure = squash(3.0 * protest * alarm + 1.5 * craving + grievance)
    return (1.0 - frozen) * approach * (1.0 - avoidance) * (1.0 - 0.6 * regulated) * pressure


def withdraw(approach, avoidance, frozen, regulated):
    """Impulse to withdraw in [0, 1): avoidance, opposed by approach and held back in part.

    Equation::

        withdraw = (1 - frozen) * positive(avoidance) * (1 - 0.6 * approach) * (1 - 0.5 * regulated)

    ``avoidance`` is the avoidance drive, ``regulated`` the regulation.

    Source: IA (withdrawer); form and weights assumed.
    """
    return (1.0 - frozen) * positive(avoidance) * (1.0 - 0.6 * approach) * (1.0 - 0.5 * regulated)
