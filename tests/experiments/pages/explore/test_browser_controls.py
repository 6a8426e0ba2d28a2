"""In a browser: everything that can be moved moves what it should."""

import re

import pytest

from experiments.pages.explore import contexts
from models.architectures import ARCHITECTURES
from models.parameters import PARAMETERS, PartnerParameters
from tests.helpers.explore_browser import CHROMIUM, settled, state_of, step_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]


def test_every_slider_changes_the_person_and_the_life(visit):
    page = visit("#a=anxious&b=withdrawer&step=40")
    for who in "ab":
        for name, rule in PARAMETERS[PartnerParameters].items():
            before = state_of(page)
            page.evaluate(
                "([id, value]) => { const input = document.getElementById(id);"
                "input.value = value; input.dispatchEvent(new Event('input')); }",
                [f"{who}.{name}", rule.range[1]],
            )
            settled(page)
            place = page.evaluate(f"PLACE['person_{who}.{name}']")
            assert page.evaluate(f"explorer.life.run.inputs[{place}]") == rule.range[1]
            assert state_of(page) != before, name
            assert step_of(page) == 40
    assert page.seen == [page.seen[0]]


def test_every_slider_says_unit_range_and_meaning(visit):
    page = visit()
    for name, rule in PARAMETERS[PartnerParameters].items():
        text = page.locator(f"[data-parameter={name}]").inner_text() or page.locator(
            f"[data-parameter={name}]"
        ).evaluate("e => e.textContent")
        unit = "no unit" if rule.unit == "1" else rule.unit
        assert unit in text and rule.meaning[1:] in text
        assert f"{rule.range[0]:g} to {rule.range[1]:g}" in text.replace("\u2212", "-")


def test_every_preset_and_context_can_be_chosen(visit):
    page = visit("#step=5")
    for who in "AB":
        for name in ARCHITECTURES:
            page.select_option(f"#preset-{who}", name)
            settled(page)
            wanted = page.evaluate(f"PRESETS['{name}'].values")
            assert page.evaluate(f"numbersOf(explorer.choice, '{who}')") == wanted
    for name in contexts.CONTEXTS:
        page.select_option("#context", name)
        settled(page)
        assert page.evaluate("explorer.choice.context") == name and step_of(page) == 5


def test_every_mechanism_can_be_switched_off(visit):
    page = visit("#step=30")
    page.locator("#mechanisms > summary").click()
    boxes = page.locator("#switches input")
    for k in range(boxes.count()):
        boxes.nth(k).uncheck()
        settled(page)
    assert len(page.evaluate("explorer.choice.off")) == boxes.count() > 15
    shared = page.evaluate("sharedOf(explorer.choice).filter((v) => v === 0).length")
    assert shared == boxes.count()


@pytest.mark.parametrize("event", contexts.HAPPENINGS)
@pytest.mark.parametrize("who", ["A", "B"])
def test_every_event_happens_next_to_whom_it_should(visit, event, who):
    page = visit("#a=anxious&b=avoidant&step=12")
    other = visit("#a=anxious&b=avoidant&step=12")
    page.check(f"input[name=whom][value={who}]")
    page.click(f"[data-event={event}]")
    for each in (page, other):
        for _ in range(3):
            each.click("#step")
    settled(page)
    assert page.evaluate("explorer.choice.drops") == [{"step": 12, "event": event, "who": who}]
    assert state_of(page) != state_of(other)
    assert page.evaluate("explorer.life.rows[12]") == page.evaluate(
        f"EVENTS['{event}'].rows['{who}'][0]"
    )


def test_play_pause_step_reset_speed_and_seed(visit):
    page = visit()
    page.select_option("#speed", "120")
    page.click("#play")
    page.wait_for_function("explorer.life.steps > 60")
    page.click("#play")
    now = step_of(page)
    page.wait_for_timeout(150)
    assert step_of(page) == now
    page.click("#step")
    assert step_of(page) == now + 1
    assert re.search(r"A is (quiet|watchful|alarmed)", page.inner_text("#live"))
    first = state_of(page)
    page.fill("#seed", "7")
    page.keyboard.press("Tab")
    settled(page)
    assert state_of(page) != first and step_of(page) == now + 1
    page.click("#reset")
    settled(page)
    assert step_of(page) == 0


def test_a_bad_seed_is_refused_in_one_line(visit):
    page = visit()
    page.fill("#seed", "-3")
    page.keyboard.press("Tab")
    page.wait_for_timeout(100)
    notice = page.inner_text("#notice")
    assert notice == "Seed = -3: must be a whole number in [0, 4294967295]; kept at 1"
    assert page.input_value("#seed") == "1"


def test_a_bad_seed_is_told_while_it_is_typed_where_it_is_seen(visit):
    page = visit(width=1280, height=800)
    page.fill("#seed", "")
    assert page.inner_text("#notice") == ""
    page.keyboard.type("-5")
    assert page.inner_text("#notice") == "Seed = -5: must be a whole number in [0, 4294967295]"
    assert page.locator("#notice").bounding_box()["y"] < 800
    page.fill("#seed", "5")
    assert page.inner_text("#notice") == ""


def test_what_comes_next_is_said_until_it_has_come(visit):
    page = visit("#speed=20")
    hint = page.inner_text("#event-note")
    for again in ("#step", "#reset", "#play"):
        page.click("[data-event=conflict]")
        assert "Conflict for A comes next" in page.inner_text("#event-note")
        page.click(again)
        page.wait_for_function("explorer.stale === false || explorer.life.steps > 2")
        page.wait_for_function(
            "(hint) => document.getElementById('event-note').textContent === hint", arg=hint
        )
        if again != "#reset":
            page.wait_for_function("!document.getElementById('live').textContent.includes('Play')")


def test_bodies_and_the_first_curves_are_seen_together_at_play(visit):
    page = visit(width=1280, height=800, reduced_motion="reduce")
    page.click("#play")
    page.wait_for_function("explorer.life.steps > 2")
    for seen in ("#play", "#partner-A", "#channel", "#partner-B", "#charts figure"):
        box = page.locator(seen).first.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 800, seen


def test_a_marker_does_not_cross_the_name_of_its_bar(visit):
    page = visit("#step=40")
    for meter in page.locator(".meter:has(.mark)").all():
        name, mark = (meter.locator(part).bounding_box() for part in (".name", ".mark"))
        assert mark["y"] >= name["y"] + name["height"] - 1


def test_the_choosers_give_the_short_names(visit):
    page = visit()
    found = page.locator("#preset-A option").all_inner_texts()
    assert "Preemptive withdrawer (withdrawer)" in found and "Secure" in found
    names = [text.rstrip(")").split("(")[-1].lower() for text in found]
    assert len(set(names) & set(ARCHITECTURES)) >= len(ARCHITECTURES) - 1


def test_the_clock_is_no_time_of_day(visit):
    page = visit()
    found = page.evaluate("[0.5, 14, 194, 1440 + 194].map(clockOf)")
    assert found == [
        "day 1, 0 min 30 s in", "day 1, 14 min in", "day 1, 3 h 14 min in", "day 2, 3 h 14 min in",
    ]  # fmt: skip
