"""Who earns security, when, with whom, and what brings relapse? (S25)

People of every insecure preset live beside different partners, with or without a course of
correction. Every few months they go through one standard rupture, and so do secure people once:
whoever then recovers, repairs and has resources as nine in ten of the secure do, while the alarm
still fires, has earned security. Then life strikes those who did, and they are measured again.
Long because following, striking and telling who did well each have a measure and a table.
"""

from collections.abc import Callable
from functools import cache, partial
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from experiments.runner.answers import Row, labels_of, mean, of_estimate, table
from experiments.runner.answers import share as share_of
from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.parts import NOT_KEPT, Parts
from experiments.runner.printed import Layout
from experiments.runner.question import Question
from experiments.runner.recorded import Recorded, as_conditions, joined, recorded
from models.architectures import ARCHITECTURES
from models.parameters import PartnerParameters
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import Estimate, estimate
from sim.analysis.probes import days_of
from sim.analysis.ruptures import VARIABLES, Reading, earned, read, rupture, yardstick
from sim.plots.earned_security import course_figure, relapse_figure, who_figure
from sim.world.calendar import Calendar, daily_life, separation
from sim.world.protocols import COURSE_DAYS, SESSIONS, course, scripted

QUESTION = Question(
    order=70,
    question="Who earns security, when, with whom, and what brings relapse?",
    expects=(
        "Disproved if no more people earn security beside a secure partner than beside "
        "their own kind, or if nothing that strikes afterwards takes it away."
    ),
    minutes=1.5,
    defaults={"dyads": 100, "days": 730},
    quick={"dyads": 12, "days": 120},
    in_parts=True,
)

SECURE = "secure"
PEOPLE = tuple(name for name in ARCHITECTURES if name != SECURE)
ALIKE = "their own kind"
ARMS: dict[str, tuple[str, str | None]] = {
    "secure partner": (SECURE, None),
    "secure partner, course": (SECURE, "live_correction"),
    "their own kind": (ALIKE, None),
    "their own kind, course": (ALIKE, "live_correction"),
}
"""Beside whom, and which course of help in the first half year."""
SHARES = (0.0, 0.125, 0.25, 0.5, 1.0)
"""When to measure, as shares of all the days."""
STRIKES = ("life goes on", "two cold weeks", "three months apart", "a hard month outside")
AFTERWARDS = ("earned_after_at_once", "earned_after_a_while")
PREDICTS = "correlation of the parameter with earning security beside a secure partner, in presets"
LAYOUT = Layout(
    ("person", "beside"),
    ("quantity",),
    {"person": ("whose security", ""), "beside": ("partner and help", "")},
)
AFTER = 90
"""Days of ordinary life after a strike, to see whether what was lost comes back."""


def run(
    configuration: RunConfiguration, progress: Callable[[int, int], None], parts: Parts = NOT_KEPT
) -> Outcome:
    """Follow all groups, strike the best of them, tell who did well."""
    c = configuration
    laboratory = Laboratory(c.dyads, c.seed)
    limits = yardstick(probed(laboratory, SECURE, SECURE, daily_life(1)))
    total = len(PEOPLE) * (len(ARMS) * len(SHARES) + 2 * len(STRIKES))
    work = _Steps(progress, total, parts)
    followed = follow(laboratory, limits, c.days, work)
    struck = relapses(laboratory, limits, c.days, work)
    dataset = labelled(followed, struck, c.days)
    who = predictors(laboratory, followed["earned"][:, 0, -1])
    return Outcome(
        dataset=dataset,
        table=answers(dataset, who, c.days),
        figures={
            "earned_security_course": course_figure(dataset),
            "earned_security_who": who_figure(who),
            "earned_security_relapse": relapse_figure(dataset),
        },
        notes=[
            f"Limits that nine in ten of the secure meet: half-life {limits.half_life:.1f} min, "
            f"repair {limits.repair:.0%}, resources {limits.resources:.2f}.",
            verdict(dataset),
        ],
        recorded=of_people(dataset, c.days),
        layout=LAYOUT,
    )


class _Steps:
    """Pieces of work, each a finished part as soon as it is done, counted for the progress bar."""

    def __init__(self, progress: Callable[[int, int], None], total: int, parts: Parts) -> None:
        self.progress, self.total, self.parts, self.done = progress, total, parts, 0

    def __call__(self, name: str, compute: Callable[[], Any]) -> Any:
        found = self.parts(name, compute)
        self.done += 1
        self.progress(self.done, self.total)
        return found


def probed(laboratory: Laboratory, who: str, partner: str, life: Calendar) -> Reading:
    """The rupture's readings after ``life`` beside ``partner``, for partner A."""
    data = laboratory.run(
        laboratory.people(who),
        laboratory.people(partner, slot=1),
        life + rupture(),
        record="trajectory",
        since=days_of(life),
        variables=VARIABLES,
    )
    return read(data.sel(partner="A"))


def lived(help_: str | None, days: int) -> Calendar:
    """``days`` of everyday life, the first half year with the sessions of a course, if any."""
    if help_ is None:
        return daily_life(days)
    length = min(days, COURSE_DAYS)
    sessions = max(round(SESSIONS * length / COURSE_DAYS), 1)
    treated = course(help_, sessions, length)
    return treated + daily_life(days - length) if days > length else treated


def follow(laboratory: Laboratory, limits: Any, days: int, work: _Steps) -> dict[str, np.ndarray]:
    """Readings and verdicts: arrays (people, arms, times, couples)."""
    names = (*Reading._fields, "earned")
    shape = (len(PEOPLE), len(ARMS), len(SHARES), laboratory.couples)
    found = {name: np.full(shape, np.nan) for name in names}

    @cache
    def first(who: str, partner: str) -> Reading:
        return probed(laboratory, who, partner, daily_life(1))

    def later(who: str, partner: str, help_: str | None, share: float) -> dict[str, np.ndarray]:
        before = now = first(who, partner)
        if share:
            now = probed(laboratory, who, partner, lived(help_, round(share * days)))
        return dict(zip(names, (*now, earned(now, before, limits)), strict=True))

    for i, who in enumerate(PEOPLE):
        for j, (arm, (beside, help_)) in enumerate(ARMS.items()):
            partner = who if beside == ALIKE else beside
            for k, share in enumerate(SHARES):
                compute = partial(later, who, partner, help_, share)
                for name, value in work(f"{who}, {arm}, {share}", compute).items():
                    found[name][i, j, k] = value
    return found


def strike(name: str) -> Calendar:
    """What may bring relapse, some weeks of it."""
    if name == STRIKES[1]:
        return scripted(daily_life(14), help_warmth=-0.5, help_demand=0.3)
    if name == STRIKES[2]:
        return separation(AFTER)
    if name == STRIKES[3]:
        month = daily_life(30)
        stressor = np.zeros_like(month.events.stressor)
        stressor[:: len(month) // 30, 0] = 2.0
        return Calendar(month.situation, month.events._replace(stressor=stressor), month.kind)
    return daily_life(14)


def relapses(laboratory: Laboratory, limits: Any, days: int, work: _Steps) -> np.ndarray:
    """Verdicts after each strike, at once and later: (people, strikes, 2, couples).

    Everybody has lived all the days beside a secure partner, with a course at the start.
    """
    found = np.full((len(PEOPLE), len(STRIKES), 2, laboratory.couples), np.nan)
    before = lived("live_correction", days)

    @cache
    def first(who: str) -> Reading:
        return probed(laboratory, who, SECURE, daily_life(1))

    def after(who: str, later: Calendar) -> np.ndarray:
        return earned(probed(laboratory, who, SECURE, before + later), first(who), limits)

    for i, who in enumerate(PEOPLE):
        for j, name in enumerate(STRIKES):
            for k, later in enumerate((strike(name), strike(name) + daily_life(AFTER))):
                found[i, j, k] = work(f"{who}, {name}, {k}", partial(after, who, later))
    return found


def labelled(followed: dict[str, np.ndarray], struck: np.ndarray, days: int) -> xr.Dataset:
    """Everything with names and units."""
    about = {
        "peak_alarm": ("highest alarm in the rupture", "1"),
        "half_life": ("half-life of arousal after the rupture", "min"),
        "repair": ("share of the half hour after in which one is warm without demand", "1"),
        "resources": ("mean of vagal tone, integration, oxytocin reliability", "1"),
        "earned": ("earned security: recovery, repair, resources as the secure, alarm kept", "1"),
    }
    dims = ("person", "arm", "time", "dyad")
    data = {
        name: (dims, followed[name], {"long_name": text, "units": unit})
        for name, (text, unit) in about.items()
    }
    text = {"long_name": "earned security after what struck", "units": "1"}
    data["earned_after"] = (("person", "strike", "when", "dyad"), struck, text)
    months = [round(share * days / 30.4, 1) for share in SHARES]
    return xr.Dataset(
        data,
        {
            "person": list(PEOPLE),
            "arm": list(ARMS),
            "strike": list(STRIKES),
            "time": ("time", months, {"units": "months"}),
            "when": ["at once", f"{AFTER} days later"],
            "dyad": np.arange(struck.shape[-1]),
        },
    )


def answers(dataset: xr.Dataset, who: dict[str, Estimate], days: int) -> pd.DataFrame:
    """By person and arm who earned security; then by arm, after each strike, and who they are."""
    rows = []
    for person, arm in product(dataset.person.values, dataset.arm.values):
        own = dataset.sel(person=person, arm=arm)
        about: dict[str, Any] = {"role": "A", "person": person, "beside": arm}
        rows += over_time(f"{person}, {arm}", own.earned, days, about | {"over": "people"})
        rows[-1]["shown"] = 1
        for name in Reading._fields:
            labels = labels_of(own[name])
            rows.append(mean(f"{person}, {arm}", name, own[name].isel(time=-1), **about, **labels))
    for arm in dataset.arm.values:
        rows += over_time(f"everybody, {arm}", dataset.earned.sel(arm=arm), days, {"beside": arm})
    for strike, when in product(dataset.strike.values, dataset.when.values):
        after = dataset.earned_after.sel(strike=strike, when=when)
        about = {"role": "A", "over": "people", "shown": 0, "meaning": after.attrs["long_name"]}
        rows.append(share_of(f"everybody, {strike}, {when}", "earned_after", after, **about))
    for name, found in who.items():
        about = {"statistic": "correlation", "over": "people", "shown": 0, "meaning": PREDICTS}
        rows.append(of_estimate("everybody, secure partner", name, found, **about))
    return table(rows)


def over_time(condition: str, earned: xr.DataArray, days: int, about: dict) -> list[Row]:
    """Share that has earned security at each time of measurement."""
    more = {"role": "A", "over": "people", "shown": 0, "meaning": earned.attrs["long_name"]} | about
    return [
        share_of(condition, "earned", earned.isel(time=k), time=round(part * days), **more)
        for k, part in enumerate(SHARES)
    ]


def of_people(dataset: xr.Dataset, days: int) -> Recorded:
    """Readings of each person at each time, and whether what struck took security away."""
    followed = as_conditions(dataset[[*Reading._fields, "earned"]], ("person", "arm"))
    times = ("time", [float(round(part * days)) for part in SHARES], {"units": "days"})
    followed = followed.assign_coords(time=times).expand_dims(partner=["A"])
    struck = as_conditions(dataset[["earned_after"]], ("person", "strike"))
    parts = {
        name: struck.earned_after.sel(when=when, drop=True).assign_attrs(
            long_name=f"earned security after what struck, {when}"
        )
        for name, when in zip(AFTERWARDS, dataset.when.values, strict=True)
    }
    after = xr.Dataset(parts).expand_dims(partner=["A"])
    return joined(recorded(followed), recorded(after, float(days)))


def predictors(laboratory: Laboratory, reached: np.ndarray) -> dict[str, Estimate]:
    """Correlation of each parameter with earning security beside a secure partner.

    Within presets, so that it says which *people* of a kind get there; the strongest eight.
    ``reached`` has shape (people, couples).
    """
    crowds = [laboratory.people(who) for who in PEOPLE]
    outcome = _within(reached)
    found = {}
    for name in PartnerParameters._fields:
        levels = _within(np.stack([getattr(crowd, name) for crowd in crowds]))
        product = levels * outcome
        found[name] = estimate(product[np.isfinite(product)])
    ranked = sorted(found, key=lambda name: -abs(found[name].mean))
    return {name: found[name] for name in ranked[:8]}


def _within(values: np.ndarray) -> np.ndarray:
    """Standardised within each preset; NaN where nobody differs."""
    spread = values.std(axis=1, keepdims=True)
    return (values - values.mean(axis=1, keepdims=True)) / np.where(spread > 1e-9, spread, np.nan)


def verdict(dataset: xr.Dataset) -> str:
    """One sentence: how many got there beside whom, and what struck hardest."""
    last = dataset.earned.isel(time=-1).mean(["person", "dyad"])
    after = dataset.earned_after.mean(["person", "dyad"])
    worst = after.isel(when=0).idxmin("strike").item()
    shares = ", ".join(f"{arm} {float(last.sel(arm=arm)):.0%}" for arm in dataset.arm.values)
    return (
        f"Earned security at the end: {shares}. Hardest strike: {worst}, "
        f"{float(after.sel(strike=worst).isel(when=0)):.0%} at once and "
        f"{float(after.sel(strike=worst).isel(when=1)):.0%} {AFTER} days later, against "
        f"{float(after.sel(strike=STRIKES[0]).isel(when=0)):.0%} where life just went on."
    )
