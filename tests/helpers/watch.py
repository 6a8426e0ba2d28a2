"""A look at every state of every step of a run."""

import numpy as np

from models import Exchange
from models.state import VARIABLES, Situation


class Watch:
    """Counts, for every state of every partner, the time near a bound, and what is not allowed."""

    NEAR = 1e-6

    def __init__(self) -> None:
        self.total = 0.0
        self.near: dict[str, np.ndarray] = {}
        self.faults: set[str] = set()

    def __call__(self, step: int, situation: Situation, result: Exchange) -> None:
        self.total += situation.dt
        for who, part in result.couple._asdict().items():
            for name, rule in VARIABLES[type(part)].items():
                self._look(f"{who}.{name}", getattr(part, name), rule.range, situation.dt)

    def _look(self, name: str, value: np.ndarray, limits: tuple | None, dt: float) -> None:
        if not np.isfinite(value).all():
            self.faults.add(f"{name} is not finite")
        if limits is None:
            return
        for side, limit in zip((1.0, -1.0), limits, strict=True):
            if limit is None:
                continue
            inside = side * (value - limit)
            if inside.min() < 0.0:
                self.faults.add(f"{name} is beyond {limit:g}")
            if inside.min() < self.NEAR:
                known = self.near.setdefault(name, np.zeros(value.shape))
                known += dt * (inside < self.NEAR)

    def share(self) -> dict[str, float]:
        """Largest share of time that any couple's state spends within 1e-6 of a bound."""
        return {name: float(time.max()) / self.total for name, time in sorted(self.near.items())}

    def pooled(self) -> dict[str, float]:
        """The same share over all couples together."""
        return {name: float(time.mean()) / self.total for name, time in sorted(self.near.items())}
