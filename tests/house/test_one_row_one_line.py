"""One row, one line, one file: whatever is added in one place is then everywhere.

A copy of the project is made, added to as a user would, and what a user would run is run there.
What is added must come out at the other end. Additions that have nothing to do with each other may
share a copy: each still has its own words to be found at the end.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("models", "sim", "experiments", "docs", "tests", "notebooks")
LONGEST = 900  # s: of a command, on a machine that is busy
pytestmark = pytest.mark.slow


class Copy:
    """A copy of the project in which one may write and run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        leave = shutil.ignore_patterns("__pycache__", "_build", "*.pyc")
        for part in PARTS:
            shutil.copytree(ROOT / part, root / part, ignore=leave)
        for path in ROOT.iterdir():
            if path.is_file() and path.name != ".git":
                shutil.copy(path, root)

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def put(self, name: str, before: str, text: str) -> None:
        """Put ``text`` before the one place in the file that reads ``before``."""
        old = self.read(name)
        assert old.count(before) == 1, f"{name}: this test looks for one {before!r}"
        self.write(name, old.replace(before, text + before))

    def python(self, *words: str) -> str:
        """What ``python WORDS`` says; it must end well."""
        environment = os.environ | {"PYTHONPATH": str(self.root), "MPLBACKEND": "Agg"}
        ran = subprocess.run(
            [sys.executable, *words], cwd=self.root, env=environment, timeout=LONGEST,
            capture_output=True, text=True,
        )  # fmt: skip
        assert ran.returncode == 0, f"{' '.join(words)}\n{ran.stdout}\n{ran.stderr}"
        return ran.stdout

    def run(self, *words: str) -> str:
        """What ``python -m experiments WORDS`` says."""
        return self.python("-m", "experiments", *words)

    def renew(self, *paths: str) -> None:
        """Make the generated files ``paths`` anew, by the rows of ``refresh``."""
        rows = "from experiments.runner.refresh import ROWS, make_all\n"
        chosen = f"tuple(row for row in ROWS if row.path in {paths})"
        self.python("-c", f"{rows}assert not make_all({chosen}, print)")

    def page_data(self, name: str):
        """What the explorable page knows under ``name``."""
        found = re.search(rf"^const {name} = (.*);$", self.read("docs/explore.html"), re.M)
        return json.loads(found[1])

    def test(self, *files: str) -> None:
        """The fast tests in ``files`` pass in the copy, and there are some."""
        paths = [f"tests/{file}" for file in files]
        said = self.python("-m", "pytest", "-q", "-p", "no:cacheprovider", *paths)
        assert re.search(r"\d+ passed", said), said


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path)


STUDY = """
title = "A new plan"
question = "Does a new plan run?"
expects = "Disproved if not."
replicates = 2
measures = ["MEASURE"]
window = 1

[contexts.life]
kind = "daily_life"
days = 2

[[vary]]
path = "people.b.preset"
values = ["secure", "PRESET"]
"""


def study_of(measure="closeness", preset="merger", more=""):
    return STUDY.replace("MEASURE", measure).replace("PRESET", preset) + more


def run_study(copy, text):
    """Run the plan ``text`` as one that is shipped; the page about its results."""
    copy.write("experiments/studies/new_plan.toml", text)
    copy.run("study", "experiments/studies/new_plan.toml", "--workers", "1", "--out", "out")
    copy.run("report", "out")
    return copy.read("out/report.html")


OF_PEOPLE = (
    "models/contract/test_declared.py",
    "docs/test_pages.py",
    "docs/test_equations.py",
    "experiments/pages/explore/test_declarations.py",
    "experiments/pages/explore/test_page_file.py",
    "experiments/pages/explore/test_same_numbers.py",
)


# --- an architecture ------------------------------------------------------------------------------

ROW = """    "ruminator": Architecture(
        "Ruminator", "Goes over each gap again.", "assumed",
        dict(
            amygdala_threshold=0.48, template_threat=0.5, cingulate_baseline=0.2, protest=0.4,
            social_baseline=0.3, vagal_tone=0.5, prefrontal_capacity=0.6,
        ),
    ),
"""


def test_an_architecture_is_one_row(people):
    assert "ruminator" in people.run("run", "--help")
    assert "A: Ruminator" in people.run("run", "couple", "--a", "ruminator", "--quick")
    people.run("run", "architecture_matrix", "--quick")
    assert "merger beside ruminator," in people.read("results/architecture_matrix/table.csv")
    people.run("run", "assessment", "--quick")
    people.run("gallery", "--quick")
    assert people.page_data("PRESETS")["ruminator"]["label"] == "Ruminator"
    assert "| `ruminator` | Ruminator |" in people.read("docs/model.md")


# --- a parameter ----------------------------------------------------------------------------------

LINE = """    gap_memory: Annotated[
        Number, P("share of a gap that is felt again", (0.0, 1.0), "1", "m_g", "assumed")
    ] = 0.1
"""
GAP = "squash(positive(expectation - warmth + 0.5 * turned_away))"


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    """A copy with the architecture, the parameter and its use, generated files made anew."""
    copy = Copy(tmp_path_factory.mktemp("people"))
    copy.put("models/architectures.py", "}  # fmt: skip\n\nARCHITECTURES = ", ROW)
    copy.put("models/parameters.py", "\n\nclass SharedParameters(", LINE)
    circuit = "models/circuits/cingulate.py"
    for equation, again in (
        (f"discrepancy = g_C * {GAP}", " * (1 + m_g)"),
        (f"return parameters.cingulate_gain * {GAP}", " * (1.0 + parameters.gap_memory)"),
    ):
        assert copy.read(circuit).count(equation) == 1, f"{circuit}: {equation}"
        copy.write(circuit, copy.read(circuit).replace(equation, equation + again))
    copy.renew("docs/model.md", "docs/explore.html")
    return copy


def test_a_parameter_is_one_line_and_its_use(people):
    changed = ("--set", "a.gap_memory=0.9", "--out", "results/changed")
    said = people.run("run", "couple", "--quick", *changed)
    assert "A gap_memory 0.9" in said
    people.run("run", "childhood", "--quick")
    (slider,) = [p for p in people.page_data("PARAMETERS") if p["name"] == "gap_memory"]
    assert slider["symbol"] == "m_g" and slider["group"]
    assert "| `gap_memory` | `m_g` |" in people.read("docs/model.md")


def test_a_study_and_the_tests_of_people_take_both(people):
    """The fast tests that look at all architectures and all parameters."""
    vary = '[[vary]]\npath = "people.a.overrides.gap_memory"\nvalues = [0.0, 0.9]\n'
    page = run_study(people, study_of(preset="ruminator", more=vary))
    assert "gap_memory" in page and "ruminator" in page
    people.test(*OF_PEOPLE)


# --- a claim --------------------------------------------------------------------------------------

CLAIM = '''"""C99: a new claim."""

from experiments.claims.claim import Claim
from sim.world.calendar import daily_life


def measure(laboratory):
    """By how much closer couples are than on the day they met."""
    data = laboratory.run(
        laboratory.people("scanner", studied=True), laboratory.people("secure", slot=1),
        daily_life(2), variables=("closeness",),
    )
    return {"closeness": data.closeness.values - 0.4}


def effect(arms):
    """Its mean."""
    return float(arms["closeness"].mean())


CLAIMS = (
    Claim(
        id="C99",
        title="People come close",
        question="Do two people come close?",
        source="Nobody says otherwise.",
        statistic="mean growth of closeness",
        floor=0.01,
        observed="a state",
        evidence="unsupported",
        evidence_note="Made up for a test.",
        ablation="alarm needed for plasticity off",
        ablate_shared={"activation_gate_on": 0.0},
        measure=measure,
        effect=effect,
    ),
)
'''


def test_a_claim_is_one_file(copy):
    copy.write("experiments/claims/measured/c99_close.py", CLAIM)
    said = copy.run("claims", "--only", "C99", "--quick", "--out", "out")
    assert "C99" in said and "People come close" in copy.read("out/table.csv")
    copy.test("experiments/claims/test_claim_files.py")


# --- a question -----------------------------------------------------------------------------------

QUESTION = '''"""Does a new question answer?"""

import xarray as xr

from experiments.runner.answers import row, table
from experiments.runner.output import Outcome
from experiments.runner.question import Question

QUESTION = Question(
    order=15,
    question="Does a new question answer?",
    expects="Disproved if not.",
    minutes=0.1,
    defaults={"dyads": 3, "days": 4},
    quick={"dyads": 2, "days": 1},
)


def run(configuration, progress):
    """As many couples as there are."""
    progress(1, 1)
    return Outcome(xr.Dataset(), table([row("all", "couples", configuration.dyads)]))
'''


def test_a_question_is_one_file(copy):
    copy.write("experiments/questions/new_question.py", QUESTION)
    listed = re.findall(r"^  (\w+)  ", copy.run(), re.M)
    assert listed.index("scanner_withdrawer") + 1 == listed.index("new_question")
    assert "Does a new question answer?" in copy.run("run", "new_question", "--quick")
    assert "all,couples,,,value,2," in copy.read("results/new_question/table.csv")
    copy.test("experiments/runner/test_question_files.py", "experiments/runner/test_cli.py")


# --- studies --------------------------------------------------------------------------------------

MEASURE = """    "need": _state("need", "Need", "need for the partner, at least 0"),
"""
PROTOCOL = """        "listening": Protocol("Listening", True, (Phase(1.0, ATTUNED),)),
"""


def test_a_plan_a_measure_and_a_protocol_are_one_file_or_row_each(copy):
    """A plan that asks for the new measure under the new protocol; each is then in the report."""
    copy.put("experiments/study/measures.py", "}\nMEASURES", MEASURE)
    copy.put("sim/world/protocols.py", '        "insight": Protocol(\n', PROTOCOL)
    course = '[interventions.help]\nprotocol = "listening"\nsessions = 1\n'
    page = run_study(copy, study_of(measure="need", more=course))
    assert "A new plan" in page and "need for the partner" in page and "listening" in page
    copy.renew("experiments/studies/study.schema.json")
    schema = copy.read("experiments/studies/study.schema.json")
    assert '"need"' in schema and '"listening"' in schema
    copy.test("experiments/study/test_shipped.py", "sim/world")
