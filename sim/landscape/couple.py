"""Our own model as a map of a few slow numbers: everyday weeks, noise averaged, plasticity frozen.

A coarse time-stepper (Kevrekidis et al. 2003): lift the slow numbers to whole couples that
differ in their random numbers; let a day heal what moves fast; set the slow numbers again; live the
days of the map; average the slow numbers over the couples. The random numbers are the same in each
call, so that the map is a function, and smooth. See ``docs/decisions/0009-landscape.md``.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from models.caregiving import LEARNT
from models.initial_state import initial_couple
from models.parameters import PartnerParameters, SharedParameters, check, plain, unknown
from models.state import Couple, PartnerState
from sim.checks import in_range, instance, seed_number, shown, whole
from sim.engines.recording import bins
from sim.engines.registry import has_numba, prepare
from sim.engines.task import Runner, Task
from sim.landscape.system import System, Vector
from sim.world.calendar import Calendar, daily_life
from sim.world.people import Person
from sim.world.soundness import check_calendar

NAMES = ("closeness", "expectation_a", "expectation_b", "tolerance_a", "tolerance_b")
BOX = np.array([[0.0, 1.0], [-1.0, 1.0], [-1.0, 1.0], [0.0, 1.0], [0.0, 1.0]])
MEMORIES = ("safety_memory", "harm_memory", "closeness_pain")
TRAITS = ("threshold", *LEARNT)
"""Slow traits, which a frozen plasticity keeps."""
DRAWS = 64
MOST_DRAWS = 100_000


def frozen(shared: SharedParameters | None = None) -> SharedParameters:
    """The shared parameters with all slow learning switched off."""
    shared = SharedParameters() if shared is None else shared
    instance("shared", shared, SharedParameters)
    check(shared)
    shared = plain(shared)
    return shared._replace(slow_plasticity_on=0.0, corrective_rule_on=0.0, threat_learning_on=0.0)


# more than six arguments: who they are, and options by keyword that a caller rarely gives
def of_couple(
    a: Person,
    b: Person,
    *,
    shared: SharedParameters | None = None,
    days: int = 7,
    draws: int = DRAWS,
    seed: int = 1,
    memories: Mapping[str, float] | None = None,
    calendar: Calendar | None = None,
) -> System:
    """The map of ``NAMES`` over ``days`` of everyday life of two people at frozen plasticity.

    ``a`` and ``b`` are presets' names or single people. ``memories`` sets ``safety_memory``,
    ``harm_memory`` or ``closeness_pain`` of both to another level in [0, 1] than at the start of a
    relationship; they and the traits are put back before each step. ``draws`` couples share the
    state and differ in their random numbers. ``calendar`` takes the place of the ``days``.
    """
    people = [_one(person) for person in (a, b)]
    clamped = _checked({} if memories is None else memories)
    draws = whole("draws", draws, "couples to average over", high=MOST_DRAWS)
    seed = seed_number(seed)
    life = daily_life(days) if calendar is None else check_calendar(calendar)
    shared = frozen(shared)
    heal, live = runner(daily_life(1), shared, seed, draws), runner(life, shared, seed + 1, draws)

    def rate(states: Vector) -> np.ndarray:
        states = np.asarray(states, float)
        flat = states.reshape(len(NAMES), -1)
        lanes = np.repeat(flat, draws, axis=1)
        person_a, person_b = (_spread(person, lanes.shape[1]) for person in people)
        dyads = np.tile(np.arange(draws), flat.shape[1])
        born = _clamped(initial_couple(person_a, person_b), clamped)
        _, healed = heal(_set(born, lanes), person_a, person_b, dyads)
        _, after = live(_set(restored(healed, born), lanes), person_a, person_b, dyads)
        return _slow(after).reshape(len(NAMES), -1, draws).mean(axis=2).reshape(states.shape)

    return System(rate, "map", NAMES, BOX)


def _one(person: Person) -> PartnerParameters:
    """A single person: the centre of a preset, or the parameters given."""
    from models.architectures import architecture

    if isinstance(person, str):
        return architecture(person)
    if not isinstance(person, PartnerParameters):
        raise ValueError(
            f"person = {shown(person)}: must be a preset's name or a PartnerParameters"
        )
    check(person)
    return plain(person)


def _checked(memories: Mapping[str, float]) -> dict[str, float]:
    instance("memories", memories, Mapping)
    for name in memories:
        if name not in MEMORIES:
            raise ValueError(unknown(name, MEMORIES, "memory"))
    return {
        name: in_range(f"memories: {name}", level, 0.0, 1.0, "level of a memory")
        for name, level in memories.items()
    }


def runner(calendar: Calendar, shared: SharedParameters, seed: int, draws: int) -> Runner:
    """The fastest engine that is there, bound to the calendar; it starts from any state."""
    task = Task(
        calendar,
        shared,
        seed,
        (0, 1),
        bins(calendar, "summary"),
        ("closeness",),
        lambda _: None,
        couples=max(draws, 10),
    )
    return prepare("compiled" if has_numba() else "numpy", task)


def _spread(person: PartnerParameters, count: int) -> PartnerParameters:
    return PartnerParameters(*(np.full(count, float(value)) for value in person))


def _clamped(couple: Couple, levels: Mapping[str, float]) -> Couple:
    """The couple with both partners' memories at these levels."""
    shape = np.shape(couple.dyad.closeness)
    fields: dict[str, Any] = {name: np.full(shape, level) for name, level in levels.items()}
    return couple._replace(a=couple.a._replace(**fields), b=couple.b._replace(**fields))


def restored(now: Couple, before: Couple) -> Couple:
    """``now`` with what is frozen as it was ``before``: memories and slow traits."""

    def back(state: PartnerState, old: PartnerState) -> PartnerState:
        return state._replace(**{name: getattr(old, name) for name in (*MEMORIES, *TRAITS)})

    return now._replace(a=back(now.a, before.a), b=back(now.b, before.b))


def _set(couple: Couple, slow: np.ndarray) -> Couple:
    closeness, expectation_a, expectation_b, tolerance_a, tolerance_b = slow
    return Couple(
        couple.a._replace(expectation=expectation_a, tolerance=tolerance_a),
        couple.b._replace(expectation=expectation_b, tolerance=tolerance_b),
        couple.dyad._replace(closeness=closeness),
    )


def _slow(couple: Couple) -> np.ndarray:
    a, b, dyad = couple
    return np.stack([dyad.closeness, a.expectation, b.expectation, a.tolerance, b.tolerance])
