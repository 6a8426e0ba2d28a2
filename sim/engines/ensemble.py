"""``simulate``: any people, any calendar, thousands of couples, labelled results."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from models.cores import Core, check_kind, core_named
from models.parameters import check, plain
from sim.checks import flag, seed_number, shown
from sim.engines import registry as engines
from sim.engines.chunks import run_all
from sim.engines.labels import labels
from sim.engines.memory import check_memory
from sim.engines.recording import bins, chosen
from sim.engines.request import Request
from sim.engines.starting import check_steps, closeness_of, read_start
from sim.former_names import former_argument
from sim.world.addresses import PARTNERS, dyad_numbers, stream_numbers
from sim.world.calendar import Calendar, check_days, daily_life
from sim.world.cutting import cut
from sim.world.people import Person, as_list, check_people
from sim.world.soundness import check_calendar

if TYPE_CHECKING:
    import xarray


# more than six arguments: the options of a simulation, all but the two people by keyword
@former_argument("luck_of", "streams")
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
    shared: Any = None,
    closeness: float | None = None,
    streams: Sequence[str] = PARTNERS,
    conditions: Sequence[str] | None = None,
    precision: str = "float64",
    threads: int | None = None,
    chunk: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    core: str | Core = "first",
    start: "xarray.Dataset | None" = None,
    ends: bool = False,
) -> "xarray.Dataset":
    """Simulate couples and return a labelled dataset.

    Parameters
    ----------
    a, b
        Who the partners are: a preset's name (people spread around it), a ``PartnerParameters``
        (exactly this person, or arrays with one person a couple), a ``Population``, or a list of
        these, one a condition. Conditions use common random numbers.
    days, calendar
        Days of everyday life, or a ``Calendar``.
    dyads
        How many couples in each condition, or the numbers of the couples wanted.
    seed
        Random seed in [0, 2^64). The same seed repeats bit for bit.
    engine
        ``mesa`` (one by one, to check the others), ``numpy`` (always there), ``compiled`` (needs
        Numba) or ``auto``: ``compiled`` if it is installed and the run is long enough to gain.
        ``numpy`` and ``compiled`` give the same bits.
    record, variables
        ``trajectory`` (every time step), ``daily`` or ``summary`` (averages), or
        ``daily_and_talks`` (days, and talks step by step: ``kind`` says which); which variables:
        None for the main ones, ``"all"`` or a list. A summary also has ``<state>_end``, the
        values of the chosen states after the last time step.
    since
        Day from which on to record; what comes before is lived through and not recorded.
    shared
        Shared parameters, or one set a condition (for ablations).
    closeness
        Of couples who are new to each other, in (0, 1); by default the core's.
    streams
        Whose stream of random numbers A and B draw from. ``("B", "A")`` together with ``b, a``
        gives the mirror image of a run. The former name is ``luck_of``.
    conditions
        Names of the conditions, of which no two are alike; by default the two people's, with
        numbers where these would not tell them apart (``person 1-secure``).
    precision
        ``float64``, or ``float32``: twice as fast, compiled engine only; what it changes is in
        ``docs/performance.md``.
    threads, chunk
        How many threads, and how many couples at a time: they change the time that it takes and
        nothing else. By default a long compiled run takes all cores.
    core
        Which model: ``first``, or ``second`` (new; ``docs/second_core.md``). A core has names of
        its own for states and parameters; time steps in contact that are too long for it are cut.
    ends
        Whether all states after the last time step are kept as ``<state>_end``.
    start
        Where a former run of the same people and couples left them (a dataset with ``ends=True``,
        of one condition, which serves all, or of the same ones): they go on from there, with the
        random numbers that follow. So two calendars one after the other give the bits of both in
        one run. States may be changed before; couples are chosen with ``.sel(dyad=[...])``.
        ``closeness`` is not read then, and times count from the start of this run.

    Returns
    -------
    xarray.Dataset
        Dimensions ``condition, dyad, partner, time`` (no ``time`` in a summary).

    Raises
    ------
    ValueError
        With one line a fault.
    """
    if not (progress is None or callable(progress)):
        raise ValueError(f"progress = {shown(progress)}: must be a function of (done, total)")
    calendar = _calendar(days, calendar)
    core = core_named(core)
    calendar = cut(calendar, core.longest_step)
    names, recorded = chosen(variables, core), bins(calendar, record, since)
    people_a, people_b, shared_parameters = _conditions(a, b, shared, core)
    ids, whose = dyad_numbers(dyads), stream_numbers(streams)
    seed = seed_number(seed)
    closeness = closeness_of(closeness, core)
    for person in (*people_a, *people_b):
        check_people(person, ids, core)
    names_of_conditions = labels(people_a, people_b, conditions)
    begun = None if start is None else read_start(start, core, names_of_conditions, ids)
    check_steps(begun, len(calendar))
    work = len(names_of_conditions) * len(ids) * len(calendar)
    engine = engines.choose(engine, precision, work)
    kept = _ends(names, record, flag("ends", ends), core)
    everybody, last = len(names_of_conditions) * len(ids), len(kept) if ends else 0
    check_memory(everybody, calendar, names, record, core=core, ends=last)
    request = Request(
        people=(people_a, people_b),
        shared_parameters=shared_parameters,
        labels=names_of_conditions,
        dyads=ids,
        calendar=calendar,
        seed=seed,
        streams=whose,
        closeness=closeness,
        record=record,
        bins=recorded,
        names=names,
        engine=engine,
        precision=precision,
        threads=engines.threads_for(engine, threads, work),
        chunk=engines.chunk_for(engine, chunk),
        advance=_counter(progress, work),
        core=core,
        ends=kept,
        start=begun,
    )
    sums, last_states = run_all(request)
    # Late, because xarray is slow to import and a request that is refused need not wait for it.
    from sim.engines.results import assemble

    return assemble(request, sums, last_states)


def _ends(names: tuple[str, ...], record: str, every: bool, core: Core) -> tuple[str, ...]:
    """The states whose last values are kept: all if asked for, the chosen ones in a summary."""
    states = (*core.PartnerState._fields, *core.DyadState._fields)
    if every:
        return states
    return tuple(n for n in names if n in states) if record == "summary" else ()


def _calendar(days: int | None, calendar: Calendar | None) -> Calendar:
    if (days is None) == (calendar is None):
        raise ValueError("days, calendar: give exactly one of them")
    if calendar is not None:
        return check_calendar(calendar)
    check_days(days)  # type: ignore[arg-type]
    return daily_life(int(days))  # type: ignore[arg-type]


def _conditions(a: Any, b: Any, shared: Any, core: Core) -> tuple[Any, Any, Any]:
    shared_parameters = _shared_parameters(shared, core)
    count = max(len(as_list(a)), len(as_list(b)), len(shared_parameters))
    people_a, people_b = as_list(a, count), as_list(b, count)
    shared_parameters = (
        shared_parameters * count if len(shared_parameters) == 1 else shared_parameters
    )
    if not len(people_a) == len(people_b) == len(shared_parameters):
        raise ValueError(
            f"a has {len(people_a)}, b {len(people_b)}, shared {len(shared_parameters)} "
            "conditions: must be equal, or one"
        )
    for one in shared_parameters:
        check(one)
    shared_parameters = [plain(one) for one in shared_parameters]
    return people_a, people_b, shared_parameters


def _shared_parameters(shared: Any, core: Core) -> list[Any]:
    """One set of shared parameters a condition, or one for all; nothing else is taken for one."""
    several = isinstance(shared, (list, tuple)) and not hasattr(shared, "_fields")
    shared_parameters = (
        list(shared) if several else [core.SharedParameters() if shared is None else shared]
    )
    for one in shared_parameters:
        check_kind("shared", one, core.SharedParameters, core)
    return shared_parameters


def _counter(progress: Callable[[int, int], None] | None, total: int) -> Callable[[int], None]:
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, total)

    return advance
