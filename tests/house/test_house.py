"""The house: what may be written where, and that our packages are ours; rooms: ``test_rooms``.

Each failure says in one line which file to edit.
"""

import ast
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from models.architectures import ARCHITECTURES
from tests.helpers.faults import fail_with
from tests.helpers.paths import ROOT

PACKAGES = ("models", "sim", "experiments")
HOUSE = {*PACKAGES, "notebooks", "tests"}
SOURCES = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]
EQUATIONS = [path for path in SOURCES if path.relative_to(ROOT).parts[0] in ("models", "sim")]
TABLE = ROOT / "models" / "architectures.py"
TABLES = {TABLE, ROOT / "models" / "second" / "architectures.py"}

# Whom a package may import: of the house, and of the rest (None: anything).
MAY_IMPORT = {
    "models": ({"models"}, {"numpy"}),
    "sim": ({"models", "sim"}, None),
    "experiments": ({"models", "sim", "experiments"}, None),
}


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def parse(path):
    return ast.parse(path.read_text(encoding="utf-8"))


# --- import directions ----------------------------------------------------------------------------


def imports(tree):
    """Every module that a text imports, at the top or inside a function; '.' if relative."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else node.module
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in ("import_module", "__import__"):
                yield node.args[0].value


def wrong_imports(package, tree):
    """The imports of ``tree`` that a module of ``package`` may not have."""
    house, others = MAY_IMPORT[package]
    for module in imports(tree):
        top = module.split(".")[0]
        allowed = house if top in HOUSE or not top else others
        if allowed is not None and top not in allowed | set(sys.stdlib_module_names) - HOUSE:
            yield module


@pytest.mark.text
@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_go_one_way(path):
    package = path.relative_to(ROOT).parts[0]
    house, others = MAY_IMPORT[package]
    allowed = sorted(house | (others or {"what is installed"}))
    fail_with(
        f"{name_of(path)}: imports {module}; {package} may import {', '.join(allowed)}"
        for module in wrong_imports(package, parse(path))
    )


# The live page is Mesa's own SolaraViz: there is no page without a second file.
TOUCH_MESA = {"sim/engines/mesa_model.py", "experiments/pages/live_page.py"}


def test_two_files_touch_mesa():
    users = {name_of(p) for p in SOURCES if "mesa" in {m.split(".")[0] for m in imports(parse(p))}}
    fail_with(
        f"{name}: imports mesa; only these may: {', '.join(sorted(TOUCH_MESA))}"
        for name in sorted(users - TOUCH_MESA)
    )
    assert users


@pytest.mark.parametrize(
    ("package", "text"),
    [
        ("models", "import scipy.stats"),
        ("models", "from sim import noise"),
        ("models", "def f():\n    import mesa"),
        ("models", "from . import state"),
        ("sim", "from experiments.runner.output import save"),
        ("sim", "import importlib\nimportlib.import_module('tests.test_house')"),
        ("experiments", "import notebooks"),
    ],
)
def test_a_wrong_import_is_found(package, text):
    assert list(wrong_imports(package, ast.parse(text)))


# --- an architecture is data ----------------------------------------------------------------------


def deciding(node):
    """The parts of a node whose value decides what happens or is looked up."""
    match node:
        case ast.Compare():
            return [node.left, *node.comparators]
        case ast.If() | ast.IfExp() | ast.While():
            return [node.test]
        case ast.Subscript():
            return [node.slice]
        case ast.Dict():
            return [key for key in node.keys if key is not None]
        case ast.MatchValue():
            return [node.value]
        case ast.Call(func=ast.Attribute(attr="get" | "pop" | "startswith" | "endswith")):
            return node.args
    return []


def names_decided_on(tree):
    """Names of architectures that a text compares with, matches or looks up."""
    for node in ast.walk(tree):
        for part in deciding(node):
            for leaf in ast.walk(part):
                if isinstance(leaf, ast.Constant) and leaf.value in set(ARCHITECTURES):
                    yield leaf.lineno, leaf.value


@pytest.mark.text
@pytest.mark.parametrize("path", [p for p in EQUATIONS if p not in TABLES], ids=name_of)
def test_no_branch_on_the_name_of_an_architecture(path):
    fail_with(
        f"{name_of(path)}, line {line}: decides on the name '{name}'; let a parameter decide, "
        f"which {name_of(TABLE)} sets"
        for line, name in names_decided_on(parse(path))
    )


@pytest.mark.parametrize(
    "text",
    [
        "if name == 'scanner': pass",
        "x = 1 if name in ('merger', 'secure') else 2",
        "x = {'withdrawer': 1}[name]",
        "x = ARCHITECTURES['secure']",
        "x = table.get('anxious')",
        "match name:\n    case 'avoidant': pass",
        "while 'scanner' in names: pass",
    ],
)
def test_a_branch_on_a_name_is_found(text):
    assert list(names_decided_on(ast.parse(text)))


# --- packages -------------------------------------------------------------------------------------


def git(*arguments):
    """What git says in this checkout; skips where there is none."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_resolve_to_this_checkout(package):
    assert Path(importlib.import_module(package).__file__).parent == ROOT / package


@pytest.mark.parametrize("package", PACKAGES)
def test_every_folder_of_a_package_is_one(package):
    """A folder without ``__init__.py`` would be left out of the distribution."""
    folders = {path.parent for path in (ROOT / package).rglob("*.py")}
    bare = [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()]
    fail_with(f"{name_of(folder)}: needs an __init__.py that says what it holds" for folder in bare)


def test_git_ignores_none_of_ours():
    ours = [name_of(path) for path in SOURCES] + [
        "notebooks/01_a.ipynb",
        "tests/house/test_house.py",
    ]
    ignored = git("check-ignore", "--no-index", *ours).stdout.split()
    fail_with(f".gitignore: hides {name}" for name in ignored)


def test_git_ignores_what_runs_leave():
    leftovers = ["results/x/run.json", ".venv/x", "uv.lock", "models/__pycache__/x.pyc"]
    ignored = git("check-ignore", "--no-index", *leftovers).stdout.split()
    fail_with(f".gitignore: must name {name}" for name in leftovers if name not in ignored)


def test_the_distribution_has_our_packages_and_no_other():
    finder = project()["tool"]["setuptools"]["packages"]["find"]
    assert finder["include"] == [f"{package}*" for package in PACKAGES]


# --- words ----------------------------------------------------------------------------------------

# Written in pieces, so that this file passes its own test.
HOSTS = re.compile(
    "py" + "pi[.]org|python" + "hosted|npm" + "js[.]|ana" + "conda[.]|crates" + "[.]io"
)
HOMES = re.compile(r"(?<![\w.])(/(home|root|Users|work|opt)/\w|[A-Z]:\\Users)")


def texts():
    """Every text file that is, or would be, in the repository."""
    listed = git("ls-files", "--cached", "--others", "--exclude-standard").stdout.splitlines()
    for path in map(ROOT.joinpath, listed):
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            yield path, content.decode("utf-8", errors="replace")


@pytest.mark.parametrize("words", [HOSTS, HOMES], ids=["package registries", "homes"])
def test_forbidden_words(words):
    fail_with(
        f"{name_of(path)}, line {text.count(chr(10), 0, hit.start()) + 1}: take out '{hit[0]}'"
        for path, text in texts()
        for hit in words.finditer(text)
    )


def test_forbidden_words_are_found():
    assert HOSTS.search("https://py" + "pi.org/simple")
    assert HOMES.search("see /ho" + "me/someone/x") and HOMES.search("/ro" + "ot/x")
    assert not HOMES.search("docs/work/plan.md")


# --- one version, one title -----------------------------------------------------------------------


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_version_is_the_same_everywhere():
    version = project()["project"]["version"]
    wanted = {"CITATION.cff": f"\nversion: {version}\n", "CHANGELOG.md": f"\n## [{version}]"}
    fail_with(
        f"{name}: must have a line '{line.strip()}', as in pyproject.toml"
        for name, line in wanted.items()
        if line not in (ROOT / name).read_text(encoding="utf-8")
    )


def test_every_dependency_has_its_reason():
    reasons = (ROOT / "docs/decisions/0003-dependencies.md").read_text(encoding="utf-8")
    extras = project()["project"]["optional-dependencies"].values()
    wanted = [*project()["project"]["dependencies"], *(item for extra in extras for item in extra)]
    names = {re.match(r"[\w-]+", text)[0] for text in wanted} - {"pairbond"}
    fail_with(
        f"docs/decisions/0003-dependencies.md: give `{name}` a row with its reason"
        for name in sorted(names)
        if f"`{name}" not in reasons
    )


def test_every_dependency_is_pinned():
    pinned = re.findall(r"^([\w-]+)==", (ROOT / "constraints.txt").read_text(), flags=re.M)
    wanted = {re.match(r"[\w-]+", text)[0] for text in project()["project"]["dependencies"]}
    fail_with(
        f"constraints.txt: pin {name}, by the command in its head"
        for name in sorted(wanted - set(pinned))
    )


def test_the_readme_opens_with_two_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^```\w*\n(.*?)^```", readme, flags=re.M | re.S)[1]
    assert block.splitlines() == ["python3 go.py run", "python3 go.py test"]
