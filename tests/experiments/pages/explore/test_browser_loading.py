"""In a browser: the page loads and answers at once, from the disk."""

import statistics
from pathlib import Path

import pytest

from experiments.pages.explore import generate
from tests.helpers.explore_browser import ADDRESS, CHROMIUM, SECOND

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]


# --- Loading --------------------------------------------------------------------------------------


def test_it_loads_within_a_second_and_asks_for_nothing(visit):
    page = visit()
    took = min(_load_time(visit()) for _ in range(3))
    assert took < SECOND
    assert [seen for seen in page.seen if not seen.startswith((ADDRESS, "data:,"))] == []


def _load_time(page):
    entry = "performance.getEntriesByType('navigation')[0]"
    return page.evaluate(f"{entry}.loadEventEnd - {entry}.startTime")


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


def test_the_python_on_the_page_repeats_the_run(visit, capsys):
    page = visit("#a=anxious&b=avoidant&a.vagal_tone=0.3&off=window_on&drops=9.conflict.B&step=120")
    code = page.locator("#python").evaluate("e => e.textContent")
    exec(compile(code, "page", "exec"), {})
    last = page.evaluate("explorer.life.run.value('a.alarm')")
    assert float(capsys.readouterr().out) == last


def test_the_page_lies_where_the_documentation_does():
    assert Path(generate.PAGE).parts[-2:] == ("docs", "explore.html")
