"""Basins of attraction: which attractor each initial state reaches."""

from typing import Any, NamedTuple

import numpy as np

from sim.checks import numbers
from sim.landscape.arguments import (
    MOST_POINTS,
    MOST_STEPS,
    axes_of,
    count_of,
    duration_of,
    state_of,
    states_of,
)
from sim.landscape.equilibria import plane
from sim.landscape.system import System, advance

NEAR = 1e-3  # widths of the box: nearer than this at the end, a start has reached an attractor
DIVERGES, UNSETTLED = -2, -1
NO_ATTRACTOR = {DIVERGES: "diverges", UNSETTLED: "settles at none of them in the time given"}


def attractors_reached(
    system: System, starts: Any, attractors: Any, duration: float, accuracy: float = 1e-6
) -> np.ndarray:
    """For each start, the number of the attractor that it reaches, or one of ``NO_ATTRACTOR``.

    ``starts`` have shape (variables, ...), ``attractors`` (attractors, variables).
    """
    for number, attractor in enumerate(np.atleast_2d(numbers("attractors", attractors))):
        state_of(system, f"attractors: attractor {number}", attractor)
    ends = advance(system, states_of(system, "starts", starts), duration, accuracy)
    reached = np.where(np.isinf(ends).any(axis=0), DIVERGES, UNSETTLED)
    for number, attractor in enumerate(np.atleast_2d(attractors)):
        there = np.asarray(attractor, float).reshape(-1, *[1] * (ends.ndim - 1))
        with np.errstate(invalid="ignore"):
            reached = np.where(system.distance(ends, there) < NEAR, number, reached)
    return reached


def basins(
    system: System,
    attractors: Any,
    duration: float,
    axes: tuple[int, int] = (0, 1),
    at: np.ndarray | None = None,
    points: int = 61,
) -> Any:
    """The basins in the plane of two variables, as a labelled array (dims: the two names).

    Its attributes name the values (``flag_values``, ``flag_meanings``) and the share of the plane
    of each (``shares``); ``word`` says which part reached no attractor, because it diverges or does
    not settle. The shares are those of this box and not of nature.
    """
    import xarray as xr

    axes = axes_of(system, axes)
    points = count_of("points", points, "points along an axis", MOST_POINTS, 2)
    x, y = (system.along(axis, points) for axis in axes)
    reached = attractors_reached(system, plane(system, axes, x, y, at), attractors, duration)
    values = [*NO_ATTRACTOR, *range(len(np.atleast_2d(attractors)))]
    shares = [float((reached == value).mean()) for value in values]
    about = {
        "long_name": "attractor that an initial state reaches",
        "units": "1",
        "flag_values": values,
        "flag_meanings": " ".join(_flag(value) for value in values),
        "shares": shares,
        "word": "; ".join(
            f"{share:.1%} {NO_ATTRACTOR[value]}"
            for value, share in zip(NO_ATTRACTOR, shares, strict=False)
            if share
        ),
    }
    names = [system.names[axis] for axis in axes]
    return xr.DataArray(reached, {names[1]: y, names[0]: x}, [names[1], names[0]], attrs=about)


def _flag(value: int) -> str:
    return {DIVERGES: "diverges", UNSETTLED: "unsettled"}.get(value, f"attractor_{value}")


class Settled(NamedTuple):
    """What many initial states reach: points at rest (attractors, variables) and their shares.

    ``diverged`` and ``unsettled`` are the shares that left for good and that still move (a cycle,
    chaos, or too little time).
    """

    states: np.ndarray
    shares: np.ndarray
    diverged: float
    unsettled: float
    starts: int


def settled(system: System, starts: Any, bout: float, bouts: int = 12) -> Settled:
    """Let ``starts`` of shape (points, variables) run, ``bout`` by ``bout``, until they rest.

    At rest means: moved by less than a tenth of ``NEAR`` in a bout. Unlike ``equilibria`` it sees
    only what attracts; together they tell an attractor from a saddle.
    """
    now = states_of(system, "starts", np.atleast_2d(numbers("starts", starts)).T)
    bout = duration_of(system, "bout", bout)
    bouts = count_of("bouts", bouts, "bouts", MOST_STEPS)
    for _ in range(bouts):
        before, now = now, advance(system, now, bout, 1e-8)
        lost = np.isinf(now).any(axis=0)
        with np.errstate(invalid="ignore"):
            rest = system.distance(now, before) < 0.1 * NEAR
        if (rest | lost).all():
            break
    states: list[np.ndarray] = []
    members = np.full(now.shape[1], -1)
    for place in np.flatnonzero(rest & ~lost):
        near = [k for k, known in enumerate(states) if system.distance(now[:, place], known) < NEAR]
        if not near:
            states.append(now[:, place])
        members[place] = near[0] if near else len(states) - 1
    shares = np.array([(members == k).mean() for k in range(len(states))])
    points = np.array(states).reshape(len(states), len(system.names))
    return Settled(points, shares, float(lost.mean()), float((~rest & ~lost).mean()), len(members))
