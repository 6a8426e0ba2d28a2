"""What the claims leave for other programs: the same files and columns as every other run."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from experiments.claims.claim import Claim, Verdict
from experiments.claims.findings import Comparison
from experiments.runner.answers import BOOTSTRAP, COLUMNS, MIDDLE, Row, row, sd_of, table
from experiments.runner.printed import Layout
from experiments.runner.recorded import NOTHING, Kept, Recorded

Pairs = Sequence[tuple[Claim, Verdict]]
QUESTION = "What do the articles claim, and what follows from the model?"
EXTRAS = {
    "title": ("the claim or the finding, in words", ""),
    "floor": ("what the effect must exceed", ""),
    "holds": ("yes if the whole interval lies above the floor; a finding may be undecided", ""),
    "ablated_effect": ("the effect with the mechanism off", ""),
    "ablation_kills": ("whether at least half of the effect is gone then", ""),
    "robust_sign": ("share of draws of parameters in which the effect is above 0", ""),
    "robust_floor": ("share of draws of parameters in which it is above the floor", ""),
    "evidence": ("what the literature says of it", ""),
    "mechanism": ("of an arm: whether the mechanism is on or off", ""),
}
LAYOUT = Layout(("condition", "title"), (), EXTRAS, hidden=("mechanism",))
WORDS = {"agrees": "yes", "disagrees": "no"}


class Arm(NamedTuple):
    """One value a couple, of one arm of a claim."""

    claim: str
    name: str
    mechanism: str
    axis: str
    values: np.ndarray

    @property
    def condition(self) -> str:
        """A name that no other arm has."""
        return f"{self.claim}: {self.name}" + ("" if self.mechanism == "on" else ", mechanism off")


def of_claims(pairs: Pairs, found: Sequence[Comparison], couples: int) -> pd.DataFrame:
    """A row a claim, a row a finding, and a row an arm behind the figures."""
    rows = [_claim(claim, verdict) for claim, verdict in pairs]
    rows += [_finding(one, couples) for one in found]
    rows += [_arm(arm) for arm in arms(pairs)]
    blank = {name: np.nan if name in ("floor", *NUMBERS) else "" for name in EXTRAS}
    return table(blank | one for one in rows)[[*COLUMNS, *EXTRAS]]


NUMBERS = ("ablated_effect", "robust_sign", "robust_floor")


def _claim(claim: Claim, verdict: Verdict) -> Row:
    n = max((len(values) for values in verdict.arms.values()), default=0)
    own = {name: getattr(verdict, name) for name in (*NUMBERS, "floor", "title", "evidence")}
    own |= {"holds": yes(verdict.holds), "ablation_kills": yes(verdict.ablation_kills)}
    return _effect(claim.id, verdict, n, claim.statistic, own)


def _finding(found: Comparison, couples: int) -> Row:
    own = {"title": found.finding.title, "holds": WORDS.get(found.word, found.word)}
    return _effect(found.finding.id, found, couples, found.finding.statistic, own)


def _effect(name: str, found: Any, n: int, meaning: str, own: dict[str, Any]) -> Row:
    ends = {"low": found.ci_low, "high": found.ci_high, "interval": BOOTSTRAP.format("couples")}
    about = {"statistic": "effect", "n": n, "over": "couples", "meaning": meaning}
    return row(name, "effect", found.effect, **ends, **about, **own)


def _arm(arm: Arm) -> Row:
    """Mean and middle 80 % of couples, as the claim's figure shows them."""
    known = arm.values[np.isfinite(arm.values)]
    low, high = np.quantile(known, [0.1, 0.9]) if len(known) else (np.nan, np.nan)
    more: dict[str, Any] = {"statistic": "mean", "low": low, "high": high, "n": len(known)}
    more |= {"interval": MIDDLE.format("couples"), "over": "couples", "sd": sd_of(known)}
    more |= {"shown": 0, "mechanism": arm.mechanism, "meaning": arm.axis}
    return row(arm.condition, "arm", known.mean() if len(known) else np.nan, **more)


def arms(pairs: Pairs) -> Iterator[Arm]:
    """Every arm of every claim, with the mechanism and without."""
    for claim, verdict in pairs:
        for mechanism, found in (("on", verdict.arms), ("off", verdict.ablated_arms)):
            for name, values in found.items():
                axis = claim.axis(name)
                yield Arm(claim.id, name, mechanism, axis, np.asarray(values, float).ravel())


def recorded(pairs: Pairs) -> Recorded:
    """One row a couple and arm; arms of a claim have common random numbers by ``dyad``."""
    frames = []
    for arm in arms(pairs):
        numbers = np.arange(len(arm.values))
        own: dict[str, Any] = {"condition": arm.condition, "dyad": numbers, "value": arm.values}
        own |= {"couple": [f"{arm.condition}-{number}" for number in numbers], "time": np.nan}
        own |= {"claim": arm.claim, "arm": arm.name, "mechanism": arm.mechanism}
        frames.append(pd.DataFrame(own | {"measure": arm.axis}))
    order = list(ABOUT)
    joined = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=order)
    words = "one row a couple and arm; arms differ in what they measure"
    return Recorded(NOTHING.individual, Kept(joined[order], ABOUT, words))


ABOUT = {
    "condition": ("claim and arm", ""),
    "couple": ("unique name of the couple: condition and couple number", ""),
    "time": ("empty: an arm's value is of no single time", "days"),
    "dyad": ("number of the couple; the same number has common random numbers over arms", ""),
    "claim": ("number of the claim", ""),
    "arm": ("what was done, or what was measured", ""),
    "mechanism": ("on, or off in the ablation", ""),
    "measure": ("what the value is", ""),
    "value": ("the couple's value, in the unit of the measure", ""),
}


def dataset(pairs: Pairs) -> xr.Dataset:
    """Effects by claim, and every couple's value by arm."""
    found = list(arms(pairs))
    most = max((len(arm.values) for arm in found), default=0)
    values = np.full((len(found), most), np.nan)
    for place, arm in enumerate(found):
        values[place, : len(arm.values)] = arm.values
    label = {"long_name": "one value a couple, in the unit of the arm's measure", "units": "1"}
    data: dict[str, Any] = {"value": (("condition", "dyad"), values, label)}
    for name in ("effect", "ci_low", "ci_high", *NUMBERS):
        numbers = [float(getattr(verdict, name)) for _, verdict in pairs]
        data[name] = ("claim", numbers, {"long_name": MEANS.get(name, name), "units": "1"})
    coords: dict[str, Any] = {"claim": [claim.id for claim, _ in pairs], "dyad": np.arange(most)}
    return xr.Dataset(data, coords | {"condition": [arm.condition for arm in found]})


MEANS = {
    "effect": "the claim's statistic",
    "ci_low": "lower end of its 95 % bootstrap interval over couples",
    "ci_high": "upper end of its 95 % bootstrap interval over couples",
} | {name: EXTRAS[name][0] for name in NUMBERS}


def yes(fact: bool) -> str:
    """A fact in a word."""
    return "yes" if fact else "no"
