"""A small study in an empty folder."""

import pytest

from experiments.runner.cli import main
from tests.helpers.studies import digest, written


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return written(tmp_path)


@pytest.fixture
def once(study):
    """The hash of an uninterrupted run."""
    assert main(["study", "study.toml", "--workers", "1", "--out", "once"]) == 0
    return digest("once")
