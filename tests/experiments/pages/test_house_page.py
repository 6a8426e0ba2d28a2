"""The picture of the house shows every room on its floor, and its page the plan."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from experiments.pages.house import page, picture, plan
from experiments.pages.house.layout import layout

SVG = "{http://www.w3.org/2000/svg}"
SOLID, DASHED = picture.edges()
FLOORS = picture.floors(SOLID)


def test_every_arrow_goes_down_and_packages_stand_on_each_other():
    assert not [edge for edge in SOLID if FLOORS[edge[0]] <= FLOORS[edge[1]]]
    grounds = [
        [floor for room, floor in FLOORS.items() if room.split(".")[0] == package]
        for package in ("models", "sim")
    ]
    assert max(grounds[0]) < min(grounds[1]) and max(grounds[1]) < FLOORS["experiments.runner"]


def test_what_is_dashed_is_an_exception_of_the_plan():
    rooms = {(plan.room_of(user), used) for user, used in plan.EXCEPTIONS}
    assert rooms >= DASHED and not DASHED & SOLID


def test_rooms_that_need_one_another_are_refused():
    with pytest.raises(ValueError, match=r"sim\.codegen, sim\.world"):
        picture.floors({("sim.world", "sim.codegen"), ("sim.codegen", "sim.world")})


def test_an_arrow_that_follows_from_others_is_left_out():
    edges = {("c", "b"), ("b", "a"), ("c", "a"), ("d", "c"), ("d", "a")}
    assert picture.reduced(edges) == {("c", "b"), ("b", "a"), ("d", "c")}


def test_the_picture_is_whole_and_the_same_each_time():
    text = picture.svg()
    tree = ElementTree.fromstring(text)
    names = {node.text for node in tree.iter(f"{SVG}text")}
    assert {"engines", "codegen", "study", "command line", "models", "sim"} <= names
    arrows = [node for node in tree.iter(f"{SVG}path") if node.get("marker-end")]
    assert len(arrows) == len(picture.reduced(SOLID)) + len(DASHED)
    assert picture.svg() == text


def test_no_box_touches_another_or_leaves_the_picture():
    tree = ElementTree.fromstring(picture.svg())
    boxes = [
        [float(node.get(name)) for name in ("x", "y", "width")]
        for node in tree.iter(f"{SVG}rect")
        if node.get("height") == str(picture.BOX)
    ]
    assert len(boxes) == len(FLOORS)
    right = float(tree.get("width"))
    for y in {box[1] for box in boxes}:
        row = sorted((x, x + width) for x, top, width in boxes if top == y)
        assert all(one[1] < two[0] for one, two in pairwise(row))
        assert row[0][0] > 0.0 and row[-1][1] < right


def test_arrows_pass_floors_beside_the_boxes():
    """Two boxes above each other, and an arrow that must go around the one in the middle."""
    edges = [("top", "middle"), ("middle", "low"), ("top", "low")]
    floors = {"low": 0, "middle": 1, "top": 2}
    found = layout(floors, edges, lambda name: 10.0, gap=3.0)
    (start, _), (beside, floor), (end, _) = found.arrows["top", "low"]
    assert floor == 1 and abs(beside - found.x["middle"]) >= 8.0 - 1e-9
    assert (start, end) == (found.x["top"], found.x["low"])


def test_the_page_has_a_row_for_each_room():
    rows = page.rooms().splitlines()[2:]
    named = [re.match(r"\| `([\w/]+)` \| (\S.*) \| (\S.*) \|$", row) for row in rows]
    assert all(named)
    assert {row[1].replace("/", ".") for row in named} == set(plan.MAY_IMPORT) - {"experiments"}


def test_what_stands_between_the_tables_is_kept():
    text = "by hand\n<!-- generated: rooms -->\nstale words\n<!-- end -->\nmore"
    new = page.rewritten(text)
    assert new.startswith("by hand\n<!-- generated: rooms -->\n\n| room |") and "stale" not in new
    assert new.endswith("<!-- end -->\nmore") and page.rewritten(new) == new
