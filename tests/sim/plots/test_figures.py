"""Figures for files: no pyplot, one layout, the same bytes; without axes, pyplot's present ones."""

import subprocess
import sys

import numpy as np
import pytest
from matplotlib import image
from matplotlib.figure import Figure

from sim.plots.bands import band
from sim.plots.figures import new_figure, subplots, write
from sim.plots.style import paper

SPREAD = np.ones(3), np.zeros(3), np.full(3, 2.0)


def drawn():
    with paper():
        figure, axes = subplots(1, 2, figsize=(4.0, 2.0), sharex=True)
        for ax in axes:
            band(np.arange(3), SPREAD, ax)
            ax.set(title="a title", xlabel="time [days]", ylabel="level [0 to 1]")
    return figure


def test_the_layout_is_that_of_matplotlib(tmp_path):
    """Laying out beforehand must give the very picture that ``savefig`` would."""
    write(drawn(), tmp_path / "ours", dpi=90)
    drawn().savefig(tmp_path / "theirs.png", dpi=90, metadata={"Software": None})
    ours, theirs = (image.imread(tmp_path / f"{name}.png") for name in ("ours", "theirs"))
    assert ours.shape == (180, 360, 4) and np.array_equal(ours, theirs)


def test_a_layout_is_computed_once(tmp_path, monkeypatch):
    figure, calls = drawn(), []
    engine = type(figure.get_layout_engine())
    execute = engine.execute
    monkeypatch.setattr(engine, "execute", lambda *given: calls.append(execute(*given)))
    write(figure, tmp_path / "one", dpi=90)
    assert len(calls) == 1


def test_two_writes_are_the_same_bytes_and_show_no_date(tmp_path):
    for name in ("one", "two"):
        write(drawn(), tmp_path / name, dpi=90)
    for kind in ("png", "svg"):
        one, two = ((tmp_path / f"{name}.{kind}").read_bytes() for name in ("one", "two"))
        assert one == two
        assert b"dc:date" not in one and b"Software" not in one


def test_only_the_kinds_asked_for(tmp_path):
    write(new_figure(figsize=(1, 1)), tmp_path / "look", dpi=50, kinds=("png",))
    assert [path.name for path in tmp_path.iterdir()] == ["look.png"]


def test_margins_can_be_cut(tmp_path):
    figure = new_figure(figsize=(4, 4))
    figure.text(0.5, 0.5, "a word")
    write(figure, tmp_path / "cut", dpi=50, kinds=("png",), bbox_inches="tight")
    assert max(image.imread(tmp_path / "cut.png").shape) < 100


def test_without_axes_a_plot_draws_into_those_of_pyplot():
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    _, ax = plt.subplots()
    try:
        assert band(np.arange(3), SPREAD) is ax
    finally:
        plt.close("all")


def test_a_figure_is_not_kept_by_pyplot():
    from matplotlib import pyplot as plt

    before = plt.get_fignums()
    figure = drawn()
    assert isinstance(figure, Figure) and plt.get_fignums() == before


MODULES = ("bands", "classics", "earned_security", "gallery", "landscape", "series", "sweeps")


@pytest.mark.parametrize("module", MODULES)
def test_plots_do_not_import_pyplot(module):
    code = f"import sys, sim.plots.{module}; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
