"""Machine code is kept only where nobody else could have put it; else elsewhere, or nowhere."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from sim.engines.compiled import cache
from sim.provenance.kept import own_folder

pytestmark = pytest.mark.skipif(not hasattr(os, "getuid"), reason="files without owners")


@pytest.fixture
def places(tmp_path, monkeypatch):
    """A home, a shared temporary folder, and a folder that the user names."""
    for name in ("home", "named"):
        (tmp_path / name).mkdir(mode=0o700)
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o1777)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PAIRBOND_CACHE_DIR", str(tmp_path / "named" / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "shared"))
    return tmp_path


def shared(places):
    return places / "shared" / f"pairbond-{os.getuid()}"


def test_the_first_choice_comes_first_and_all_are_private(places):
    found = list(cache.folders())
    assert found == [places / "named/cache", places / "home/pairbond", shared(places)]
    assert all(stat.S_IMODE(folder.stat().st_mode) == 0o700 for folder in found)


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o722])
def test_a_folder_that_others_may_write_to_is_passed_over(mode, places):
    shared(places).mkdir()
    shared(places).chmod(mode)
    assert shared(places) not in list(cache.folders())
    assert not list(shared(places).iterdir())


def test_a_link_is_passed_over(places):
    (places / "elsewhere").mkdir(mode=0o700)
    shared(places).symlink_to(places / "elsewhere")
    assert shared(places) not in list(cache.folders())


def test_a_file_or_a_loop_is_passed_over(places):
    shared(places).symlink_to(shared(places))
    (places / "home/pairbond").write_text("mine")
    assert list(cache.folders()) == [places / "named/cache"]


def test_a_folder_of_somebody_else_is_passed_over(places, monkeypatch):
    for folder in cache.folders():
        assert own_folder(folder)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert list(cache.folders()) == []


def test_a_folder_in_a_place_without_the_sticky_bit_is_passed_over(places):
    (places / "named").chmod(0o777)
    assert list(cache.folders()) == [places / "home/pairbond", shared(places)]


def test_without_any_folder_the_text_is_used_from_memory(places, monkeypatch):
    monkeypatch.setattr(cache, "own_folder", lambda folder: None)
    made = cache.load("pairbond_test", "value = 1\n", "value = 2\n")
    assert made.value == 2 and not list(Path(places).rglob("*.py"))
