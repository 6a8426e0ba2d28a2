"""What a study keeps of a life: one number a partner or a couple, each with meaning and unit.

A measure reads the daily record of ``sim.simulate``. ``late`` marks its last days, the window of
the study. Values may be NaN where a measure is undefined for a couple (no cold day to repair).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import xarray as xr

from models.circuits.cingulate import turning_away
from sim.analysis.measures import DEMAND_CUT, LATENCY_CUT
from sim.world.addresses import PARTNERS

RUPTURE = "rupture"
"""What a measure needs that is read from a standard rupture of A's at the end of the life."""
PHASES = ("calm", "pursuit", "mutual demand", "distance")
Compute = Callable[[xr.Dataset, np.ndarray], xr.DataArray]


class Measure(NamedTuple):
    """One number a partner (or a couple, if ``of_couple``) and what it needs to be recorded."""

    title: str
    meaning: str
    unit: str
    needs: tuple[str, ...]
    of_couple: bool
    compute: Compute
    phases: tuple[str, ...] = ()


def _mean(name: str) -> Compute:
    return lambda life, late: life[name].isel(time=late).mean("time")


def _last(name: str) -> Compute:
    return lambda life, late: life[name].isel(time=-1, drop=True)


def _withdrawal(life: xr.Dataset, late: np.ndarray) -> xr.DataArray:
    return turning_away(life.sent_latency.isel(time=late).mean("time"))


def _lost(life: xr.Dataset, late: np.ndarray) -> xr.DataArray:
    first = life.threat_store.isel(time=0, drop=True)
    return first - life.threat_store.isel(time=late).mean("time")


def _probed(name: str) -> Compute:
    return lambda life, late: life[f"rupture_{name}"]


def _repair(life: xr.Dataset, late: np.ndarray) -> xr.DataArray:
    """Warm again the day after a day on which either partner was cold."""
    warm = life.sent_warmth > 0.0
    cold = ~warm.all("partner")
    before, after = cold.isel(time=slice(None, -1)), warm.isel(time=slice(1, None))
    count = before.sum("time")
    mended = (after.values & before.values[..., None, :]).sum(-1)
    total = np.where(count.values > 0, count.values, np.nan)[..., None]
    return life.sent_warmth.isel(time=0, drop=True).copy(data=mended / total)


def _gap(life: xr.Dataset, late: np.ndarray) -> xr.DataArray:
    """How much more A pursues B, who withdraws, than the other way round."""
    demand = life.sent_demand.isel(time=late)
    turned_away = turning_away(life.sent_latency.isel(time=late))
    pairs = [
        demand.isel(partner=who, drop=True) * turned_away.isel(partner=1 - who, drop=True)
        for who in (0, 1)
    ]
    gap = pairs[0] - pairs[1]
    return gap.mean("time")


def _phase(life: xr.Dataset, late: np.ndarray) -> xr.DataArray:
    """Number of the phase that an observer would call the window."""
    demands = life.sent_demand.isel(time=late).mean("time") >= DEMAND_CUT
    turned_away = life.sent_latency.isel(time=late).mean("time") >= LATENCY_CUT
    both, one = demands.all("partner"), demands.any("partner")
    quiet = xr.where(turned_away.any("partner"), PHASES.index("distance"), PHASES.index("calm"))
    chase = xr.where(both, PHASES.index("mutual demand"), PHASES.index("pursuit"))
    return xr.where(one, chase, quiet).astype(float)


def _state(name: str, title: str, meaning: str, unit: str = "1") -> Measure:
    couple = name in ("closeness", "hazard")
    return Measure(title, meaning + ", mean over the window", unit, (name,), couple, _mean(name))


_TABLE = {
    "closeness": _state("closeness", "Closeness", "closeness of the couple, 0 to 1"),
    "hazard": Measure(
        "Hazard",
        "accumulated hazard of breaking up at the end",
        "1",
        ("hazard",),
        True,
        _last("hazard"),
    ),
    "alarm": _state("alarm", "Alarm", "alarm while awake, 0 to 1"),
    "arousal": _state("arousal", "Arousal", "autonomic arousal while awake, 0 to 1"),
    "cortisol": _state("cortisol", "Cortisol", "cortisol while awake, 0 to 1"),
    "mood": _state("mood", "Mood", "mood while awake, -1 to 1"),
    "freeze": _state("freeze", "Freeze", "both drives high and blocked, 0 to 1"),
    "satisfaction": _state("satisfaction", "Satisfaction", "satisfaction, -1 to 1"),
    "commitment": _state("commitment", "Commitment", "commitment, 0 to 1"),
    "metabolic_cost": _state(
        "metabolic_cost", "Cost of vigilance", "metabolic cost of vigilance", "resting costs"
    ),
    "demand": _state("sent_demand", "Demand", "demand shown in contact, 0 to 1"),
    "warmth": _state("sent_warmth", "Warmth", "warmth shown in contact, -1 to 1"),
    "reassurance": _state("sent_reassurance", "Reassurance", "reassurance shown, 0 to 1"),
    "withdrawal": Measure(
        "Withdrawal",
        "turning away shown in contact, mean over the window, 0 to 1",
        "1",
        ("sent_latency",),
        False,
        _withdrawal,
    ),
    "repair": Measure(
        "Repair",
        "share of days on which one is warm the day after a day with a cold partner "
        "or oneself cold; undefined without such a day",
        "1",
        ("sent_warmth",),
        False,
        _repair,
    ),
    "pursuit": Measure(
        "Pursuit",
        "demand of A times withdrawal of B, less demand of B times withdrawal of A, "
        "mean over the window",
        "1",
        ("sent_demand", "sent_latency"),
        True,
        _gap,
    ),
    "phase": Measure(
        "Phase",
        "what an observer of the window would say, by the mean of each partner's demand "
        f"(cut {DEMAND_CUT:g}) and latency (cut {LATENCY_CUT:g}): "
        + ", ".join(f"{number} {name}" for number, name in enumerate(PHASES)),
        "code",
        ("sent_demand", "sent_latency"),
        True,
        _phase,
        PHASES,
    ),
    "threat_store": _state("threat_store", "Threat store", "threat predicted by the alarm system"),
    "safety_memory": _state("safety_memory", "Safety memory", "safety memory beside the template"),
    "threat_lost": Measure(
        "Threat lost",
        "threat predicted by the alarm system on the first day less that in the "
        "window: what experience has taken away, -1 to 1; negative if threat grew",
        "1",
        ("threat_store",),
        False,
        _lost,
    ),
    "earned_security": Measure(
        "Earned security",
        "1 if A, in a standard rupture at the end, comes down, mends and has "
        "resources as nine in ten secure people do while the alarm still fires; else 0",
        "1",
        (RUPTURE,),
        True,
        _probed("earned"),
    ),
    "recovery_half_life": Measure(
        "Half-life of arousal",
        "time in which A's arousal comes half way down after a standard rupture at the end",
        "min",
        (RUPTURE,),
        True,
        _probed("half_life"),
    ),
    "rupture_repair": Measure(
        "Repair of a rupture",
        "share of the half hour after a standard rupture at the end in "
        "which A is warm without demand",
        "1",
        (RUPTURE,),
        True,
        _probed("repair"),
    ),
    "resources": Measure(
        "Resources",
        "mean of A's vagal tone, integration and oxytocin reliability at the end, 0 to 1",
        "1",
        (RUPTURE,),
        True,
        _probed("resources"),
    ),
    "vagal_tone": Measure(
        "Vagal tone",
        "vagal tone on the last day, 0 to 1",
        "1",
        ("vagal_tone",),
        False,
        _last("vagal_tone"),
    ),
    "threshold": Measure(
        "Threshold",
        "amygdala threshold on the last day, 0 to 1",
        "cues",
        ("threshold",),
        False,
        _last("threshold"),
    ),
}
MEASURES: Mapping[str, Measure] = MappingProxyType(_TABLE)
"""Every measure by the name that a study file uses."""


def columns(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """(measure, partner) of each column of a cell's values; partner '' for a couple's measure."""
    return [
        (name, slot) for name in names for slot in (("",) if MEASURES[name].of_couple else PARTNERS)
    ]


def needed(names: tuple[str, ...]) -> tuple[str, ...]:
    """Variables to record day by day for these measures."""
    wanted = dict.fromkeys(v for name in names for v in MEASURES[name].needs)
    return tuple(name for name in wanted if name != RUPTURE) or ("closeness",)


def probed(names: tuple[str, ...]) -> bool:
    """Whether any of these measures is read from a rupture at the end."""
    return any(RUPTURE in MEASURES[name].needs for name in names)


def measured(life: xr.Dataset, names: tuple[str, ...], window: float) -> np.ndarray:
    """Values of shape (condition, dyad, column) from a daily record; ``window`` [days]."""
    late = life.time.values > life.time.values[-1] - window + 1e-9
    found = []
    for name in names:
        values = MEASURES[name].compute(life, late)
        if MEASURES[name].of_couple:
            found.append(values.transpose("condition", "dyad").values[..., None])
        else:
            found.append(values.transpose("condition", "dyad", "partner").values)
    return np.concatenate(found, axis=-1)
