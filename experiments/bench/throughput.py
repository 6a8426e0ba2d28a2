"""Couple-exchanges a second through ``simulate``: engines in turns, and by number of couples."""

import statistics
import time
from collections.abc import Iterator
from typing import Any

from experiments.bench import PAIR
from sim import simulate
from sim.engines import registry as engines
from sim.world.calendar import daily_life


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
    model = CoupleModel(*PAIR, couples=variant["couples"], calendar=calendar, seed=1, collect=False)
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
