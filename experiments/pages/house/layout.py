"""Where the boxes of a layered picture stand, and the points that the arrows between them pass.

The method of Sugiyama, Tagawa and Toda (1981): floors, places for arrows that cross a floor, an
order with few crossings, then x by the means of the neighbours. The same input gives the same
picture.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

SWEEPS = 200
STRAIGHT = 12.0
"""How much more an arrow that passes floors wants to be straight than a box to be central."""


class Point(NamedTuple):
    """A box (``part`` 0), or the place where an arrow passes a floor (``part`` 1, 2, ...)."""

    user: str
    used: str
    part: int


class Layout(NamedTuple):
    """Floor and x of each box, and for each arrow the points from its user to what is used."""

    floor: dict[str, int]
    x: dict[str, float]
    arrows: dict[tuple[str, str], list[tuple[float, int]]]


def layout(
    floor: Mapping[str, int],
    edges: Iterable[tuple[str, str]],
    width: Callable[[str], float],
    gap: float,
) -> Layout:
    """Lay out boxes on their floors; every edge goes to a lower floor. ``gap`` parts neighbours."""
    edges = sorted(edges)
    chains = {edge: _chain(edge, floor) for edge in edges}
    floors: list[list[Point]] = [[] for _ in range(max(floor.values()) + 1)]
    for box in floor:
        floors[floor[box]].append(_box(box))
    for (user, _), chain in chains.items():
        for step, point in enumerate(chain[1:-1], 1):
            floors[floor[user] - step].append(point)
    beside = _neighbours(chains.values())
    widths = {p: width(p.user) if p.part == 0 else 0.0 for row in floors for p in row}
    _order(floors, beside)
    x = _places(floors, beside, widths, gap)
    arrows = {
        edge: [(x[point], floor[edge[0]] - step) for step, point in enumerate(chain)]
        for edge, chain in chains.items()
    }
    return Layout(dict(floor), {box: x[_box(box)] for box in floor}, arrows)


def _box(name: str) -> Point:
    return Point(name, name, 0)


def _chain(edge: tuple[str, str], floor: Mapping[str, int]) -> list[Point]:
    user, used = edge
    between = range(1, floor[user] - floor[used])
    return [_box(user), *(Point(user, used, part) for part in between), _box(used)]


def _neighbours(chains: Iterable[list[Point]]) -> dict[Point, tuple[list[Point], list[Point]]]:
    """Of each point, those above it and those below it."""
    found: dict[Point, tuple[list[Point], list[Point]]] = {}
    for chain in chains:
        for above, below in pairwise(chain):
            found.setdefault(above, ([], []))[1].append(below)
            found.setdefault(below, ([], []))[0].append(above)
    return found


def _order(floors: list[list[Point]], beside: dict[Point, tuple[list[Point], list[Point]]]) -> None:
    """Sort each floor by the mean place of the neighbours, up and down, and keep the best."""
    best, fewest = [list(row) for row in floors], _crossings(floors, beside)
    for sweep in range(SWEEPS):
        upwards = sweep % 2 == 0
        for row in floors if upwards else floors[::-1]:
            place = {p: k for other in floors for k, p in enumerate(other)}

            def mean(point: Point, place: dict[Point, int] = place, up: bool = upwards) -> float:
                near = beside.get(point, ([], []))[1 if up else 0]
                return sum(place[p] for p in near) / len(near) if near else place[point]

            row.sort(key=mean)
        if (count := _crossings(floors, beside)) < fewest:
            best, fewest = [list(row) for row in floors], count
    floors[:] = best


def _crossings(
    floors: list[list[Point]], beside: dict[Point, tuple[list[Point], list[Point]]]
) -> int:
    count = 0
    for below, above in pairwise(floors):
        place = {p: k for k, p in enumerate(below)}
        ends = [(k, place[b]) for k, p in enumerate(above) for b in beside.get(p, ([], []))[1]]
        count += sum(a < c and b > d for a, b in ends for c, d in ends)
    return count


def _places(
    floors: list[list[Point]],
    beside: dict[Point, tuple[list[Point], list[Point]]],
    widths: dict[Point, float],
    gap: float,
) -> dict[Point, float]:
    """The x of each point: near the mean of its neighbours, and apart from those beside it."""
    x: dict[Point, float] = {}
    for row in floors:
        x |= dict(zip(row, _apart([0.0] * len(row), [widths[p] for p in row], gap), strict=True))
    for _ in range(SWEEPS):
        for row in (*floors, *floors[::-1]):
            wanted = [_wanted(p, beside, x) for p in row]
            x |= dict(zip(row, _apart(wanted, [widths[p] for p in row], gap), strict=True))
    left = min(x[p] - widths[p] / 2 for p in x)
    return {p: value - left for p, value in x.items()}


def _wanted(
    point: Point, beside: dict[Point, tuple[list[Point], list[Point]]], x: dict[Point, float]
) -> float:
    """The mean of the neighbours' x."""
    near = [p for side in beside.get(point, ([], [])) for p in side]
    weights = [STRAIGHT if p.part and point.part else 1.0 for p in near]
    if not near:
        return x[point]
    return sum(w * x[p] for w, p in zip(weights, near, strict=True)) / sum(weights)


def _apart(wanted: list[float], widths: list[float], gap: float) -> list[float]:
    """Places nearest to those wanted that keep order and distance (pooled neighbours)."""
    offsets = [0.0]
    for one, two in pairwise(widths):
        offsets.append(offsets[-1] + (one + two) / 2 + gap)
    pools: list[list[float]] = []  # of each: sum, count
    for want, offset in zip(wanted, offsets, strict=False):
        pools.append([want - offset, 1.0])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += count
    means = [total / count for total, count in pools for _ in range(int(count))]
    return [mean + offset for mean, offset in zip(means, offsets, strict=False)]
