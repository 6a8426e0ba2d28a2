"""The smallest perturbation that leads out of a basin."""

from typing import Any, NamedTuple

import numpy as np

from sim.checks import seed_number
from sim.landscape.arguments import MOST_POINTS, count_of, state_of
from sim.landscape.basins import attractors_reached
from sim.landscape.system import System


class Perturbation(NamedTuple):
    """The shortest displacement, of those tried, that leads out of a bad basin.

    ``size`` is in widths of the box, ``change`` in units of the variables, ``to`` where it leads.
    ``censored``: no displacement inside the box leads out, or the best one ends on its edge; then
    ``size`` is a lower bound (infinite: none found).
    """

    size: float
    change: np.ndarray
    to: np.ndarray
    censored: bool
    word: str


# more than six arguments: the question takes four, how hard to search takes four with defaults
def smallest_perturbation(
    system: System,
    bad: np.ndarray,
    good: np.ndarray,
    duration: float,
    directions: int = 128,
    rounds: int = 4,
    radii: int = 24,
    seed: int = 1,
) -> Perturbation:
    """The shortest displacement from the attractor ``bad`` into the basin of ``good``.

    Looks along many rays at once for the first point from which ``good`` is reached, halves the
    interval, then turns towards better directions, in ever narrower bundles of rays.
    """
    bad, good = state_of(system, "bad", bad), state_of(system, "good", good)
    directions = count_of("directions", directions, "rays", MOST_POINTS)
    rounds = count_of("rounds", rounds, "bundles of rays", MOST_POINTS, 0)
    radii = count_of("radii", radii, "points on a ray", MOST_POINTS)
    random = np.random.default_rng(seed_number(seed))
    rays = _rays(system, bad, good, directions, random)
    best, spread = (np.inf, rays[0]), 0.5
    for _ in range(rounds + 1):
        sizes = _first_escape(system, bad, good, duration, rays, radii)
        lead = int(np.argmin(sizes))
        best = (float(sizes[lead]), rays[lead]) if sizes[lead] < best[0] else best
        rays = _unit(best[1] + spread * random.standard_normal(rays.shape))
        spread *= 0.4
    return _perturbation(system, bad, *best)


def _perturbation(system: System, bad: np.ndarray, size: float, ray: np.ndarray) -> Perturbation:
    reach = float(_reach(system, bad, ray[None])[0])
    if not np.isfinite(size):
        nothing = np.full(len(bad), np.nan)
        return Perturbation(
            np.inf, nothing, nothing, True, "no displacement inside the box leads out"
        )
    change = size * ray * system.width
    edge = size > reach * (1.0 - 1e-6)
    return Perturbation(
        size, change, bad + change, edge, "ends on the edge of the box" if edge else ""
    )


def _rays(system: System, bad: Any, good: Any, count: int, random: Any) -> np.ndarray:
    """The axes in both directions, the straight line to ``good``, and random directions."""
    size = len(system.names)
    known = np.concatenate([np.eye(size), -np.eye(size), [(good - bad) / system.width]])
    return _unit(np.concatenate([known, random.standard_normal((count, size))]))


def _unit(rays: np.ndarray) -> np.ndarray:
    return rays / np.linalg.norm(rays, axis=-1, keepdims=True)


def _reach(system: System, start: np.ndarray, rays: np.ndarray) -> np.ndarray:
    """How far each ray goes until it leaves the box [widths]."""
    low, high = ((edge - start) / system.width for edge in system.box.T)
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = np.where(rays > 0.0, high / rays, np.where(rays < 0.0, low / rays, np.inf))
    return np.maximum(ends.min(axis=1), 0.0)


def _first_escape(
    system: System, bad: Any, good: Any, duration: float, rays: np.ndarray, radii: int
) -> np.ndarray:
    """Distance at which each ray first reaches the good basin; infinite if it never does."""
    reach = _reach(system, bad, rays)

    def escapes(radius: np.ndarray) -> np.ndarray:
        offset = radius * (rays * system.width).T[(slice(None), ...) + (None,) * (radius.ndim - 1)]
        points = bad.reshape(-1, *[1] * radius.ndim) + offset
        return attractors_reached(system, points, good, duration) == 0

    steps = np.linspace(0.0, 1.0, radii + 1)[1:]
    grid = escapes(steps * reach[:, None])
    some, first = grid.any(axis=1), grid.argmax(axis=1)
    high = steps[first] * reach
    low = high - reach / radii
    for _ in range(12):
        middle = 0.5 * (low + high)
        out = escapes(middle)
        low, high = np.where(out, low, middle), np.where(out, middle, high)
    return np.where(some, high, np.inf)
