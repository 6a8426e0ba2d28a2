"""One clock for all: pieces, the step, and the place of each row on an even grid.

Times are compared relative to the step, never to their size: Julian days are as good as seconds.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from models.wording import shown
from sim.checks import is_number

ROUNDED = 0.15
"""A time may lie this share of a step off the grid, if its last decimal explains it."""
MOST_CELLS = 50_000_000
LONGEST = 20
"""A clock may be this many times as long as the longest person's own series."""
HINT = (
    "; for nights and sessions name a column that cuts the series (day='day') or the longest step "
    "within a piece (longest_step={step:g}), for missing answers missing='keep'"
)


class Cut(NamedTuple):
    """How series are cut into pieces: by a column (``by_day``), or by steps above ``longest``."""

    by_day: bool
    longest: float | None
    keep: bool


class Clock(NamedTuple):
    """``times`` of the grid, the ``piece`` of each, ``within`` a piece, and each row's place."""

    times: np.ndarray
    piece: np.ndarray
    within: np.ndarray
    place: np.ndarray
    step: float


def clock(rows: pd.DataFrame, cut: Cut, rounding: float) -> Clock:
    """The clock of ``rows`` (couple, person, time, day; the index counts rows of the file)."""
    piece = _pieces(rows, cut)
    rows = rows.assign(piece=piece)
    people = [own for _, own in rows.groupby(["couple", "person"], sort=False)]
    for own in people:
        _rising(own)
    step = _step(people, rounding)
    starts = rows.groupby("piece")["time"].transform("min")
    exact = (rows["time"] - starts).to_numpy(float) / step
    place = np.rint(exact).astype(np.int64)
    rows = rows.assign(place=place)
    off = np.abs(exact - place) > _slack(rows["time"].to_numpy(float), step, rounding)
    for _, own in rows.assign(off=off).groupby(["couple", "person"], sort=False):
        _even(own, step, cut)
    if not cut.keep:
        _same(rows, step)
    return _grid(rows, step, people, exact)


def _pieces(rows: pd.DataFrame, cut: Cut) -> np.ndarray:
    if cut.by_day and cut.longest is not None:
        raise ValueError("day and longest_step: must be one of the two")
    if cut.by_day:
        return _days(rows)
    if cut.longest is None:
        return np.zeros(len(rows), np.int64)
    if not is_number(cut.longest) or cut.longest <= 0.0:
        raise ValueError(f"longest_step = {shown(cut.longest)}: must be a time above 0")
    known = np.unique(rows["time"].to_numpy(float))
    first = np.append(True, np.diff(known) > cut.longest * (1.0 + 1e-6) + 4.0 * _ulp(known))
    if first.all() and len(known) > 1:
        raise ValueError(
            f"longest_step = {cut.longest:g}: is below every step of the file, the shortest being "
            f"{np.diff(known).min():g}; no two times would lie in one piece"
        )
    return np.cumsum(first)[np.searchsorted(known, rows["time"])] - 1


def _days(rows: pd.DataFrame) -> np.ndarray:
    """Numbers of days: in the order of time if time runs on, of their labels if it starts anew."""
    spans = rows.groupby("day", sort=False)["time"].agg(["min", "max"]).sort_values("min")
    restart = bool((spans["min"].to_numpy()[1:] <= spans["max"].cummax().to_numpy()[:-1]).any())
    labels = list(spans.index)
    if restart:
        numbers = pd.to_numeric(pd.Series(labels), errors="coerce")
        labels = list(dict.fromkeys(rows["day"]))
        if numbers.notna().all():
            labels.sort(key=float)
        elif len({len(label) for label in labels}) == 1:
            labels.sort()  # dates, or numbers behind a letter
    return rows["day"].map({label: number for number, label in enumerate(labels)}).to_numpy()


def _who(own: pd.DataFrame) -> str:
    return f"(couple {own['couple'].iloc[0]!r}, partner {own['person'].iloc[0]!r})"


def _rising(own: pd.DataFrame) -> None:
    """Refuse times that do not rise within a piece, and pieces that come in parts."""
    times, piece = own["time"].to_numpy(float), own["piece"].to_numpy()
    steps = np.diff(times)
    bad = (np.diff(piece) == 0) & (steps <= 0.0) | (np.diff(piece) < 0)
    if bad.any():
        place = int(np.argmax(bad)) + 1
        same = bool((times[:place][piece[:place] == piece[place]] == times[place]).any())
        rule = "is there twice" if same else "must be later than the one before"
        if same:
            rule += "; do couples of several groups share a number? couple=('group', 'couple')"
        raise ValueError(
            f"row {own.index[place]}, column time = {times[place]:.12g}: {rule} {_who(own)}"
        )


def _steps(own: pd.DataFrame) -> np.ndarray:
    """Steps within pieces."""
    return np.diff(own["time"])[np.diff(own["piece"]) == 0]


def _ulp(times: np.ndarray) -> float:
    """The spacing of floating-point numbers of the size of the times."""
    return float(np.spacing(np.abs(times).max()))


def _slack(times: np.ndarray, step: float, rounding: float) -> float:
    """How far off the grid a time may lie, in steps: rounding explains it, or floating point."""
    return min(1.02 * rounding / step, ROUNDED) + 1e-6 + 8.0 * _ulp(times) / step


def _step(people: list[pd.DataFrame], rounding: float) -> float:
    """The usual step: the shortest or the middle one, whichever the others are multiples of."""
    every = np.concatenate([_steps(own) for own in people])
    if not len(every):
        return 1.0  # nobody has two answers in a piece
    slack = 0.0
    for usual in (float(every.min()), float(np.median(every))):
        counts = np.rint(every / usual)
        slack = max(ROUNDED, _slack(every, usual, rounding))
        if (np.abs(every / usual - counts) <= slack).all():
            return _refined(people, usual)
    return float(every.min())


def _refined(people: list[pd.DataFrame], usual: float) -> float:
    """The step by least squares over all times since the start of each piece.

    Rounded times (0.33, 0.67, 1) have no exact step; one of them alone would run off the grid.
    """
    counts, lengths = [], []
    for own in people:
        change = np.diff(own["piece"]) != 0
        steps = np.where(change, 0.0, np.diff(own["time"]))
        number = np.rint(steps / usual)
        for part in np.split(np.arange(len(steps)), np.flatnonzero(change)):
            counts.append(np.cumsum(number[part]))
            lengths.append(np.cumsum(steps[part]))
    count, length = np.concatenate(counts), np.concatenate(lengths)
    found = float(count @ length / (count @ count))
    return usual if np.abs(length - count * usual).max() <= 1e-9 * usual else found


def _even(own: pd.DataFrame, step: float, cut: Cut) -> None:
    """Refuse times off the grid and, unless missing answers are kept, gaps."""
    times, place = own["time"].to_numpy(float), own["place"].to_numpy()
    within = np.diff(own["piece"]) == 0
    twice = np.append(False, within & (np.diff(place) < 1))
    gap = np.append(False, within & (np.diff(place) != 1)) & (not cut.keep)
    bad = own["off"].to_numpy() | twice | gap
    if not bad.any():
        return
    at = int(np.argmax(bad))
    before = (
        f"follow {times[at - 1]:.12g} by {step:g}"
        if at
        else f"lie on the others' clock, {step:g} a step"
    )
    raise ValueError(
        f"row {own.index[at]}, column time = {times[at]:.12g}: must {before}, a gap or an "
        f"uneven step {_who(own)}{HINT.format(step=step)}"
    )


def _same(rows: pd.DataFrame, step: float) -> None:
    """Refuse lengths that differ and times that are not those of the first series."""
    first: pd.DataFrame | None = None
    for _, own in rows.groupby(["couple", "person"], sort=False):
        first = own if first is None else first
        row = int(own.index[-1])
        if len(own) != len(first):
            raise ValueError(
                f"row {row}, column time = {own['time'].iloc[-1]:.12g}: couple "
                f"{own['couple'].iloc[0]!r}, partner {own['person'].iloc[0]!r} has {len(own)} "
                f"values, the first series has {len(first)}; lengths must be equal, or "
                "missing='keep' (the shorter ones end with missing answers)"
            )
        keys = ["piece", "place"]
        differ = (own[keys].to_numpy() != first[keys].to_numpy()).any(axis=1)
        if differ.any():
            at = int(np.argmax(differ))
            raise ValueError(
                f"row {own.index[at]}, column time = {own['time'].iloc[at]:.12g}: must be "
                f"{first['time'].iloc[at]:.12g} as in the first series {_who(own)}; if each couple "
                "has its own clock, count from its first time; if answers miss, missing='keep'"
            )


def _grid(rows: pd.DataFrame, step: float, people: list[pd.DataFrame], exact: np.ndarray) -> Clock:
    lengths = rows.groupby("piece")["place"].max() + 1
    size = int(lengths.sum())
    longest = max(
        int(own["place"].max() - own["place"].min() + 1)
        for _, own in rows.groupby(["couple", "person", "piece"], sort=False)
    )
    if size > LONGEST * longest * len(lengths) or size * len(people) > MOST_CELLS:
        raise ValueError(
            f"times reach over {size} steps of {step:g}, the longest series over {longest}: are "
            "couples on different clocks? count each couple's time from its own start"
        )
    before = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    starts = rows.groupby("piece")["time"].min().to_numpy(float)
    number = np.repeat(np.arange(len(lengths)), lengths)
    within = starts[number] + step * (np.arange(size) - before[number])
    codes = np.searchsorted(lengths.index, rows["piece"])
    place = before[codes] + rows["place"].to_numpy()
    if np.abs(exact - rows["place"]).max() <= 1e-6:  # not rounded: as in the file
        within[place] = rows["time"]
    return Clock(_running(within, number, step), number, within, place, step)


def _running(within: np.ndarray, piece: np.ndarray, step: float) -> np.ndarray:
    """Times that rise over all pieces: as they are, or each piece after the one before."""
    if (np.diff(within) > 0.0).all():
        return within
    low, span = within.min(), np.ptp(within) + 2.0 * step
    times: np.ndarray = within - low + span * piece + low
    return times


def described(found: Clock) -> dict[str, Any]:
    """The coordinates that tell pieces apart; none if there is one piece."""
    if found.piece[-1] == 0:
        return {}
    coords: dict[str, Any] = {"piece": ("time", found.piece)}
    if not np.array_equal(found.within, found.times):
        coords["time_within"] = ("time", found.within)
    return coords
