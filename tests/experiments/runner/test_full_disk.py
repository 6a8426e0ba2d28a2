"""A full disk: one line, nothing half-written, finished parts kept, the past run as it was."""

import errno
from pathlib import Path

import pytest

from experiments.runner.cli import main
from experiments.runner.folder import WORK
from experiments.runner.parts import Parts, Unkept
from tests.helpers import fake_experiment
from tests.helpers.folders import small_disk
from tests.helpers.stopping import finished, kept, started, tree


@pytest.fixture(autouse=True)
def fakes(monkeypatch, tmp_path):
    fake_experiment.stand_in(monkeypatch, tmp_path)


def full_after(monkeypatch, count):
    """Let so many files be written, and no more."""
    written, write = [], Path.write_bytes

    def until_full(path, data):
        written.append(path)
        if len(written) > count:
            path.touch()
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", until_full)


@pytest.mark.parametrize("count", [0, 1])
def test_a_full_disk_is_told_before_anything_is_computed(count, capsys, monkeypatch, tmp_path):
    with monkeypatch.context() as patch:
        full_after(patch, count)
        code = main(["run", "fake", "--out", "out"])
    err = capsys.readouterr().err
    assert code == 2 and err.count("\n") == 1
    assert err == "--out = out: must be writable (No space left on device)\n"
    assert not list(tmp_path.iterdir()) and not fake_experiment.calls


def test_parts_that_cannot_be_kept_say_so_and_leave_no_half_file(monkeypatch, tmp_path):
    parts = Parts(tmp_path / "parts")
    parts("one", lambda: [1.5])
    full_after(monkeypatch, 0)
    with pytest.raises(Unkept, match="No space left on device"):
        parts("two", lambda: [2.5])
    assert parts.kept == 1 and len(list((tmp_path / "parts").iterdir())) == 1


def test_a_damaged_part_is_computed_again(tmp_path):
    parts, calls = Parts(tmp_path), []
    compute = lambda: calls.append(1) or {"x": [0.1, float("nan")], "n": 3}  # noqa: E731
    first = parts("one", compute)
    path = next(tmp_path.iterdir())
    whole = path.read_bytes()
    for damage in (b"", whole[:-3], whole.replace(b"0.1", b"0.2"), bytes(len(whole)), b"{}"):
        path.write_bytes(damage)
        assert repr(parts("one", compute)) == repr(first)
    assert len(calls) == 6 and path.read_bytes() == whole


@pytest.mark.slow
def test_a_disk_that_is_really_full(tmp_path):
    """A long question on a disk of some kilobytes, which then grows."""
    words = ["run", "earned_security", "--dyads", "2", "--days", "8", "--quick", "--out"]
    with small_disk() as grow:
        process = started([*words, "disk/out"])
        _, err = process.communicate(timeout=600)
        assert process.returncode == 2 and err.count("\n") == 1, err
        assert "must be writable (No space left on device)" in err and "kept in disk/out" in err
        assert kept("disk/out") > 3 and {p.name for p in Path("disk/out").iterdir()} == {WORK}
        grow()
        finished([*words, "disk/out"])
        finished([*words, "once"])
        assert tree("disk/out") == tree("once")
