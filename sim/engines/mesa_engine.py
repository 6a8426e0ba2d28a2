"""The readable driver as an engine: Mesa agents step by step, to hold the others against."""

from collections.abc import Sequence

import numpy as np

from models.parameters import PartnerParameters
from models.state import Couple
from sim.codegen.structures import build, leaves
from sim.engines.mesa_model import Bond, CoupleModel
from sim.engines.recording import DYAD_VARIABLES, is_signal
from sim.engines.task import Runner, Sums, Task
from sim.world.addresses import PARTNERS


def prepare(task: Task) -> Runner:
    """Bind what all couples share; see ``sim.engines.task``."""

    def runner(
        start: Couple, person_a: PartnerParameters, person_b: PartnerParameters, dyads: np.ndarray
    ) -> tuple[Sums, Couple]:
        model = _Lanes(
            person_a,
            person_b,
            couples=dyads.tolist(),
            calendar=task.calendar,
            seed=task.seed,
            shared=task.shared,
            streams=[PARTNERS[who] for who in task.streams],
            collect=False,
        )
        _begin(model, start)
        sums = {name: np.zeros(_shape(name, task.bins.count, len(dyads))) for name in task.names}
        for step in range(len(task.calendar)):
            model.step()
            _add(task, sums, model, step)
            task.advance(len(dyads))
        return sums, _joined([bond.couple for bond in model.bonds])

    return runner


class _Lanes(CoupleModel):
    """Couples of several conditions side by side: the same number is there once in each."""

    def _numbers(self, couples: int | Sequence[int]) -> np.ndarray:
        return np.asarray(couples)


def _begin(model: CoupleModel, start: Couple) -> None:
    """Let all couples begin in the states given."""
    rows = [np.asarray(leaf).tolist() for leaf in leaves(start)]
    for bond, values in zip(model.bonds, zip(*rows, strict=True), strict=True):
        couple = _filled(start, iter(values))
        bond.a.state, bond.b.state, bond.state = couple


def _filled(start: Couple, values) -> Couple:
    return Couple(*(build(part, [next(values) for _ in part]) for part in start))


def _joined(couples: list[Couple]) -> Couple:
    """The states of many couples as one couple of arrays."""
    rows = zip(*(leaves(couple) for couple in couples), strict=True)
    return _filled(couples[0], (np.array(row) for row in rows))


def _shape(name: str, count: int, couples: int) -> tuple[int, ...]:
    return (count, couples) if name in DYAD_VARIABLES else (count, 2, couples)


def _add(task: Task, sums: Sums, model: CoupleModel, step: int) -> None:
    """Add the values of a step to the sums of their bin, with the step's weights."""
    bins, where = task.bins, task.bins.index[step]
    for name, total in sums.items():
        weight = (bins.signal_weight if is_signal(name) else bins.state_weight)[step]
        if weight:
            total[where] += weight * np.array([_value(bond, name) for bond in model.bonds]).T


def _value(bond: Bond, name: str):
    if name in DYAD_VARIABLES:
        return getattr(bond.state, name)
    if is_signal(name):
        direction, field = name.split("_", 1)
        return [getattr(getattr(partner, direction), field) for partner in (bond.a, bond.b)]
    return [getattr(partner.state, name) for partner in (bond.a, bond.b)]
