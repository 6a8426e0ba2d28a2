"""Failures are kept with what repeats them, and the rest goes on."""

import re
from pathlib import Path

import pytest

from experiments.runner.cli import main
from experiments.study import cell as cells
from experiments.study.faults import StoreUnwritable
from experiments.study.keys import keys
from experiments.study.store import Store
from experiments.study.study import load
from tests.helpers.studies import again, digest

# --- failures -------------------------------------------------------------------------------------


@pytest.fixture
def failing(monkeypatch):
    """A measure that fails in cells of calm people."""
    whole = cells.compute

    def compute(found):
        if any(c.scenario.people.a.overrides.vagal_tone > 0.5 for c in found):
            raise FloatingPointError("overflow in a test")
        return whole(found)

    monkeypatch.setattr("experiments.study.work.compute", compute)


def test_failures_are_kept_and_the_rest_goes_on(study, failing, capsys, monkeypatch):
    assert again("out") == 2
    captured = capsys.readouterr()
    assert "4 cells computed, 0 kept, 2 failed" in captured.out
    store = Store(Path("out"))
    for failure in store.failures():
        assert failure["settings"]["people.a.overrides.vagal_tone"] == 0.6
        assert failure["seed"] == 1 and "overflow in a test" in failure["error"]
        assert "Traceback" in failure["traceback"][0]
        words = failure["command"].split()
        assert words[:4] == ["python", "-m", "experiments", "study"]
        assert failure["command"] in captured.err
        assert main(words[3:]) == 1 and "overflow" in capsys.readouterr().err


def test_a_failure_mended_leaves_no_trace(study, once, capsys):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.study.work.compute", lambda found: 1 / 0)
        assert again("out") == 6
        assert len(Store(Path("out")).failures()) == 6
        again("out", "--status")
        assert "6 of them failed last time" in capsys.readouterr().out
    assert again("out", "--resume") == 0 and digest("out") == once


def test_only_computes_one_cell(study, capsys):
    key, _ = list(keys(load(study)))[3]
    assert again("out", "--only", key[:12]) == 0
    assert "people.b.preset = secure" in capsys.readouterr().out
    assert [path.name for path in Path("out/cells").glob("*/*")] == [key]


def test_a_dry_run_writes_nothing(study, capsys, tmp_path):
    assert again("out", "--dry-run") == 0
    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines()] == ["cells", "couples", "time", "disk"]
    assert re.search(r"time +about \d.* with 1 worker.*, plus about \d.* to start", out)
    assert [path.name for path in tmp_path.iterdir()] == ["study.toml"]


def test_several_workers_take_longer_to_start():
    """Each imports and compiles once more, after the process that starts them."""
    from experiments.study.command import _start_up

    one, two = _start_up(1), _start_up(2)
    assert 0.0 < one < 1.9 * one < two


# --- file systems ---------------------------------------------------------------------------------


def test_a_full_disk_ends_the_run_in_a_line_and_nothing_is_lost(study, once, monkeypatch, capsys):
    with pytest.MonkeyPatch.context() as patch:
        count, write = [], Path.write_bytes

        def until_full(path, data):
            count.append(path)
            if len(count) > 5:
                path.touch()
                raise OSError(28, "No space left on device")
            return write(path, data)

        patch.setattr(Path, "write_bytes", until_full)
        assert again("full") == 74
        assert "No space left on device" in (err := capsys.readouterr().err)
        assert len(err.splitlines()) == 1 and not Store(Path("full")).failures()
    assert again("full", "--resume") == 0 and digest("full") == once


@pytest.mark.parametrize("out", ["study.toml/x", "/proc/x", "study.toml"])
def test_a_folder_that_cannot_be_written_is_refused(study, out, capsys):
    assert again(out) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"--out = {out}: must be ") and err.count("\n") == 1


def test_two_runs_do_not_share_a_folder(study, once, capsys):
    with Store(Path("once")).locked():
        assert again("once", "--resume") == 2
    assert "another run is at work there" in capsys.readouterr().err


def test_an_unwritable_store_passes_between_processes():
    import pickle

    fault = pickle.loads(pickle.dumps(StoreUnwritable("a line")))
    assert str(fault) == "a line" and fault.code == 74
