"""What is kept of a run: averages within bins of time, made while it runs.

``trajectory`` has one bin a time step, ``daily`` one a day, ``summary`` one in all, so memory
grows with what is asked for and never with what is simulated; ``daily_and_talks`` has one a day
and besides one each time step of a talk. States are averaged over waking time; signals over the
time in contact.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from models.parameters import unknown
from models.state import VARIABLES, DyadState, PartnerState, Signal
from models.wording import named
from sim.checks import in_range, listed
from sim.world.calendar import MINUTES_PER_DAY, Calendar

RECORDS = ("trajectory", "daily", "daily_and_talks", "summary")
PARTNER_VARIABLES = (
    *PartnerState._fields,
    *(f"sent_{name}" for name in Signal._fields),
    *(f"heard_{name}" for name in Signal._fields),
)
DYAD_VARIABLES = DyadState._fields
TALK = "talk"
MAIN_VARIABLES = tuple(
    """
    closeness hazard alarm arousal affect mood cortisol oxytocin threat_store safety_memory
    harm_memory belief plasticity_gate regulation need approach avoidance freeze tolerance silence
    closeness_pain threshold vagal_tone integration oxytocin_reliability satisfaction commitment
    metabolic_cost sent_warmth sent_contact sent_reassurance sent_demand sent_latency
    """.split()
)


class Bins(NamedTuple):
    """Which bin each time step falls in, and with what weight; ``time`` [min] is a bin's end."""

    index: np.ndarray  # type: ignore[assignment]
    state_weight: np.ndarray
    signal_weight: np.ndarray
    time: np.ndarray

    @property
    def count(self) -> int:  # type: ignore[override]
        return len(self.time)

    def total(self, signal: bool) -> np.ndarray:
        """Sum of weights in each bin, shape (bins,)."""
        weight = self.signal_weight if signal else self.state_weight
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


def chosen(variables: str | Sequence[str] | None) -> tuple[str, ...]:
    """Names of the variables to record: None for the main ones, ``"all"``, or a list."""
    known = PARTNER_VARIABLES + DYAD_VARIABLES
    if variables is None:
        return MAIN_VARIABLES
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


def declaration(name: str) -> tuple[str, str]:
    """Long name and unit of a recorded variable."""
    if is_signal(name):
        direction, field = name.split("_", 1)
        rule = VARIABLES[Signal][field]
        return f"{rule.meaning}, as {direction}", rule.unit
    rule = {**VARIABLES[PartnerState], **VARIABLES[DyadState]}[name]
    return rule.meaning, rule.unit
