"""Experiments are files: found, read without running them, refused in one line if unsound."""

import subprocess
import sys

import pytest

from experiments.runner import registry
from experiments.runner.question import Question, declared
from models.architectures import ARCHITECTURES

SOUND = """
from numpy import nothing_of_this_name

QUESTION = Question(
    order=7,
    question=(
        "Is it read "
        "without being run?"
    ),
    expects="Disproved if not.",
    minutes=0.5,
    defaults={"dyads": 3, "days": 4},
    quick={"dyads": 2, "days": 2},
)
"""


def test_the_listing_is_in_the_declared_order():
    found = registry.all_experiments()
    assert list(found) == sorted(found, key=lambda name: (found[name].order, name))
    assert set(found) == set(registry.names_in(registry.QUESTIONS))


@pytest.mark.parametrize("name", registry.all_experiments())
def test_what_is_listed_is_what_the_file_declares_when_it_runs(name):
    experiment = registry.all_experiments()[name]
    assert vars(registry.answering(experiment).QUESTION).items() <= vars(experiment).items()


def test_a_declaration_is_read_and_not_run():
    question = Question(**declared(SOUND))
    assert question.question == "Is it read without being run?"
    assert (question.order, question.partners, question.sizes) == (7, {}, True)


def test_a_declaration_on_one_line_is_read_too():
    with pytest.raises(ValueError, match=r"^QUESTION lacks question, expects, defaults, quick$"):
        declared("QUESTION = Question(order=7, minutes=0.5)\nx = 1\n")


COUPLE = 'minutes=0.5,\n    partners={"a": "secure"}'
# What is wrong: a part of SOUND, what stands in its place, what is said.
FAULTS = {
    "no declaration": (SOUND, "x = 1\n", "must declare QUESTION = Question(...) with order, "),
    "another class": ("Question(", "Query(", "must declare QUESTION = Question(...)"),
    "misspelt field": ("minutes=", "minuts=", "line 11: no field 'minuts': did you mean 'minutes'"),
    "missing field": ('    expects="Disproved if not.",\n', "", "QUESTION lacks expects"),
    "computed": ("minutes=0.5", "minutes=LONG / 2", "line 11: minutes = LONG / 2: must be written"),
    "no name": ("order=7", "7", "QUESTION must name each of its values"),
    "not Python": ("minutes=0.5", "minutes=0.5.5", "line 11: must be Python"),
    "text for number": ("minutes=0.5", 'minutes="1"', "minutes = '1': must be a number above 0"),
    "no question": ('run?"', 'run."', "must be a text that ends with '?'"),
    "size missing": ('{"dyads": 3, "days": 4}', '{"days": 4}', "defaults = {'days': 4}: must be "),
    "half a couple": ("minutes=0.5", COUPLE, "partners = {'a': 'secure'}: must be names of"),
}


@pytest.fixture
def listed(monkeypatch, tmp_path):
    """A function that lists a folder with one question file of the given text."""
    package = tmp_path / "asked_here"
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(registry, "QUESTIONS", "asked_here")

    def listing(text):
        (package / "new.py").write_text(text, encoding="utf-8")
        return registry.all_experiments.__wrapped__()

    return listing


def test_a_new_file_is_listed(listed):
    experiment = listed(SOUND)["new"]
    assert (experiment.name, experiment.module) == ("new", "asked_here.new")


@pytest.mark.parametrize("fault", FAULTS)
def test_an_unsound_file_is_refused_in_one_line(fault, listed):
    old, new, reported = FAULTS[fault]
    assert old in SOUND
    with pytest.raises(ValueError) as refused:
        listed(SOUND.replace(old, new))
    line = str(refused.value)
    assert line.startswith("asked_here/new.py: ") and reported in line and "\n" not in line


def test_a_file_that_does_not_answer_is_refused(listed):
    experiment = listed(SOUND.replace("from numpy import nothing_of_this_name", "Question = dict"))
    with pytest.raises(ValueError, match=r"^asked_here/new.py: must define run\("):
        registry.answering(experiment["new"])


def test_presets_are_read_from_their_table_without_numpy():
    assert registry.preset_names() == tuple(ARCHITECTURES)
    code = (
        "from experiments.runner import registry as r; r.preset_names(); r.all_experiments();"
        "import sys; sys.exit('numpy' in sys.modules or 'pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
