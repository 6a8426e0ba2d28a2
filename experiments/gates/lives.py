"""Couples that live on from where they are, in arms that share their past."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np
import xarray as xr

from experiments.gates.statistics import blocks
from models.cores import Core, core_named
from sim.engines.ensemble import simulate
from sim.engines.registry import has_numba
from sim.engines.starting import newly_met
from sim.world.calendar import Calendar
from sim.world.cutting import cut, halved
from sim.world.people import resolve, some_of

Series = dict[str, np.ndarray]
ENGINE = "compiled" if has_numba() else "numpy"
"""There are many short runs of few couples, each too short to be compiled for on its own."""
OTHER_LUCK = 10_000_000
"""Time steps between streams of random numbers: a talk held twice is two talks."""

_HALVED = ContextVar("halved", default=False)


@contextmanager
def steps_halved() -> Iterator[None]:
    """Within it all couples live in time steps of half the length; records keep their shape.

    It is for whole gates, which thereby can be asked whether their verdicts hang on the steps.
    """
    before = _HALVED.set(True)
    try:
        yield
    finally:
        _HALVED.reset(before)


class Couples:
    """Some couples at a moment: who they are and the states in which they are."""

    def __init__(self, people: tuple[Any, Any], seed: int, dyads: Any, shared: Any = None) -> None:
        self.core: Core = core_named("second")
        self.seed, self.dyads = seed, np.asarray(dyads)
        self.shared = self.core.SharedParameters() if shared is None else shared
        self.people = tuple(
            resolve(one, seed, self.dyads, who, self.core) for who, one in enumerate(people)
        )
        self.now = self._newly_met()

    def __len__(self) -> int:
        return len(self.dyads)

    def live(self, calendar: Calendar, variables: Sequence[str], record: str = "daily") -> Series:
        """Go on through ``calendar``; each variable as (time, [partner,] couple)."""
        finer = _HALVED.get()
        if finer:
            calendar = halved(cut(calendar, self.core.longest_step))
        data = simulate(
            *self.people,
            calendar=calendar,
            dyads=self.dyads.tolist(),
            seed=self.seed,
            core=self.core,
            engine=ENGINE,
            shared=self.shared,
            record=record,
            variables=list(variables),
            start=self.now,
            ends=True,
        )
        self.now = data[[name for name in data if str(name).endswith("_end")]]
        series = data.isel(condition=0).transpose("time", ...) if record != "summary" else data
        found = {
            name: series[name].transpose(..., *self._axes(series[name])).values
            for name in variables
        }
        if finer and record == "trajectory":
            return {name: blocks(values, 2) for name, values in found.items()}
        return found

    def copy(self, luck: int = 0) -> "Couples":
        """The same couples at this moment; ``luck`` numbers other random numbers to go on with."""
        other = object.__new__(Couples)
        other.__dict__ |= self.__dict__
        elapsed = luck * OTHER_LUCK if luck else int(self.now.attrs["elapsed"])
        other.now = self.now.assign_attrs(elapsed=elapsed)
        return other

    def some(self, which: Any) -> "Couples":
        """Some of the couples, by their places."""
        other = self.copy()
        places = np.asarray(which)
        other.dyads = self.dyads[places]
        other.people = tuple(some_of(one, places) for one in self.people)
        other.now = self.now.isel(dyad=places)
        return other

    def put(self, **states: Any) -> "Couples":
        """The same couples with some states changed, for all or by (partner, couple)."""
        other = self.copy()
        changed = {}
        for name, value in states.items():
            was = self.now[f"{name}_end"]
            changed[f"{name}_end"] = was * 0.0 + xr.DataArray(
                np.broadcast_to(value, was.isel(condition=0).T.shape), dims=self._axes(was)
            )
        other.now = self.now.assign(changed)
        return other

    def state(self, name: str) -> np.ndarray:
        """A state as it is now: (partner, couple) or (couple,)."""
        found = self.now[f"{name}_end"].isel(condition=0)
        return found.transpose(*self._axes(found)).values

    def _axes(self, variable: xr.DataArray) -> list[str]:
        return ["partner", "dyad"] if "partner" in variable.dims else ["dyad"]

    def _newly_met(self) -> xr.Dataset:
        couple = newly_met(self.core, self.people, 0.5, (self.seed, self.dyads, (0, 1)))
        axes = ("condition", "dyad", "partner")
        pairs = zip(self.core.PartnerState._fields, couple.a, couple.b, strict=True)
        data: dict[str, Any] = {
            f"{name}_end": (axes, np.stack([a, b], -1)[None]) for name, a, b in pairs
        }
        for name, value in zip(self.core.DyadState._fields, couple.dyad, strict=True):
            data[f"{name}_end"] = (axes[:2], np.asarray(value)[None])
        coordinates = {"dyad": self.dyads, "partner": ["A", "B"], "condition": ["start"]}
        return xr.Dataset(data, coordinates, {"core": self.core.name, "elapsed": 0})


def pairs(
    a: Sequence[str], b: Sequence[str], seed: int, first: int = 0, shared: Any = None
) -> Couples:
    """Couples of people around the presets ``a`` and ``b``, couple by couple."""
    core, dyads = core_named("second"), first + np.arange(len(a))
    return Couples(
        (mixed(a, seed, dyads, 0, core), mixed(b, seed, dyads, 1, core)), seed, dyads, shared
    )


def mixed(names: Sequence[str], seed: int, dyads: np.ndarray, who: int, core: Core) -> Any:
    """One person a couple around the preset that is named for it."""
    fields = np.empty((len(core.PartnerParameters._fields), len(names)))
    for name in dict.fromkeys(names):
        own = np.flatnonzero(np.asarray(names) == name)
        fields[:, own] = np.array(resolve(name, seed, dyads[own], who, core))
    return core.PartnerParameters(*fields)


def withdrawal(latency: np.ndarray) -> np.ndarray:
    """Share of withdrawal from reply latency [usual replies]."""
    return 1.0 - 1.0 / latency
