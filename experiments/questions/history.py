"""Does it matter how a couple began, and what a bad month does?

The same couples five times: with a good and a bad first month; with a good one and, in the third
month, thirty days of trouble; and with help after these, at once or half a year later. On the
second core, in which a couple may have two basins: everyday life then keeps it where it is, and
what tips it is a push at the right time.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.gates.calendars import troubled
from experiments.gates.lives import Couples, pairs
from experiments.gates.measured.histories import APART, BAD, GOOD, MONTH, begun, course, insecure
from experiments.runner.answers import mean, share, table
from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.printed import Layout
from experiments.runner.question import Question
from experiments.runner.recorded import recorded
from sim.plots.bands import panel_letters
from sim.plots.figures import subplots
from sim.plots.style import SERIES, paper
from sim.world.calendar import Calendar, daily_life

QUESTION = Question(
    order=65,
    question="Does it matter how a couple began, and what a bad month does?",
    expects="No history: whatever the start, the month and the help, all ends are alike.",
    minutes=1.0,
    defaults={"dyads": 100, "days": 540},
    quick={"dyads": 16, "days": 400},
)
GROUPS = ("insecure", "secure")
ARMS = ("good start", "bad start", "bad month", "helped at once", "helped late")
AT_ONCE, LATE = 90, 270
"""Days after which help begins."""
COURSE = 84
"""Days that a course of help takes."""
SHORTEST = LATE + COURSE + 14
WEEK = 7
BANDS = 2
"""Arms whose middle half is drawn too: all of them would hide one another."""
LINES = 25
"""Couples that are drawn one by one."""
LAYOUT = Layout(("condition",), ("quantity",))


def run(configuration: RunConfiguration, progress: Callable[[int, int], None]) -> Outcome:
    """Live all arms, say where they end, draw them."""
    c = configuration
    if c.days < SHORTEST:
        raise ValueError(
            f"days = {c.days}: must be at least {SHORTEST} (late help ends on day {LATE + COURSE})"
        )
    names = {"insecure": insecure(c.dyads, c.seed), "secure": (["secure"] * c.dyads,) * 2}
    parts, total = [], len(GROUPS) * len(ARMS)
    for number, group in enumerate(GROUPS):
        couples = pairs(*names[group], c.seed, first=number * c.dyads)
        for place, arm in enumerate(ARMS):
            parts.append(lived(couples, arm, c.days))
            progress(number * len(ARMS) + place + 1, total)
    data = dataset(parts, c.dyads)
    return Outcome(
        dataset=data,
        table=answers(data),
        figures={"history": figure(data)},
        notes=[
            "Sentiment of both partners in the last fortnight; apart: couples that end more than "
            f"{APART:g} warmths from where the same couple ends after a good start.",
            "The second core; claims and the other questions run on the first.",
        ],
        recorded=recorded(data),
        layout=LAYOUT,
    )


def lived(couples: Couples, arm: str, days: int) -> np.ndarray:
    """Sentiment by week in an arm: (weeks, partner, couple)."""
    started = begun(couples, BAD if arm == "bad start" else GOOD)
    series = started.live(calendar(arm, days), ["sentiment"])["sentiment"]
    weeks = len(series) // WEEK
    return series[: weeks * WEEK].reshape(weeks, WEEK, *series.shape[1:]).mean(1)


def calendar(arm: str, days: int) -> Calendar:
    """What happens after the first month."""
    rest = days - MONTH
    if arm in ("good start", "bad start"):
        return daily_life(rest)
    until_help = {"helped at once": AT_ONCE, "helped late": LATE}.get(arm)
    life = daily_life(MONTH) + troubled(MONTH)
    if until_help is None:
        return life + daily_life(days - 3 * MONTH)
    life = life + daily_life(until_help - 3 * MONTH) if until_help > 3 * MONTH else life
    return life + course() + daily_life(days - until_help - COURSE)


def dataset(parts: list[np.ndarray], couples: int) -> xr.Dataset:
    """All arms of both groups side by side."""
    weeks = min(len(part) for part in parts)
    values = np.stack([part[:weeks] for part in parts]).transpose(0, 3, 2, 1)
    conditions = [f"{group}, {arm}" for group in GROUPS for arm in ARMS]
    about = {"long_name": "sentiment towards the partner, weekly mean", "units": "1"}
    time = MONTH + WEEK * np.arange(1, weeks + 1)
    return xr.Dataset(
        {"sentiment": (("condition", "dyad", "partner", "time"), values, about)},
        {
            "condition": conditions,
            "dyad": np.arange(couples),
            "partner": ["A", "B"],
            "time": (
                "time",
                time.astype(float),
                {"units": "days", "long_name": "day of the couple"},
            ),
        },
    )


def answers(data: xr.Dataset) -> pd.DataFrame:
    """Where each arm ends, and how many couples end apart from their own good start."""
    last = data.sentiment.isel(time=slice(-2, None)).mean(["time", "partner"])
    rows = []
    for group in GROUPS:
        good = last.sel(condition=f"{group}, {ARMS[0]}").values
        for arm in ARMS:
            name = f"{group}, {arm}"
            ends = last.sel(condition=name).values
            rows.append(mean(name, "sentiment", ends, meaning="sentiment at the end"))
            if arm != ARMS[0]:
                apart = good - ends > APART
                words = f"couples that end more than {APART:g} lower than after a good start"
                rows.append(share(name, "apart", apart, meaning=words))
    return table(rows)


def figure(data: xr.Dataset) -> Figure:
    """Couples one by one after good and bad starts; medians after a bad month and help."""
    of_couples = data.sentiment.mean("partner")
    with paper():
        drawn, axes = subplots(2, 2, figsize=(9.5, 6.4), sharex=True, sharey=True)
        for row, group in zip(axes, GROUPS, strict=True):
            each(of_couples, group, row[0])
            medians(of_couples, group, row[1])
            row[0].set_ylabel("sentiment [-1 to 1]")
        for ax in axes[1]:
            ax.set_xlabel("time [days]")
        for ax in axes[1]:
            ax.legend(loc="lower right")
        panel_letters(axes)
    return drawn


def each(values: xr.DataArray, group: str, ax: Axes) -> None:
    """A line a couple: the same couples after a good and after a bad first month."""
    for number, arm in enumerate(ARMS[:2]):
        lines = values.sel(condition=f"{group}, {arm}").values[:LINES]
        look: Any = {"color": SERIES[5 * number], "linestyle": ("-", "--")[number]}
        ax.plot(values.time, lines.T, linewidth=0.7, alpha=0.55, **look)
        ax.plot([], [], label=arm, **look)
    ax.set_title(f"{group.capitalize()} couples, two first months")


def medians(values: xr.DataArray, group: str, ax: Axes) -> None:
    """Median of couples, of the first two arms the middle half too; when it was bad."""
    ax.axvspan(2 * MONTH, 3 * MONTH, color="0.88", linewidth=0, zorder=0)
    arms = (ARMS[0], *ARMS[2:])
    for number, (arm, style) in enumerate(zip(arms, ("-", "--", "-.", ":"), strict=True)):
        some = values.sel(condition=f"{group}, {arm}")
        low, middle, high = some.quantile([0.25, 0.5, 0.75], "dyad").values
        ax.plot(values.time, middle, label=arm, color=SERIES[number], linestyle=style)
        if number < BANDS:
            ax.fill_between(values.time, low, high, color=SERIES[number], alpha=0.15, linewidth=0)
    ax.set_title(f"{group.capitalize()} couples, a bad month (grey) and help")
