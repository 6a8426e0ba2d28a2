"""How fast the engines are, side by side, and what single precision does to outcomes.

Machines are shared and clocks wander, so variants take turns in rounds and ratios are those of
medians within one call. ``docs/performance.md`` is made from the answer by ``page``.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from experiments.bench.machine import machine
from experiments.bench.precision import single
from experiments.bench.throughput import rates, sizes
from experiments.bench.waiting import latency, memory, start
from experiments.runner.parts import put
from sim.engines.registry import has_numba

Say = Callable[[str], None]


def measure(quick: bool, say: Say = lambda _: None) -> dict[str, Any]:
    """All measurements, as plain data."""
    compiled = has_numba()
    answer: dict[str, Any] = {"machine": machine(), "quick": quick}
    say("engines in turns")
    answer["rates"] = rates(quick, compiled)
    if compiled:
        # Late, because the kernels need Numba.
        from experiments.bench.kernels import kernels

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


def write(answer: dict[str, Any], path: Path) -> None:
    """The answer as a file, whole or not at all."""
    put(path, (json.dumps(answer, indent=1) + "\n").encode())
