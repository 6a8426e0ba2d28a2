"""Help for tests of the model: a scripted partner, a run that keeps every state, comparisons.

A scripted partner is not a person: what one hears is written down beforehand, so that whatever
then changes in the listener comes from the listener.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest

from models import (
    PARAMETERS,
    Exchange,
    PartnerParameters,
    SharedParameters,
    architecture,
    emit,
    exchange,
    update,
)
from models.initial_state import initial_couple, initial_state
from models.state import (
    NO_EVENT,
    VARIABLES,
    Couple,
    DyadState,
    PartnerState,
    RandomNumbers,
    Signal,
    Situation,
)
from sim.engines.numpy_engine import random_numbers as draw_random_numbers
from sim.world.calendar import Calendar

SEEDS = (1, 2)
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


def rows(*people: PartnerParameters) -> PartnerParameters:
    """Several people as one parameter set of arrays."""
    return PartnerParameters(*(np.array(field, float) for field in zip(*people, strict=True)))


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
                couple, a, b, situation, event_a, event_b,
                RandomNumbers(*random_numbers_a[:, row]),
                RandomNumbers(*random_numbers_b[:, row]), shared,
            )  # fmt: skip
            couple = result.couple
            see(step, situation, result)
    return couple


def addressed(seed: int, couples: int) -> Callable[[np.ndarray, int], np.ndarray]:
    """The random numbers that ``simulate`` draws for couples 0, 1, ... under ``seed``."""
    return lambda steps, who: draw_random_numbers(seed, np.arange(couples), who, steps)


def anybody(count: int, seed: int) -> PartnerParameters:
    """``count`` people drawn uniformly over the full declared ranges."""
    random = np.random.default_rng(seed)
    rules = PARAMETERS[PartnerParameters].values()
    return PartnerParameters(*(random.uniform(*rule.range, count) for rule in rules))


def corners_of() -> list[PartnerParameters]:
    """The person with every parameter at its lowest, and the one at their highest."""
    rules = PARAMETERS[PartnerParameters].values()
    return [PartnerParameters(*(rule.range[end] for rule in rules)) for end in (0, 1)]


class Watch:
    """Counts, for every state of every partner, the time near a bound, and what is not allowed."""

    NEAR = 1e-6

    def __init__(self) -> None:
        self.total = 0.0
        self.near: dict[str, np.ndarray] = {}
        self.faults: set[str] = set()

    def __call__(self, step: int, situation: Situation, result: Exchange) -> None:
        self.total += situation.dt
        for who, part in result.couple._asdict().items():
            for name, rule in VARIABLES[type(part)].items():
                self._look(f"{who}.{name}", getattr(part, name), rule.range, situation.dt)

    def _look(self, name: str, value: np.ndarray, limits: tuple | None, dt: float) -> None:
        if not np.isfinite(value).all():
            self.faults.add(f"{name} is not finite")
        if limits is None:
            return
        for side, limit in zip((1.0, -1.0), limits, strict=True):
            if limit is None:
                continue
            inside = side * (value - limit)
            if inside.min() < 0.0:
                self.faults.add(f"{name} is beyond {limit:g}")
            if inside.min() < self.NEAR:
                known = self.near.setdefault(name, np.zeros(value.shape))
                known += dt * (inside < self.NEAR)

    def share(self) -> dict[str, float]:
        """Largest share of time that any couple's state spends within 1e-6 of a bound."""
        return {name: float(time.max()) / self.total for name, time in sorted(self.near.items())}

    def pooled(self) -> dict[str, float]:
        """The same share over all couples together."""
        return {name: float(time.mean()) / self.total for name, time in sorted(self.near.items())}


def check_same(one, two) -> None:
    """Assert that two datasets have the same variables with the same bits."""
    assert set(one.data_vars) == set(two.data_vars)
    for name in one.data_vars:
        np.testing.assert_array_equal(one[name].values, two[name].values, err_msg=name)


def slope(x: np.ndarray, y: np.ndarray) -> float:
    """Slope of the least-squares line."""
    return float(np.polyfit(np.asarray(x, float), np.asarray(y, float), 1)[0])


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed{seed}")
def seed(request) -> int:
    """A seed; whatever takes it must hold for each."""
    return request.param


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed{seed}")
def module_seed(request) -> int:
    """A seed for runs that several tests of a file share."""
    return request.param


__all__ = [
    "FACE_TO_FACE",
    "NO_EVENT",
    "SEEDS",
    "SHARED",
    "SILENT",
    "Observed",
    "Watch",
    "addressed",
    "anybody",
    "architecture",
    "check_same",
    "corners_of",
    "live",
    "rows",
    "run_couples",
    "slope",
]
