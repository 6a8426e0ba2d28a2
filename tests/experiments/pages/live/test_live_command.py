"""The live page before any server: its faults are one line, its sliders declared."""

import signal
import socket
import subprocess
import sys
import time

import pytest

from experiments.runner.cli import main
from tests.helpers.paths import ROOT
from tests.helpers.stopping import HEEDING


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
        [sys.executable, "-c", code], cwd=ROOT, stdout=-1, stderr=-1, text=True, **HEEDING
    )
    assert running.stdout.readline() == "here\n"
    return running


def test_ctrl_c_ends_a_server_that_never_would():
    running = stand_in("time.sleep(60)")
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    reported, wrong = running.communicate(timeout=30)
    assert (running.returncode, reported, wrong) == (130, "Stopped.\n", "")


def test_a_server_that_ends_by_itself_is_a_fault():
    running = stand_in("None")
    wrong = running.communicate(timeout=40)[1]
    assert running.returncode != 0 and "ended by itself" in wrong


def live_page():
    """The page's module; skipped where its extra is missing."""
    pytest.importorskip("solara")
    from experiments.pages import live_page

    return live_page
