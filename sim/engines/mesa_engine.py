"""The readable driver as an engine: Mesa agents step by step, to hold the others against."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from models.cores import Core
from sim.codegen.structures import build, leaves
from sim.engines.mesa_model import Bond, CoupleModel
from sim.engines.recording import in_contact, is_signal
from sim.engines.task import Runner, Sums, Task
from sim.world.addresses import PARTNERS


def prepare(task: Task) -> Runner:
    """Bind what all couples share; see ``sim.engines.task``."""

    def runner(start: Any, person_a: Any, person_b: Any, dyads: np.ndarray) -> tuple[Sums, Any]:
        model = _Lanes(
            person_a,
            person_b,
            couples=dyads.tolist(),
            calendar=task.calendar,
            seed=task.seed,
            shared=task.shared,
            streams=[PARTNERS[who] for who in task.streams],
            collect=False,
            core=task.core,
        )
        model.elapsed = task.elapsed
        _begin(model, start)
        sums = {name: np.zeros(_shape(task, name, len(dyads))) for name in task.names}
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


def _begin(model: CoupleModel, start: Any) -> None:
    """Let all couples begin in the states given."""
    rows = [np.asarray(leaf).tolist() for leaf in leaves(start)]
    for bond, values in zip(model.bonds, zip(*rows, strict=True), strict=True):
        couple = _filled(start, iter(values))
        bond.a.state, bond.b.state, bond.state = couple


def _filled(start: Any, values) -> Any:
    return type(start)(*(build(part, [next(values) for _ in part]) for part in start))


def _joined(couples: list[Any]) -> Any:
    """The states of many couples as one couple of arrays."""
    rows = zip(*(leaves(couple) for couple in couples), strict=True)
    return _filled(couples[0], (np.array(row) for row in rows))


def _shape(task: Task, name: str, couples: int) -> tuple[int, ...]:
    partners = () if name in task.core.dyad_variables else (2,)
    return (task.bins.count, *partners, couples)


def _add(task: Task, sums: Sums, model: CoupleModel, step: int) -> None:
    """Add the values of a step to the sums of their bin, with the step's weights."""
    bins, where = task.bins, task.bins.index[step]
    for name, total in sums.items():
        contact = in_contact(name, task.core)
        weight = (bins.signal_weight if contact else bins.state_weight)[step]
        if weight:
            values = [_value(bond, name, task.core) for bond in model.bonds]
            total[where] += weight * np.array(values).T


def _value(bond: Bond, name: str, core: Core):
    if name in core.dyad_variables:
        return getattr(bond.state, name)
    if is_signal(name):
        direction, field = name.split("_", 1)
        return [getattr(getattr(partner, direction), field) for partner in (bond.a, bond.b)]
    if name in core.reads:
        return [getattr(partner.read, name) for partner in (bond.a, bond.b)]
    return [getattr(partner.state, name) for partner in (bond.a, bond.b)]
