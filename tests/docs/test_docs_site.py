"""The documentation as a site: it builds without the network, and no warning is let pass."""

import re
import shutil
import subprocess
import sys

import pytest

from tests.helpers.paths import ROOT

DOCS = ROOT / "docs"
PAGES = [path for path in sorted(DOCS.rglob("*.md")) if "_build" not in path.parts]

# Runs Sphinx where every connection fails, so that a build that needs the network is found out.
OFFLINE = """
import socket, sys
def refused(*_, **__):
    raise OSError("the documentation must build without the network")
socket.socket.connect = socket.create_connection = refused
from sphinx.cmd.build import main
sys.exit(main(sys.argv[1:]))
"""


def build(source, out, *options):
    """Sphinx, offline, warnings as errors."""
    pytest.importorskip("sphinx")
    pytest.importorskip("myst_parser")
    pytest.importorskip("furo")
    command = [sys.executable, "-c", OFFLINE, "-q", "-W", "--keep-going", "-b", "html"]
    command += [*options, "-d", str(out / "doctrees"), str(source), str(out / "html")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built site."""
    out = tmp_path_factory.mktemp("site")
    done = build(DOCS, out)
    assert done.returncode == 0, done.stderr
    return out / "html"


@pytest.mark.slow
def test_every_page_is_in_the_site_and_in_its_menu(site):
    menu = (site / "index.html").read_text(encoding="utf-8")
    for path in PAGES:
        name = path.relative_to(DOCS).with_suffix(".html").as_posix()
        assert (site / name).exists(), name
        assert name == "index.html" or f'href="{name}"' in menu, f"{name} is in no menu"


@pytest.mark.slow
def test_links_between_pages_lead_somewhere(site):
    dead = []
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        for target, place in re.findall(r'<a [^>]*href="([^"#]*)#?([^"]*)"', page):
            if re.match(r"[a-z]+:", target):
                continue
            there = (path.parent / target).resolve() if target else path
            if not there.exists() or (place and not has(there, place)):
                dead.append(f"{path.relative_to(site)}: {target}#{place}")
    assert not dead


def has(path, place):
    """Whether a page has the anchor."""
    return f'id="{place}"' in path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_pictures_are_there_and_nothing_comes_from_outside(site):
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        for source in re.findall(r'<(?:img|script|link)[^>]*?(?:src|href)="([^"]+)"', page):
            assert not re.match(r"(https?:)?//", source), f"{path.name}: {source}"
            if not source.startswith("data:"):
                assert (path.parent / source.split("?")[0].split("#")[0]).exists(), source


@pytest.mark.slow
def test_every_public_function_is_in_the_reference(site):
    models, sim = ((site / "api" / f"{name}.html").read_text() for name in ("models", "sim"))
    for page, name in (
        (models, "models.circuits.amygdala.alarm"),
        (models, "models.parameters.PartnerParameters"),
        (sim, "sim.engines.ensemble.simulate"),
        (sim, "sim.engines.mesa_model.CoupleModel"),
    ):
        assert f'id="{name}"' in page, name


FAULTS = {
    "[gone](nowhere.md)": "nowhere.md",
    "[gone](glossary.md#nothing)": "nothing",
    "![gone](figures/no.png)": "no.png",
}


@pytest.mark.slow
def test_a_dead_link_stops_the_build(tmp_path):
    """Without dead links a small site builds; with three it does not, and each one is named."""
    pages = tmp_path / "pages"
    pages.mkdir()
    shutil.copy(DOCS / "conf.py", pages)
    shutil.copytree(DOCS / "_static", pages / "_static")
    (pages / "glossary.md").write_text("# Glossary\n")
    start = "# Start\n\n```{toctree}\nglossary\n```\n"
    (pages / "index.md").write_text(start)
    assert build(pages, tmp_path / "good").returncode == 0
    (pages / "index.md").write_text("\n\n".join([start, *FAULTS]))
    bad = build(pages, tmp_path / "bad")
    assert bad.returncode == 1
    warnings = [line for line in bad.stderr.splitlines() if "index.md" in line]
    for named in FAULTS.values():
        assert any(named in line for line in warnings), bad.stderr


def test_every_picture_is_small():
    for path in (DOCS / "figures").rglob("*.*"):
        limit = 150_000 if path.parent.name == "gallery" else 3_000_000
        assert path.stat().st_size < limit, path
