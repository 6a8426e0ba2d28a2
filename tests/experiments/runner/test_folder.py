"""A run's folder: another run is refused, the same one is named, only our own names ever go."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from experiments.runner.cli import main
from experiments.runner.folder import WORK, FolderRefused, check_folder, replace_folder, reserved
from tests.helpers import fake_experiment
from tests.helpers.folders import tree

ABOUT = {"experiment": "one", "parameters": {"seed": 1}, "source_hash": "aa"}
RUN = ["run", "fake", "--out", "out"]
OTHERS = {
    "--seed 2": "seed = 1, now 2",
    "--dyads 2": "dyads = 3, now 2",
    "--quick": "dyads = 3, now 2",
    "--a merger": "a = scanner, now merger",
    "--set b.warmth=0.3": "b.warmth = not given, now 0.3",
}


@pytest.fixture(autouse=True)
def fakes(monkeypatch, tmp_path):
    fake_experiment.stand_in(monkeypatch, tmp_path, "fake_other")


def filled(folder, about, names, replace=False):
    """Put a run with files of these names into a folder."""
    with replace_folder(Path(folder), about, replace) as fresh:
        for name in names:
            (fresh / name).parent.mkdir(exist_ok=True)
            (fresh / name).write_text(f"{name} of {about['parameters']['seed']}")
        record = about | {"files": names, "versions": {"pairbond": "0"}}
        (fresh / "run.json").write_text(json.dumps(record))


def about(seed):
    return ABOUT | {"parameters": {"seed": seed}}


# --- another run, the same run --------------------------------------------------------------------


@pytest.mark.parametrize("options", OTHERS)
def test_another_run_is_refused_in_one_line_that_says_how_to_go_on(options, capsys):
    assert main(RUN) == 0
    before = tree()
    capsys.readouterr()
    assert main([*RUN, *options.split()]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"--out = out: holds another run ({OTHERS[options]}); ")
    assert "--out" in err[6:] and "--replace" in err
    assert tree() == before and len(fake_experiment.calls) == 1
    assert main([*RUN, *options.split(), "--replace"]) == 0
    assert tree().keys() == before.keys() - {f"out/{n}" for n in svgs(options)}


def svgs(options):
    return ["warmth.svg"] if options == "--quick" else []


def test_another_question_or_version_is_another_run(capsys):
    assert main(RUN) == 0
    assert main(["run", "fake_other", "--out", "out"]) == 2
    assert "(experiment = fake, now fake_other)" in capsys.readouterr().err
    record = json.loads(Path("out/run.json").read_text())
    for change in ({"source_hash": "0"}, {"code_hash": "0"}, {"versions": {"pairbond": "0"}}):
        Path("out/run.json").write_text(json.dumps(record | change))
        assert main(RUN) == 2
        err = capsys.readouterr().err
        assert "another version of the source" in err or "python = not given" in err


def test_the_same_run_again_says_so_and_computes_nothing(capsys):
    assert main(RUN) == 0
    before = tree()
    capsys.readouterr()
    assert main(RUN) == 0
    out, err = capsys.readouterr()
    assert err == "" and out.startswith("out holds this very run already: nothing computed")
    assert tree() == before and len(fake_experiment.calls) == 1
    assert main([*RUN, "--replace"]) == 0 and len(fake_experiment.calls) == 2


def test_the_same_run_with_a_file_gone_is_made_whole():
    assert main(RUN) == 0
    before = {name: text for name, text in tree().items() if "timing" not in name}
    Path("out/table.csv").unlink()
    assert main(RUN) == 0
    assert {name: text for name, text in tree().items() if "timing" not in name} == before


# --- only our own names ---------------------------------------------------------------------------


def test_replacing_leaves_what_the_user_put_there():
    filled("out", about(1), ["a.csv", "b.png"])
    for name in ("notes.txt", "sub/thesis.txt"):
        Path("out", name).parent.mkdir(exist_ok=True)
        Path("out", name).write_text("mine")
    filled("out", about(2), ["a.csv", "c.png"], replace=True)
    found = {path.name for path in Path("out").iterdir()}
    assert found == {"a.csv", "c.png", "run.json", "notes.txt", "sub"}
    assert Path("out/a.csv").read_text() == "a.csv of 2"
    assert Path("out/notes.txt").read_text() == Path("out/sub/thesis.txt").read_text() == "mine"


def test_a_file_of_the_users_in_the_way_stops_the_run_and_both_stay():
    filled("out", about(1), ["a.csv"])
    Path("out/c.png").write_text("mine")
    before = tree()
    with pytest.raises(FolderRefused, match=r"'c\.png' is there, and no run made it"):
        filled("out", about(2), ["a.csv", "c.png"], replace=True)
    assert tree() == before


@pytest.mark.parametrize("name", ["../victim.txt", "/etc/hostname", "sub/../../victim.txt", "."])
def test_a_record_cannot_name_files_outside_its_folder(name):
    Path("victim.txt").write_text("mine")
    filled("out", about(1), ["a.csv"])
    record = json.loads(Path("out/run.json").read_text()) | {"files": ["a.csv", name]}
    Path("out/run.json").write_text(json.dumps(record))
    with pytest.raises(FolderRefused, match="must be new or hold only a past run"):
        filled("out", about(2), ["a.csv"], replace=True)
    assert Path("victim.txt").read_text() == "mine"


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize(
    "name", ["thesis.txt", "run.json", "partial/x", ".pairbond/x", ".pairbond"]
)
def test_what_no_run_made_is_never_touched(name, replace, capsys):
    path = Path("out", name)
    path.parent.mkdir(parents=True)
    path.write_text('{"files": ["thesis.txt"]}')
    Path("out/thesis.txt").write_text("mine")
    before = tree()
    assert main([*RUN, *(["--replace"] if replace else [])]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "must be new or hold only a past run; found '" in err
    assert tree() == before and not fake_experiment.calls


def test_a_folder_in_the_place_of_our_file_is_the_users():
    filled("out", about(1), ["a.csv"])
    Path("out/a.csv").unlink()
    Path("out/a.csv").mkdir()
    Path("out/a.csv/thesis.txt").write_text("mine")
    with pytest.raises(FolderRefused, match=r"found 'a\.csv'"):
        check_folder(Path("out"), about(2), replace=True)


def test_a_link_that_a_user_put_in_the_place_of_our_file_leads_nowhere_else():
    filled("out", about(1), ["a.csv"])
    Path("elsewhere.csv").write_text("mine")
    Path("out/a.csv").unlink()
    Path("out/a.csv").symlink_to(Path("elsewhere.csv").resolve())
    filled("out", about(2), ["a.csv"], replace=True)
    assert Path("elsewhere.csv").read_text() == "mine"
    assert not Path("out/a.csv").is_symlink()


# --- folders that can't be used -------------------------------------------------------------------


def dangling():
    Path("out").symlink_to("nowhere/at/all")


def loop():
    Path("out").symlink_to("out2")
    Path("out2").symlink_to("out")


def below_a_pipe():
    os.mkfifo("pipe")
    Path("out").symlink_to("pipe")


UNUSABLE = {
    "a file": (lambda: Path("out").write_text("mine"), "must be a folder, not a file"),
    "a pipe": (lambda: os.mkfifo("out"), "must be a folder, not a pipe"),
    "a link to a pipe": (below_a_pipe, "must be a folder, not a pipe"),
    "a link to nowhere": (dangling, "is a link to "),
    "a loop of links": (loop, "must be a folder, not a link that leads nowhere"),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders there")
@pytest.mark.parametrize("kind", UNUSABLE)
def test_what_is_no_folder_is_refused_in_one_line(kind, capsys):
    make, words = UNUSABLE[kind]
    make()
    before = sorted(os.listdir("."))
    assert main(RUN) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"--out = out: {words}") and err.count("\n") == 1
    assert sorted(os.listdir(".")) == before and not fake_experiment.calls


@pytest.mark.parametrize("out", ["/dev/null", "/dev/null/x", "x" * 300, "/proc/nothing/x"])
def test_devices_and_names_too_long_are_refused_in_one_line(out, capsys, tmp_path):
    assert main(["run", "fake", "--out", out]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"--out = {out}: must be ") and err.count("\n") == 1
    assert not list(tmp_path.iterdir()) and not fake_experiment.calls


@pytest.mark.parametrize("out", ["a\nb", "a\tb  c", "\x1b[31mred"])
def test_a_strange_name_is_still_one_line(out, capsys):
    Path(out).write_text("mine")
    assert main(["run", "fake", "--out", out]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_what_a_file_manager_leaves_makes_no_folder_the_users():
    Path("out").mkdir()
    Path("out/.DS_Store").write_bytes(b"1")
    assert main(RUN) == 0 and Path("out/.DS_Store").exists()


def test_a_link_to_a_folder_stays_a_link():
    Path("disk").mkdir()
    Path("out").symlink_to("disk")
    assert main(RUN) == 0
    assert Path("out").is_symlink() and Path("disk/run.json").exists()


def test_the_folder_itself_is_kept_with_its_rights():
    Path("out").mkdir(mode=0o700)
    number = Path("out").stat().st_ino
    assert main(RUN) == 0 and main([*RUN, "--seed", "2", "--replace"]) == 0
    assert (Path("out").stat().st_ino, Path("out").stat().st_mode & 0o777) == (number, 0o700)


def test_two_runs_at_once_do_not_share_a_folder(tmp_path):
    pytest.importorskip("fcntl")
    with reserved(Path("out"), ABOUT):
        code = (
            "import sys; from pathlib import Path\n"
            "from experiments.runner.folder import reserved\n"
            f"with reserved(Path('out'), {ABOUT!r}): pass"
        )
        ran = subprocess.run(
            [os.sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(Path(fake_experiment.__file__).parents[2])},
        )  # fmt: skip
        assert "--out = out: another run is at work there" in ran.stderr
    assert not Path("out").exists()


def test_a_run_that_was_killed_while_its_files_moved_is_put_right(monkeypatch):
    filled("out", about(1), ["a.csv", "b.csv"])
    work = Path("out", WORK)
    work.mkdir()
    (work / "placing.json").write_text('["a.csv", "b.csv", "c.csv", "run.json"]')
    Path("out/run.json").unlink()
    Path("out/c.csv").write_text("half of another run")
    filled("out", about(2), ["a.csv"])
    assert {path.name for path in Path("out").iterdir()} == {"a.csv", "run.json"}
