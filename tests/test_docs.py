"""The documents say what the code does: each equation is run against its function."""

import ast
import importlib
import inspect
import pkgutil
import re
import shlex
import textwrap
from pathlib import Path

import numpy as np
import pytest
from typer.main import get_command

import models
from experiments.pages import model_page as describe
from experiments.runner import cli
from experiments.runner.configuration import configure
from models.caregiving import LEARNT
from models.learning import Lesson
from models.parameters import PARAMETERS, PartnerParameters, SharedParameters
from models.state import (
    VARIABLES,
    DyadState,
    Event,
    PartnerState,
    RandomNumbers,
    Signal,
    Situation,
)

ROOT = Path(__file__).resolve().parent.parent
MODEL, GLOSSARY, EVIDENCE = (ROOT / "docs" / f"{n}.md" for n in ("model", "glossary", "evidence"))
MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(models.__path__, "models.")
    if not found.ispkg
]
FUNCTIONS = {
    f"{module.__name__.split('.')[-1]}.{name}": function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
}
CIRCUITS = {n: f for n, f in FUNCTIONS.items() if f.__module__.startswith("models.circuits.")}
SCIENCE = {n: f for n, f in FUNCTIONS.items() if describe.equation(f)}
WITHOUT_EQUATION = {"couple.exchange", "couple.respond", "couple.bond"}
PLAIN = {("read", "heard")}  # here `heard` is one number, not a signal
NUMPY = {"exp": np.exp, "sqrt": np.sqrt, "max": np.maximum, "abs": np.abs}
COMPLETE = {  # what a function's equation must give a line to
    "channel.hear": set(Signal._fields),
    "partner.emit": set(Signal._fields),
    "interventions.coming": set(Signal._fields),
    "caregiving.childhood_shared": {"prototype_time"},
    "caregiving.grown": {*LEARNT, "amygdala_threshold", "template_threat", "anticipated_pain",
                         "expected_warmth"},
}  # fmt: skip


def read(path):
    return path.read_text(encoding="utf-8")


# --- Docstrings -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_says_what_it_does(name):
    first = (inspect.getdoc(FUNCTIONS[name]) or "").split("\n\n")[0]
    assert len(first.split()) >= 3 and first.endswith((".", "``"))


@pytest.mark.parametrize("name", CIRCUITS)
def test_every_circuit_has_an_equation_and_a_source(name):
    text = inspect.getdoc(CIRCUITS[name])
    assert describe.equation(CIRCUITS[name]) and re.search(r"^Source: \w", text, flags=re.M)


def test_what_drives_a_partner_has_an_equation_too():
    written = {n for n in FUNCTIONS if n.split(".")[0] in describe.OUTSIDE_CIRCUITS}
    assert not written - set(SCIENCE) - WITHOUT_EQUATION


# --- Equations against code -----------------------------------------------------------------------


def some(kind, rng, rules=None):
    """A ``kind`` whose fields are drawn from their declared ranges."""
    values = []
    for field in kind._fields:
        low, high = (rules[field].range or (-1.0, 1.0)) if rules else (-1.0, 1.0)
        if high is None:
            high = 300.0 if rules[field].unit == "min" else 3.0
        values.append(float(rng.uniform(low, high)))
    return kind(*values)


def arguments(function, rng):
    """Something of the right kind for every argument of a function of ``models``."""
    kinds = {
        "state": PartnerState, "heard": Signal, "sent": Signal, "sent_a": Signal,
        "sent_b": Signal, "partner": Signal, "dyad": DyadState, "situation": Situation,
        "event": Event, "infant": PartnerState,
    }  # fmt: skip
    chosen = {}
    for name in inspect.signature(function).parameters:
        if name in ("parameters", "p"):
            chosen[name] = some(PartnerParameters, rng, PARAMETERS[PartnerParameters])
        elif name == "shared":
            chosen[name] = some(SharedParameters, rng, PARAMETERS[SharedParameters])
        elif name == "random_numbers":
            chosen[name] = some(RandomNumbers, rng)
        elif name == "adult":
            chosen[name] = some(PartnerParameters, rng, PARAMETERS[PartnerParameters])
        elif name == "lesson":
            chosen[name] = some(Lesson, rng)
        elif name in kinds and (function.__name__, name) not in PLAIN:
            chosen[name] = some(kinds[name], rng, VARIABLES[kinds[name]])
        elif name in ("dt", "elapsed", "gap", "time_constant"):
            chosen[name] = float(rng.uniform(1.0, 90.0))
        elif name == "latency":
            chosen[name] = float(rng.uniform(0.0, 5.0))
        elif name == "shown" and function.__name__ == "coming":
            chosen[name] = some(Signal, rng, VARIABLES[Signal])
        elif name in ("x", "value", "target", "error", "draw", "surprise"):
            chosen[name] = float(rng.uniform(-1.0, 1.0))
        else:
            chosen[name] = float(rng.uniform(0.02, 0.98))
    return chosen


def symbols(chosen):
    """Symbols of parameters, and names of switches, with their values."""
    values = {}
    for people in (chosen.get("parameters", chosen.get("p")), chosen.get("shared")):
        for name, rule in PARAMETERS[type(people)].items() if people else ():
            values[name if rule.symbol == "-" else describe.greek(rule.symbol)] = getattr(
                people, name
            )
    return values


def helpers(chosen):
    """Functions of ``models`` that need not be told the parameters."""
    known = {
        "p": chosen.get("parameters", chosen.get("p")),
        "parameters": chosen.get("parameters", chosen.get("p")),
        "shared": chosen.get("shared"),
    }

    def reported(function):
        given = {n: v for n, v in known.items() if n in inspect.signature(function).parameters}
        return lambda *args, **more: function(*args, **given, **more)

    return {function.__name__: reported(function) for function in SCIENCE.values()} | {
        "Lesson": Lesson
    }


@pytest.mark.parametrize("name", SCIENCE)
def test_the_equation_is_the_code(name):
    function, rng = SCIENCE[name], np.random.default_rng(7)
    written = re.findall(r"^(\w+) =", describe.equation(function), flags=re.M)
    named = set()
    for _ in range(20):
        chosen = arguments(function, rng)
        result = function(**chosen)
        new = result._asdict() if isinstance(result, PartnerState) else {}
        scope = helpers(chosen) | NUMPY | new | chosen | symbols(chosen)
        scope_before = dict(scope)
        exec(describe.equation(function), scope)
        changed = [n for n in scope if n not in scope_before or scope[n] is not scope_before[n]]
        pairs = reported(scope, written, result)
        named |= set(pairs)
        assert pairs and changed
        np.testing.assert_allclose(*np.array(list(pairs.values())).T, rtol=1e-10, atol=1e-12)
    assert COMPLETE.get(name, named) == named
    if isinstance(result, dict):
        assert named == set(result)


def reported(scope, written, result):
    """Name to (what the equation says, what the code gives), for every quantity that it names."""
    if not isinstance(result, dict) and not hasattr(result, "_fields"):
        return {written[-1]: (scope[written[-1]], result)}
    found = result if isinstance(result, dict) else result._asdict()
    pairs = {n: (scope[n], found[n]) for n in written if n in found}
    for group in (scope[n] for n in written if isinstance(scope[n], dict)):
        pairs |= {n: (value, found[n]) for n, value in group.items()}
    return pairs


def test_what_childhood_leaves_is_what_stays_plastic():
    function = SCIENCE["learning.traits"]
    slow = set(function(**arguments(function, np.random.default_rng(7))))
    assert slow == {*LEARNT, "threshold"} <= set(PartnerState._fields)


def test_a_wrong_equation_is_found():
    """The check is not blind: the code's alarm is not that of another gain."""
    chosen = arguments(CIRCUITS["amygdala.alarm"], np.random.default_rng(7))
    wrong = "alarm = logistic(2 * g_A * (evidence - threshold))"
    scope = helpers(chosen) | NUMPY | chosen | symbols(chosen)
    exec(wrong, scope)
    assert abs(scope["alarm"] - CIRCUITS["amygdala.alarm"](**chosen)) > 1e-3


def test_symbols_are_unique():
    used = [r.symbol for rules in PARAMETERS.values() for r in rules.values() if r.symbol != "-"]
    assert len(used) == len(set(used))


# --- The pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*SCIENCE, *sorted(WITHOUT_EQUATION)])
def test_every_function_is_in_the_model_page(name):
    function = FUNCTIONS[name]
    path = function.__module__.replace(".", "/") + ".py"
    assert f"`{path}: {function.__name__}`" in read(MODEL)


@pytest.mark.parametrize("table", [*PARAMETERS.values(), *VARIABLES.values()])
def test_every_parameter_and_variable_is_in_the_model_page(table):
    page = read(MODEL)
    assert not [name for name in table if f"| `{name}` |" not in page]


def test_the_generated_regions_are_current():
    assert describe.rewritten(read(MODEL)) == read(MODEL), (
        "run: python -m experiments.pages.model_page"
    )


def test_an_unknown_region_is_refused():
    with pytest.raises(ValueError, match="did you mean 'parameters'"):
        describe.rewritten("<!-- generated: parametres -->\n<!-- end -->")


def test_the_evidence_page_has_every_claim():
    page = read(EVIDENCE)
    assert not [n for n in range(1, 24) if f"| E{n} |" not in page]
    assert "could not be located" in page


@pytest.mark.parametrize("path", [MODEL, GLOSSARY, EVIDENCE], ids=lambda p: p.name)
def test_links_lead_somewhere(path):
    for target, place in re.findall(r"\]\(([^)#\s]*)#?([^)\s]*)\)", read(path)):
        if target.startswith("http"):
            continue
        page = path.parent / target if target else path
        assert page.exists(), target
        if place:
            assert place in anchors(read(page)), f"{target}#{place}"


def anchors(page):
    """The anchors that the headings of a page get."""
    titles = re.findall(r"^#+ (.+)$", page, flags=re.M)
    return {re.sub(r"[^\w\- ]", "", t.lower()).strip().replace(" ", "-") for t in titles}


def test_the_glossary_names_what_exists():
    known = set(FUNCTIONS) | {n.split(".")[1] for n in FUNCTIONS}
    for table in (*PARAMETERS.values(), *VARIABLES.values()):
        known |= set(table)
    rows = re.findall(r"^\| [^|`]+ \| ([^|]+) \|", read(GLOSSARY), flags=re.M)
    named = {name for row in rows for name in re.findall(r"`([\w.]+)`", row)}
    assert len(named) > 40 and not named - known


PAGES = {
    path.relative_to(ROOT).as_posix(): path
    for path in [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
    if "_build" not in path.parts
}
LONG = ("interventions", "landscape", "record", "simulate")
SLOW = {"docs/start/tutorial.md", *(f"docs/howto/{name}.md" for name in LONG)}
PROGRAM = "python -m experiments"


def blocks(name, kind):
    """The code blocks of a page that are marked so."""
    return re.findall(rf"^ *```{kind}\n(.*?)^ *```", read(PAGES[name]), flags=re.M | re.S)


def slow(names):
    """The pages, the slow ones marked."""
    return [pytest.param(n, marks=pytest.mark.slow) if n in SLOW else n for n in names]


@pytest.mark.parametrize("name", slow(n for n in PAGES if blocks(n, "python run")))
def test_code_blocks_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    scope = {"__name__": "documentation"}
    for block in blocks(name, "python run"):
        exec(compile(block, name, "exec"), scope)


@pytest.mark.parametrize("name", [n for n in PAGES if blocks(n, "python")])
def test_fragments_are_python(name):
    """What is no program of its own, and so not run, is at least Python."""
    for block in blocks(name, "python"):
        ast.parse(textwrap.dedent(block))


def test_the_pages_that_have_code_to_run_are_found():
    ours = {"README.md", "docs/model.md", *SLOW}
    assert not [name for name in ours if not blocks(name, "python run")]


@pytest.mark.parametrize("name", [n for n in PAGES if PROGRAM in "".join(blocks(n, "sh"))])
def test_commands_are_understood(name):
    """Every command of a page is parsed as the command line parses it, without running it."""
    for block in blocks(name, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            if line.strip().startswith(PROGRAM):
                understood(shlex.split(line.split("#")[0])[3:])


def understood(words):
    """Fail unless the command line takes these words."""
    group = get_command(cli.app)
    if not words or words[0].startswith("-"):
        return
    assert words[0] in group.commands, f"no command {words[0]}"
    with group.make_context(PROGRAM, [words[0]]) as outer:
        reported = group.commands[words[0]].make_context(words[0], list(words[1:]), parent=outer)
    if words[0] == "run":
        given = reported.params
        configure(given.pop("name"), given.pop("settings") or (), **given)


@pytest.mark.parametrize(
    "line", ["frobnicate", "run couple --a scaner", "run couple --set a.vagel_tone=1", "page --tot"]
)
def test_a_wrong_command_is_found(line):
    with pytest.raises((AssertionError, ValueError, cli.UsageError)):
        understood(shlex.split(line))
