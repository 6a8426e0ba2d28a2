"""A scripted partner, and a run that keeps every state.

A scripted partner is not a person: what one hears is written down beforehand, so that whatever
then changes in the listener comes from the listener.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from models import Exchange, PartnerParameters, SharedParameters, emit, exchange, update
from models.initial_state import initial_couple, initial_state
from models.state import Couple, DyadState, PartnerState, RandomNumbers, Signal, Situation
from sim.engines.numpy_engine import random_numbers as draw_random_numbers
from sim.world.calendar import Calendar

SHARED = SharedParameters()

SILENT = Signal(0.0, 0.0, 0.0, 0.0, latency=1.0, clarity=1.0, mirroring=0.0)
"""What is heard when the partner says nothing."""

FACE_TO_FACE = Situation(
    dt=1.0, contact=1.0, proximity=1.0, clarity=1.0, awake=1.0, familiarity=1.0
)


class Observed(NamedTuple):
    """One time step in the life of somebody with a scripted partner."""

    before: PartnerState
    heard: Signal
    after: PartnerState


def live(
    people: PartnerParameters,
    calendar: Calendar,
    script: Callable[[int, Situation], Signal],
    *,
    shared: SharedParameters = SHARED,
    seed: int | None = None,
    closeness: float | np.ndarray = 0.5,
    start: PartnerState | None = None,
    see: Callable[[int, Observed], None] = lambda step, observed: None,
) -> PartnerState:
    """Let ``people`` live through ``calendar`` beside a scripted partner; their last state.

    ``script(step, situation)`` is what is *heard* when in contact; out of contact it is silence.
    Closeness is clamped. Without a ``seed`` there is no noise at all. ``see`` looks at each step.
    """
    count = len(people.vagal_tone)
    state = initial_state(people) if start is None else start
    dyad = DyadState(closeness=closeness + np.zeros(count), hazard=np.zeros(count))
    quiet = RandomNumbers(*(np.zeros(count) for _ in RandomNumbers._fields))
    block = 64
    for step in range(len(calendar)):
        situation, event, _ = calendar.at(step)
        if seed is not None and step % block == 0:
            steps = np.arange(step, step + block)
            draws = draw_random_numbers(seed, np.arange(count), 0, steps)
        random_numbers = quiet if seed is None else RandomNumbers(*draws[:, step % block])
        heard = script(step, situation) if situation.contact else SILENT
        after = update(
            state,
            people,
            emit(state, people),
            heard,
            dyad,
            situation,
            event,
            random_numbers,
            shared,
        )
        see(step, Observed(state, heard, after))
        state = after
    return state


def run_couples(
    a: PartnerParameters,
    b: PartnerParameters,
    calendar: Calendar,
    *,
    random_numbers: Callable[[np.ndarray, int], np.ndarray],
    shared: SharedParameters = SHARED,
    see: Callable[[int, Situation, Exchange], None],
) -> Couple:
    """Run ``exchange`` over ``calendar``; ``see`` looks at every state, not at averages.

    ``random_numbers(steps, who)`` gives the draws of partner ``who``, shape (4, steps, couples).
    """
    couple = initial_couple(a, b)
    for first in range(0, len(calendar), 64):
        steps = np.arange(first, min(first + 64, len(calendar)))
        random_numbers_a, random_numbers_b = (random_numbers(steps, who) for who in (0, 1))
        for row, step in enumerate(steps):
            situation, event_a, event_b = calendar.at(step)
            result = exchange(
                couple,
                a,
                b,
                situation,
                event_a,
                event_b,
                RandomNumbers(*random_numbers_a[:, row]),
                RandomNumbers(*random_numbers_b[:, row]),
                shared,
            )
            couple = result.couple
            see(step, situation, result)
    return couple


def addressed(seed: int, couples: int) -> Callable[[np.ndarray, int], np.ndarray]:
    """The random numbers that ``simulate`` draws for couples 0, 1, ... under ``seed``."""
    return lambda steps, who: draw_random_numbers(seed, np.arange(couples), who, steps)
