"""Hands out the pieces of a study, a few at a time, and counts what comes back."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from experiments.study import design
from experiments.study.cell import science_hash
from experiments.study.executors import executor, is_dead_worker
from experiments.study.faults import StudyStopped
from experiments.study.file import Study
from experiments.study.life import calendar
from experiments.study.store import Store
from experiments.study.work import Piece, Tally, keep_failure, work

EXCHANGES_A_PIECE = 2_000_000
MOST_CELLS_A_PIECE = 256
PIECES_A_WORKER = 4
AHEAD = 2
POLL = 0.5
ATTEMPTS_ALONE = 2
Progress = Callable[[int, int], None]


class StudyConfiguration(NamedTuple):
    """How a study is run; none of it changes a byte of the result."""

    path: Path
    out: Path
    workers: int = 1
    dask: str | None = None
    backwards: bool = False

    @property
    def command(self) -> str:
        """The command that goes on with this study, without what is particular to a machine."""
        import shlex

        words = ["python", "-m", "experiments", "study", str(self.path), "--out", str(self.out)]
        return shlex.join(words)


class WorkerDied(RuntimeError):
    """A cell ended the process that computed it, more than once and alone."""


def run(study: Study, configuration: StudyConfiguration, store: Store, progress: Progress) -> Tally:
    """Bring every cell of a study to completion or failure."""
    total, done = design.count(study), Tally()
    waiting = Waiting(_pieces(study, configuration, store))
    while waiting:
        with executor(configuration.workers, configuration.dask) as pool:
            for tally in _until_broken(pool, waiting, configuration.workers, store):
                done = Tally(*(a + b for a, b in zip(done, tally, strict=True)))
                progress(done.all, total)
    return done


class Waiting:
    """Pieces to do: fresh ones side by side, those whose worker died one at a time and alone."""

    def __init__(self, fresh: Iterator[Piece]) -> None:
        self.fresh = fresh
        self.next: Piece | None = next(fresh, None)
        self.suspects: deque[tuple[Piece, int]] = deque()

    def __bool__(self) -> bool:
        return self.next is not None or bool(self.suspects)

    def take(self) -> Piece:
        """The next fresh piece; there must be one."""
        piece, self.next = self.next, next(self.fresh, None)
        assert piece is not None
        return piece


def _until_broken(pool: Executor, waiting: Waiting, workers: int, store: Store) -> Iterator[Tally]:
    """Tallies of pieces until all are done or the pool has lost a worker."""
    # A pool that loses a worker fails all its pieces and does not say which one it was. So all
    # that ran are suspects, and run alone first: the one that ends its worker again is guilty.
    while waiting.suspects:
        piece, attempts = waiting.suspects.popleft()
        future = pool.submit(work, piece)
        wait([future])
        if not is_dead_worker(future.exception() or Exception()):
            yield _tally(future, store)
            continue
        yield from _suspected(waiting, piece, attempts + 1, store)
        return
    running: dict[Future[Any], Piece] = {}
    try:
        while waiting.next is not None or running:
            # A few pieces ahead, so that no worker waits, and no more: millions of cells must not
            # lie in memory at once.
            while waiting.next is not None and len(running) < AHEAD * workers:
                piece = waiting.take()
                running[pool.submit(work, piece)] = piece
            finished, _ = wait(running, POLL, FIRST_COMPLETED)
            for future in finished:
                if is_dead_worker(future.exception() or Exception()):
                    return
                del running[future]
                yield _tally(future, store)
    except Exception as fault:
        if not is_dead_worker(fault):
            raise
        waiting.suspects.append((piece, 0))
    finally:
        waiting.suspects.extend((piece, 0) for piece in running.values())


def _suspected(waiting: Waiting, piece: Piece, attempts: int, store: Store) -> Iterator[Tally]:
    """A piece that died alone: once more, then cell by cell, then it is a failure."""
    if attempts < ATTEMPTS_ALONE:
        waiting.suspects.appendleft((piece, attempts))
    elif len(piece.rows) > 1:
        waiting.suspects.extendleft((piece._replace(rows=(row,)), 0) for row in piece.rows[::-1])
    else:
        settings = dict(zip(piece.paths, piece.rows[0], strict=True))
        fault = WorkerDied("killed from outside, out of memory, or a crash of compiled code")
        keep_failure(store, piece, _key(piece), settings, fault)
        yield Tally(failed=1)


def _key(piece: Piece) -> str:
    from experiments.study.cell import Cell, Plan, content, key_of

    settings = dict(zip(piece.paths, piece.rows[0], strict=True))
    cell = Cell(design.build(piece.base, settings), Plan.model_validate(piece.plan))
    return key_of(content(cell, piece.science))


def _tally(future: Future[Any], store: Store) -> Tally:
    """What became of a piece; a worker that writes elsewhere is found out here."""
    tally, key = future.result()
    if key and not store.folder(key).exists():
        raise StudyStopped(
            f"--out = {store.root}: workers don't write there; give a folder that all share", 78
        )
    return tally


def piece_size(study: Study, workers: int) -> int:
    """Cells a piece: about a second of work, and enough pieces for all workers."""
    total = design.count(study)
    first = next(iter(design.rows(study)))
    paths = [factor.path for factor in study.factors]
    life = calendar(design.build(study.base, dict(zip(paths, first, strict=True))))
    fitting = EXCHANGES_A_PIECE // (len(life) * study.plan.replicates)
    share = -(-total // (workers * PIECES_A_WORKER))
    return max(1, min(fitting, share, MOST_CELLS_A_PIECE))


def _pieces(study: Study, configuration: StudyConfiguration, store: Store) -> Iterator[Piece]:
    """The rows of a design in pieces, made as they are taken."""
    size = piece_size(study, configuration.workers)
    rows = design.rows(study)
    if configuration.backwards:
        rows = iter(list(rows)[::-1])
    while some := tuple(islice(rows, size)):
        yield piece_of(study, some, configuration, store)


def piece_of(
    study: Study, rows: tuple[design.Row, ...], configuration: StudyConfiguration, store: Store
) -> Piece:
    """Some rows with all that a worker needs."""
    return Piece(
        study.base,
        study.plan.model_dump(exclude_none=True),
        tuple(factor.path for factor in study.factors),
        rows,
        str(store.root),
        science_hash(),
        configuration.command,
    )
