"""The picture of the house as SVG: rooms on floors, and an arrow to each room that is used."""

from collections.abc import Iterable
from html import escape
from itertools import pairwise

from experiments.pages.house.imports import all_imports
from experiments.pages.house.layout import Layout, layout
from experiments.pages.house.plan import ENTRANCES, EXCEPTIONS, MAY_IMPORT, room_of

Edge = tuple[str, str]
DOOR = "command line"
"""The entrances together."""
PACKAGES = {"models": "#e7f0e4", "sim": "#e3ecf5", "experiments": "#f6ecdd"}
LINES = {"models": "#5b8a4c", "sim": "#3f6fa3", "experiments": "#b07d2b"}
FLOOR, BOX, GAP, EDGE, LABEL = 62, 30, 26, 18, 26
LETTER, PADDING = 7.6, 26


def svg() -> str:
    """The whole picture."""
    solid, dashed = edges()
    drawn = layout(floors(solid), reduced(solid), box_width, GAP)
    right = max(x + box_width(room) / 2 for room, x in drawn.x.items())
    points = [x for arrow in drawn.arrows.values() for x, _ in arrow]
    width = max(right, *points) + 2 * EDGE + LABEL
    top = max(drawn.floor.values())
    height = (top + 1) * FLOOR + 2 * EDGE
    parts = [*_bands(drawn, width, top), *_arrows(drawn, dashed, top), *_boxes(drawn, top)]
    about = "Rooms of the house. An arrow points to a room that is imported."
    return "\n".join([HEAD.format(width=width, height=height, about=about), *parts, "</svg>", ""])


def edges() -> tuple[set[Edge], set[Edge]]:
    """Which room imports which: by the plan, and by an exception of a single module."""
    found = {(_drawn_as(each.user), _drawn_as(each.used), each.user) for each in all_imports()}
    excepted = {
        (one, two, user) for one, two, user in found if (user, two) in EXCEPTIONS and one != two
    }
    solid = {(one, two) for one, two, _ in found - excepted if one != two}
    return solid, {(one, two) for one, two, _ in excepted} - solid


def floors(solid: Iterable[Edge]) -> dict[str, int]:
    """The floor of each room: above all that it imports, and packages one above the other."""
    below: dict[str, set[str]] = {}
    for user, used in solid:
        below.setdefault(user, set()).add(used)
        below.setdefault(used, set())
    found: dict[str, int] = {}
    for package in PACKAGES:
        ground = max(found.values(), default=-1) + 1
        waiting = [room for room in order(below) if _package(room) == package]
        while waiting:
            ready = [room for room in waiting if below[room] <= found.keys()]
            if not ready:
                raise ValueError(f"these rooms import one another: {', '.join(waiting)}")
            for room in ready:
                found[room] = max([ground, *(found[other] + 1 for other in below[room])])
            waiting = [room for room in waiting if room not in found]
    return found


def order(rooms: Iterable[str]) -> list[str]:
    """Rooms as the plan lists them, the entrances last."""
    listed = [*MAY_IMPORT, DOOR]
    return sorted(rooms, key=listed.index)


def reduced(solid: set[Edge]) -> set[Edge]:
    """The edges that do not follow from others."""
    after: dict[str, set[str]] = {}

    def reach(room: str) -> set[str]:
        if room not in after:
            direct = {used for user, used in solid if user == room}
            after[room] = direct | {far for each in direct for far in reach(each)}
        return after[room]

    return {
        (user, used)
        for user, used in solid
        if not any(used in reach(other) for one, other in solid if one == user and other != used)
    }


def _drawn_as(module: str) -> str:
    room = room_of(module)
    return DOOR if room in ENTRANCES else room


def _package(room: str) -> str:
    return "experiments" if room == DOOR else room.split(".")[0]


def _name(room: str) -> str:
    return room.rpartition(".")[2] if room != "sim" else "sim: public names"


def box_width(room: str) -> float:
    """Width of a box by the letters of its name."""
    return len(_name(room)) * LETTER + PADDING


# --- SVG ------------------------------------------------------------------------------------------

HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"
 width="{width:.0f}" role="img" font-family="system-ui, sans-serif" font-size="14">
<title>{about}</title>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"
 orient="auto"><path d="M0 0.8 7.4 4 0 7.2z" fill="#666"/></marker></defs>
<rect width="100%" height="100%" rx="8" fill="#fff"/>"""


def _y(floor: float, top: int) -> float:
    """The middle of a floor, the top one first."""
    return EDGE + (top - floor + 0.5) * FLOOR


def _x(x: float) -> float:
    return x + EDGE + LABEL


def _bands(drawn: Layout, width: float, top: int) -> list[str]:
    """A background for each package, with its name along the side."""
    lines = []
    for package, colour in PACKAGES.items():
        inside = [floor for room, floor in drawn.floor.items() if _package(room) == package]
        if not inside:
            continue
        y, bottom = _y(max(inside) + 0.46, top), _y(min(inside) - 0.46, top)
        lines.append(
            f'<rect x="{EDGE / 2}" y="{y:.1f}" width="{width - EDGE:.1f}" '
            f'height="{bottom - y:.1f}" rx="8" fill="{colour}"/>'
        )
        middle = (y + bottom) / 2
        size = 14 if len(inside) > 1 else 11
        lines.append(
            f'<text transform="translate({EDGE + 6} {middle:.1f}) rotate(-90)" '
            f'text-anchor="middle" font-size="{size}" font-weight="600" '
            f'fill="{LINES[package]}">{package}</text>'
        )
    return lines


def _arrows(drawn: Layout, dashed: set[Edge], top: int) -> list[str]:
    lines = []
    for points in drawn.arrows.values():
        places = [(_x(x), _y(floor, top)) for x, floor in points]
        (x, y), (last_x, last_y) = places[0], places[-1]
        places = [(x, y + BOX / 2), *places[1:-1], (last_x, last_y - BOX / 2)]
        lines.append(_curve(places, ""))
    for user, used in sorted(dashed):
        start, end = (_x(drawn.x[room]) + box_width(room) / 2 - 12 for room in (user, used))
        y, last_y = _y(drawn.floor[user], top), _y(drawn.floor[used], top)
        up = last_y < y
        places = [
            (start, y - BOX / 2 if up else y + BOX / 2),
            (end, last_y + BOX / 2 if up else last_y - BOX / 2),
        ]
        lines.append(_curve(places, ' stroke-dasharray="4 3"'))
    return lines


def _curve(places: list[tuple[float, float]], style: str) -> str:
    """A smooth line through points, upright at each."""
    path = f"M{places[0][0]:.1f} {places[0][1]:.1f}"
    for (x, y), (to_x, to_y) in pairwise(places):
        half = (to_y - y) / 2
        path += f"C{x:.1f} {y + half:.1f} {to_x:.1f} {to_y - half:.1f} {to_x:.1f} {to_y:.1f}"
    return (
        f'<path d="{path}" fill="none" stroke="#666" stroke-width="1.1" '
        f'marker-end="url(#tip)"{style}/>'
    )


def _boxes(drawn: Layout, top: int) -> list[str]:
    lines = []
    for room in order(drawn.x):
        width, x, y = box_width(room), _x(drawn.x[room]), _y(drawn.floor[room], top)
        lines.append(
            f'<rect x="{x - width / 2:.1f}" y="{y - BOX / 2:.1f}" width="{width:.1f}" '
            f'height="{BOX}" rx="6" fill="#fff" stroke="{LINES[_package(room)]}" '
            f'stroke-width="1.4"/>'
            f'<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="middle" '
            f'fill="#222">{escape(_name(room))}</text>'
        )
    return lines
