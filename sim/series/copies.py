"""Series that are there twice, told from answers that are alike by chance."""

import warnings
from typing import Any

import numpy as np
import xarray as xr

from models.wording import one_of
from sim.series.pieces import prepared

CHOICES = ("refuse", "warn", "allow")
ALIKE = 1e-9
FEW = 5
"""With fewer different values a shared series proves no copy."""
CHANCE = 1e-6
"""Expected number of such pairs in the sample below which chance does not explain one."""


def duplicated(series: xr.DataArray) -> list[tuple[Any, Any]]:
    """Couples whose partners have the same series, and couples that share one with another.

    Pairs of labels: a couple with itself where its two partners are one. Series without any
    variation are no evidence of copying. Values missing in one are not compared within a couple.
    ``by_chance`` says which of them chance explains.
    """
    return [(one, two) for one, two, _ in _pairs(prepared(series))]


def check_copies(series: xr.DataArray, copies: str = "refuse") -> None:
    """Refuse a file in which a partner was entered twice; warn where chance may have done it.

    ``copies="warn"`` warns of all, ``"allow"`` says nothing.
    """
    if one_of("copies", copies, CHOICES) == "allow":
        return
    found = _pairs(series)
    sure = [pair for pair in found if not by_chance(pair[2], series, pair[0] == pair[1])]
    if sure and copies == "refuse":
        raise ValueError(f"{_said(*sure[0][:2])}; if that is no copy, copies='allow'")
    if found:
        one, two, _ = found[0]
        more = f" (and {len(found) - 1} more such pairs)" if len(found) > 1 else ""
        warnings.warn(
            f"{_said(one, two)}{more}; few values or short, so perhaps by chance: kept",
            stacklevel=3,
        )


def by_chance(own: np.ndarray, series: xr.DataArray, couple: bool) -> bool:
    """Whether answers can be alike all along without a copy.

    With q the chance that two draws from the answers agree, and r the number of runs of equal
    answers (neighbours that repeat tell nothing new), ``q^r`` times the number of comparisons is
    how many such pairs to expect. Partners of one ``couple`` share their days: sqrt(q) for q.
    """
    own = own[np.isfinite(own)]
    different, counts = np.unique(own, return_counts=True)
    if len(different) < FEW:
        return True
    agree = float(np.sum((counts / len(own)) ** 2)) ** (0.5 if couple else 1.0)
    runs = 1 + int(np.count_nonzero(np.diff(own)))
    people = 2 * series.sizes["couple"]
    pairs = series.sizes["couple"] if couple else people * (people - 1) / 2
    return bool(np.log(pairs) + runs * np.log(agree) > np.log(CHANCE))


def _said(one: Any, two: Any) -> str:
    if one == two:
        return f"couple {one!r}: both partners have the same series"
    return f"couples {one!r} and {two!r}: share a partner's series"


def _pairs(series: xr.DataArray) -> list[tuple[Any, Any, np.ndarray]]:
    values, labels = series.values, series["couple"].values.tolist()
    found = [(label, label, a) for label, (a, b) in zip(labels, values, strict=True) if _same(a, b)]
    known = {(one, two) for one, two, _ in found}
    seen: dict[bytes, Any] = {}
    for label, pair in zip(labels, values, strict=True):
        for own in pair:
            if not np.isfinite(own).any() or np.nanmax(own) == np.nanmin(own):
                continue
            first = seen.setdefault((own + 0.0).tobytes(), label)
            if first != label and (first, label) not in known:
                known.add((first, label))
                found.append((first, label, own))
    return found


def _same(one: np.ndarray, two: np.ndarray) -> bool:
    both = np.isfinite(one) & np.isfinite(two)
    if not both.any() or 2 * both.sum() < max(np.isfinite(one).sum(), np.isfinite(two).sum()):
        return False
    one, two = one[both], two[both]
    size = max(float(np.abs(one).max()), 1.0)
    return float(np.ptp(one)) > 0.0 and bool(np.abs(one - two).max() <= ALIKE * size)
