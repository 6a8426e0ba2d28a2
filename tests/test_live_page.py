"""The live page in a browser: it loads without the outside, steps, resets, follows its sliders."""

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

from experiments.runner.cli import main

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = Path("/usr/bin/chromium")
WAIT = 30_000  # ms


# --- before any server ----------------------------------------------------------------------------


def test_a_missing_package_is_one_line(monkeypatch, capsys):
    from importlib.metadata import PackageNotFoundError

    def nothing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("experiments.pages.live_command.version", nothing)
    assert main(["page", "--no-browser"]) == 2
    reported = capsys.readouterr().err.strip()
    assert "\n" not in reported and "solara" in reported and '".[page]"' in reported


@pytest.mark.parametrize("name", ["ipyvue", "ipyvuetify"])
def test_a_version_that_leaves_the_page_blank_is_refused(name, monkeypatch, capsys):
    monkeypatch.setattr(
        "experiments.pages.live_command.version",
        lambda found: "3.1.0" if found == name else "1.0.0",
    )
    assert main(["page", "--no-browser"]) == 2
    reported = capsys.readouterr().err.strip()
    assert "\n" not in reported and f"{name} = 3.1.0" in reported


def test_a_port_in_use_is_refused(monkeypatch, capsys):
    monkeypatch.setattr("experiments.pages.live_command.version", lambda name: "1.0.0")
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["page", "--no-browser", "--port", str(port)]) == 2
    reported = capsys.readouterr().err.strip()
    assert "\n" not in reported and f"--port = {port}" in reported


def test_every_slider_is_a_declared_parameter_at_the_presets_value():
    page = live_page()
    from models.architectures import architecture
    from models.parameters import PARAMETERS, PartnerParameters

    found = page.controls("merger", "avoidant")
    people = {"a": architecture("merger"), "b": architecture("avoidant")}
    sliders = {name: rule for name, rule in found.items() if name[:2] in ("a_", "b_")}
    assert len(sliders) == 2 * len(page.SHOWN)
    for name, control in sliders.items():
        who, parameter = name[0], name[2:]
        rule = PARAMETERS[PartnerParameters][parameter]
        assert (control.min, control.max) == rule.range
        assert control.value == getattr(people[who], parameter)
        steps = (control.value - control.min) / control.step
        assert steps == pytest.approx(round(steps), abs=1e-6)  # or the slider would move it


def test_the_model_of_the_page_is_the_couple_of_its_controls():
    page = live_page()
    model = page.LiveCouple("merger", "secure", a_vagal_tone=0.9, seed=2)
    assert model.partner("A").parameters.vagal_tone == 0.9
    assert model.partner("B").parameters.vagal_tone == 0.65
    model.step()
    row = model.datacollector.get_model_vars_dataframe().iloc[-1]
    assert row["alarm A"] == model.partner("A").state.alarm
    assert row["demand B"] == model.partner("B").sent.demand


@pytest.mark.parametrize(
    ("life", "unit", "least"),
    [("everyday life", "days", 1.0), ("a talk about A's topic", "min", 5.0)],
)
def test_the_plots_run_over_simulated_time(life, unit, least):
    page = live_page()
    model = page.LiveCouple(life=life)
    assert page.time_axis(model)[::2] == (unit, least)
    for _ in range(3):
        model.step()
    found = model.datacollector.get_model_vars_dataframe()["minutes"]
    assert list(found) == list(model.calendar.situation.dt[:3].cumsum())


STAND_IN = """
import sys, time, types
from experiments.pages import live_command as page_command
page_command.solara = lambda port, browser: {body}
print("here", flush=True)
page_command.run_solara(1, False)
"""


def stand_in(body):
    """A process whose Solara is ``body``, once it has begun."""
    code = STAND_IN.replace("{body}", body)
    running = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=-1, stderr=-1, text=True
    )
    assert running.stdout.readline() == "here\n"
    return running


def test_ctrl_c_ends_a_server_that_never_would():
    running = stand_in("time.sleep(60)")
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    reported, wrong = running.communicate(timeout=3)
    assert (running.returncode, reported, wrong) == (130, "Stopped.\n", "")


def test_a_server_that_ends_by_itself_is_a_fault():
    running = stand_in("None")
    wrong = running.communicate(timeout=10)[1]
    assert running.returncode != 0 and "ended by itself" in wrong


def live_page():
    """The page's module; skipped where its extra is missing."""
    pytest.importorskip("solara")
    from experiments.pages import live_page

    return live_page


# --- in a browser ---------------------------------------------------------------------------------


@contextmanager
def server():
    """The command as a user gives it: address and process. Ended with all that it started."""
    pytest.importorskip("solara")
    command = [sys.executable, "-m", "experiments", "page", "--no-browser"]
    running = subprocess.Popen(
        command, cwd=ROOT, stdout=-1, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
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
        assert running.wait(timeout=3) == 130
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
