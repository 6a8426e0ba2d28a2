"""All claims, judged one after the other; an interrupted run goes on where it stopped."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from experiments.claims.claim import Claim, Verdict, judge
from experiments.claims.sources import of_claim
from experiments.runner.parts import Unkept, put
from experiments.runner.registry import claim_modules
from models.parameters import unknown
from sim.analysis.cohorts import Laboratory
from sim.provenance import source_hash

SUMMARY = tuple(
    """
    id title effect ci_low ci_high floor holds ablated_effect ablation_kills robust_sign
    robust_floor evidence
    """.split()
)


@dataclass(frozen=True)
class Size:
    """How large a battery is: couples a claim, draws of parameters, couples a draw."""

    dyads: int
    draws: int
    dyads_a_draw: int


FULL = Size(dyads=500, draws=200, dyads_a_draw=16)
QUICK = Size(dyads=60, draws=8, dyads_a_draw=8)


def all_claims() -> dict[str, Claim]:
    """Every claim by its number, from the files of ``experiments/claims/measured``."""
    found: dict[str, Claim] = {}
    for name, module in claim_modules():
        for claim in _claims_of(name, module):
            if claim.id in found:
                raise ValueError(f"{name}.py: claim '{claim.id}': stands in another file already")
            found[claim.id] = claim
    return dict(sorted(found.items()))


def _claims_of(name: str, module: ModuleType) -> tuple[Claim, ...]:
    """The claims of one file, whose name must have the number of each."""
    claims = getattr(module, "CLAIMS", None)
    if not isinstance(claims, tuple) or not claims:
        raise ValueError(f"{name}.py: must end with CLAIMS = (Claim(...),)")
    for claim in claims:
        if claim.id.lower() not in name.split("_"):
            raise ValueError(f"{name}.py: claim '{claim.id}': the file's name must have its id")
    return claims


def chosen(only: str | None) -> dict[str, Claim]:
    """The claims named in ``only``, such as ``C11,C12``; all of them for None."""
    claims = all_claims()
    if only is None:
        return claims
    names = [name.strip().upper() for name in only.split(",") if name.strip()]
    faults = [unknown(name, claims, "claim") for name in names if name not in claims]
    if faults or not names:
        raise ValueError("\n".join(f"--only: {fault}" for fault in faults) or "--only: is empty")
    return {name: claims[name] for name in names}


def run(
    claims: dict[str, Claim],
    size: Size,
    seed: int,
    store: Path,
    progress: Callable[[int, int], None],
) -> Iterator[tuple[Claim, Verdict]]:
    """Judge each claim, or take it from ``store`` if the same question was answered before."""
    for number, claim in enumerate(claims.values()):
        path = path_of(store, claim, size, seed)
        verdict = _read(path)
        if verdict is None:
            laboratory = Laboratory(min(size.dyads, claim.dyads), seed)
            verdict = judge(claim, laboratory, size.draws, size.dyads_a_draw)
            _write(path, verdict)
            verdict = _read(path) or verdict  # the same to the last bit, whoever computed it
        progress(number + 1, len(claims))
        yield claim, verdict


def path_of(store: Path, claim: Claim, size: Size, seed: int) -> Path:
    """Where a verdict is kept."""
    return store / f"{claim.id}-{key(claim, size, seed)}.json"


def key(claim: Claim, size: Size, seed: int) -> str:
    """Hash of all that decides a verdict: model, the claim's own code, size and seed."""
    parts = [source_hash(), of_claim(claim.id), repr(size), str(seed), claim.id]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def rows(verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    """The published fields of each verdict, as plain data."""
    return [{name: _plain(getattr(v, name)) for name in SUMMARY} for v in verdicts]


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return round(value, 6) if isinstance(value, float) else value


def _write(path: Path, verdict: Verdict) -> None:
    """Keep a verdict with the values behind its figure; whole or not at all."""
    record: dict[str, Any] = {name: getattr(verdict, name) for name in SUMMARY}
    record |= {
        arms: {name: np.asarray(values).tolist() for name, values in getattr(verdict, arms).items()}
        for arms in ("arms", "ablated_arms")
    }
    try:
        put(path, json.dumps(record).encode())
    except OSError as fault:
        raise Unkept(fault.errno, fault.strerror or str(fault)) from fault


def _read(path: Path) -> Verdict | None:
    """A verdict kept before; None if there is none or the file is damaged."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        for arms in ("arms", "ablated_arms"):
            record[arms] = {name: np.array(values) for name, values in record[arms].items()}
        return Verdict(**record)
    except (OSError, ValueError, TypeError, KeyError):
        return None
