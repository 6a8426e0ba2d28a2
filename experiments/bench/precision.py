"""What single precision does to outcomes."""

from itertools import combinations_with_replacement
from typing import Any

from models.architectures import ARCHITECTURES
from sim import simulate

OUTCOMES = tuple(
    """
    alarm arousal cortisol affect mood sent_warmth sent_demand belief_end closeness_end
    satisfaction_end commitment_end safety_memory_end harm_memory_end threshold_end vagal_tone_end
    """.split()
)


def single(quick: bool) -> dict[str, Any]:
    """How far float32 moves the mean of each outcome, in sd over couples, for every pair."""
    pairs = list(combinations_with_replacement(ARCHITECTURES, 2))
    days, couples = (20, 100) if quick else (365, 200)
    names = list(dict.fromkeys(name.removesuffix("_end") for name in OUTCOMES))
    size: dict[str, Any] = {"days": days, "dyads": couples, "seed": 1}
    kept: dict[str, Any] = {"record": "summary", "variables": names, "engine": "compiled"}
    first, second = zip(*pairs, strict=True)
    one, two = (
        simulate(first, second, precision=precision, **size, **kept)
        for precision in ("float32", "float64")
    )
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
