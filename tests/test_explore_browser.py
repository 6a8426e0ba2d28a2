"""The explorable page in a headless browser, opened from the disk as a student would."""

import re
import shutil
import statistics
from pathlib import Path

import numpy as np
import pytest

from experiments.pages.explore import contexts, generate, stories
from models.architectures import ARCHITECTURES
from models.parameters import PARAMETERS, PartnerParameters

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]
ADDRESS = generate.PAGE.as_uri()
SECOND = 1000


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser):
    """A function that opens the page; requests and complaints are on ``page.seen``."""
    contexts_opened = []

    def go(address="", width=1200, height=900, **settings):
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        contexts_opened.append(context)
        page = context.new_page()
        page.seen = []
        page.on("request", lambda request: page.seen.append(request.url))
        page.on("console", lambda message: page.seen.append(message.text))
        page.on("pageerror", lambda error: page.seen.append(str(error)))
        page.goto(f"{ADDRESS}{address}")
        page.wait_for_function("explorer.stale === false")
        return page

    yield go
    for context in contexts_opened:
        context.close()


def step_of(page):
    return page.evaluate("explorer.life.steps")


def settled(page):
    """Wait until what was asked for is drawn."""
    page.wait_for_function("explorer.stale === false && explorer.again === undefined")


def state_of(page):
    return page.evaluate("[...explorer.life.run.inputs.slice(0, STATES)]")


# --- Loading --------------------------------------------------------------------------------------


def test_it_loads_within_a_second_and_asks_for_nothing(visit):
    page = visit()
    took = min(_load_time(visit()) for _ in range(3))
    assert took < SECOND
    assert [seen for seen in page.seen if not seen.startswith((ADDRESS, "data:,"))] == []


def _load_time(page):
    entry = "performance.getEntriesByType('navigation')[0]"
    return page.evaluate(f"{entry}.loadEventEnd - {entry}.startTime")


# --- Everything that can be moved -----------------------------------------------------------------


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


# --- The address ----------------------------------------------------------------------------------


def test_the_address_holds_the_whole_situation(visit):
    page = visit("#a=merger&b=withdrawer&a.vagal_tone=0.3&off=window_on&context=dating&seed=9")
    for _ in range(12):
        page.keyboard.press(".")
    page.click("[data-event=conflict]")
    for _ in range(8):
        page.keyboard.press(".")
    page.click("[data-story=fading]")
    page.wait_for_timeout(500)
    shared = page.evaluate("location.hash")
    assert "12.conflict.A" in shared and "story=fading" in shared and "step=20" in shared
    other = visit(shared)
    assert state_of(other) == state_of(page)
    assert other.evaluate("explorer.choice") == {
        **page.evaluate("explorer.choice"), "step": 20,
    }  # fmt: skip
    assert other.locator("#story h3").inner_text() == stories.STORIES["fading"]().title


def test_the_link_can_be_copied(visit):
    page = visit("#a=merger&b=withdrawer&step=4")
    page.click("[data-event=stress]")
    page.click("#share")
    page.wait_for_function("document.getElementById('notice').textContent !== ''")
    assert "drops=4.stress.A" in page.evaluate("explorer.link()")
    assert page.evaluate("explorer.link()") == page.evaluate("location.href")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("#a=scaner", "a = scaner: must be one of secure"),
        ("#a.vagal_tone=3", "a.vagal_tone = 3: must be in [0.05, 0.95] (prototype of the vagal"),
        ("#a.vagal=0.3", "a.vagal = 0.3: no such field"),
        ("#seed=x", "seed = x: must be a whole number"),
        ("#drops=5.party.A", "5.party.A must be step.event.partner"),
        ("#step=99999999", "step = 99999999: must be a whole number in"),
        ("#__proto__=1&%=2", "no such field"),
    ],
)
def test_a_wrong_address_is_told_in_one_line_and_the_rest_works(visit, address, words):
    page = visit(f"{address}&b=merger")
    assert words in page.inner_text("#notice")
    assert page.evaluate("explorer.choice.preset.B") == "merger"
    assert page.evaluate("explorer.life.run.people.length") == 2


def test_a_pasted_address_is_followed_without_reloading(visit):
    page = visit("#a=secure&b=secure&step=3")
    # The page's own note of the address, due at just that moment, must not win.
    page.evaluate("location.hash = 'a=anxious&b=avoidant&seed=5&step=9'; explorer.write()")
    page.wait_for_function("explorer.life.steps === 9", timeout=5000)
    assert page.input_value("#preset-A") == "anxious"


# --- Stories --------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", stories.STORIES)
def test_a_story_asks_before_it_shows(visit, key, tmp_path):
    page = visit()
    story = stories.STORIES[key]()
    page.click(f"[data-story={key}]")
    assert page.locator("#reveal").is_disabled()
    assert page.locator("#result svg").count() == 0
    page.locator("#story input[name=answer]").nth(story.answer).check()
    page.click("#reveal")
    page.wait_for_selector("#result .panels svg")
    assert page.locator("#result .panels svg").count() == len(story.panels)
    assert "the same." in page.inner_text(".verdict")
    assert not re.search(r"NaN|undefined|\{", page.inner_text("#story"))
    rings = page.locator("#result svg circle[fill=none]").count()
    assert ("rings are" in page.inner_text("#result")) == (rings > 0)
    assert lines_through_labels(page) == []
    for k in range(len(story.panels)):
        label = page.locator("#result svg").nth(k).get_attribute("aria-label")
        assert story.panels[k].title in label and "NaN" not in label
    before = page.inner_text("#result")
    page.click("#other-seed")
    page.wait_for_function("explorer.stories.seed === 2 && document.querySelector('#result svg')")
    assert page.inner_text("#result") != before
    page.click("#lab")
    page.wait_for_function(
        f"explorer.choice.preset.A === '{story.arms[0].a[0]}' && !explorer.stale"
    )
    assert page.inner_text("#notice") == ""
    page.click("#next")
    assert page.locator("#result svg").count() == 0
    assert len(page.seen) == 1


def lines_through_labels(page):
    """Labels of a mirror picture that touch a line of its frame or a tick of its axis."""
    return page.evaluate(
        """() => [...document.querySelectorAll("#result svg")].flatMap((svg) => {
          const box = (each) => each.getBoundingClientRect();
          const others = [...svg.querySelectorAll("line, text:not(.strong)")].map(box);
          if (!svg.getAttribute("aria-label").includes("turns away")) return [];
          return [...svg.querySelectorAll("text.strong")].filter((label) => others.some((other) =>
            other.left < box(label).right && other.right > box(label).left &&
            other.top < box(label).bottom - 2 && other.bottom > box(label).top + 2))
            .map((label) => label.textContent); })"""
    )


# --- Speed ----------------------------------------------------------------------------------------


def test_sixty_exchanges_a_second_are_drawn_and_no_input_is_lost(visit):
    """Play at 60 a second with forty inputs in between; how many frames there are is the machine's.

    Each frame with news is painted, and a painting takes less than a sixtieth of a second.
    """
    page = visit("#a=scanner&b=withdrawer&speed=60&step=200")
    page.evaluate(
        "window.costs = []; const paint = explorer.paint.bind(explorer);"
        "explorer.paint = (now) => { const start = performance.now(); paint(now);"
        " window.costs.push(performance.now() - start); }"
    )
    page.evaluate(
        "window.late = 0; const frame = explorer.frame.bind(explorer);"
        "explorer.frame = (now) => { frame(now);"
        " if (explorer.stale) window.late += 1; };"
    )
    page.click("#play")
    start = page.evaluate("[performance.now(), explorer.life.steps]")
    drops = page.evaluate("explorer.choice.drops.length")
    for k in range(40):
        page.keyboard.press("x" if k % 2 else "1")
        page.wait_for_timeout(50)
    end = page.evaluate("[performance.now(), explorer.life.steps]")
    rate = (end[1] - start[1]) / (end[0] - start[0]) * SECOND
    costs = page.evaluate("window.costs")
    assert rate == pytest.approx(60, rel=0.05)
    assert page.evaluate("window.late") == 0
    assert statistics.median(costs) < SECOND / 60
    assert page.evaluate("explorer.choice.drops.length") - drops == 20


def test_an_input_is_answered_at_once_after_a_year(visit):
    page = visit("#a=scanner&b=withdrawer&step=7665&view=7665")
    took = page.evaluate(
        "async () => { const input = document.getElementById('a.vagal_tone');"
        "const start = performance.now(); input.value = 0.9;"
        "input.dispatchEvent(new Event('input'));"
        "await new Promise((done) => { const look = () => explorer.again === undefined &&"
        " !explorer.stale ? done() : requestAnimationFrame(look); requestAnimationFrame(look); });"
        "return performance.now() - start; }"
    )
    assert took < SECOND


# --- For everybody --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [400, 700, 1200])
def test_nothing_has_to_be_scrolled_sideways(visit, width):
    page = visit("#step=30&story=earned", width=width)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.locator("#story input[name=answer]").first.check()
    page.click("#reveal")
    page.wait_for_selector("#result .panels svg")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_alone_is_enough(visit):
    page = visit()
    for key, wanted in ((".", 1), (".", 2)):
        page.keyboard.press(key)
        assert step_of(page) == wanted
    page.keyboard.press("x")
    page.keyboard.press("5")
    assert page.evaluate("explorer.choice.drops.at(-1)")["who"] == "B"
    page.keyboard.press("k")
    page.wait_for_function("explorer.life.steps > 3")
    page.keyboard.press("k")
    assert not page.evaluate("explorer.playing")
    _tab_to(page, "[data-story=past]")
    page.keyboard.press("Enter")
    _tab_to(page, "#story input[name=answer]")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "#reveal")
    page.keyboard.press("Enter")
    page.wait_for_selector("#result .panels svg")
    _tab_to(page, "#next")
    _tab_to(page, "[id='b.amygdala_threshold']")
    before = page.input_value("[id='b.amygdala_threshold']")
    page.keyboard.press("ArrowRight")
    assert page.input_value("[id='b.amygdala_threshold']") > before


def _tab_to(page, selector, most=150):
    """Press Tab until the element has the focus, which must be visible on the way."""
    for _ in range(most):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML.slice(0, 90)")
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def test_shortcuts_can_be_switched_off_and_keep_out_of_fields(visit):
    page = visit()
    page.focus("#seed")
    page.keyboard.press("k")
    assert not page.evaluate("explorer.playing")
    page.uncheck("#keys")
    page.focus("#play")
    page.keyboard.press(".")
    assert step_of(page) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1200])
def test_axe_finds_nothing(visit, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = visit(
        "#step=30&story=earned&a.vagal_tone=0.3", width=width, color_scheme=scheme,
        reduced_motion="reduce",
    )  # fmt: skip
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.locator("#story input[name=answer]").first.check()
    page.click("#reveal")
    page.wait_for_selector("#result .panels svg")
    found = axe.Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []


def test_no_text_is_fainter_than_allowed(visit):
    """The contrast of all ink and ground pairs of the style sheet, both schemes, at least 4.5."""
    for scheme in ("light", "dark"):
        page = visit(color_scheme=scheme)
        for ink in ("ink", "soft", "a-ink", "b-ink"):
            for ground in ("paper", "panel", "faint", "apart"):
                pair = [page.evaluate(f"colour('{name}')") for name in (ink, ground)]
                assert _contrast(*pair) >= 4.5, (scheme, ink, ground)


def _contrast(one, two):
    def light(colour):
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    high, low = sorted((light(one), light(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_who_wants_calm_gets_it(visit):
    page = visit("#story=chase&speed=60", reduced_motion="reduce")
    page.evaluate(
        "window.paints = []; const paint = explorer.paint.bind(explorer);"
        "explorer.paint = (now) => { if (explorer.playing) window.paints.push(now); paint(now); };"
    )
    page.click("#play")
    page.wait_for_function("window.paints.length > 4")
    page.click("#play")
    assert np.diff(page.evaluate("window.paints")).min() > 249
    page.locator("#story input[name=answer]").first.check()
    page.click("#reveal")
    page.wait_for_selector("#result .reveal")
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.reveal')).animationName"
    ) == "none"  # fmt: skip


def test_what_happens_is_told_while_playing(visit):
    page = visit("#speed=120")
    page.click("#play")
    page.wait_for_function("/^Day .* A is /.test(document.getElementById('live').textContent)")
    assert page.evaluate("explorer.playing")


def test_partners_differ_by_more_than_colour(visit):
    page = visit("#step=20")
    dashes = page.evaluate(
        "[...document.querySelectorAll('.body')].map((svg) =>"
        " svg.querySelector('circle[fill=none]').getAttribute('stroke-dasharray'))"
    )
    assert len(set(dashes)) == 2
    shapes = page.evaluate(
        "[document.querySelectorAll('.signal circle').length,"
        " document.querySelectorAll('.signal path').length]"
    )
    assert min(shapes) >= 10


def test_the_python_on_the_page_repeats_the_run(visit, capsys):
    page = visit("#a=anxious&b=avoidant&a.vagal_tone=0.3&off=window_on&drops=9.conflict.B&step=120")
    code = page.locator("#python").evaluate("e => e.textContent")
    exec(compile(code, "page", "exec"), {})
    last = page.evaluate("explorer.life.run.value('a.alarm')")
    assert float(capsys.readouterr().out) == last


def test_the_page_lies_where_the_documentation_does():
    assert Path(generate.PAGE).parts[-2:] == ("docs", "explore.html")
