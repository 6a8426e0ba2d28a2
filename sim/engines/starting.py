"""In which states couples begin: new to each other, or where a former run left them."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from models.cores import Core
from sim.checks import shown
from sim.randomness.noise import Purpose, normals

if TYPE_CHECKING:
    import xarray

PER_BLOCK = 4


class Start(NamedTuple):
    """States of couples, and how many time steps they have lived through."""

    values: dict[str, np.ndarray]
    """By state: (conditions, couples), of a partner (conditions, partners, couples)."""
    elapsed: int


def draws(
    core: Core, purpose: Purpose, seed: int, dyads: Any, partner: int, steps: Any
) -> np.ndarray:
    """Normal draws for each random number of a core: shape (random numbers, ...)."""
    count = len(core.RandomNumbers._fields)
    blocks = range(-(-count // PER_BLOCK))
    parts = [normals(purpose, seed, dyads, partner, steps, block) for block in blocks]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)[:count]


def newly_met(core: Core, people: tuple, closeness: float, luck: tuple) -> Any:
    """Couples of people A and B who are new to each other.

    ``luck`` is (seed, numbers of the couples, streams of A and B): where a core starts by chance.
    """
    if not core.starts_by_chance:
        return core.initial_couple(*people, closeness)
    seed, dyads, streams = luck
    unique, back = np.unique(dyads, return_inverse=True)
    chance = [
        core.RandomNumbers(*draws(core, Purpose.START, seed, unique, who, 0)[..., back])
        for who in streams
    ]
    return core.initial_couple(*people, closeness, *chance)


def begun(core: Core, start: Start, pieces: list[tuple[int, slice]]) -> Any:
    """The couples of some pieces of conditions, in the states of ``start``."""

    def row(name: str, *who: int) -> np.ndarray:
        parts: Any = [start.values[name][(place, *who)][some] for place, some in pieces]
        return np.concatenate(parts)

    partners = (
        core.PartnerState(*(row(name, who) for name in core.PartnerState._fields)) for who in (0, 1)
    )
    return core.Couple(*partners, core.DyadState(*(row(n) for n in core.DyadState._fields)))


def read_start(
    given: "xarray.Dataset", core: Core, conditions: list[str], dyads: np.ndarray
) -> Start:
    """The start that a former run left, checked; ``ValueError`` with one line if it can't be used.

    ``given`` is a dataset of ``simulate(..., ends=True)`` with the same core and couples, and
    either the same number of conditions or one, from which all go on.
    """
    import xarray as xr

    if not isinstance(given, xr.Dataset):
        raise ValueError(f"start = {shown(given)}: must be a dataset of a run with ends=True")
    former = given.attrs.get("core", "first")
    if former != core.name:
        raise ValueError(f"start: comes from the {former} core; this run has the {core.name} one")
    names = (*core.PartnerState._fields, *core.DyadState._fields)
    missing = [name for name in names if f"{name}_end" not in given]
    if missing or "elapsed" not in given.attrs:
        what = f"{missing[0]}_end" if missing else "elapsed"
        raise ValueError(f"start: has no {what}; must be a dataset of a run with ends=True")
    if not np.array_equal(given["dyad"].values, dyads):
        raise ValueError(
            "start: has other couples than dyads asks for; choose them with .sel(dyad=[...])"
        )
    if given.sizes["condition"] not in (1, len(conditions)):
        raise ValueError(
            f"start: has {given.sizes['condition']} conditions, this run {len(conditions)}: "
            "must be as many, or one"
        )
    values = {name: _values(given, name, core, len(conditions)) for name in names}
    return Start(values, int(given.attrs["elapsed"]))


def _values(given: Any, name: str, core: Core, conditions: int) -> np.ndarray:
    axes = ["condition", *(["partner"] if name in core.PartnerState._fields else []), "dyad"]
    variable = given[f"{name}_end"]
    if set(variable.dims) != set(axes):
        raise ValueError(f"start: {name}_end has dimensions {variable.dims}; must be {axes}")
    values = np.asarray(variable.transpose(*axes).values, float)
    if not np.isfinite(values).all():
        raise ValueError(f"start: {name}_end must be finite")
    return np.broadcast_to(values, (conditions, *values.shape[1:]))
