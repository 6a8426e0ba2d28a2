"""Hashes that were found before are believed only where nobody else could have put them."""

import os

import pytest

from sim.provenance import kept


@pytest.fixture
def sources(tmp_path, monkeypatch):
    """A source, and an empty folder for the hashes."""
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "cache"))
    file = tmp_path / "a.py"
    file.write_text("x = 1\n")
    return [file]


def remembered(sources, answer):
    return kept.remembered("name", sources, sources[0].parent, lambda: answer)


ONE, TWO = "1" * 64, "2" * 64


def test_a_hash_is_found_once_for_each_text(sources):
    assert remembered(sources, ONE) == ONE == remembered(sources, TWO)
    sources[0].write_text("x = 2\n")
    assert remembered(sources, TWO) == TWO
    sources[0].write_text("x = 1\n")
    assert remembered(sources, TWO) == ONE


def test_only_the_owner_can_enter_the_folder(sources, tmp_path):
    remembered(sources, ONE)
    assert (tmp_path / "cache/hashes").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs owners of files")
def test_a_folder_that_others_can_enter_is_not_believed(sources, tmp_path):
    remembered(sources, ONE)
    (tmp_path / "cache/hashes").chmod(0o755)
    assert remembered(sources, TWO) == TWO


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="needs root")
def test_a_folder_of_somebody_else_is_not_believed(sources, tmp_path):
    remembered(sources, ONE)
    os.chown(tmp_path / "cache/hashes", 12345, 12345)
    assert remembered(sources, TWO) == TWO


def test_a_link_in_place_of_the_folder_is_not_believed(sources, tmp_path):
    remembered(sources, ONE)
    (tmp_path / "cache/hashes").rename(tmp_path / "elsewhere")
    (tmp_path / "cache/hashes").symlink_to(tmp_path / "elsewhere")
    assert remembered(sources, TWO) == TWO


def test_a_damaged_file_is_found_anew(sources, tmp_path):
    remembered(sources, ONE)
    for path in (tmp_path / "cache/hashes").iterdir():
        path.write_text("half")
    assert remembered(sources, TWO) == TWO


def test_a_source_edited_meanwhile_keeps_nothing(sources):
    def find():
        sources[0].write_text("x = 3\n")
        return ONE

    assert kept.remembered("name", sources, sources[0].parent, find) == ONE
    sources[0].write_text("x = 1\n")
    assert remembered(sources, TWO) == TWO


def test_without_a_folder_the_hash_is_found_each_time(sources, tmp_path):
    (tmp_path / "cache").write_text("a file in its place")
    assert remembered(sources, ONE) == ONE and remembered(sources, TWO) == TWO
