"""What decides a number changes its key; stale cells are not served."""

import shutil
import subprocess

import pytest

from experiments.study import cell as cells
from experiments.study.faults import StudyStopped
from experiments.study.keys import keys
from experiments.study.study import load, parse
from experiments.study.work import OTHER_SOURCE, Piece, work
from tests.helpers.paths import ROOT
from tests.helpers.studies import COMMAND, SMALL, written


def test_what_decides_a_number_changes_the_key(study, monkeypatch):
    base = [key for key, _ in keys(load(study))]
    for other in (SMALL.replace("= 3\nmeas", "= 4\nmeas"), SMALL + "\n[shared]\nsafety_rise = 300"):
        assert not set(base) & {key for key, _ in keys(parse(other, "study.toml"))}
    written(".", "seed = 2\n" + SMALL)
    assert not set(base) & {key for key, _ in keys(load(study))}
    assert base == [key for key, _ in keys(parse(SMALL.replace("A test", "Words"), "study.toml"))]
    monkeypatch.setattr("experiments.study.command.science_hash", lambda: "x", raising=False)
    monkeypatch.setattr(cells, "science_hash", lambda: "other")
    assert not set(base) & {key for key, _ in keys(parse(SMALL, "study.toml"))}


EDITS = {
    "an equation": (
        "models/circuits/amygdala.py",
        "return logistic(",
        "return 0.99 * logistic(",
        True,
    ),
    "a default": ("models/parameters.py", "= 0.62", "= 0.63", True),
    "a preset": ("models/architectures.py", "cingulate_gain=1.6", "cingulate_gain=1.5", True),
    "a measure": (
        "experiments/study/measures.py",
        'sent_latency.isel(time=late).mean("time")',
        'sent_latency.isel(time=late).median("time")',
        True,
    ),
    "a comment": ("models/circuits/amygdala.py", "\ndef ", "\n# A comment.\ndef ", False),
    "a plot": ("sim/plots/bands.py", "import", "import math\nimport", False),
    "a figure": ("experiments/study/figures.py", "ACROSS = 3", "ACROSS = 2", False),
    "a report": ("experiments/study/report.py", "= 3_000_000", "= 3_000", False),
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A copy of the source in which a study ran, and its command with further options."""
    folder = tmp_path_factory.mktemp("stale")
    copy, study = folder / "copy", written(folder)
    for package in ("models", "sim", "experiments"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__py*"))
    shutil.copy(ROOT / "pyproject.toml", copy)

    def study_command(*options):
        command = [*COMMAND, str(study), "--out", str(folder / "out"), *options]
        return subprocess.run(command, cwd=copy, capture_output=True, text=True, check=True).stdout

    study_command("--workers", "1")
    return copy, study_command


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
def test_stale_cells_are_not_served_and_fresh_ones_are(name, ran):
    """In a copy of the source that ran: edit, ask for the status, and take the edit back."""
    where, old, new, stale = EDITS[name]
    copy, study_command = ran
    text = (copy / where).read_text(encoding="utf-8")
    assert old in text
    (copy / where).write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        said = study_command("--status")
    finally:
        (copy / where).write_text(text, encoding="utf-8")
    assert ("0 complete, 6 missing" if stale else "6 complete") in said


@pytest.mark.slow
def test_cells_of_the_source_as_it_was_are_served(ran):
    """After all edits were taken back: asking for a status changes nothing."""
    _, study_command = ran
    assert "6 complete" in study_command("--status")


def test_a_worker_with_another_source_refuses(study):
    piece = Piece({}, {}, (), (), "out", "another", "")
    with pytest.raises(StudyStopped) as refused:
        work(piece)
    assert refused.value.code == OTHER_SOURCE
