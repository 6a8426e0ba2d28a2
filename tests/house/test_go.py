"""``go.py``: says what it can do, shows what it does, and touches no environment but its own."""

import importlib.util
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.helpers.paths import ROOT


@pytest.fixture
def go(tmp_path, monkeypatch):
    """The program as a module, in a folder of its own; what it would install is noted."""
    for name in ("pyproject.toml", "constraints.txt", "go.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    spec = importlib.util.spec_from_file_location("go_under_test", tmp_path / "go.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.installed, module.started = [], []
    monkeypatch.setattr(module, "_install", module.installed.append)
    monkeypatch.setattr(module, "_wait", lambda words, **_: module.started.append(words) or 0)
    monkeypatch.setattr(module.subprocess, "run", fake_venv(module))
    monkeypatch.setattr(module, "_same_python", lambda: True)
    return module


def fake_venv(module):
    def run(words, **_):
        module.PYTHON.parent.mkdir(parents=True)
        module.PYTHON.touch()
        (module.VENV / "pyvenv.cfg").touch()

    return run


def tree(folder):
    return {str(p): p.read_bytes() if p.is_file() else None for p in sorted(folder.rglob("*"))}


# --- an environment that is not ours --------------------------------------------------------------

MARKS = ["pairbond-unfinished", "pairbond-ready", "pairbond-made-by-go"]


@pytest.mark.parametrize("fits", [True, False])
@pytest.mark.parametrize("mark", [None, *MARKS])
def test_somebody_elses_environment_is_left_as_it_is(go, mark, fits, monkeypatch):
    monkeypatch.setattr(go, "_same_python", lambda: fits)
    (go.VENV / "lib").mkdir(parents=True)
    (go.VENV / "lib" / "mine.py").write_text("mine")
    if mark:
        (go.VENV / mark).write_text("Set-up has not ended; go.py will start it anew.\n")
    before = tree(go.VENV)
    with pytest.raises(SystemExit) as refused:
        go.main(["run", "couple"])
    assert "was not made by go.py" in str(refused.value) and "\n" not in str(refused.value)
    assert tree(go.VENV) == before and not go.installed and not go.started


def test_the_mark_of_another_environment_of_ours_does_not_count(go, tmp_path):
    go.set_up(("test",))
    made = tmp_path / "other"
    go.VENV.rename(made)
    (go.VENV / "lib").mkdir(parents=True)
    (go.VENV / go.MADE.name).write_bytes((made / go.MADE.name).read_bytes())
    before = tree(go.VENV)
    with pytest.raises(SystemExit):
        go.set_up(("test",))
    assert tree(go.VENV) == before


@pytest.mark.parametrize("where", ["elsewhere", "nowhere"])
def test_a_link_is_neither_followed_nor_removed(go, where, tmp_path):
    target = tmp_path / where
    if where == "elsewhere":
        target.mkdir()
        (target / "mine.py").write_text("mine")
    go.VENV.symlink_to(target)
    with pytest.raises(SystemExit, match=r"was not made by go\.py"):
        go.set_up(("test",))
    assert go.VENV.is_symlink() and (where == "nowhere" or (target / "mine.py").exists())


def test_a_file_in_its_place_is_left(go):
    go.VENV.write_text("mine")
    with pytest.raises(SystemExit, match=r"was not made by go\.py"):
        go.set_up(("test",))
    assert go.VENV.read_text() == "mine"


# --- our own --------------------------------------------------------------------------------------


def test_it_installs_once(go):
    assert go.main(["run", "couple"]) == go.main(["test"]) == 0
    assert go.installed == [["test"]] and len(go.started) == 2


def test_an_interrupted_set_up_is_started_anew(go, monkeypatch, capsys):
    def interrupted(extras):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(go, "_install", interrupted)
        assert go.main(["run"]) == 130
    assert "the next call starts it anew" in capsys.readouterr().err
    (go.VENV / "half").touch()
    assert go.main(["run"]) == 0
    assert not (go.VENV / "half").exists() and go.installed == [["test"]]


def test_a_failed_one_too(go, monkeypatch, capsys):
    def failing(extras):
        raise subprocess.CalledProcessError(3, ["pip"])

    with monkeypatch.context() as patch:
        patch.setattr(go, "_install", failing)
        assert go.main(["run"]) == 3
    assert go.main(["run"]) == 0 and go.installed == [["test"]]


def test_changed_requirements_are_installed_again(go):
    go.set_up(("test",))
    path = go.ROOT / "constraints.txt"
    path.write_text(path.read_text() + "# changed\n")
    go.set_up(("test",))
    assert go.installed == [["test"], ["test"]]


def test_an_environment_of_another_python_of_ours_is_made_anew(go, monkeypatch):
    go.set_up(("test",))
    (go.VENV / "old").touch()
    go.STAMP.write_text("{}")
    monkeypatch.setattr(go, "_same_python", lambda: False)
    go.set_up(("test",))
    assert not (go.VENV / "old").exists()


# --- lessons and page -----------------------------------------------------------------------------


@pytest.mark.parametrize(("job", "extra"), [("lessons", "notebooks"), ("page", "page")])
def test_lessons_and_page_bring_what_they_need_and_keep_the_rest(go, job, extra):
    go.main(["run"])
    assert go.main([job, "--no-browser"]) == 0
    assert go.installed == [["test"], sorted(["test", extra])]
    assert [str(word) for word in go.started[-1]][-1] == "--no-browser"
    assert go.main([job]) == go.main(["test"]) == 0 and len(go.installed) == 2
    known = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert extra in known


# --- what it says ---------------------------------------------------------------------------------


def test_usage_names_every_job_and_no_other(go, capsys):
    assert go.main(["--help"]) == 0 and go.main([]) == 2 and go.main(["runn"]) == 2
    out, err = capsys.readouterr()
    named = {line.split("go.py ")[1].split()[0] for line in out.splitlines() if "go.py " in line}
    assert named == set(go.JOBS) and err == out * 2
    assert max(map(len, out.splitlines())) <= 100 and not go.VENV.exists()


PIP = [
    "Obtaining file:///somewhere",
    "Collecting numpy>=2.0 (from pairbond==0.1.0)",
    "  Downloading numpy-2.4.6-cp311-manylinux_2_27_x86_64.whl (16.9 MB)",
    "Collecting scipy>=1.13",
    "Installing collected packages: numpy, scipy, pairbond",
]


def test_progress_says_what_is_going_on(go):
    progress, seen = go.Progress(), []
    for line in PIP:
        progress.hear(line + "\n")
        seen.append(progress.doing)
    assert seen[2] == "1 packages found, now numpy (16.9 MB)"
    assert seen[3].startswith("2 packages found, now scipy")
    assert seen[4].startswith("unpacking 3 packages")


def test_installing_shows_progress_and_the_reason_if_it_fails(tmp_path, monkeypatch, capsys):
    """With a pip of the test's own, which talks and then fails."""
    spec = importlib.util.spec_from_file_location("go_installing", ROOT / "go.py")
    go = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(go)
    fake = tmp_path / "python"
    fake.write_text(
        f"#!{sys.executable}\nimport sys, time\n"
        "if '--version' in sys.argv: sys.exit(0)\n"
        f"for line in {PIP!r}: print(line, flush=True); time.sleep(0.05)\n"
        "print('ERROR: no space left on device'); sys.exit(4)\n"
    )
    fake.chmod(0o755)
    monkeypatch.setattr(go, "PYTHON", fake)
    monkeypatch.setattr(go, "TELL_EVERY", 0.02)
    with pytest.raises(subprocess.CalledProcessError):
        go._install(["test"])
    out, err = capsys.readouterr()
    assert "packages found, now" in out and "no space left on device" in err


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_it_answers_in_one_line_where_nothing_can_be_written(go, monkeypatch, capsys):
    def refuse(path, *_, **__):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert go.main(["run"]) == 1
    assert capsys.readouterr().err.endswith("Permission denied\n")
