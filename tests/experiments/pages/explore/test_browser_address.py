"""In a browser: the address holds the whole situation."""

import pytest

from experiments.pages.explore import stories
from tests.helpers.explore_browser import CHROMIUM, state_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]


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
