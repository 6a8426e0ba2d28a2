"""What a worker does with a piece of a study: find what is missing, compute it, keep it."""

import shlex
import traceback
from pathlib import Path
from typing import Any, NamedTuple

from experiments.study import design
from experiments.study.cell import Cell, Plan, compute, content, key_of, science_hash
from experiments.study.faults import StoreUnwritable, StudyStopped
from experiments.study.measures import columns
from experiments.study.store import Store

OTHER_SOURCE = 78


class Piece(NamedTuple):
    """Some rows of a design, with all that a worker elsewhere needs to compute them."""

    base: dict[str, Any]
    plan: dict[str, Any]
    paths: tuple[str, ...]
    rows: tuple[design.Row, ...]
    root: str
    science: str
    command: str


class Tally(NamedTuple):
    """What became of the cells of a piece."""

    computed: int = 0
    reused: int = 0
    failed: int = 0

    @property
    def all(self) -> int:
        """Cells in all."""
        return self.computed + self.reused + self.failed


class Missing(NamedTuple):
    """A cell to compute, its key, and its settings by path."""

    key: str
    cell: Cell
    settings: dict[str, Any]


def work(piece: Piece) -> tuple[Tally, str]:
    """Bring a piece to completion; what became of it, and the key of one of its cells."""
    if science_hash() != piece.science:
        raise StudyStopped("a worker has another model source: install it anew there", OTHER_SOURCE)
    store, plan = Store(Path(piece.root)), Plan.model_validate(piece.plan)
    missing, failed, key = [], 0, ""
    for row in piece.rows:
        settings = dict(zip(piece.paths, row, strict=True))
        try:
            cell = Cell(design.build(piece.base, settings), plan)
            key = key_of(content(cell, piece.science))
        except Exception as fault:  # whatever a cell does, the others go on
            failed += 1
            keep_failure(store, piece, key_of({"settings": settings}), settings, fault)
            continue
        if store.state(key) != "complete":
            missing.append(Missing(key, cell, settings))
    lost = _computed(store, piece, missing)
    reused = len(piece.rows) - len(missing) - failed
    return Tally(len(missing) - lost, reused, failed + lost), "" if lost or failed else key


def _computed(store: Store, piece: Piece, missing: list[Missing]) -> int:
    """Compute cells together; if that fails, one by one. Returns how many failed."""
    if not missing:
        return 0
    try:
        found = compute([one.cell for one in missing])
    except Exception as fault:
        if len(missing) > 1:
            return sum(_computed(store, piece, [one]) for one in missing)
        keep_failure(store, piece, missing[0].key, missing[0].settings, fault)
        return 1
    for one, values in zip(missing, found, strict=True):
        about = content(one.cell, piece.science)
        store.write(one.key, about, columns(one.cell.plan.measures), values)
    return 0


def keep_failure(
    store: Store, piece: Piece, key: str, settings: dict[str, Any], fault: BaseException
) -> None:
    """Keep settings, seed, traceback and the command that repeats a failed cell."""
    if isinstance(fault, StoreUnwritable):
        raise fault
    store.write_failure(
        key,
        {
            "key": key,
            "settings": settings,
            "seed": piece.plan["seed"],
            "error": f"{type(fault).__name__}: {fault}",
            "traceback": traceback.format_exception(fault),
            "command": f"{piece.command} --only {shlex.quote(key)}",
        },
    )
