"""Runs a request chunk by chunk: who the couples are, engine, and where their results go.

All conditions lie end to end in one long row of couples. A chunk is a piece of the row within one
condition; people are drawn for a chunk when its turn comes, so that they never exist all at once.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import Any, NamedTuple

import numpy as np

from models.cores import Core
from sim.engines.registry import prepare
from sim.engines.request import Request
from sim.engines.starting import begun, newly_met
from sim.engines.task import Runner, Sums, Task
from sim.world.people import resolve, some_of

SMALLEST = 64
PARTS_PER_THREAD = 6
CHUNK_NUMBERS = 2_000_000
"""Results of a chunk, which exist twice for a while: few enough for memory that is used again."""
POLL = 0.2
"""Seconds after which a wait for threads looks whether the user wants to stop."""


class Chunk(NamedTuple):
    """A piece of the long row: pieces of conditions with equal shared parameters, side by side."""

    shared: Any
    pieces: list[tuple[int, slice]]
    """Numbers of conditions, and which of the couples of each."""


def run_all(request: Request) -> tuple[Sums, Sums]:
    """Weighted sums (conditions, bins, [2,] couples) and last states, by variable."""
    sums, ends = _empty(request)
    stop = threading.Event()
    runners = _runners(request, stop)
    chunks = _chunks(request)
    if request.threads == 1:
        for chunk in chunks:
            _run(request, runners, chunk, sums, ends)
    else:
        _in_threads(request, runners, list(chunks), sums, ends, stop)
    return sums, ends


def _empty(request: Request) -> tuple[Sums, Sums]:
    """Room for the results of all couples."""
    conditions, couples, bins = (
        len(request.shared_parameters),
        len(request.dyads),
        request.bins.count,
    )

    def room(name: str, *bins: int) -> np.ndarray:
        partners = () if name in request.core.dyad_variables else (2,)
        return np.empty((conditions, *bins, *partners, couples))

    return {n: room(n, bins) for n in request.names}, {n: room(n) for n in request.ends}


def _runners(request: Request, stop: threading.Event) -> dict[Any, Runner]:
    """The engine, bound to each set of shared parameters."""
    lock = threading.Lock()

    def advance(more: int) -> None:
        if stop.is_set():
            raise InterruptedError
        with lock:
            request.advance(more)

    task = Task(
        calendar=request.calendar,
        shared=request.shared_parameters[0],
        seed=request.seed,
        streams=request.streams,
        bins=request.bins,
        names=request.names,
        advance=advance,
        precision=request.precision,
        couples=_chunk_size(request),
        core=request.core,
        elapsed=request.start.elapsed if request.start else 0,
    )
    # Once a set of shared parameters: an engine works out beforehand what follows of them and the
    # calendar alone.
    shared_parameters = dict.fromkeys(request.shared_parameters)
    return {
        shared: prepare(request.engine, task._replace(shared=shared))
        for shared in shared_parameters
    }


def _chunks(request: Request) -> Iterator[Chunk]:
    """Fill chunks with the couples of one condition after the other."""
    # Pieces of several conditions may share a chunk, or a run of many small conditions would make
    # many calls that each fill a small part of a vector.
    size = _chunk_size(request)
    for shared in dict.fromkeys(request.shared_parameters):
        pieces, room = [], size
        for condition in (
            k for k, other in enumerate(request.shared_parameters) if other == shared
        ):
            first = 0
            while first < len(request.dyads):
                last = min(first + room, len(request.dyads))
                pieces.append((condition, slice(first, last)))
                room, first = room - (last - first), last
                if room == 0:
                    yield Chunk(shared, pieces)
                    pieces, room = [], size
        if pieces:
            yield Chunk(shared, pieces)


def _chunk_size(request: Request) -> int:
    """Couples in a chunk: fewer where each leaves much behind, or threads would have no work."""
    couples = len(request.shared_parameters) * len(request.dyads)
    numbers = request.bins.count * sum(
        1 if n in request.core.dyad_variables else 2 for n in request.names
    )
    size = min(request.chunk, couples, max(SMALLEST, CHUNK_NUMBERS // numbers))
    if request.threads > 1:
        # Several parts a thread: nobody waits long for one that gets less of its processor.
        share = -(-couples // (request.threads * PARTS_PER_THREAD))
        size = min(size, -(-share // SMALLEST) * SMALLEST)
    return size


def _run(
    request: Request, runners: dict[Any, Runner], chunk: Chunk, sums: Sums, ends: Sums
) -> None:
    """Bring the couples of a chunk to life, run them, and put their results where they belong."""
    a, b = (_people(request, chunk, who) for who in (0, 1))
    dyads = np.concatenate([request.dyads[some] for _, some in chunk.pieces])
    if request.start is None:
        luck = (request.seed, dyads, request.streams)
        start = newly_met(request.core, (a, b), request.closeness, luck)
    else:
        start = begun(request.core, request.start, chunk.pieces)
    part, last = runners[chunk.shared](start, a, b, dyads)
    place = 0
    for condition, some in chunk.pieces:
        own = slice(place, place + some.stop - some.start)
        place = own.stop
        for name, room in sums.items():
            room[condition, ..., some] = part[name][..., own]
        for name, room in ends.items():
            room[condition, ..., some] = _last(last, name, request.core)[..., own]


def _people(request: Request, chunk: Chunk, who: int) -> Any:
    """The people of a chunk: fields with one value a couple."""
    each = [
        resolve(
            some_of(request.people[who][condition], some),
            request.seed,
            request.dyads[some],
            request.streams[who],
            request.core,
        )
        for condition, some in chunk.pieces
    ]
    fields: Any = [np.concatenate(field) for field in zip(*each, strict=True)]
    return request.core.PartnerParameters(*fields)


def _last(couple: Any, name: str, core: Core) -> np.ndarray:
    if name in core.dyad_variables:
        return getattr(couple.dyad, name)
    return np.stack([getattr(couple.a, name), getattr(couple.b, name)])


def _in_threads(
    request: Request,
    runners: dict[Any, Runner],
    chunks: list[Chunk],
    sums: Sums,
    ends: Sums,
    stop: threading.Event,
) -> None:
    """All chunks, some at a time; whatever happens, no thread goes on working afterwards."""
    with ThreadPoolExecutor(request.threads, "pairbond") as pool:
        try:
            waiting = {pool.submit(_run, request, runners, c, sums, ends) for c in chunks}
            while waiting:
                done, waiting = wait(waiting, POLL, FIRST_EXCEPTION)
                for future in done:
                    future.result()
        except BaseException:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
