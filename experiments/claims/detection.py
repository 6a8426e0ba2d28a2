"""Signal detection in the laboratory: cold and late cues among innocent ones, all ambiguous."""

from typing import Any, NamedTuple

import numpy as np

from models.parameters import PartnerParameters
from sim.analysis.cohorts import Laboratory
from sim.analysis.probes import days_of
from sim.world.calendar import Calendar
from sim.world.protocols import laboratory as place
from sim.world.protocols import scripted

STEP = 1.0 / 30.0  # [min]: two seconds
REST = VIEWING = 15  # time steps: half a minute each
PATTERN = np.array([False, True, True, False])  # which trials hold a threat
TRIALS = 48
BETWEEN: dict[str, Any] = {"help_warmth": 0.6, "help_clarity": 0.95}
COLD: dict[str, Any] = {"help_warmth": -0.2, "help_latency": 1.5, "help_clarity": 0.5}
NEUTRAL: dict[str, Any] = {"help_warmth": 0.3, "help_clarity": 0.5}


class Session(NamedTuple):
    """What came of the trials: alarm and evidence (couples, trials, time steps of viewing)."""

    alarm: np.ndarray
    evidence: np.ndarray
    threat: np.ndarray


def trials() -> Calendar:
    """Half a minute of plain warmth, half a minute of an ambiguous cue, and so on."""
    length = REST + VIEWING
    calendar = scripted(place(TRIALS * length * STEP, STEP), **BETWEEN)
    calendar = scripted(calendar, when=lambda steps: shown(steps, threat=True), **COLD)
    return scripted(calendar, when=lambda steps: shown(steps, threat=False), **NEUTRAL)


def shown(steps: np.ndarray, threat: bool) -> np.ndarray:
    """Whether a cue of this kind is on view at these steps."""
    trial, phase = np.divmod(steps, REST + VIEWING)
    return (phase >= REST) & (PATTERN[trial % len(PATTERN)] == threat)


def tested(
    laboratory: Laboratory, person: PartnerParameters, before: Calendar | None = None
) -> Session:
    """The trials, at once or after what ``before`` has brought; the partner is secure."""
    calendar = trials() if before is None else before + trials()
    since = 0.0 if before is None else days_of(before)
    data = laboratory.run(
        person,
        laboratory.people("secure", slot=1),
        calendar,
        record="trajectory",
        variables=("alarm", "evidence"),
        since=since,
    ).sel(partner="A")
    shape = (laboratory.couples, TRIALS, REST + VIEWING)
    alarm, evidence = (data[key].values.reshape(shape) for key in ("alarm", "evidence"))
    threat = PATTERN[np.arange(TRIALS) % len(PATTERN)]
    return Session(alarm[:, :, REST:], evidence[:, :, REST:], threat)


def answers(session: Session) -> np.ndarray:
    """Whether the alarm reached one half at any time within a trial (couples, trials)."""
    return np.any(session.alarm >= 0.5, axis=2)


def rates(session: Session) -> tuple[np.ndarray, np.ndarray]:
    """Hits and false alarms, as shares of trials, of who answers when ready."""
    replies = answers(session)
    return replies[:, session.threat].mean(axis=1), replies[:, ~session.threat].mean(axis=1)


def false_alarms(session: Session) -> np.ndarray:
    """Share of innocent trials with the alarm at one half or more at the end of equal viewing."""
    return (session.alarm[:, ~session.threat, -1] >= 0.5).mean(axis=1)


def seconds_to_answer(session: Session) -> np.ndarray:
    """Mean time to the answer in trials with a threat [s]; without an answer, all the time."""
    crossed = session.alarm[:, session.threat] >= 0.5
    first = np.where(crossed.any(axis=2), crossed.argmax(axis=2) + 1, VIEWING)
    return first.mean(axis=1) * STEP * 60.0


def sensitivity(session: Session) -> np.ndarray:
    """d' of the evidence at the end of equal viewing, threat against none [sd]."""
    last = session.evidence[:, :, -1]
    threat, none = last[:, session.threat], last[:, ~session.threat]
    spread = np.sqrt(0.5 * (threat.var(axis=1, ddof=1) + none.var(axis=1, ddof=1)))
    return (threat.mean(axis=1) - none.mean(axis=1)) / np.maximum(spread, 1e-9)
