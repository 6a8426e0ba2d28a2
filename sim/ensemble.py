"""``simulate``: any people, any calendar, thousands of couples, labelled results."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from models.birth import initial_couple
from models.parameters import PartnerParameters, SharedParameters, check, unknown
from sim import numpy_engine
from sim.calendar import Calendar, check_days, daily_life
from sim.people import Person, as_list, label_of, resolve
from sim.recording import bins, chosen

if TYPE_CHECKING:
    import xarray

CHUNK = 1024
ENGINES = ("auto", "numpy")
SLOTS = ("A", "B")


def simulate(
    a: Person | Sequence[Person],
    b: Person | Sequence[Person],
    *,
    days: int | None = None,
    calendar: Calendar | None = None,
    dyads: int | Sequence[int] = 1,
    seed: int,
    engine: str = "auto",
    record: str = "daily",
    variables: str | Sequence[str] | None = None,
    since: float = 0.0,
    shared: SharedParameters | Sequence[SharedParameters] | None = None,
    closeness: float = 0.4,
    luck_of: Sequence[str] = SLOTS,
    conditions: Sequence[str] | None = None,
    chunk: int = CHUNK,
    progress: Callable[[int, int], None] | None = None,
) -> "xarray.Dataset":
    """Simulate couples and return a labelled dataset.

    Parameters
    ----------
    a, b
        Who the partners are: a preset's name (people spread around it), a ``PartnerParameters``
        (exactly this person, or arrays with one person a couple), a ``Population``, or a list of
        these, one a condition. Conditions share their luck (common random numbers).
    days, calendar
        Days of everyday life, or a ``Calendar``.
    dyads
        How many couples in each condition, or the numbers of the couples wanted.
    seed
        In [0, 2^64). The same seed repeats bit for bit.
    record, variables
        ``trajectory`` (every interval), ``daily`` or ``summary`` (averages); which variables:
        None for the main ones, ``"all"`` or a list.
    since
        Day from which on to record; what comes before is lived through and not recorded.
    shared
        Shared parameters, or one set a condition (for ablations).
    luck_of
        Whose stream of luck A and B draw from. ``("B", "A")`` together with ``b, a`` gives the
        mirror image of a run.

    Returns
    -------
    xarray.Dataset
        Dimensions ``condition, dyad, partner, time`` (no ``time`` in a summary).

    Raises
    ------
    ValueError
        With one line a fault.
    """
    calendar = _calendar(days, calendar)
    names, kept = chosen(variables), bins(calendar, record, since)
    people_a, people_b, laws, labels = _conditions(a, b, shared, conditions)
    ids, whose = dyad_numbers(dyads), streams(luck_of)
    if engine not in ENGINES:
        raise ValueError(unknown(engine, ENGINES, "engine"))
    if not 0.0 < closeness < 1.0:
        raise ValueError(f"closeness = {closeness:g}: must be in (0, 1) (closeness at the start)")
    total = len(labels) * len(ids) * len(calendar)
    advance = _counter(progress, total)
    everyone = [
        (resolve(one, seed, ids, whose[0]), resolve(two, seed, ids, whose[1]))
        for one, two in zip(people_a, people_b, strict=True)
    ]
    run = partial(
        _run, calendar=calendar, seed=seed, whose=whose, kept=kept, names=names,
        closeness=closeness, chunk=chunk, advance=advance,
    )  # fmt: skip
    sums = _by_condition(everyone, laws, ids, run)
    from sim.results import assemble

    return assemble(
        sums, names, kept, record, calendar, labels, ids,
        people=(people_a, people_b), laws=laws, seed=seed, engine="numpy",
    )  # fmt: skip


def dyad_numbers(dyads: int | Sequence[int]) -> np.ndarray:
    """Addresses of the couples: ``range(dyads)``, or the numbers given."""
    if isinstance(dyads, (int, np.integer)) and not isinstance(dyads, bool):
        if dyads < 1:
            raise ValueError(f"dyads = {dyads}: must be at least 1 (couples)")
        return np.arange(dyads)
    ids = np.asarray(dyads)
    if ids.ndim != 1 or ids.dtype.kind not in "iu" or len(ids) == 0 or ids.min() < 0:
        raise ValueError(f"dyads = {dyads!r}: must be a whole number or a list of couple numbers")
    return ids


def _calendar(days: int | None, calendar: Calendar | None) -> Calendar:
    if (days is None) == (calendar is None):
        raise ValueError("days, calendar: give exactly one of them")
    if calendar is not None:
        return calendar
    check_days(days)  # type: ignore[arg-type]
    return daily_life(int(days))  # type: ignore[arg-type]


def _conditions(a: Any, b: Any, shared: Any, conditions: Any) -> tuple[Any, Any, Any, list[str]]:
    laws = [shared or SharedParameters()]
    if shared is not None and not isinstance(shared, SharedParameters):
        laws = list(shared)
    count = max(len(as_list(a)), len(as_list(b)), len(laws))
    people_a, people_b = as_list(a, count), as_list(b, count)
    laws = laws * count if len(laws) == 1 else laws
    if not len(people_a) == len(people_b) == len(laws):
        raise ValueError(
            f"a has {len(people_a)}, b {len(people_b)}, shared {len(laws)} conditions: "
            "must be equal, or one"
        )
    for law in laws:
        check(law)
    pairs = zip(people_a, people_b, strict=True)
    labels = list(conditions) if conditions else [f"{label_of(x)}-{label_of(y)}" for x, y in pairs]
    if len(labels) != count:
        raise ValueError(f"conditions: {len(labels)} names for {count} conditions")
    return people_a, people_b, laws, labels


def streams(luck_of: Sequence[str]) -> tuple[int, int]:
    """Whose stream of luck A and B draw from, as 0 and 1."""
    if sorted(luck_of) != list(SLOTS):
        raise ValueError(f"luck_of = {tuple(luck_of)}: must be ('A', 'B') or ('B', 'A')")
    return SLOTS.index(luck_of[0]), SLOTS.index(luck_of[1])


def _counter(progress: Callable[[int, int], None] | None, total: int) -> Callable[[int], None]:
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, total)

    return advance


def _by_condition(
    everyone: list[tuple[PartnerParameters, PartnerParameters]],
    laws: list[SharedParameters],
    ids: np.ndarray,
    run: Callable[..., dict[str, np.ndarray]],
) -> list[dict[str, np.ndarray]]:
    """Run conditions that share their laws side by side, as one long row of couples."""
    sums: list[dict[str, np.ndarray]] = [{}] * len(laws)
    for law in dict.fromkeys(laws):
        members = [index for index, other in enumerate(laws) if other == law]
        rows = [_row([everyone[index][who] for index in members]) for who in (0, 1)]
        together = run(*rows, law, np.tile(ids, len(members)))
        for place, index in enumerate(members):
            own = slice(place * len(ids), (place + 1) * len(ids))
            sums[index] = {name: values[..., own] for name, values in together.items()}
    return sums


def _row(people: list[PartnerParameters]) -> PartnerParameters:
    """Parameter sets of several conditions, end to end."""
    return PartnerParameters(*(np.concatenate(field) for field in zip(*people, strict=True)))


def _run(
    a: PartnerParameters, b: PartnerParameters, law: SharedParameters, ids: np.ndarray, *,
    calendar, seed, whose, kept, names, closeness, chunk, advance,
) -> dict[str, np.ndarray]:  # fmt: skip
    """Weighted sums of a long row of couples, chunk by chunk."""
    parts = []
    for first in range(0, len(ids), chunk):
        some = slice(first, first + chunk)
        one, two = (PartnerParameters(*(field[some] for field in row)) for row in (a, b))
        start = initial_couple(one, two, closeness)
        sums, _ = numpy_engine.run(
            start, one, two, calendar, law, seed, ids[some], whose, kept, names, advance
        )
        parts.append(sums)
    return {name: np.concatenate([part[name] for part in parts], axis=-1) for name in names}
