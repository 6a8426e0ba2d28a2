"""How Sphinx builds the documentation: offline, warnings as errors.

``python -m sphinx -W --keep-going -b html docs FOLDER``
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
sys.path.insert(0, str(ROOT))

project = "Pairbond"
author = "The Pairbond authors"
copyright = "The Pairbond authors, BSD 3-Clause"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
# A page may go from a second to a fourth level; fields of several tuples may share a name.
suppress_warnings = ["myst.header", "ref.python"]

# Headings get the anchors that a code host gives them, so that a link works in both places.
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]

html_theme = "furo"
html_title = "Pairbond"
html_static_path = ["_static"]
html_css_files = ["pairbond.css"]
html_extra_path = [name for name in ("explore.html",) if (DOCS / name).exists()]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": False}
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_rtype = False

# The live page needs an extra and is run by another program; the others serve the engines.
INSIDE = {"live_page", "compiled", "printers"}
MODULES = re.compile(r"^<!-- modules: (.+) -->$", re.M)
ANCHOR = re.compile(r'^<a id="([\w-]+)"></a>$', re.M)


def modules(folder: str) -> Iterator[str]:
    """Names of the public modules in ``folder`` and below it, by name; packages themselves not."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if not parts[-1].startswith("_") and not INSIDE & set(parts):
            yield ".".join(parts)


def entry(module: str) -> str:
    """The section of one module on a page of the API."""
    lines = (f"## `{module}`", "", "```{eval-rst}", f".. automodule:: {module}", "```")
    return "\n".join(lines) + "\n"


def prepare(app: Any, name: str, source: list[str]) -> None:
    """Write out the modules of an API page, and make plain anchors known as targets of links."""
    text = ANCHOR.sub(r"(\1)=", source[0])
    source[0] = MODULES.sub(lambda found: "\n".join(map(entry, modules(found[1]))), text)


def setup(app: Any) -> None:
    """Sphinx calls this."""
    app.connect("source-read", prepare)
