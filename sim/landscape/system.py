"""A flow or a map on vectors, whatever model it comes from: what all tools of a landscape take."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from models.parameters import unknown
from sim.checks import in_range
from sim.landscape.arguments import duration_of, states_of
from sim.landscape.classic_arguments import changed_parameters, looked_up

KINDS = ("flow", "map")
FAR = 10.0
"""How many widths of the box away from its middle a state counts as diverged."""
FEW = 12
"""Up to so many numbers at once, the solver that may turn implicit is the quicker one."""

Vector = Any
"""An array whose first axis is the variables; further axes are further points."""


@dataclass(frozen=True)
class System:
    """``rate`` gives the derivative (``flow``) or the next state (``map``) of an array of states.

    States have shape (variables, ...): ``rate`` must treat further axes as further points.
    ``names`` are the variables, ``box`` has shape (variables, 2): the lowest and the highest value
    that a search looks at. Distances are counted in widths of the box.
    """

    rate: Callable[[Vector], Vector]
    kind: str
    names: tuple[str, ...]
    box: np.ndarray

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(unknown(self.kind, KINDS, "kind of system"))
        box = np.asarray(self.box, float)
        if box.shape != (len(self.names), 2) or not (np.isfinite(box).all()):
            raise ValueError(f"box of shape {box.shape}: must be a finite (low, high) a variable")
        if (bad := box[:, 0] >= box[:, 1]).any():
            name = self.names[int(np.argmax(bad))]
            raise ValueError(f"box of '{name}': its low end must be below its high end")
        object.__setattr__(self, "box", box)

    @property
    def width(self) -> np.ndarray:
        """Widths of the box, shape (variables,)."""
        return self.box[:, 1] - self.box[:, 0]

    def along(self, axis: int, points: int) -> np.ndarray:
        """Evenly spaced values of one variable from end to end of the box."""
        return np.linspace(float(self.box[axis, 0]), float(self.box[axis, 1]), points)

    def change(self, state: Vector) -> np.ndarray:
        """Zero at an equilibrium: the derivative of a flow, the step of a map."""
        moved = np.asarray(self.rate(state), float)
        return moved - state if self.kind == "map" else moved

    def inside(self, state: Vector, margin: float = 0.0) -> np.ndarray:
        """Whether states lie in the box, ``margin`` widths away from its edge."""
        state = np.asarray(state, float)
        low, high, reach = (
            _along(v, state) for v in (self.box[:, 0], self.box[:, 1], margin * self.width)
        )
        return ((state >= low + reach) & (state <= high - reach)).all(axis=0)

    def lost(self, state: Vector) -> np.ndarray:
        """Whether states are further than ``FAR`` widths from the middle of the box, or no number.

        A state that is lost is reported as diverging; nothing holds it back.
        """
        state = np.asarray(state, float)
        offset = np.abs(state - _along(self.box.mean(axis=1), state)) / _along(self.width, state)
        return ~(offset <= FAR).all(axis=0)

    def distance(self, one: Vector, two: Vector) -> np.ndarray:
        """Euclidean distance in widths of the box."""
        gap = np.asarray(one, float) - np.asarray(two, float)
        return np.sqrt(np.sum((gap / _along(self.width, gap)) ** 2, axis=0))

    def within(self, **box: tuple[float, float]) -> "System":
        """The same system with another box for some variables."""
        fresh = self.box.copy()
        for name, ends in box.items():
            if name not in self.names:
                raise ValueError(unknown(name, self.names, "variable"))
            fresh[self.names.index(name)] = ends
        return replace(self, box=fresh)


Family = Callable[[float], System]
"""The system at each value of one parameter."""


def of_classic(classic: Any, **parameters: float) -> System:
    """A classic model (``models.classics``), or that of this name, with some parameters changed.

    Raises ``ValueError``: a parameter that it does not have or does not use, or that is no finite
    number, or a model that is no flow and no map of a few numbers (a delay, a statistic). Values
    beyond the declared range are taken: a branch may lead out of it.
    """
    classic = looked_up(classic)
    if classic.kind not in KINDS:
        raise ValueError(f"'{classic.name}' is a {classic.kind}: a landscape needs a flow or a map")
    for name in parameters:
        if name not in classic.parameters._fields:
            raise ValueError(unknown(name, classic.parameters._fields, "parameter"))
    values, kind = changed_parameters(classic, parameters), type(classic.start)

    def rate(state: Vector) -> np.ndarray:
        parts = classic.rate(kind(*state), values)
        return np.stack(np.broadcast_arrays(*(np.asarray(part, float) for part in parts)))

    box = np.array([classic.search[name] for name in kind._fields], float)
    return System(rate, classic.kind, tuple(kind._fields), box)


def jacobian(rate: Callable[[Vector], Vector], state: np.ndarray, scale: Any = 1.0) -> np.ndarray:
    """Central differences of ``rate`` at ``state``, all columns in one call: (values, variables).

    ``scale`` says how large a variable is where it is near 0.
    """
    state = np.asarray(state, float)
    # The cube root of the rounding balances the error of a central difference, which grows with the
    # square of the step, against rounding, which grows with its inverse.
    steps = np.cbrt(np.finfo(float).eps) * np.maximum(np.abs(state), scale)
    moves = np.diag(steps)
    points = np.concatenate([state[:, None] + moves, state[:, None] - moves], axis=1)
    values = np.asarray(rate(points), float)
    count = len(state)
    return (values[:, :count] - values[:, count:]) / (2.0 * steps)


def advance(system: System, states: Vector, duration: float, accuracy: float = 1e-8) -> np.ndarray:
    """States after ``duration`` (units of time, or steps of a map); what is lost becomes infinite.

    Many points, of shape (variables, points), go together. A point that is lost stops there.
    """
    start = states_of(system, "states", states)
    if np.isnan(start).any():
        raise ValueError("states: must be numbers; some are nan")
    duration = duration_of(system, "duration", duration)
    accuracy = in_range("accuracy", accuracy, 0.0, 1.0, "relative error of a step", open_=True)
    flat = start.reshape(len(start), -1)
    if duration == 0.0:
        return start
    with np.errstate(all="ignore"):
        step = _iterated if system.kind == "map" else _integrated
        end = step(system, flat, duration, accuracy)
    end = np.where(system.lost(end), np.inf, end)
    return end.reshape(start.shape)


def _iterated(system: System, states: np.ndarray, steps: float, accuracy: float) -> np.ndarray:
    for _ in range(round(steps)):
        moved = np.asarray(system.rate(states), float)
        states = np.where(system.lost(states), states, moved)
    return states


def _integrated(system: System, states: np.ndarray, duration: float, accuracy: float) -> np.ndarray:
    from scipy.integrate import solve_ivp

    shape = states.shape
    # LSODA turns implicit where a problem is stiff, with a Jacobian of the size squared; asked for
    # more than nine digits it is slower than a method of high order.
    few = states.size <= FEW and accuracy >= 1e-9

    def rate(_: float, flat: np.ndarray) -> np.ndarray:
        now = flat.reshape(shape)
        # A point that is lost stands still: its rates would shorten the step of all others.
        return np.where(system.lost(now), 0.0, system.rate(now)).ravel()

    found = solve_ivp(
        rate,
        (0.0, duration),
        states.ravel(),
        method="LSODA" if few else "DOP853",
        rtol=accuracy,
        atol=accuracy * float(system.width.min()),
        t_eval=[duration],
    )
    if not found.success:
        raise ArithmeticError(f"the solver stopped: {found.message}")
    return found.y[:, -1].reshape(shape)


def _along(values: np.ndarray, like: np.ndarray) -> np.ndarray:
    """``values``, one a variable, in a shape that fits an array of states."""
    return values.reshape(-1, *[1] * (np.ndim(like) - 1))
