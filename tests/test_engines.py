"""Engines agree, results depend on the request alone, and the compiled engine is a good guest.

What is compared bit for bit is so by design (``docs/decisions/0004-engines.md``); Mesa agents use
the exponential of the C library, so they are held to 1e-12.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

from models.architectures import ARCHITECTURES
from models.couple import exchange
from models.initial_state import initial_couple
from models.parameters import PartnerParameters, SharedParameters
from models.state import RandomNumbers
from sim import simulate
from sim.codegen.tape import Tape
from sim.codegen.tracing import leaves, trace
from sim.engines import registry as engines
from sim.engines.memory import check_memory, size
from sim.engines.numpy_engine import random_numbers
from sim.engines.recording import PARTNER_VARIABLES, bins, chosen
from sim.randomness.elementary import bound, exp_calls
from sim.world.calendar import conversation, daily_life
from sim.world.people import resolve
from sim.world.population import Population, draw

ROOT = Path(__file__).resolve().parent.parent
FAST = ("numpy", "compiled")
EVENTFUL = daily_life(2).with_event(
    1, "A", conflict=0.7, grievance=1.0, stressor=1.0, delay=2.0
) + conversation(2)


def run(engine="compiled", **changes):
    """A short run in which everything that can happen does."""
    if engine == "compiled":
        pytest.importorskip("numba")
    request = dict(
        a=["scanner", "merger", "secure"], b=["withdrawer", "anxious", "merger"],
        calendar=EVENTFUL, dyads=70, seed=3, record="daily", variables="all", engine=engine,
    )  # fmt: skip
    return simulate(**(request | changes))


def largest_difference(one, two):
    """The largest difference of any variable, relative to its largest value."""
    return max(
        float(abs(one[name] - two[name]).max() / max(1e-300, abs(two[name]).max()))
        for name in two.data_vars
    )


# --- one exchange from a thousand random states ---------------------------------------------------


@pytest.fixture(scope="module")
def thousand():
    """A thousand very different couples, some way into their lives."""
    ids = np.arange(1000)
    centre = PartnerParameters()
    a, b = (draw(Population(centre, 2.0), 5, ids, who) for who in (0, 1))
    start = initial_couple(a, b, 0.4)
    shared, calendar = SharedParameters(), daily_life(1)
    for step in range(15):
        draws = [
            RandomNumbers(*random_numbers(5, ids, who, np.array([step]))[:, 0]) for who in (0, 1)
        ]
        start = exchange(start, a, b, *calendar.at(step), *draws, shared).couple
    return start, a, b, ids


def one_exchange(engine, thousand, streams=(0, 1), precision="float64"):
    start, a, b, ids = thousand
    calendar = daily_life(1).with_event(0, "B", stressor=1.0, conflict=0.5, grievance=1.0)
    first = type(calendar)(
        type(calendar.situation)(*(field[:1] for field in calendar.situation)),
        type(calendar.events)(*(field[:1] for field in calendar.events)),
        calendar.kind[:1],
    )
    names = chosen("all")
    task = engines.Task(
        first, SharedParameters(), 9, streams, bins(first, "trajectory"), names, lambda _: None,
        precision, len(ids),
    )  # fmt: skip
    sums, last = engines.prepare(engine, task)(start, a, b, ids)
    return np.concatenate([sums[name].ravel() for name in names]), np.array(list(leaves(last)))


def test_numpy_and_compiled_are_the_same_bits(thousand):
    pytest.importorskip("numba")
    for one, two in zip(*(one_exchange(e, thousand) for e in FAST), strict=True):
        assert one.tobytes() == two.tobytes()


def test_mesa_agrees_over_one_exchange(thousand):
    for one, two in zip(*(one_exchange(e, thousand) for e in ("mesa", "numpy")), strict=True):
        assert (abs(one - two) <= 1e-12 * np.maximum(abs(two), 1e-3)).all()


def test_the_tape_is_the_exchange_as_written(thousand):
    start, a, b, ids = thousand
    draws = [RandomNumbers(*random_numbers(9, ids, who, np.array([0]))[:, 0]) for who in (0, 1)]
    calendar = daily_life(1).with_event(0, "B", stressor=1.0, conflict=0.5, grievance=1.0)
    written = exchange(start, a, b, *calendar.at(0), *draws, SharedParameters()).couple
    last = one_exchange("numpy", thousand)[1]
    expected = np.array(list(leaves(written)))
    assert (abs(last - expected) <= 1e-12 * np.maximum(abs(expected), 1e-3)).all()


def test_single_precision_is_near(thousand):
    pytest.importorskip("numba")
    single = one_exchange("compiled", thousand, precision="float32")[1]
    assert abs(single - one_exchange("numpy", thousand)[1]).max() < 1e-3


# --- the tape -------------------------------------------------------------------------------------


def test_a_tape_knows_every_operation():
    def everything(x, y):
        small = np.where(x < y, np.exp(x), np.log(np.abs(y) + 1.0))
        nested = np.exp(np.exp(-x) - 1.0) + np.floor(x) * np.minimum(x, y) + np.maximum(x, 0.5)
        return small, nested / np.sqrt(2.0 + y * y), x, 3.0, np.exp(x)

    program = trace(everything, "x", "y")
    x, y = np.random.default_rng(1).normal(size=(2, 50))
    out = {name: np.empty(50) for name in program.outputs}
    Tape(program, {"x": x, "y": y}, out).run()
    for got, expected in zip(out.values(), everything(x, y), strict=True):
        assert np.allclose(got, expected, rtol=1e-14, atol=0)


def test_a_tape_refuses_what_engines_would_not_agree_on():
    program = trace(lambda x: np.tanh(x), "x")
    with pytest.raises(ValueError, match="tanh"):
        Tape(program, {"x": np.ones(3)}, {name: np.ones(3) for name in program.outputs})


def test_exp_call_by_call_has_the_same_bits():
    x = np.concatenate([np.linspace(-800, 800, 20_001), [-np.inf, np.inf, 0.0, -0.0]])
    out = np.empty_like(x)
    for function, arguments in exp_calls(x, out):
        function(*arguments)
    assert out.tobytes() == bound("numpy").exp(x).tobytes()


# --- results depend on the request alone ----------------------------------------------------------


@pytest.mark.parametrize("engine", FAST)
@pytest.mark.parametrize("record", ["trajectory", "daily", "summary"])
def test_chunks_threads_order_and_subsets_do_not_show(engine, record):
    whole = run(engine, record=record)
    assert run(engine, record=record, chunk=17).identical(whole)
    some = [65, 3, 20, 4]
    assert run(engine, record=record, dyads=some).identical(whole.sel(dyad=some))
    if engine == "compiled":
        assert run(engine, record=record, threads=2, chunk=64).identical(whole)
        assert run(engine, record=record, threads=5, chunk=30).identical(whole)


def test_engines_are_the_same_bits_through_simulate():
    for record in ("trajectory", "daily", "summary"):
        one, two = (run(engine, record=record) for engine in FAST)
        assert one.equals(two)
        assert (one.attrs["engine"], two.attrs["engine"]) == FAST


def test_one_couple_at_a_time_is_the_same_as_lanes(monkeypatch):
    pytest.importorskip("numba")
    from sim.engines.compiled import engine

    whole = run(dyads=20)
    monkeypatch.setattr(engine, "FEW", 0)
    lanes = run(dyads=[7])
    monkeypatch.setattr(engine, "FEW", 99)
    assert lanes.identical(whole.sel(dyad=[7])) and run(dyads=[7]).identical(lanes)


def test_short_calls_of_the_kernel_do_not_show(monkeypatch):
    pytest.importorskip("numba")
    from sim.engines.compiled import engine

    whole = run(record="daily")
    monkeypatch.setattr(engine, "WORK", 64 * 5)
    assert run(record="daily").identical(whole)


def test_laws_and_luck_reach_every_engine():
    shared = [SharedParameters(), SharedParameters(corrective_rule_on=0.0, channel_ab=0.0)]
    request = dict(a="scanner", b="secure", shared=shared, streams=("B", "A"), dyads=12)
    numpy_, compiled = (run(engine, **request) for engine in FAST)
    assert numpy_.equals(compiled)
    assert largest_difference(run("mesa", **request), numpy_) < 1e-10
    assert not numpy_.isel(condition=0).equals(numpy_.isel(condition=1))


def test_people_may_be_arrays_in_any_chunking():
    ids = np.arange(40)
    a = resolve("scanner", 1, ids, 0)
    whole = run("numpy", a=a, b=PartnerParameters(), dyads=40)
    assert run("numpy", a=a, b=PartnerParameters(), dyads=40, chunk=7).identical(whole)


def test_other_processes_get_the_same_bits():
    whole = run(dyads=30, record="summary")
    code = """
        import sys, numpy as np
        from tests.test_engines import run
        data = run(dyads=[int(i) for i in sys.argv[1].split(",")], record="summary")
        np.save(sys.argv[2], data.alarm.values)
    """
    code = textwrap.dedent(code)
    for some in ([0, 1, 2], list(range(3, 30))):
        target = Path(os.environ.get("TMPDIR", "/tmp")) / f"pairbond-test-{os.getpid()}.npy"
        argument = ",".join(map(str, some))
        subprocess.run([sys.executable, "-c", code, argument, target], check=True, cwd=ROOT)
        assert (np.load(target) == whole.alarm.sel(dyad=some).values).all()
        target.unlink()


@pytest.mark.slow
def test_engines_agree_over_a_year():
    """Common random numbers, so that two samples of 60 couples differ by what engines do only."""
    year = dict(days=365, dyads=60, record="summary", calendar=None, a="scanner", b="withdrawer")
    mesa, compiled = run("mesa", **year), run("compiled", **year)
    for name in ("alarm_end", "satisfaction_end", "belief_end", "threat_store", "closeness"):
        difference = (mesa[name] - compiled[name]).mean("dyad") / compiled[name].std("dyad")
        assert float(abs(difference).max()) < 0.02, name


# --- recording ------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["mesa", *FAST])
def test_a_summary_has_the_last_states(engine):
    summary = run(engine, dyads=3, record="summary")
    trajectory = run(engine, dyads=3, record="trajectory")
    for name in ("belief", "closeness"):
        last = trajectory[name].isel(time=-1)
        assert np.array_equal(summary[f"{name}_end"].values, last.values)
    assert "sent_warmth_end" not in summary and "belief_end" not in trajectory
    assert summary.belief_end.attrs["units"] == "1"


# --- choice, threads, memory ----------------------------------------------------------------------


def test_auto_looks_at_the_request_only():
    assert engines.choose("auto", "float64", 1000) == "numpy"
    expected = "compiled" if engines.has_numba() else "numpy"
    assert engines.choose("auto", "float64", 10**9) == expected


@pytest.mark.parametrize(
    "wrong",
    [
        dict(engine="abacus"),
        dict(precision="float16"),
        dict(engine="numpy", precision="float32"),
        dict(threads=0),
        dict(chunk=0),
    ],
)
def test_nonsense_is_refused_in_one_line(wrong):
    with pytest.raises(ValueError) as fault:
        run("numpy", **({} | wrong)) if "engine" not in wrong else run(**wrong)
    assert "\n" not in str(fault.value)


def test_a_request_too_large_is_refused_before_it_starts():
    calendar = daily_life(365)
    names = chosen("all")
    room = size(10_000, calendar, names, "daily") * 1.1
    check_memory(10_000, calendar, names, "daily", room)
    with pytest.raises(ValueError, match="record = daily fits") as fault:
        check_memory(10_000, calendar, names, "trajectory", room)
    assert "GiB" in str(fault.value) and "\n" not in str(fault.value)
    start = time.perf_counter()
    with pytest.raises(ValueError, match="record = summary fits"):
        simulate("scanner", "secure", days=3650, dyads=300_000, seed=1, record="trajectory")
    assert time.perf_counter() - start < 2


def test_memory_of_a_summary_does_not_grow_with_time():
    names = chosen(None)
    assert size(1000, daily_life(10), names, "summary") == size(
        1000, daily_life(900), names, "summary"
    )


# --- the compiled engine as a guest ---------------------------------------------------------------


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


def test_import_is_quick_and_compiles_nothing():
    code = """
        import sys, time
        start = time.perf_counter()
        import sim
        print(time.perf_counter() - start)
        import sim.engines.ensemble
        print("numba" in sys.modules)
    """
    seconds, numba = python(code).split()
    assert float(seconds) < 0.5 and numba == "False"


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


@pytest.mark.slow
def test_lanes_are_quicker_than_one_at_a_time(monkeypatch):
    pytest.importorskip("numba")
    from sim.engines.compiled import engine

    def seconds(few):
        monkeypatch.setattr(engine, "FEW", few)
        start = time.perf_counter()
        run(days=20, calendar=None, dyads=256, record="summary", threads=1)
        return time.perf_counter() - start

    seconds(0), seconds(10_000)
    rounds = [(seconds(10_000), seconds(0)) for _ in range(7)]
    assert np.median([slow / quick for slow, quick in rounds]) > 2.0


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


@pytest.mark.slow
def test_an_edited_equation_never_runs_from_an_old_cache(copy, tmp_path):
    pytest.importorskip("numba")
    cache = str(tmp_path / "cache")
    before = python(SHORT, copy, PAIRBOND_CACHE_DIR=cache)
    assert python(SHORT, copy, PAIRBOND_CACHE_DIR=cache) == before
    for file, old, new in (
        ("models/forms.py", "return 1.0 / (1.0 + np.exp(-x))", "return 0.9 / (1.0 + np.exp(-x))"),
        ("sim/randomness/elementary.py", "0.04166666666662413,", "0.041,"),
        ("sim/randomness/noise.py", "for _ in range(10):", "for _ in range(9):"),
    ):
        path = copy / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        after = python(SHORT, copy, PAIRBOND_CACHE_DIR=cache)
        assert after != before
        before = after


def test_every_text_that_dissolves_into_the_kernel_is_in_its_name(monkeypatch, tmp_path):
    pytest.importorskip("numba")
    from sim.engines.compiled import cache
    from sim.randomness import elementary, noise, noise_compiled, numba_names

    cache._surroundings.cache_clear()
    keys = {cache.key("text"), cache.key("other text")}
    for module in (elementary, noise, noise_compiled, numba_names):
        edited = tmp_path / Path(module.__file__).name
        edited.write_text(Path(module.__file__).read_text() + "\n# edited\n")
        cache._surroundings.cache_clear()
        with monkeypatch.context() as patch:
            patch.setattr(module, "__file__", str(edited))
            keys.add(cache.key("text"))
    cache._surroundings.cache_clear()
    assert len(keys) == 6


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
        for _ in range(3)
    ]  # fmt: skip
    answers = {process.communicate()[0] for process in started}
    assert len(answers) == 1 and "." in answers.pop()
    assert not list(tmp_path.glob("*.part"))
    start = time.perf_counter()
    python(SHORT, PAIRBOND_CACHE_DIR=str(tmp_path))
    assert time.perf_counter() - start < 10


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize("threads", [1, 2])
def test_ctrl_c_stops_at_once(threads):
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
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout.readline() == "running\n"
    time.sleep(0.3)
    start = time.perf_counter()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert time.perf_counter() - start < 2
    assert "KeyboardInterrupt" in errors and process.returncode != 0


def test_one_couple_is_quick_enough_for_a_slider():
    """Below 2 ms on a quiet machine (``docs/performance.md``); here with room for a busy one."""
    pytest.importorskip("numba")
    names, calendar = chosen(None), daily_life(48)
    task = engines.Task(
        calendar, SharedParameters(), 1, (0, 1), bins(calendar, "trajectory"), names, lambda _: None
    )
    ids = np.arange(1)
    a, b = (resolve(name, 1, ids, who) for who, name in enumerate(("scanner", "secure")))

    def seconds():
        start = time.perf_counter()
        engines.prepare("compiled", task)(initial_couple(a, b, 0.4), a, b, ids)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(20)) < 0.006


def test_generated_text_has_no_name_of_an_architecture():
    from sim.engines.compiled.source import kernel_source

    words = set(re.findall(r"\w+", kernel_source(64, False, False)))
    assert not words & set(ARCHITECTURES) and set(PARTNER_VARIABLES[:3]) & set(
        w.removeprefix("couple_a_") for w in words
    )
