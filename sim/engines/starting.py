"""In which states couples begin: new to each other, or where a former run left them."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from models.cores import Core
from models.wording import short
from sim.checks import in_range, numbers, shown, whole
from sim.randomness.noise import STEP_BITS, Purpose, normals
from sim.world.addresses import PARTNERS

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


def closeness_of(given: Any, core: Core) -> float:
    """Closeness of couples who are new to each other: the number given, or the core's."""
    if given is None:
        return core.closeness
    return in_range("closeness", given, 0.0, 1.0, "closeness at the start", open_=True)


def check_steps(start: Start | None, steps: int) -> None:
    """Refuse more time steps, with those lived through before, than have random numbers."""
    total = steps + (start.elapsed if start else 0)
    if total > 2**STEP_BITS:
        raise ValueError(f"start: {total:,} time steps in all; must be at most 2^{STEP_BITS}")


def read_start(
    given: "xarray.Dataset", core: Core, conditions: list[str], dyads: np.ndarray
) -> Start:
    """The start that a former run left, checked; ``ValueError`` with one line if it can't be used.

    ``given`` is a dataset of ``simulate(..., ends=True)`` with the same core and couples, and
    either the same conditions or a single one, from which all go on.
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
    elapsed = whole("start: elapsed", given.attrs["elapsed"], "time steps lived through", low=0)
    places = _conditions(given, conditions)
    _check_couples(given, dyads)
    values = {name: _values(given, name, core)[places] for name in names}
    return Start(values, elapsed)


def _conditions(given: Any, wanted: list[str]) -> list[int]:
    """Which condition of the former run each one of this run goes on from."""
    there = [str(name) for name in np.atleast_1d(given["condition"].values)]
    if len(there) == 1:
        return [0] * len(wanted)
    if sorted(there) != sorted(wanted):
        raise ValueError(
            f"start: has {len(there)} conditions ({short(', '.join(there))}), this run "
            f"{len(wanted)} ({short(', '.join(wanted))}): must be the same names, or one for all"
        )
    return [there.index(name) for name in wanted]


def _check_couples(given: Any, wanted: np.ndarray) -> None:
    there = np.atleast_1d(given["dyad"].values)
    if not np.array_equal(there, wanted):
        raise ValueError(
            f"start: has other couples than dyads asks for ({len(there)} and {len(wanted)} of "
            "them); choose them with .sel(dyad=[...]), in the same order"
        )


def _values(given: Any, name: str, core: Core) -> np.ndarray:
    """The last values of a state in the order of an engine, finite numbers."""
    axes = ["condition", *(["partner"] if name in core.PartnerState._fields else []), "dyad"]
    variable = given[f"{name}_end"]
    single = [axis for axis in ("condition", "dyad") if axis not in variable.dims]
    variable = variable.expand_dims(single)
    if set(variable.dims) != set(axes):
        found = ", ".join(map(str, variable.dims))
        raise ValueError(f"start: {name}_end has dimensions {found}; must be {', '.join(axes)}")
    if "partner" in axes and variable["partner"].values.tolist() != list(PARTNERS):
        raise ValueError(f"start: {name}_end must have the partners A and B, in this order")
    values = numbers(f"start: {name}_end", variable.transpose(*axes).values)
    if not np.isfinite(values).all():
        raise ValueError(f"start: {name}_end must be finite")
    return values
