"""Figures as files: the same bytes each time, nothing of when or where they were made."""

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from sim.plots.saving import write_figure


def bytes_of(folder, **settings):
    """A small figure, written and read back."""
    folder.mkdir()
    figure, ax = plt.subplots(figsize=(2, 2))
    ax.fill_between([0, 1], [0, 1], [1, 2])  # clipped paths get names of their own in an SVG
    write_figure(figure, folder / "drawn", dpi=40, **settings)
    assert not plt.fignum_exists(figure.number)
    return [(folder / f"drawn.{kind}").read_bytes() for kind in ("png", "svg")]


def test_the_same_figure_is_the_same_bytes(tmp_path):
    one, two = (bytes_of(tmp_path / name) for name in ("one", "two"))
    assert one == two


def test_neither_date_nor_version_is_written(tmp_path):
    png, svg = bytes_of(tmp_path / "one")
    assert b"<dc:date>" not in svg and mpl.__version__.encode() not in png


def test_settings_hold_for_this_figure_only(tmp_path):
    before = mpl.rcParams["savefig.bbox"]
    assert bytes_of(tmp_path / "one") != bytes_of(tmp_path / "two", savefig_bbox="tight")
    assert mpl.rcParams["savefig.bbox"] == before


def test_an_unknown_setting_is_refused(tmp_path):
    with pytest.raises(KeyError, match="savefig"):
        bytes_of(tmp_path / "one", savefig_box="tight")
