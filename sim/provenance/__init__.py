"""Where a result comes from: version, and a hash of the science that made it."""

import hashlib
import os
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version

from sim.provenance import kept, trees

ROOT = trees.ROOT


@cache
def version() -> str:
    """The version in this checkout's ``pyproject.toml``; without one, that of the installation."""
    project = ROOT / "pyproject.toml"
    if project.is_file():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    return installed("pairbond")


def installed(name: str) -> str:
    """Version of an installed distribution, or a note that there is none."""
    try:
        return installed_version(name)
    except PackageNotFoundError:
        return "not installed"


@cache
def source_hash() -> str:
    """SHA-256 over the science that decides a number: what it computes, not how it is written.

    ``sim.provenance.content`` says what is in it. A comment, another order of statements, a
    module that is moved or renamed change nothing; a number or an equation does. Plots, analyses
    of finished runs and the classic models are not in it. It is the same under every Python.
    """
    ours = [path for name, path in trees.modules().items() if not name.startswith("experiments")]
    return kept.remembered("source", ours, ROOT, _in_a_fresh_process)


@cache
def second_hash() -> str:
    """The same of the second core, which the first one's results do not depend on."""

    def find() -> str:
        from sim.provenance.second import second_hash as made

        return made()

    ours = [path for name, path in trees.modules().items() if not name.startswith("experiments")]
    return kept.remembered("second", ours, ROOT, find)


@cache
def code_hash(*starts: str) -> str:
    """SHA-256 over the definitions in modules and in what they import, but for ``source_hash``'s.

    For what runs of the model are turned into by code of its own, such as claims and studies.
    """

    def find() -> str:
        from sim.provenance.content import covered

        return trees.digest(trees.reached(starts, covered()), trees.modules())

    name = hashlib.sha256(" ".join(starts).encode()).hexdigest()[:16]
    return kept.remembered(f"code-{name}", trees.modules().values(), ROOT, find)


def _in_a_fresh_process() -> str:
    """The hash of what stands in the files now, whatever this process has loaded or changed."""
    import subprocess

    paths = os.pathsep.join([str(ROOT), *(path or os.getcwd() for path in sys.path)])
    command = [sys.executable, "-m", "sim.provenance.content"]
    environment = {**os.environ, "PYTHONPATH": paths}
    try:
        ran = subprocess.run(command, env=environment, capture_output=True, text=True)
    except OSError:  # no second process may be started here
        from sim.provenance.content import source_hash

        return source_hash()
    if ran.returncode:
        raise ValueError(f"the sources can't be hashed: {ran.stderr.strip().splitlines()[-1]}")
    return re.findall(r"^([0-9a-f]{64}) all$", ran.stdout, flags=re.M)[0]
