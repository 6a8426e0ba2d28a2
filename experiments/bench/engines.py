"""How fast the engines are, side by side, and what single precision does to outcomes.

Machines are shared and clocks wander, so variants take turns in rounds and ratios are those of
medians within one call. ``docs/performance.md`` is made from the answer by ``bench_page``.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import numpy as np

from experiments.bench import c_driver as bench_c
from models.architectures import ARCHITECTURES
from models.initial_state import initial_couple
from models.parameters import SharedParameters
from sim import simulate
from sim.codegen.tracing import leaves
from sim.engines import registry as engines
from sim.engines.recording import bins, chosen
from sim.provenance import ROOT
from sim.world.calendar import daily_life
from sim.world.people import resolve

PAIR = ("scanner", "withdrawer")
OUTCOMES = (
    "alarm", "arousal", "cortisol", "affect", "mood", "sent_warmth", "sent_demand", "belief_end",
    "closeness_end", "satisfaction_end", "commitment_end", "safety_memory_end", "harm_memory_end",
    "threshold_end", "vagal_tone_end",
)  # fmt: skip
Say = Callable[[str], None]


def measure(quick: bool, say: Say = lambda _: None) -> dict[str, Any]:
    """All measurements, as plain data."""
    compiled = engines.has_numba()
    answer: dict[str, Any] = {"machine": machine(), "quick": quick}
    say("engines in turns")
    answer["rates"] = rates(quick, compiled)
    if compiled:
        say("kernels in turns")
        answer["kernels"] = kernels(quick)
        say("cost by number of couples")
        answer["sizes"] = sizes(quick)
        say("single precision over all pairs")
        answer["single"] = single(quick)
    say("start, memory, one couple")
    answer["start"] = start() if compiled else {}
    answer["memory"] = memory(quick, compiled)
    answer["latency"] = latency("compiled" if compiled else "numpy")
    return answer


def machine() -> dict[str, Any]:
    """What it was measured on."""
    answer = {"python": platform.python_version(), "numpy": np.__version__}
    answer |= {"system": platform.system(), "processor": processor()}
    if engines.has_numba():
        import numba

        answer["numba"] = numba.__version__
    found = bench_c.compiler()
    if found:
        completed = subprocess.run(
            [found, "--version"], capture_output=True, text=True, check=False
        )
        answer["compiler"] = completed.stdout.splitlines()[0]
    return {**answer, "cores": engines.cores(), "flags": " ".join(bench_c.FLAGS)}


def processor() -> str:
    """The processor's name, where the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


# --- throughput -----------------------------------------------------------------------------------


def rates(quick: bool, compiled: bool) -> list[dict[str, Any]]:
    """Couple-exchanges a second through ``simulate``, all variants in turns."""
    variants = list(_variants(compiled))
    for variant in variants:
        _seconds({**variant, "days": 1})  # compiles, and touches memory
    rounds: list[list[float]] = [[] for _ in variants]
    for _ in range(3 if quick else 7):
        for variant, found in zip(variants, rounds, strict=True):
            found.append(_work(variant) / _seconds(variant))
    return [
        {**variant, "rate": statistics.median(found), "lowest": min(found), "highest": max(found)}
        for variant, found in zip(variants, rounds, strict=True)
    ]


def _variants(compiled: bool) -> Iterator[dict[str, Any]]:
    for couples, days in ((20, 20), (200, 4)):
        yield _variant("mesa", couples, days, "summary")
    for couples, days in ((100, 10), (1000, 4), (10_000, 1)):
        yield _variant("numpy", couples, days, "summary")
    yield _variant("numpy", 1000, 4, "trajectory")
    if not compiled:
        return
    for precision in engines.PRECISIONS:
        for threads in (1, 2):
            more = {"precision": precision, "threads": threads}
            for couples, days in ((128, 400), (1280, 100), (12_800, 10)):
                yield _variant("compiled", couples, days, "summary", **more)
            yield _variant("compiled", 1280, 40, "trajectory", **more)


def _variant(engine: str, couples: int, days: int, record: str, **more: Any) -> dict[str, Any]:
    kind = {"engine": engine, "precision": "float64", "threads": 1}
    return {**kind, "couples": couples, "days": days, "record": record, **more}


def _work(variant: dict[str, Any]) -> int:
    return variant["couples"] * len(daily_life(variant["days"]))


def _seconds(variant: dict[str, Any]) -> float:
    request = {name: value for name, value in variant.items() if name != "couples"}
    if variant["engine"] == "mesa":
        return _mesa_seconds(variant)
    begin = time.perf_counter()
    simulate(*PAIR, dyads=variant["couples"], seed=1, **request)
    return time.perf_counter() - begin


def _mesa_seconds(variant: dict[str, Any]) -> float:
    """The agents alone: no collector, nothing recorded."""
    from sim.engines.mesa_model import CoupleModel

    calendar = daily_life(variant["days"])
    model = CoupleModel(*PAIR, couples=variant["couples"], calendar=calendar, collect=False)
    begin = time.perf_counter()
    model.advance(len(calendar))
    return time.perf_counter() - begin


def sizes(quick: bool) -> list[dict[str, Any]]:
    """Compiled engine, two threads or fewer, for more and more couples: is the cost linear?"""
    answer = []
    for couples in (10_000, 100_000) if quick else (10_000, 100_000, 1_000_000):
        variant = _variant("compiled", couples, 10, "summary", threads=min(2, engines.cores()))
        found = [_seconds(variant) for _ in range(3 if couples < 1_000_000 else 1)]
        answer.append({**variant, "seconds": statistics.median(found)})
    return answer


def kernels(quick: bool) -> dict[str, Any]:
    """The kernel alone: lanes, one couple at a time, single precision, and C; sums and bits."""
    from sim.engines.compiled import engine

    couples, days = 256, 10 if quick else 40
    prepared = {
        "lanes": _arrays(couples, days, engine.LANES, np.float64),
        "scalar": _arrays(couples, days, 1, np.float64),
        "lanes, float32": _arrays(couples, days, engine.LANES, np.float32),
    }
    calls: dict[str, Callable[[], None]] = {n: partial(_ours, a) for n, a in prepared.items()}
    if bench_c.compiler():
        function = bench_c.kernel(engine.LANES)
        prepared["C"] = _arrays(couples, days, engine.LANES, np.float64)
        calls["C"] = partial(_in_c, function, prepared["C"])
    rounds: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(4 if quick else 10):
        for name, call in calls.items():
            begin = time.perf_counter()
            call()
            if number:  # the first round only warms up
                rounds[name].append(couples * len(daily_life(days)) / (time.perf_counter() - begin))
    answer: dict[str, Any] = {name: statistics.median(found) for name, found in rounds.items()}
    if "C" in prepared:
        answer["C has the same bits"] = bool(
            (prepared["C"]["sums"] == prepared["lanes"]["sums"]).all()
        )
    return answer


def _arrays(couples: int, days: int, lanes: int, real: Any) -> dict[str, Any]:
    """What the kernels work on."""
    from sim.engines.compiled.engine import tile
    from sim.engines.traced import circumstances, rows_of

    calendar, ids, some = daily_life(days), np.arange(couples), slice(0, couples)
    a, b = (resolve(name, 1, ids, who) for who, name in enumerate(PAIR))
    recorded = bins(calendar, "summary")
    rows = np.array([r for n in chosen(None) if "sent" not in n for r in rows_of(n)])
    return {
        "state": tile(tuple(leaves(initial_couple(a, b, 0.4))), some, lanes, real),
        "people": tile((*a, *b), some, lanes, real),
        "table": circumstances(calendar, SharedParameters()).astype(real),
        "dyads": np.ascontiguousarray(tile((ids,), some, lanes, np.uint64)[:, 0]),
        "address": np.array([1, 0, 0, 1], np.uint64),
        "index": recorded.index.astype(np.int64),
        "weights": np.array([recorded.state_weight, recorded.signal_weight], float),
        "rows": rows,
        "sums": np.zeros((-(-couples // lanes), 1, len(rows), lanes)),
    }


def _ours(k: dict[str, Any]) -> None:
    from sim.engines.compiled.engine import kernel

    advance = kernel(k["state"].shape[-1], k["state"].dtype == np.float32).advance
    advance(
        k["state"], k["people"], k["table"], k["dyads"], k["address"], k["index"], k["weights"],
        k["rows"], np.zeros_like(k["rows"]), k["sums"], 0, 0, len(k["table"]),
    )  # fmt: skip


def _in_c(function: Callable[..., None], k: dict[str, Any]) -> None:
    names = ("state", "people", "table", "dyads", "address", "rows", "weights", "sums")
    function(*(k[name] for name in names))


# --- start, memory, latency -----------------------------------------------------------------------


def _process(code: str, **environment: str) -> list[float]:
    """Numbers that a fresh process prints."""
    text = textwrap.dedent(code)
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, env=surroundings, check=True
    )
    return [float(word) for word in done.stdout.split()]


def start() -> dict[str, float]:
    """Seconds to import, and of the first compiled call without and with a cache."""
    code = """
        import time
        begin = time.perf_counter()
        import sim
        print(time.perf_counter() - begin)
        import sim.engines.ensemble
        from sim.engines.results import assemble
        begin = time.perf_counter()
        sim.simulate("scanner", "withdrawer", days=1, dyads=500, seed=1, engine="compiled")
        print(time.perf_counter() - begin)
    """
    with tempfile.TemporaryDirectory() as folder:
        first, *later = (_process(code, PAIRBOND_CACHE_DIR=folder) for _ in range(4))
    imported, cached = (statistics.median(row) for row in zip(*later, strict=True))
    return {"import": imported, "cold": first[1], "cached": cached}


def memory(quick: bool, compiled: bool) -> list[dict[str, Any]]:
    """Peak memory [MB] of processes that do one request each."""
    engine = "compiled" if compiled else "numpy"
    many = 100_000 if quick or not compiled else 1_000_000
    requests = [(1000, 90, "trajectory"), (1000, 90, "daily"), (1000, 90, "summary")]
    answer = []
    for couples, days, record in [*requests, (many, 1, "summary"), (many, 4, "summary")]:
        code = f"""
            from experiments.bench.engines import peak
            from sim import simulate
            simulate({PAIR[0]!r}, {PAIR[1]!r}, days={days}, dyads={couples}, seed=1,
                     record={record!r}, engine={engine!r})
            print(peak())
        """
        request = {"couples": couples, "days": days, "record": record}
        answer.append({**request, "megabytes": _process(code)[0]})
    return answer


def peak() -> float:
    """The most memory [MB] that this process ever had."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return float("nan")


def latency(engine: str) -> dict[str, float]:
    """Milliseconds to simulate one couple again over 1,008 time steps, as for a slider."""
    calendar, ids = daily_life(48), np.arange(1)
    a, b = (resolve(name, 1, ids, who) for who, name in enumerate(PAIR))
    task = engines.Task(
        calendar, SharedParameters(), 1, (0, 1), bins(calendar, "trajectory"), chosen(None),
        lambda _: None,
    )  # fmt: skip

    def bare() -> None:
        engines.prepare(engine, task)(initial_couple(a, b, 0.4), a, b, ids)

    def labelled() -> None:
        simulate(*PAIR, calendar=calendar, seed=1, engine=engine, record="trajectory")

    return {"run": _fastest(bare), "with labels": _fastest(labelled)}


def _fastest(call: Callable[[], None]) -> float:
    """Median milliseconds of a call, once warm."""
    call()
    found = []
    for _ in range(30):
        begin = time.perf_counter()
        call()
        found.append(1000.0 * (time.perf_counter() - begin))
    return statistics.median(found)


# --- single precision -----------------------------------------------------------------------------


def single(quick: bool) -> dict[str, Any]:
    """How far float32 moves the mean of each outcome, in sd over couples, for every pair."""
    pairs = list(combinations_with_replacement(ARCHITECTURES, 2))
    days, couples = (20, 100) if quick else (365, 200)
    names = list(dict.fromkeys(name.removesuffix("_end") for name in OUTCOMES))
    one, two = (
        simulate(
            [a for a, _ in pairs], [b for _, b in pairs], days=days, dyads=couples, seed=1,
            record="summary", engine="compiled", variables=names, precision=precision,
        )
        for precision in ("float32", "float64")
    )  # fmt: skip
    moved = {}
    for name in OUTCOMES:
        shift = abs((one[name] - two[name]).mean("dyad")) / two[name].std("dyad")
        where = shift.max([d for d in shift.dims if d != "condition"])
        worst = int(where.values.argmax())
        moved[name] = {
            "largest": float(where[worst]),
            "pair": str(where.condition.values[worst]),
            "above": int((where > 0.02).sum()),
        }
    return {"pairs": len(pairs), "days": days, "couples": couples, "outcomes": moved}


def write(answer: dict[str, Any], path: Path) -> None:
    """The answer as a file, whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")
    part.replace(path)
