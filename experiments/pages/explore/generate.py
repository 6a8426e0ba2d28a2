"""``docs/explore.html`` put together from its parts, and whether it is up to date."""

import json
from pathlib import Path
from typing import Any

from experiments.pages.explore import contexts, declarations, equations, stories
from experiments.runner.parts import put
from sim.provenance import ROOT, source_hash, version

PARTS = Path(__file__).resolve().parent / "page"
PAGE = ROOT / "docs" / "explore.html"
ENGINE = ("noise", "engine", "timeline", "ensemble")
INTERFACE = tuple(
    """
    elements choice address history words chart partner_drawing signals sliders picture stories
    reading controls main
    """.split()
)
COMMAND = "python -m experiments refresh"


def data() -> dict[str, Any]:
    """All that the scripts read, by the name under which they read it."""
    rows = contexts.Rows()
    content = {
        "LAYOUT": equations.layout(),
        "PHILOX": equations.noise_constants(),
        "PARAMETERS": declarations.parameters(),
        "SWITCHES": declarations.switches(),
        "SHARED": declarations.shared_parameters(),
        "PRESETS": declarations.presets(),
        "VARIABLES": declarations.variables(),
        "EQUATIONS": declarations.equations(),
        "START": declarations.start(),
        "STYLE": declarations.style(),
        "CONTEXTS": contexts.contexts(rows),
        "EVENTS": contexts.happenings(rows),
        "STORIES": stories.reported(rows),
        "SOURCE_HASH": source_hash(),
    }
    return content | {"ROWS": rows.numbers, "KINDS": rows.kinds}


def page() -> str:
    """The text of the whole file."""
    filled = {
        "source_hash": source_hash(),
        "version": version(),
        "style": _part("style.css"),
        "engine": engine_script(),
        "interface": "\n".join(_part(f"{name}.js") for name in INTERFACE),
    }
    text = _part("page.html")
    for name, value in filled.items():
        text = text.replace(f"{{{{ {name} }}}}", value)
    return text


def engine_script() -> str:
    """The script that needs no page: data, equations, random numbers, runs."""
    content = "\n".join(f"const {name} = {_json(value)};" for name, value in data().items())
    parts = [content, equations.elementary_source(), equations.equation_source()]
    return "\n".join(parts + [_part(f"{name}.js") for name in ENGINE])


def write(path: Path = PAGE) -> None:
    """Make the page anew."""
    put(path, page().encode())


def check(path: Path = PAGE) -> None:
    """Raise ``ValueError`` with one line if the page is missing or older than its sources."""
    if not path.is_file():
        raise ValueError(f"{path.name}: must exist; make it with: {COMMAND}")
    found = path.read_text(encoding="utf-8")
    if f'content="{source_hash()}"' not in found:
        raise ValueError(f"{path.name}: older than the model; make it anew with: {COMMAND}")
    if found != page():
        raise ValueError(f"{path.name}: differs from its parts; make it anew with: {COMMAND}")


def _part(name: str) -> str:
    return (PARTS / name).read_text(encoding="utf-8").rstrip("\n")


def _json(value: Any) -> str:
    """JSON that no closing tag can end."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
