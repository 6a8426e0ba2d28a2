"""What a user waits for: import, first call, memory, one couple again as for a slider."""

import os
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from experiments.bench import PAIR
from models.initial_state import initial_couple
from models.parameters import SharedParameters
from sim import simulate
from sim.engines import registry as engines
from sim.engines.recording import bins, chosen
from sim.engines.task import Task
from sim.provenance import ROOT
from sim.world.calendar import daily_life
from sim.world.people import resolve


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
            from experiments.bench.waiting import peak
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
    """Milliseconds to simulate one couple again over 1,008 intervals, as for a slider."""
    calendar, ids = daily_life(48), np.arange(1)
    a, b = (resolve(name, 1, ids, who) for who, name in enumerate(PAIR))
    kept, names = bins(calendar, "trajectory"), chosen(None)
    task = Task(calendar, SharedParameters(), 1, (0, 1), kept, names, advance=lambda _: None)

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
