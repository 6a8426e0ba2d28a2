"""Where claims are measured: people, shared parameters and simulation under one roof.

The same code of a claim runs in three ways: at the presets, under its ablation, and over draws
of parameters around the presets. The laboratory hands it the people and the shared parameters
of each.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from typing import Any

import numpy as np
import xarray as xr

from models.architectures import architecture
from models.parameters import PARAMETERS, PartnerParameters, SharedParameters
from sim.engines.ensemble import simulate
from sim.randomness.noise import Purpose, uniforms
from sim.world.calendar import Calendar
from sim.world.population import Population, draw

# Same bits either way; a claim makes many small runs, each too small for "auto" to compile.
ENGINE = "compiled" if find_spec("numba") else "numpy"
REACH = 0.1  # of a parameter's range, either way, for the draws of robustness


@dataclass(frozen=True)
class Laboratory:
    """A cohort of ``dyads`` couples; with ``draws``, as many in each of so many parameter draws."""

    dyads: int
    seed: int = 1
    draws: int = 0
    shared: SharedParameters = field(default_factory=SharedParameters)
    person: Mapping[str, float] = field(default_factory=dict)
    everyone: Mapping[str, float] = field(default_factory=dict)
    """Parameters at one level for all people, so that nobody differs in them."""
    progress: Callable[[int, int], None] | None = None

    @property
    def couples(self) -> int:
        """Couples in all."""
        return self.dyads * max(self.draws, 1)

    def ablated(self, shared: Mapping[str, float], person: Mapping[str, float]) -> "Laboratory":
        """The same laboratory with a mechanism off: by shared parameters, or the person's."""
        return replace(self, shared=self.shared._replace(**shared), person=dict(person))

    def people(
        self, name: str, slot: int = 0, studied: bool = False, **overrides: float
    ) -> PartnerParameters:
        """One person a couple around the preset ``name``; ``studied`` marks whom to ablate."""
        changes = dict(overrides) | (dict(self.person) if studied else {})
        centre = architecture(name, **changes)
        crowd = draw(Population(centre), self.seed, np.arange(self.couples), slot)
        crowd = _kept(crowd, self.everyone)
        return _kept(self._moved(crowd, name), changes) if self.draws else crowd

    def _moved(self, crowd: PartnerParameters, name: str) -> PartnerParameters:
        """Shift every parameter by the same amount for all couples of a draw."""
        parameter_draw = np.repeat(np.arange(self.draws), self.dyads)
        rules = PARAMETERS[PartnerParameters]
        steps = np.arange(-(-len(rules) // 4)) + 1000 * (1 + sum(map(ord, name)) % 997)
        table = [
            uniforms(Purpose.SAMPLE, self.seed, np.arange(self.draws), 0, int(s)) for s in steps
        ]
        shifts = np.concatenate(table)[: len(rules)]
        moved = []
        for (key, rule), shift in zip(rules.items(), shifts, strict=True):
            low, high = rule.range
            displacement = (2.0 * shift - 1.0)[parameter_draw] * REACH * (high - low)
            value = getattr(crowd, key)
            room = np.where(displacement > 0.0, high - value, value - low)
            moved.append(
                value + np.sign(displacement) * np.minimum(np.abs(displacement), 0.9 * room)
            )
        return PartnerParameters(*moved)

    def run(self, a: Any, b: Any, calendar: Calendar, **options: Any) -> xr.Dataset:
        """``sim.simulate`` for this cohort; the condition dimension is dropped if single."""
        options = {"shared": self.shared, "record": "summary", "engine": ENGINE} | options
        data = simulate(a, b, calendar=calendar, dyads=self.couples, seed=self.seed, **options)
        return data.isel(condition=0) if data.sizes["condition"] == 1 else data


def _kept(crowd: PartnerParameters, changes: Mapping[str, float]) -> PartnerParameters:
    """What a claim or its ablation fixes stays fixed over the draws."""
    values = {name: np.full_like(getattr(crowd, name), value) for name, value in changes.items()}
    return crowd._replace(**values)
