"""The gallery: every figure is drawn from data, says what its axes are, and repeats."""

import json

import numpy as np
import pytest

from experiments.pages.gallery import scenes
from experiments.pages.gallery.figures import FIGURES, drawn
from experiments.runner.cli import main
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import mean_spread
from tests.helpers.paths import ROOT

PAGE = ROOT / "docs" / "gallery.md"
SMALL = Laboratory(dyads=4, seed=1)
LONG = {"two_stores", "reassurance", "presence", "return_of_threat", "architecture_matrix",
        "earned_security", "pursue_and_withdraw", "alarm_curves", "exchange"}  # fmt: skip


@pytest.fixture(autouse=True)
def no_window():
    import matplotlib as mpl

    mpl.use("Agg")


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow) if n in LONG else n for n in FIGURES]
)
def test_a_figure_says_what_it_shows(name):
    from matplotlib import pyplot as plt

    figure = drawn(name, SMALL, 3)
    try:
        for ax in figure.axes:
            assert ax.get_xlabel() and ax.get_title(loc="left")
            assert ax.lines or ax.collections or ax.images
        assert figure.axes[0].get_ylabel() or not figure.axes[0].get_yticks().size or ax.images
    finally:
        plt.close(figure)


def test_the_window_is_an_inverted_u_that_vagal_tone_widens():
    share, by_arousal, by_alarm = scenes.window()
    widths = []
    for gate in by_arousal.values():
        top = int(gate.argmax())
        assert 0 < top < len(share) - 1
        assert (np.diff(gate[: top + 1]) > 0).all() and (np.diff(gate[top:]) < 0).all()
        widths.append((gate > 0.5 * gate.max()).sum())
    assert widths == sorted(widths) and len(set(widths)) == len(widths)
    assert all((np.diff(gate) > 0).all() for gate in by_alarm.values())


def test_a_spread_holds_the_middle_of_the_couples():
    values = np.arange(101.0)[:, None] + np.zeros(3)
    middle, low, high = mean_spread(values)
    np.testing.assert_allclose([middle, low, high], [[50.0] * 3, [10.0] * 3, [90.0] * 3])


def test_the_page_shows_every_figure_and_the_film():
    page = PAGE.read_text(encoding="utf-8")
    pictures = {path.stem for path in (ROOT / "docs/figures/gallery").iterdir()}
    assert pictures == set(FIGURES)
    for name in FIGURES:
        assert f"figures/gallery/{name}.png" in page
    assert "figures/exchange.gif" in page


def test_the_mark_on_the_gauge_is_where_the_alarm_would_be_one_half():
    """With as much evidence as the mark says, the same person's alarm is one half."""
    from models.circuits.amygdala import alarm
    from models.parameters import SharedParameters
    from sim.engines.mesa_model import CoupleModel
    from sim.plots.snapshots import snapshot_of

    model = CoupleModel("scanner", "withdrawer", seed=2, collect=False)
    for _ in range(6):
        model.step()
        for slot, partner in zip("AB", snapshot_of(model)[2:], strict=True):
            person = model.partner(slot).parameters
            for evidence, expected in ((partner.evidence, partner.alarm), (partner.criterion, 0.5)):
                found = alarm(evidence, partner.criterion, 0.0, person, SharedParameters())
                assert found == pytest.approx(expected, abs=1e-12)
            assert partner.criterion > model.partner(slot).state.threshold - 1e-3


@pytest.mark.slow
def test_the_command_draws_all_and_repeats(tmp_path, capsys):
    runs = [tmp_path / "one", tmp_path / "two"]
    for out in runs:
        assert main(["gallery", "--quick", "--out", str(out)]) == 0
    record = json.loads((runs[0] / "run.json").read_text())
    wanted = {f"{name}.{kind}" for name in FIGURES for kind in ("png", "svg")} | {"exchange.gif"}
    assert set(record["files"]) == wanted
    assert {path.name for path in runs[0].iterdir()} == wanted | {"run.json"}
    for name in wanted | {"run.json"}:
        assert (runs[0] / name).read_bytes() == (runs[1] / name).read_bytes(), name


def test_a_quick_gallery_does_not_reach_the_documentation(tmp_path, capsys):
    assert main(["gallery", "--quick", "--write-docs", "--out", str(tmp_path / "x")]) == 2
    assert "--quick" in capsys.readouterr().err and not (tmp_path / "x").exists()


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("mine")
    assert main(["gallery", "--quick", "--out", str(tmp_path)]) == 2
    reported = capsys.readouterr().err.strip()
    assert "\n" not in reported and "thesis.txt" in reported
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
