"""In a browser: keyboard, contrast, width and calm, for everybody."""

import numpy as np
import pytest

from tests.helpers.explore_browser import CHROMIUM, step_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]


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
