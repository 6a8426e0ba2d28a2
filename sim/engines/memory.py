"""Whether the results of a request fit in memory, computed before anything runs."""

import os
from pathlib import Path

from models.cores import FIRST, Core
from sim.engines.recording import RECORDS, bins
from sim.world.calendar import Calendar

BYTES = 8
COPIES = 2.2
"""Results and, while they are labelled, one more copy and a little room."""
RESERVE = 200e6
"""What the chunks at work and the libraries take."""
GIB = 2.0**30


# more than six arguments: a request, and what may be left out of it
def check_memory(
    couples: int,
    calendar: Calendar,
    names: tuple[str, ...],
    record: str,
    room: float | None = None,
    core: Core = FIRST,
    ends: int = 0,
) -> None:
    """Refuse, in one line, a request whose results exceed the memory that is available.

    ``ends`` last states are kept besides.
    """
    room = available() if room is None else room
    needed = size(couples, calendar, names, record, core, ends)
    if needed <= room:
        return
    fitting = [r for r in RECORDS if size(couples, calendar, names, r, core, ends) <= room]
    advice = f"record = {fitting[0]} fits" if fitting else "ask for fewer couples or variables"
    raise ValueError(
        f"record = {record}: {couples:,} couples and {len(calendar):,} time steps need "
        f"{needed / GIB:.1f} GiB of memory, {room / GIB:.1f} are available; {advice}"
    )


def size(
    couples: int,
    calendar: Calendar,
    names: tuple[str, ...],
    record: str,
    core: Core = FIRST,
    ends: int = 0,
) -> float:
    """Bytes that a request needs at its worst moment."""
    count = {"trajectory": len(calendar), "summary": 2}.get(record) or bins(calendar, record).count
    rows = sum(1 if name in core.dyad_variables else 2 for name in names)
    return COPIES * BYTES * (rows * count + 2 * ends) * couples + RESERVE


def available() -> float:
    """Bytes that may still be used, or infinity where the system does not say."""
    return min(_of_the_machine(), _of_the_group())


def _of_the_machine() -> float:
    try:
        for line in Path("/proc/meminfo").read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return float(line.split()[1]) * 1024.0
    except (OSError, ValueError, IndexError):
        pass
    try:
        return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (AttributeError, OSError, ValueError):
        return float("inf")


def _of_the_group() -> float:
    """What a container leaves, if this is one."""
    folder = Path("/sys/fs/cgroup")
    try:
        limit = (folder / "memory.max").read_text("ascii").strip()
        used = (folder / "memory.current").read_text("ascii").strip()
        return float("inf") if limit == "max" else max(0.0, float(limit) - float(used))
    except (OSError, ValueError):
        return float("inf")
