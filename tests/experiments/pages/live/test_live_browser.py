"""The live page in a browser: it loads without the outside, steps, resets, follows."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlparse

import pytest

from tests.helpers.paths import ROOT
from tests.helpers.stopping import HEEDING

CHROMIUM = Path("/usr/bin/chromium")
WAIT = 30_000  # ms


@contextmanager
def server():
    """The command as a user gives it: address and process. Ended with all that it started."""
    pytest.importorskip("solara")
    command = [sys.executable, "-m", "experiments", "page", "--no-browser"]
    running = subprocess.Popen(
        command, cwd=ROOT, stdout=-1, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"}, **HEEDING,
    )  # fmt: skip
    try:
        address = None
        while address is None:
            line = running.stdout.readline()
            assert line, "the server ended before it said its address"
            address = re.search(r"http://localhost:\d+", line)
        wait_for(address[0])
        yield address[0], running
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def wait_for(address):
    """Until something answers there."""
    place = urlparse(address)
    for _ in range(300):
        try:
            socket.create_connection((place.hostname, place.port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def opened():
    """The page in Chromium, with every request and every error it made."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("no Chromium")
    with server() as (address, _), playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.asked, page.faults = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.goto(address)
        page.get_by_text("Step: 0").wait_for(timeout=WAIT)
        yield page
        browser.close()


@pytest.mark.slow
@pytest.mark.parametrize("watched", [False, True])
def test_ctrl_c_stops_it_with_or_without_a_browser(watched):
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("no Chromium")
    with server() as (address, running), playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        if watched:
            page = browser.new_page()
            page.goto(address)
            page.get_by_text("Step: 0").wait_for(timeout=WAIT)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=15) == 130  # a loaded machine takes some
        reported = running.stdout.read()
        assert reported.endswith("Stopped.\n") and "Traceback" not in reported
        browser.close()


def click(page, name):
    page.get_by_role("button", name=name, exact=True).click()


DIGESTS = """
() => Promise.all([...document.images].map(async image => {
  const bytes = await (await fetch(image.src)).arrayBuffer();
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).join();
}))
"""


def settled(page):
    """Digests of the figures once they have kept for two seconds: they come one by one."""
    seen = []
    for _ in range(40):
        seen.append(page.evaluate(DIGESTS))
        if len(seen[-1]) == 4 and seen[-3:] == 3 * seen[-1:]:
            return seen[-1]
        page.wait_for_timeout(1000)
    raise TimeoutError("the figures never settle")


@pytest.mark.slow
def test_the_page_asks_nobody_outside(opened):
    hosts = {urlparse(url).hostname for url in opened.asked if url.startswith(("http", "ws"))}
    assert hosts == {"localhost"}
    assert not opened.faults


@pytest.mark.slow
def test_it_draws_two_partners_and_three_plots(opened):
    assert len(settled(opened)) == 4
    assert opened.get_by_text("A: vagal tone").count() == 1
    assert opened.get_by_text("B: vagal tone").count() == 1


@pytest.mark.slow
def test_every_slider_shows_its_value(opened):
    found = opened.locator(".v-slider__thumb-label").all()
    assert len(found) > 20
    assert all(label.is_visible() for label in found)
    slider = opened.locator(".v-input__slider", has_text="A: vagal tone")
    assert slider.locator(".v-slider__thumb-label").inner_text() == "0.45"


@pytest.mark.slow
def test_step_and_reset(opened):
    before = settled(opened)
    for step in (1, 2):
        click(opened, "Step")
        opened.get_by_text(f"Step: {step}", exact=True).wait_for(timeout=WAIT)
    assert not set(before) & set(settled(opened))
    click(opened, "Reset")
    opened.get_by_text("Step: 0", exact=True).wait_for(timeout=WAIT)


@pytest.mark.slow
def test_play_and_pause(opened):
    click(opened, "Reset")
    opened.get_by_text("Step: 0", exact=True).wait_for(timeout=WAIT)
    click(opened, "▶")
    opened.get_by_text("Step: 3", exact=True).wait_for(timeout=WAIT)
    click(opened, "❚❚")
    opened.get_by_role("button", name="▶", exact=True).wait_for(timeout=WAIT)


def drawn_after_a_step(page):
    """The figure of the two partners after Reset and one step."""
    click(page, "Reset")
    page.get_by_text("Step: 0", exact=True).wait_for(timeout=WAIT)
    click(page, "Step")
    page.get_by_text("Step: 1", exact=True).wait_for(timeout=WAIT)
    return settled(page)[0]


@pytest.mark.slow
def test_it_follows_its_sliders(opened):
    one, again = drawn_after_a_step(opened), drawn_after_a_step(opened)
    assert one == again  # the same seed and the same sliders draw the same picture
    thumb = opened.locator(".v-input__slider", has_text="A: warmth").get_by_role("slider")
    thumb.focus()
    for _ in range(30):
        opened.keyboard.press("ArrowLeft")
    assert drawn_after_a_step(opened) != one


@pytest.mark.slow
def test_a_preset_moves_its_sliders(opened):
    def value():
        slider = opened.locator(".v-input__slider", has_text="A: vagal tone").get_by_role("slider")
        return float(slider.get_attribute("aria-valuenow"))

    from models.architectures import architecture

    assert value() == architecture("scanner").vagal_tone
    opened.locator(".v-select", has_text="Preset of A").click()
    opened.get_by_role("option", name="disorganized").click()
    opened.get_by_text("Step: 0", exact=True).wait_for(timeout=WAIT)
    settled(opened)
    assert value() == architecture("disorganized").vagal_tone
    assert not opened.faults
