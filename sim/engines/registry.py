"""Which engines there are, which of them runs a request, and with how many threads.

The one module of ``sim`` that imports by name: choosing an engine must not import the others.
"""

import os
from importlib import import_module, util
from typing import Any

from models.parameters import unknown
from sim.checks import whole
from sim.engines.task import Runner, Task
from sim.world.addresses import MOST_COUPLES

ENGINES = ("auto", "mesa", "numpy", "compiled")
PRECISIONS = ("float64", "float32")
MODULES = {
    "mesa": "sim.engines.mesa_engine",
    "numpy": "sim.engines.numpy_engine",
    "compiled": "sim.engines.compiled.engine",
}
CHUNKS = {"mesa": 256, "numpy": 2048, "compiled": 1024}
"""How many couples one call takes: enough to fill vectors, few enough for the cache."""
WORTH_COMPILING = 300_000
"""Couple-exchanges that take the engine without a compiler as long as a warm start of the other."""
WORTH_THREADS = 3_000_000
MOST_THREADS = 4096
HOW_TO_GET = 'engine = compiled needs Numba: pip install "pairbond[compiled]"'


def choose(engine: str, precision: str, work: int) -> str:
    """The name of the engine that runs ``work`` couple-exchanges, or one line why none can.

    ``auto`` looks at the request and at what is installed, never at what happens to be compiled
    already, so that a request always meets the same engine.
    """
    if engine not in ENGINES:
        raise ValueError(unknown(engine, ENGINES, "engine"))
    if precision not in PRECISIONS:
        raise ValueError(unknown(precision, PRECISIONS, "precision"))
    if engine == "auto":
        wanted = work >= WORTH_COMPILING or precision == "float32"
        engine = "compiled" if wanted and has_numba() else "numpy"
    if engine == "compiled" and not has_numba():
        raise ValueError(HOW_TO_GET)
    if precision == "float32" and engine != "compiled":
        raise ValueError(f"precision = float32: needs the compiled engine, not {engine}")
    return engine


def has_numba() -> bool:
    """Whether Numba could be imported; finding out does not import it."""
    try:
        return util.find_spec("numba") is not None
    except (ImportError, ValueError):
        return False


def prepare(engine: str, task: Task) -> Runner:
    """A function that runs couples: (start, people A, people B, dyads) to sums and last states."""
    return import_module(MODULES[engine]).prepare(task)


def threads_for(engine: str, threads: int | None, work: int) -> int:
    """How many threads run a request; only the compiled engine gains from more than one."""
    if threads is not None:
        threads = whole("threads", threads, "threads at work", high=MOST_THREADS)
    if engine != "compiled":
        return 1
    if threads is not None:
        return threads
    return cores() if work >= WORTH_THREADS else 1


def chunk_for(engine: str, chunk: int | None) -> int:
    """How many couples are taken at a time."""
    if chunk is None:
        return CHUNKS[engine]
    return min(whole("chunk", chunk, "couples at a time"), MOST_COUPLES)


def cores() -> int:
    """Processors that this process may use."""
    affinity: Any = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
