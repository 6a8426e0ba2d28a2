"""The compiled kernel alone, beside one couple at a time, single precision and the same in C."""

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from experiments.bench import PAIR, c_driver
from models.initial_state import initial_couple
from models.parameters import SharedParameters
from sim.codegen.structures import leaves
from sim.engines.compiled import engine
from sim.engines.recording import bins, chosen
from sim.engines.traced import circumstances, rows_of
from sim.world.calendar import daily_life
from sim.world.people import resolve


def kernels(quick: bool) -> dict[str, Any]:
    """The kernel alone: lanes, one couple at a time, single precision, and C; sums and bits."""
    couples, days = 256, 10 if quick else 40
    prepared = {
        "lanes": _arrays(couples, days, engine.LANES, np.float64),
        "scalar": _arrays(couples, days, 1, np.float64),
        "lanes, float32": _arrays(couples, days, engine.LANES, np.float32),
    }
    calls: dict[str, Callable[[], None]] = {n: partial(_ours, a) for n, a in prepared.items()}
    if c_driver.compiler():
        function = c_driver.kernel(engine.LANES)
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
    calendar, ids, some = daily_life(days), np.arange(couples), slice(0, couples)
    a, b = (resolve(name, 1, ids, who) for who, name in enumerate(PAIR))
    kept = bins(calendar, "summary")
    rows = np.array([r for n in chosen(None) if "sent" not in n for r in rows_of(n)])
    return {
        "state": engine.tile(tuple(leaves(initial_couple(a, b, 0.4))), some, lanes, real),
        "people": engine.tile((*a, *b), some, lanes, real),
        "table": circumstances(calendar, SharedParameters()).astype(real),
        "dyads": np.ascontiguousarray(engine.tile((ids,), some, lanes, np.uint64)[:, 0]),
        "address": engine.address(1, (0, 1)),
        "index": kept.index.astype(np.int64),
        "weights": np.array([kept.state_weight, kept.signal_weight], float),
        "rows": rows,
        "sums": np.zeros((-(-couples // lanes), 1, len(rows), lanes)),
    }


def _ours(k: dict[str, Any]) -> None:
    advance = engine.kernel(k["state"].shape[-1], k["state"].dtype == np.float32).advance
    before = (k[name] for name in ("state", "people", "table", "dyads", "address", "index"))
    sums = k["weights"], k["rows"], np.zeros_like(k["rows"]), k["sums"]
    advance(*before, *sums, 0, 0, len(k["table"]))


def _in_c(function: Callable[..., None], k: dict[str, Any]) -> None:
    function(*(k[name] for name in c_driver.ARRAYS))
