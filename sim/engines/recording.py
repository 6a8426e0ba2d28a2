"""What is kept of a run: averages within bins of time, made while it runs.

``trajectory`` has one bin a time step, ``daily`` one a day, ``summary`` one in all, so memory
grows with what is asked for and never with what is simulated; ``daily_and_talks`` has one a day
and besides one each time step of a talk. States are averaged over waking time; signals, and what
follows of them without memory, over the time in contact.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from models.cores import FIRST, Core
from models.declare import declarations
from models.parameters import unknown
from models.wording import named
from sim.checks import in_range, listed
from sim.world.calendar import MINUTES_PER_DAY, Calendar

RECORDS = ("trajectory", "daily", "daily_and_talks", "summary")
PARTNER_VARIABLES = FIRST.partner_variables
DYAD_VARIABLES = FIRST.dyad_variables
MAIN_VARIABLES = FIRST.main_variables
TALK = "talk"


class Bins(NamedTuple):
    """Which bin each time step falls in, and with what weight; ``time`` [min] is a bin's end."""

    index: np.ndarray  # type: ignore[assignment]
    state_weight: np.ndarray
    signal_weight: np.ndarray
    time: np.ndarray

    @property
    def count(self) -> int:  # type: ignore[override]
        return len(self.time)

    def total(self, contact: bool) -> np.ndarray:
        """Sum of weights in each bin, shape (bins,), over contact or over waking time."""
        weight = self.signal_weight if contact else self.state_weight
        return np.bincount(self.index, weight, self.count)


def bins(calendar: Calendar, record: str, since: float = 0.0) -> Bins:
    """The bins of ``record`` over ``calendar``, from day ``since`` on.

    What happens before is lived through and not recorded: its weight is 0.
    """
    if record not in RECORDS:
        raise ValueError(unknown(record, RECORDS, "record"))
    since = in_range("since", since, 0.0, None, "days from the start")
    end, dt = calendar.end, calendar.situation.dt
    recorded = end - dt >= since * MINUTES_PER_DAY - 1e-9
    if not recorded.any():
        last = end[-1] / MINUTES_PER_DAY
        raise ValueError(f"since = {since:g}: must be in [0, {last:g}) (days of this calendar)")
    first = int(np.argmax(recorded))
    if record == "trajectory":
        index = np.maximum(np.arange(len(calendar)) - first, 0)
        return Bins(index, recorded * 1.0, recorded * 1.0, end[first:])
    awake = recorded * dt * calendar.situation.awake
    contact = recorded * dt * calendar.situation.contact
    if record == "summary":
        return Bins(np.zeros(len(calendar), int), awake, contact, end[-1:])
    alone = (calendar.kind == TALK) & (record == "daily_and_talks")
    last = np.where(alone, np.arange(len(calendar)), _last_of_day(calendar.day, alone))
    # What lies before the first recorded interval has weight 0; it goes into the first bin.
    ends, index = np.unique(np.where(recorded, last, last[first]), return_inverse=True)
    awake, contact = (np.where(alone, recorded, part) for part in (awake, contact))
    return Bins(index, awake, contact, end[ends])


def _last_of_day(day: np.ndarray, alone: np.ndarray) -> np.ndarray:
    """For each time step, the place of the last one of its day that has no bin of its own."""
    last = np.zeros(day[-1] + 1, int)
    np.maximum.at(last, day[~alone], np.flatnonzero(~alone))
    return last[day]


def chosen(variables: str | Sequence[str] | None, core: Core = FIRST) -> tuple[str, ...]:
    """Names of the variables to record: None for the main ones, ``"all"``, or a list."""
    known = core.partner_variables + core.dyad_variables
    if variables is None:
        return core.main_variables
    if variables == "all":
        return known
    names = [variables] if isinstance(variables, str) else listed("variables", variables, "names")
    if not names:
        raise ValueError("variables = []: must name at least one, or be None for the main ones")
    for name in names:
        named(name, known, "one in variables")
    return tuple(dict.fromkeys(names))


def is_signal(name: str) -> bool:
    """Whether a variable is a signal (weighted by contact) and not a state."""
    return name.startswith(("sent_", "heard_"))


def in_contact(name: str, core: Core = FIRST) -> bool:
    """Whether a variable is averaged over time in contact: a signal, or what follows of one."""
    return is_signal(name) or name in core.reads


def declaration(name: str, core: Core = FIRST) -> tuple[str, str]:
    """Long name and unit of a recorded variable."""
    if is_signal(name):
        direction, field = name.split("_", 1)
        rule = declarations(core.Signal)[field]
        return f"{rule.meaning}, as {direction}", rule.unit
    kinds = [core.PartnerState, core.DyadState] + [core.ReadOut] * bool(core.reads)
    rule = next(declarations(kind)[name] for kind in kinds if name in kind._fields)
    return rule.meaning, rule.unit
