"""Model, glossary and evidence pages have everything, and only what exists."""

import re

import pytest

from experiments.pages import model_page as describe
from models.parameters import PARAMETERS
from models.state import VARIABLES
from tests.helpers.documents import FUNCTIONS, SCIENCE, WITHOUT_EQUATION, read
from tests.helpers.paths import ROOT

MODEL, GLOSSARY, EVIDENCE = (ROOT / "docs" / f"{n}.md" for n in ("model", "glossary", "evidence"))


@pytest.mark.parametrize("name", [*SCIENCE, *sorted(WITHOUT_EQUATION)])
def test_every_function_is_in_the_model_page(name):
    function = FUNCTIONS[name]
    path = function.__module__.replace(".", "/") + ".py"
    assert f"`{path}: {function.__name__}`" in read(MODEL)


@pytest.mark.parametrize("table", [*PARAMETERS.values(), *VARIABLES.values()])
def test_every_parameter_and_variable_is_in_the_model_page(table):
    page = read(MODEL)
    assert not [name for name in table if f"| `{name}` |" not in page]


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
