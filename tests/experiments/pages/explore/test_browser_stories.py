"""In a browser: a story asks before it shows."""

import re

import pytest

from experiments.pages.explore import stories
from tests.helpers.explore_browser import CHROMIUM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]


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
