"""The compiled engine is a good guest: optional, quick, never stale, soon stopped."""

import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from models.architectures import ARCHITECTURES
from sim.engines.recording import PARTNER_VARIABLES
from tests.helpers.engines import run
from tests.helpers.paths import ROOT
from tests.helpers.stopping import HEEDING


def python(code, folder=ROOT, **environment):
    """Run a piece of Python in a process of its own; its output."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=folder, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"} | environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


WITHOUT_NUMBA = """
    import sys
    class Blocked:
        def find_spec(self, name, *_):
            if name.split(".")[0] in ("numba", "llvmlite"):
                raise ModuleNotFoundError(name)
    sys.meta_path.insert(0, Blocked())
    from sim import simulate
"""


def test_without_numba_everything_works_and_compiled_says_how_to_get_it():
    code = textwrap.dedent(WITHOUT_NUMBA) + textwrap.dedent("""
        print(simulate("scanner", "secure", days=20, dyads=800, seed=1, record="summary").engine)
        try:
            simulate("scanner", "secure", days=1, seed=1, engine="compiled")
        except ValueError as fault:
            print(fault)
    """)
    lines = python(code).splitlines()
    assert lines[0] == "numpy" and len(lines) == 2 and "pairbond[compiled]" in lines[1]


HEAVY = {"numba", "scipy", "pandas", "xarray", "matplotlib", "mesa", "dask"}


def test_import_loads_and_compiles_nothing_heavy():
    code = """
        import sys
        import sim
        first = set(sys.modules)
        import sim.engines.ensemble
        print(*first)
        print(*sys.modules)
    """
    first, second = (set(line.split()) for line in python(code).splitlines())
    assert "sim" in first and not first & HEAVY
    assert "sim.engines.ensemble" in second and "numba" not in second


@pytest.mark.slow
def test_lanes_are_vector_instructions():
    """A loop that stays scalar gives the same numbers, only several times slower."""
    pytest.importorskip("numba")
    import platform

    if platform.machine() not in ("x86_64", "AMD64"):
        pytest.skip("the names of the instructions are those of x86-64")
    code = """
        from sim.engines.compiled.engine import LANES
        from sim.engines.compiled.source import kernel_source
        space = {"__name__": "kernel"}
        exec(kernel_source(LANES, False, False), space)
        text = "".join(space["advance"].inspect_asm().values())
        for name in ("divpd", "divsd", "sqrtpd", "sqrtsd"):
            print(text.count(name))
    """
    packed, single, roots, single_roots = map(int, python(code).split())
    # A few single ones remain, in the loop for arrays that might overlap.
    assert packed > 50 and single <= 0.2 * packed
    assert roots > 15 and single_roots <= 0.2 * roots


SHORT = """
    from sim import simulate
    data = simulate("scanner", "secure", days=1, dyads=20, seed=1, engine="compiled",
                    record="summary")
    print(repr(float(data.alarm.sum())))
"""


@pytest.fixture
def copy(tmp_path):
    """A copy of the sources that may be edited."""
    for package in ("models", "sim"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    return tmp_path


KEY = """
    from sim.engines.compiled import cache, source
    print(cache.key(source.kernel_source(64, False, True)))
"""
EQUATION = (
    "models/forms.py", "return 1.0 / (1.0 + np.exp(-x))", "return 0.9 / (1.0 + np.exp(-x))",
)  # fmt: skip
LUCK = (
    ("sim/randomness/constants.py", "0.04166666666662413,", "0.041,"),
    ("sim/randomness/noise.py", "for _ in range(10):", "for _ in range(9):"),
)


def edit(copy, file, old, new):
    """Replace a text of the copy."""
    text = (copy / file).read_text()
    assert old in text
    (copy / file).write_text(text.replace(old, new))


@pytest.mark.slow
def test_an_edited_equation_never_runs_from_an_old_cache(copy, tmp_path):
    """Numbers change with an equation; other edits change the name under which a kernel is kept.

    What has another name is never taken from the cache, which the equation shows to the end.
    """
    pytest.importorskip("numba")
    cache = str(tmp_path / "cache")
    before, key = python(SHORT, copy, PAIRBOND_CACHE_DIR=cache), python(KEY, copy)
    kept = sorted(Path(cache).rglob("*.py"))
    assert python(SHORT, copy, PAIRBOND_CACHE_DIR=cache) == before
    assert python(KEY, copy) == key and sorted(Path(cache).rglob("*.py")) == kept != []
    edit(copy, *EQUATION)
    assert python(SHORT, copy, PAIRBOND_CACHE_DIR=cache) != before
    keys = [key, python(KEY, copy)]
    for change in LUCK:
        edit(copy, *change)
        keys.append(python(KEY, copy))
    assert len(set(keys)) == 4


def test_every_text_that_dissolves_into_the_kernel_is_in_its_name(monkeypatch, tmp_path):
    pytest.importorskip("numba")
    from sim.engines.compiled import cache
    from sim.randomness import binding, constants, elementary, noise, noise_compiled, numba_names

    modules = (binding, constants, elementary, noise, noise_compiled, numba_names)

    cache._surroundings.cache_clear()
    keys = {cache.key("text"), cache.key("other text")}
    for module in modules:
        edited = tmp_path / Path(module.__file__).name
        edited.write_text(Path(module.__file__).read_text() + "\n# edited\n")
        cache._surroundings.cache_clear()
        with monkeypatch.context() as patch:
            patch.setattr(module, "__file__", str(edited))
            keys.add(cache.key("text"))
    cache._surroundings.cache_clear()
    assert len(keys) == 2 + len(modules)


def test_an_edited_equation_gets_another_kernel(monkeypatch):
    pytest.importorskip("numba")
    code = """
        import numpy as np, models.forms, models.circuits.vagus
        EDIT
        from sim.engines.compiled import cache, source
        print(cache.key(source.kernel_source(64, False, True)))
    """
    edit = "models.forms.logistic.__code__ = (lambda x: 2.0 / (2.0 + np.exp(-x))).__code__"
    assert python(code.replace("EDIT", "")) != python(code.replace("EDIT", edit))


@pytest.mark.slow
def test_read_only_folders_are_no_hindrance(copy, tmp_path):
    pytest.importorskip("numba")
    home = tmp_path / "home"
    home.mkdir()
    outside = dict(HOME=str(home), XDG_CACHE_HOME="", NUMBA_CACHE_DIR="", TMPDIR=str(tmp_path))
    if os.getuid() == 0:
        # Root may write anywhere, but nobody can make a folder below a file.
        outside |= dict(HOME="/dev/null", XDG_CACHE_HOME="/dev/null")
    else:
        for path in (home, copy / "sim", copy / "models"):
            path.chmod(0o555)
    expected = python(SHORT)
    assert python(SHORT, copy, **outside, PAIRBOND_CACHE_DIR="/dev/null/cache") == expected
    assert list(tmp_path.glob("pairbond-*/kernel_*.py"))
    nowhere = outside | dict(TMPDIR="/dev/null")
    code = "import tempfile; tempfile.tempdir = '/dev/null'\n" + textwrap.dedent(SHORT)
    assert python(code, copy, **nowhere, PAIRBOND_CACHE_DIR="/dev/null/cache") == expected


@pytest.mark.slow
def test_several_processes_may_start_at_once(tmp_path):
    pytest.importorskip("numba")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PAIRBOND_CACHE_DIR": str(tmp_path)}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(SHORT)],
            env=environment, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    answers = {process.communicate()[0] for process in started}
    assert len(answers) == 1 and "." in answers.pop()
    assert not list(tmp_path.glob("*.part"))
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.py")}
    python(SHORT, PAIRBOND_CACHE_DIR=str(tmp_path))
    assert kept == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.py")} != {}


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize("threads", [1, 2])
def test_ctrl_c_stops_long_before_the_end(threads):
    """What would take many minutes."""
    pytest.importorskip("numba")
    run(dyads=20)  # so that there is something compiled to be found
    code = f"""
        import sys
        from sim import simulate
        def told(done, total):
            print("running", flush=True)
        simulate("scanner", "secure", days=900, dyads=20_000, seed=1, engine="compiled",
                 record="summary", threads={threads}, progress=told)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **HEEDING,
    )  # fmt: skip
    assert process.stdout.readline() == "running\n"
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=90)
    assert "KeyboardInterrupt" in errors and process.returncode != 0


def test_generated_text_has_no_name_of_an_architecture():
    from sim.engines.compiled.source import kernel_source

    words = set(re.findall(r"\w+", kernel_source(64, False, False)))
    assert not words & set(ARCHITECTURES) and set(PARTNER_VARIABLES[:3]) & set(
        w.removeprefix("couple_a_") for w in words
    )
